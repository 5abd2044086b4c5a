"""How often a feed has news.

A first, fair rule: news halves the interval, none lengthens it by half. It does not yet learn the hours of the week.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

# The newest dates that a first interval is taken from: enough for an hour of a busy desk, few enough to be recent.
_RECENT = 10


class Bounds(NamedTuple):
    """The shortest and the longest interval that the installation wants, in seconds."""

    min_s: float
    max_s: float


def interval_s(last_s: float, new: int, dates: Sequence[datetime], now: datetime, bounds: Bounds) -> float:
    """The interval after a poll that found `new` entries; the first is taken from the dates in the document."""
    changed_s = last_s / 2 if new else last_s * 1.5
    wanted_s = changed_s if last_s else _first_interval_s(dates, now)
    return min(max(wanted_s, bounds.min_s), bounds.max_s)


def _first_interval_s(dates: Sequence[datetime], now: datetime) -> float:
    """Half the mean gap of the newest dates up to now; without dates, as short as is allowed."""
    newest = sorted((date for date in dates if date <= now), reverse=True)[:_RECENT]
    return (now - newest[-1]).total_seconds() / len(newest) / 2 if newest else 0.0
