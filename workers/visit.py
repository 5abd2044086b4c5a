"""The io half: one request to one host, for a feed or for a page; robots.txt is a request of its own."""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from newswire import robots
from storage.frontier import Item
from storage.stories import Lease
from workers import failure
from workers.bootstrap import Tools
from workers.cadence import answer, body_hash, reschedule
from workers.errors import Moved, Permanent, Transient
from workers.fetch import Fetched
from workers.page.interstitial import follow

# What holds for every url of such a host.
_UNREACHABLE = frozenset({"inside_address", "bad_url"})
_MAX_ROBOTS_BYTES = 2 * robots.MAX_BYTES


def visit(lease: Lease, tools: Tools) -> Iterable[tuple[str, Lease]]:
    """Fetch what a claim names and hand it to the cpu; what needs no cpu ends here."""
    item = tools.frontier.begin(lease, "visit")
    if item is None:
        return ()
    try:
        rules = tools.robots.get(item.host)
        if rules is None:
            tools.robots.put(item.host, fetch_robots(item.url, tools))
            # That was this host's request: the item comes again after the gap.
            tools.frontier.again(lease, delay_s=0, counts=False)
            return ()
        gap_s = gap_allowed(rules, item.url, tools.settings.user_agent)
        return _fetch_page(lease, item, tools, gap_s) if item.entry else _fetch_feed(lease, item, tools, gap_s)
    except (Permanent, Transient) as error:
        failure.end(lease, item, error, tools)
        return ()


def gap_allowed(rules: str, url: str, user_agent: str) -> float:
    """The seconds that a host wants between two requests. Raises Permanent `robots` where it wants none of this url."""
    if not robots.may_fetch(rules, url, user_agent):
        raise Permanent("robots", url)
    return robots.crawl_delay(rules, user_agent)


def fetch_robots(url: str, tools: Tools) -> str:
    """The rules of a url's host, "" where it has none to give (RFC 9309 section 2.3.1).

    Raises Transient when the host cannot be reached or fails: then nothing may be fetched for now.
    """
    parts = urlsplit(url)
    address = f"{parts.scheme}://{parts.netloc}/robots.txt"
    try:
        fetched = tools.fetcher.get(address, max_bytes=_MAX_ROBOTS_BYTES)
    except Permanent as error:
        if error.url == address and error.reason in _UNREACHABLE:
            raise
        return ""  # 4xx, too long, redirected in a circle or to nowhere: unavailable
    except Transient as error:
        status = error.reason.removeprefix("http_")
        if status.isdigit() and robots.allowed_by_status(int(status)):
            return ""
        raise
    return fetched.body[: robots.MAX_BYTES].decode("utf-8", "replace")


def _fetch_page(lease: Lease, item: Item, tools: Tools, gap_s: float) -> Iterable[tuple[str, Lease]]:
    try:
        fetched = tools.fetcher.get(item.url, max_bytes=tools.settings.max_page_bytes, on_host=True)
        follow(fetched)
    except Moved as moved:
        if not tools.frontier.move(lease, moved.url):
            raise Permanent("too_many_redirects", item.url) from moved
        return ()
    return _hand_over("ingest", lease, fetched, tools, gap_s)


def _fetch_feed(lease: Lease, item: Item, tools: Tools, gap_s: float) -> Iterable[tuple[str, Lease]]:
    found = tools.feeds.get(lease.id)
    if found is None:  # removed meanwhile
        return ()
    _, state = found
    known = ("", "") if state.wants_whole else (state.etag, state.last_modified)
    fetched = tools.fetcher.get(
        item.url, etag=known[0], last_modified=known[1], max_bytes=tools.settings.max_feed_bytes
    )
    if fetched.status == 304 or body_hash(fetched.body) == state.body_hash:
        now = datetime.now(UTC)
        reschedule(lease, answer(state, fetched, now=now), tools, now=now, host_delay_s=gap_s)
        return ()
    return _hand_over("intake", lease, fetched, tools, gap_s)


def _hand_over(task: str, lease: Lease, fetched: Fetched, tools: Tools, gap_s: float) -> Iterable[tuple[str, Lease]]:
    """Keep the body for the cpu, let the host go, renew the lease."""
    tools.bodies.put(lease, fetched)
    if tools.frontier.hold(lease, release_host=True, host_delay_s=gap_s) is None:
        return ()
    return [(task, lease)]
