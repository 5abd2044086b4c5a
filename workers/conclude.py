"""How a poll ends: the feed's state moves on, its next poll is set, what is to be told of it is told; in one step."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xxhash
from msgspec.structs import replace

from newswire.article import Entry
from newswire.event.envelope import Event
from newswire.event.telling import trouble
from newswire.event.types import FeedDied, FeedSilent
from newswire.feed import Feed
from newswire.polling.cadence import freshness_s, next_poll
from newswire.polling.health import is_silent, judge
from newswire.polling.price import Bounds, demand, within_budget
from newswire.polling.state import Answer, FeedState, Reading, after_failure, after_success
from storage.stories import Lease
from workers.bootstrap import Tools
from workers.errors import Permanent, Transient
from workers.fetch import Fetched


def conclude(
    lease: Lease,
    feed: Feed,
    state: FeedState,
    fetched: Fetched,
    reading: Reading | None,
    tools: Tools,
    *,
    host_delay_s: float = 0.0,
    standing: Sequence[str] | None = None,
    entries: Sequence[tuple[Entry, bool]] = (),
) -> int:
    """End a poll that was answered; returns the number of entries that were new, -1 when the lease is stale.

    `reading`, `standing` and `entries` are what the document brought, where it was not the one of the last poll.
    """
    now = datetime.now(UTC)
    answer = Answer(
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        body_hash=body_hash(fetched.body),
        fresh_s=freshness_s(fetched.cache_control, fetched.expires, now),
        retry_after_s=fetched.retry_after_s,
        not_modified=fetched.status == 304,
        permanent_url=fetched.permanent_url,
    )
    if state.is_echo and not ((twin := tools.feeds.get(state.twin)) and twin[1].speaks):
        state = replace(state, twin="", twin_polls=0)
    after = after_success(state, answer, reading, now=now)
    return _move_on(lease, feed, after, tools, now, host_delay_s, standing=standing, entries=entries)


def conclude_failed(
    lease: Lease,
    feed: Feed,
    state: FeedState,
    error: Permanent | Transient,
    tools: Tools,
    *,
    host_delay_s: float | None,
) -> None:
    """End a poll that failed: the feed is asked again later, or never when it is gone."""
    now = datetime.now(UTC)
    counts = not isinstance(error, Transient) or error.counts
    after = after_failure(
        state,
        now=now,
        reason=error.reason,
        detail=error.detail,
        retry_after_s=error.retry_after_s,
        counts=counts,
        elsewhere=error.url != (state.address or feed.url),
    )
    _move_on(lease, feed, after, tools, now, host_delay_s)
    if state.speaks and not after.speaks:
        wake_echoes(feed, tools)


def wake_echoes(feed: Feed, tools: Tools) -> None:
    """Ask the feeds that were spared because this one brought all that they bring."""
    neighbours = ((other, tools.feeds.get(other)) for other in tools.feeds.leave(feed.publisher, feed.id))
    tools.frontier.hurry([other for other, found in neighbours if found and found[1].twin == feed.id])


def _move_on(
    lease: Lease, feed: Feed, state: FeedState, tools: Tools, now: datetime, host_delay_s: float | None, **brought: Any
) -> int:
    falls_silent = not state.is_silent and not state.ended and is_silent(state, now)
    state = replace(state, is_silent=state.is_silent or falls_silent)
    due = next_poll(state, now=now, bounds=_bounds(tools), jitter=random.random())  # noqa: S311 - spreads polls
    return tools.frontier.absorb(
        lease,
        state,
        address=state.address or feed.url,
        demand=demand(state.rhythm),
        next_poll_s=None if due is None else (due - now).total_seconds(),
        condition=judge(state, tools.ledger.of_feeds([feed.id])[0], now).condition,
        host_delay_s=host_delay_s,
        events=_told(feed, state, now, has_fallen_silent=falls_silent),
        **brought,
    )


def _told(feed: Feed, state: FeedState, now: datetime, *, has_fallen_silent: bool) -> Sequence[Event[Any]]:
    common: dict[str, Any] = {
        "feed": feed.id,
        "url": feed.url,
        "publisher": feed.publisher,
        "title": feed.title,
        "tags": feed.tags,
        "reason": state.error or "no_news",
        "last_success": state.last_success,
        "last_news": state.last_news,
    }
    if state.ended:
        return [trouble(FeedDied(**common), now)]
    if has_fallen_silent:
        return [trouble(FeedSilent(**common, longest_pause_s=state.longest_pause_s), now)]
    return ()


def body_hash(body: bytes) -> str:
    """Tells whether a feed's body is the one of the last poll."""
    return xxhash.xxh3_64_hexdigest(body)


def _bounds(tools: Tools) -> Bounds:
    wanted = Bounds(tools.settings.poll_min_s, tools.settings.poll_max_s)
    asked, feeds = tools.feeds.demand()
    return within_budget(wanted, demand=asked, feeds=feeds, budget_rps=tools.settings.polls_per_s)
