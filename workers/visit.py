"""The io half: one request to one host, for a feed or for a page; robots.txt is a request of its own."""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import msgspec

from newswire import robots
from newswire.article import is_too_old
from storage.frontier import Item
from storage.hosts import Rules
from storage.stories import Lease
from workers import failure
from workers.ask import ask
from workers.bootstrap import Tools
from workers.cadence import body_hash, conclude
from workers.errors import UNSENT, Moved, Permanent, Transient
from workers.fetch import Fetched
from workers.page.interstitial import follow

_MAX_ROBOTS_BYTES = 2 * robots.MAX_BYTES


def visit(lease: Lease, tools: Tools) -> Iterable[tuple[str, Lease]]:
    """Fetch what a claim names and hand it to the cpu; what needs no cpu ends here."""
    item = tools.frontier.begin(lease, "visit")
    if item is None:
        return ()
    gap_s = 0.0
    try:
        _refuse_late(item, tools)
        rules = tools.hosts.rules(item.host)
        if rules is None or rules.is_stale:
            gap_s = robots.crawl_delay(fetch_robots(item, rules, tools), tools.settings.user_agent)
            # That was this host's request: the item comes again after the gap.
            tools.frontier.again(lease, delay_s=0, counts=False, host_delay_s=gap_s)
            return ()
        gap_s = gap_allowed(rules.text, item.url, tools.settings.user_agent)
        return _fetch_page(lease, item, tools, gap_s) if item.entry else _fetch_feed(lease, item, tools, gap_s)
    except Moved as moved:
        if not tools.frontier.move(lease, moved.url, for_good=moved.for_good, host_delay_s=gap_s):
            failure.end(lease, item, Permanent("too_many_redirects", item.url), tools, gap_s=gap_s)
    except (Permanent, Transient) as error:
        failure.end(lease, item, error, tools, gap_s=gap_s)
    return ()


def _refuse_late(item: Item, tools: Tools) -> None:
    if item.entry and is_too_old(item.first_seen, datetime.now(UTC), tools.settings.max_age_hours):
        raise Permanent("too_late", item.url, "its host gave it no turn while it was news")


def gap_allowed(rules: str, url: str, user_agent: str) -> float:
    """The seconds that a host wants between two requests. Raises Permanent `robots` where it wants none of this url."""
    if not robots.may_fetch(rules, url, user_agent):
        raise Permanent("robots", url)
    return robots.crawl_delay(rules, user_agent)


def fetch_robots(item: Item, known: Rules | None, tools: Tools) -> str:
    """Ask an item's host for its rules, and keep and return them, "" where it has none (RFC 9309 section 2.3.1).

    Where the host cannot be reached or fails, rules that are known hold on; without any, nothing may be fetched for
    now, and Transient `robots_unreachable` is raised.
    """
    parts = urlsplit(item.url)
    address = f"{parts.scheme}://{parts.netloc}/robots.txt"
    try:
        rules = _rules_at(address, item.host, tools)
    except Transient as error:
        if known is None:
            raise Transient(
                "robots_unreachable", address, str(error), counts=error.counts, retry_after_s=error.retry_after_s
            ) from error
        tools.hosts.keep_rules(item.host)
        return known.text
    tools.hosts.put_rules(item.host, rules)
    return rules


def _rules_at(address: str, host: str, tools: Tools) -> str:
    try:
        fetched = ask(address, host, tools, max_bytes=_MAX_ROBOTS_BYTES)
    except Permanent as error:
        if error.url == address and error.reason in UNSENT:
            raise
        return ""  # 4xx, too long, redirected in a circle or to nowhere: unavailable
    except Transient as error:
        status = error.reason.removeprefix("http_")
        if status.isdigit() and robots.allowed_by_status(int(status)):
            return ""
        raise
    return fetched.body[: robots.MAX_BYTES].decode("utf-8", "replace")


def _fetch_page(lease: Lease, item: Item, tools: Tools, gap_s: float) -> Iterable[tuple[str, Lease]]:
    fetched = ask(item.url, item.host, tools, max_bytes=tools.settings.max_page_bytes, on_host=True)
    follow(fetched)
    return _hand_over("ingest", lease, fetched, tools, gap_s)


def _fetch_feed(lease: Lease, item: Item, tools: Tools, gap_s: float) -> Iterable[tuple[str, Lease]]:
    found = tools.feeds.get(lease.id)
    if found is None:  # removed meanwhile
        return ()
    feed, state = found
    known = ("", "") if state.wants_whole else (state.etag, state.last_modified)
    fetched = ask(
        item.url,
        item.host,
        tools,
        etag=known[0],
        last_modified=known[1],
        max_bytes=tools.settings.max_feed_bytes,
        on_host=True,
    )
    if item.was_moved:
        fetched = msgspec.structs.replace(fetched, permanent_url=permanent_url(item, fetched))
    if fetched.status == 304 or body_hash(fetched.body) == state.body_hash:
        conclude(lease, feed, state, fetched, None, tools, host_delay_s=gap_s)
        return ()
    return _hand_over("intake", lease, fetched, tools, gap_s)


def permanent_url(item: Item, fetched: Fetched) -> str:
    """Where a feed has moved for good, by the redirects of all hosts together; "" where one was for now only."""
    had_hops_here = fetched.url != item.url
    is_for_good = item.was_moved_for_good and (bool(fetched.permanent_url) or not had_hops_here)
    return fetched.url if is_for_good else ""


def _hand_over(task: str, lease: Lease, fetched: Fetched, tools: Tools, gap_s: float) -> Iterable[tuple[str, Lease]]:
    """Keep the body for the cpu, let the host go, renew the lease."""
    tools.bodies.put(lease, fetched)
    if tools.frontier.hold(lease, release_host=True, host_delay_s=gap_s) is None:
        return ()
    return [(task, lease)]
