"""The io half: one request to one host, for a feed, a page, or a page known before; robots.txt is one of its own."""

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from newswire.article import is_too_old
from newswire.looks import NOT_THERE, Look, LookResult
from storage.frontier import Item
from storage.stories import Lease
from workers import failure
from workers.allowed import ask_rules, gap_allowed
from workers.ask import ask
from workers.bootstrap import Tools
from workers.conclude import body_hash, conclude
from workers.errors import Busy, Moved, Permanent, Transient
from workers.fetch import Fetched
from workers.page.interstitial import follow

_NOT_THERE = {f"http_{status.value}": status.value for status in NOT_THERE}


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
            gap_s = ask_rules(item, rules, tools)
            # That was this host's request: the item comes again after the gap.
            tools.frontier.again(lease, delay_s=0, counts=False, host_delay_s=gap_s)
            return ()
        gap_s = gap_allowed(rules.text, item.url, tools.settings.user_agent)
        if item.look is not None:
            return _look_again(lease, item, item.look, tools, gap_s)
        return _fetch_page(lease, item, tools, gap_s) if item.entry else _fetch_feed(lease, item, tools, gap_s)
    except Busy:  # soon again, with nothing learned
        tools.frontier.again(lease, delay_s=tools.settings.host_gap_s, counts=False)
    except Moved as moved:
        if not tools.frontier.move(lease, moved.url, for_good=moved.for_good, host_delay_s=gap_s):
            failure.end(lease, item, Permanent("too_many_redirects", item.url), tools, gap_s=gap_s)
    except (Permanent, Transient) as error:
        failure.end(lease, item, error, tools, gap_s=gap_s)
    return ()


def _refuse_late(item: Item, tools: Tools) -> None:
    if item.entry and is_too_old(item.first_seen, datetime.now(UTC), tools.settings.max_age_hours):
        raise Permanent("too_late", item.url, "its host gave it no turn while it was news")


def _fetch_page(lease: Lease, item: Item, tools: Tools, gap_s: float) -> Iterable[tuple[str, Lease]]:
    fetched = ask(item.url, item.host, tools, max_bytes=tools.settings.max_page_bytes, on_host=True)
    follow(fetched)
    return _hand_over("ingest", lease, fetched, tools, gap_s)


def _look_again(lease: Lease, item: Item, look: Look, tools: Tools, gap_s: float) -> Iterable[tuple[str, Lease]]:
    try:
        fetched = ask(
            item.url,
            item.host,
            tools,
            etag=look.etag,
            last_modified=look.last_modified,
            max_bytes=tools.settings.max_page_bytes,
            on_host=True,
        )
    except Permanent as error:  # that no page is there tells of its text
        if error.reason not in _NOT_THERE:
            raise
        return _hand_over("look", lease, Fetched(url=error.url, status=_NOT_THERE[error.reason]), tools, gap_s)
    if fetched.status == 304:
        then = look.after(etag=look.etag, last_modified=look.last_modified)
        tools.frontier.looked(lease, LookResult.UNCHANGED, then, host_delay_s=gap_s)
        return ()
    follow(fetched)
    return _hand_over("look", lease, fetched, tools, gap_s)


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
