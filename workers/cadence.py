"""When a feed is asked again, from what a poll taught: the decision of newswire.feed, carried out."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xxhash

from newswire.article import Entry
from newswire.polling.cadence import freshness_s, next_poll
from newswire.polling.price import Bounds
from newswire.polling.state import FeedState, after_success
from storage.stories import Lease
from workers.bootstrap import Tools
from workers.fetch import Fetched


def answer(state: FeedState, fetched: Fetched, *, now: datetime, **learned: Any) -> FeedState:
    """The state after a poll that was answered; `learned` is what reading the document taught."""
    return after_success(
        state,
        now=now,
        not_modified=fetched.status == 304,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        body_hash=body_hash(fetched.body),
        fresh_s=freshness_s(fetched.cache_control, fetched.expires, now),
        permanent_url=fetched.permanent_url,
        **learned,
    )


def reschedule(
    lease: Lease,
    state: FeedState,
    tools: Tools,
    *,
    now: datetime,
    host_delay_s: float = 0.0,
    standing: Sequence[str] | None = None,
    entries: Iterable[tuple[Entry, bool]] = (),
) -> int:
    """Move a feed's state on and set its next poll; returns the number of entries that were new."""
    due = next_poll(state, now=now, bounds=_bounds(tools), jitter=random.random())  # noqa: S311 - spreads polls
    return tools.frontier.absorb(
        lease,
        state,
        next_poll_s=None if due is None else (due - now).total_seconds(),
        host_delay_s=host_delay_s,
        standing=standing,
        entries=entries,
    )


def body_hash(body: bytes) -> str:
    """Tells whether a feed's body is the one of the last poll."""
    return xxhash.xxh3_64_hexdigest(body)


def _bounds(tools: Tools) -> Bounds:
    return Bounds(tools.settings.poll_min_s, tools.settings.poll_max_s)
