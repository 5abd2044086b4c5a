"""How much news a feed had on each of the last days.

The simple measure that media monitors ask for: a day that leaves its feed's mean by more than two standard deviations
is to be seen (mediacloud/web-search#287).
"""

from datetime import datetime
from math import sqrt

from msgspec import Struct

_DAYS = 28  # four of each weekday
_LEAST_DAYS = 7
_SIGMAS = 2.0


class Tally(Struct, frozen=True, array_like=True):
    """New entries a day, in UTC; the last count is that of `day`, and grows while it lasts."""

    day: int = 0  # since year 1; 0: nothing counted yet
    counts: tuple[int, ...] = ()


def tallied(tally: Tally, now: datetime, new: int) -> Tally:
    """The tally with so many entries more."""
    counts = _until(tally, now)
    return Tally(now.toordinal(), (*counts[:-1], counts[-1] + new))


def deviation(tally: Tally, now: datetime) -> float:
    """By how many standard deviations the last whole day left the mean of those before it; 0 while too few are known.

    The deviation of counts is at least that of Poisson's law, the root of their mean: else the first entry more of a
    feed with exactly one a day would be an alarm.
    """
    counts = _until(tally, now)
    if len(counts) < _LEAST_DAYS + 2:  # the last whole day and today besides
        return 0.0
    earlier, last = counts[:-2], counts[-2]
    mean = sum(earlier) / len(earlier)
    variance = sum((count - mean) ** 2 for count in earlier) / len(earlier)
    return (last - mean) / max(sqrt(max(variance, mean)), 1.0)


def is_usual(tally: Tally, now: datetime) -> bool:
    """Whether the last whole day was within two standard deviations of the days before it."""
    return abs(deviation(tally, now)) <= _SIGMAS


def _until(tally: Tally, now: datetime) -> tuple[int, ...]:
    """The counts up to today's; days without news in between are nought."""
    passed = now.toordinal() - tally.day if tally.day else 0
    counts = tally.counts or (0,)
    return (*counts, *(0,) * max(min(passed, _DAYS), 0))[-_DAYS:]
