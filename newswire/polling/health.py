"""How a feed is, judged by its own past.

The conditions, the worst first: a feed may be in one only, and what else is odd about it stands in its remarks.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from newswire.polling.manners import SILENCES
from newswire.polling.state import FeedState

# Silence begins at so many times the longest pause, and never within a day: a weekend is no death.
_PAUSES = 3
_LEAST_SILENCE = timedelta(days=1)
# A feed whose pauses are not known yet: one entry, or none with a date.
_UNKNOWN_PAUSE = timedelta(days=10)
# What media monitors ask to be told of (mediacloud/web-search#287).
_SIGMAS = 2.0
# Of a feed's pages that ended, so many must have been read; with fewer, nothing is said yet.
_LEAST_PAGES = 10
_SHARE_READ = 0.5
# Not read, but not for what the page was.
_TOO_OLD = "rejected:too_old"


class Condition(StrEnum):
    """What a feed is first of all."""

    DEAD = "dead"  # its address is gone: not asked any more
    FAILING = "failing"  # the last poll failed
    SILENT = "silent"  # answers, and has had no news for far longer than ever
    UNREAD = "unread"  # has news, but most of its pages cannot be read
    UNUSUAL = "unusual"  # yesterday's news were far more or fewer than its rhythm lets expect
    WELL = "well"
    NEW = "new"  # not polled yet

    @property
    def is_unhealthy(self) -> bool:
        """Whether somebody should look at it."""
        return self not in (Condition.WELL, Condition.NEW)


class Health(Struct, frozen=True, kw_only=True):
    """How a feed is."""

    condition: Condition
    deviation: float = 0.0  # of yesterday's news from what its rhythm lets expect, in standard deviations
    unread: int = 0  # pages that could not be read, in all
    worst: str = ""  # why most of them could not


def judge(state: FeedState, outcomes: Mapping[str, int], now: datetime) -> Health:
    """How a feed is, from its state and its part of the ledger (`published`, `rejected:REASON` … → count)."""
    unread = {name: count for name, count in outcomes.items() if name.startswith("rejected:") and name != _TOO_OLD}
    return Health(
        condition=_condition(state, outcomes, sum(unread.values()), now),
        deviation=state.rhythm.deviation,
        unread=sum(unread.values()),
        worst=max(unread, key=lambda name: unread[name]).removeprefix("rejected:") if unread else "",
    )


def _condition(state: FeedState, outcomes: Mapping[str, int], unread: int, now: datetime) -> Condition:
    if state.ended:
        return Condition.DEAD
    if state.polled is None:
        return Condition.NEW
    if state.failures or (state.error and state.error not in SILENCES):  # a silence that was not counted was our own
        return Condition.FAILING
    if is_silent(state, now):
        return Condition.SILENT
    read = sum(outcomes.get(name, 0) for name in ("published", "copied", "revised", "unchanged"))
    if read + unread >= _LEAST_PAGES and read < _SHARE_READ * (read + unread):
        return Condition.UNREAD
    return Condition.WELL if abs(state.rhythm.deviation) <= _SIGMAS else Condition.UNUSUAL


def is_silent(state: FeedState, now: datetime) -> bool:
    """Whether the news have stayed away for far longer than ever before."""
    if state.last_news is None:
        return False  # it never had any
    pause = timedelta(seconds=state.longest_pause_s) * _PAUSES
    return now - state.last_news > max(pause or _UNKNOWN_PAUSE, _LEAST_SILENCE)
