"""The rules that `make bench-cadence` compares: when each would have asked a feed of the world.

Each takes a feed and one factor, by which all are brought to the same number of requests: ours to the price of a
request, the fixed interval to the interval, and the peers' to every interval that they would choose, their shortest,
longest and first ones with it. The first poll is at a moment of the first hour, for all the same. Only ours waits with
jitter.
"""

import math
import random
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from bench.cadence.world import DAY_S, END_S, START_S, SimulatedFeed
from newswire.polling.cadence import next_poll
from newswire.polling.price import BASE_PRICE, Bounds
from newswire.polling.state import Answer, FeedState, Reading, after_success

_MIN_S, _MAX_S = 120.0, 3600.0  # the service's settings, when nothing is set
_WEEK_S = 7 * DAY_S


class Rule(NamedTuple):
    """A rule, and the factor to begin the search at."""

    polls: Callable[[SimulatedFeed, float], Sequence[float]]  # ascending, seconds since 1970
    factor: float


def ours(feed: SimulatedFeed, factor: float) -> list[float]:
    """The service's own code, all of what follows a poll but the network."""
    bounds = Bounds(_MIN_S, _MAX_S, BASE_PRICE * factor)
    jitter = random.Random(feed.number)
    dates = None if feed.printed is None else [datetime.fromtimestamp(time, UTC) for time in feed.printed]
    appeared = feed.appeared.tolist()
    state, known, polls, now = FeedState(), 0, [], datetime.fromtimestamp(_first(feed), UTC)
    while now.timestamp() < END_S:
        polls.append(now.timestamp())
        there = bisect_right(appeared, polls[-1])
        oldest = max(known, there - feed.length)
        standing, new = min(there, feed.length), there - oldest
        own = dates[oldest:there] if dates else ()
        reading = (
            Reading(new=new, dates=own, standing=standing, has_gap=new == standing and bool(known)) if new else None
        )
        state = after_success(state, Answer(), reading, now=now)
        known = there
        due = next_poll(state, now=now, bounds=bounds, jitter=jitter.random())
        if due is None:
            raise AssertionError("a feed of the world never ends")
        now = due
    return polls


def fixed(feed: SimulatedFeed, factor: float) -> list[float]:
    """Every half hour."""
    every_s = 1800 * factor
    first = _first(feed) % every_s
    return [START_S + first + every_s * number for number in range(int((END_S - START_S - first) / every_s) + 1)]


def media_cloud(feed: SimulatedFeed, factor: float) -> list[float]:
    """Additive steps by the share of known entries: mediacloud/rss-fetcher, fetcher/tasks.py, _check_auto_adjust.

    Ten minutes longer when two thirds or more are known (an hour, when nothing came for 31 days), an hour shorter when
    less than a third is; from six hours on, within ten minutes and a day.
    """
    appeared = feed.appeared.tolist()
    polls, known, minutes, now = [], -1, 360.0, _first(feed)
    last_news = now
    while now < END_S:
        polls.append(now)
        there = bisect_right(appeared, now)
        if known >= 0:
            new = min(there - known, feed.length)
            last_news = now if new else last_news
            share_known = 1 - new / min(there, feed.length)
            if share_known >= 0.67:
                minutes = min(minutes + (10 if new or now - last_news < 32 * DAY_S else 60), 1440.0)
            elif share_known < 0.33:
                minutes = max(minutes - 60, 10.0) if minutes <= 360 else 360.0
        known = there
        now += minutes * 60 * factor
    return polls


def miniflux(feed: SimulatedFeed, factor: float) -> list[float]:
    """The week over its count: miniflux/v2, internal/model/feed.go, ScheduleNextCheck with entry_frequency.

    The count is WeeklyFeedEntryCount's: the week over the mean gap of the entries dated in the last one, rounded up,
    0 of fewer than two. Within five minutes and a day; a day for a count of 0.
    """
    appeared = feed.appeared.tolist()
    dates = appeared if feed.printed is None else sorted(feed.printed.tolist())
    now = _first(feed)
    polls, stored = [], max(bisect_right(appeared, now) - feed.length, 0)
    while now < END_S:
        polls.append(now)
        there = bisect_right(appeared, now)
        oldest = max(stored, bisect_right(dates, now - _WEEK_S))
        span_s = dates[there - 1] - dates[oldest] if there - oldest > 1 else 0.0
        weekly = math.ceil(_WEEK_S / (span_s / (there - oldest - 1))) if span_s else 0
        minutes = min(max(round(_WEEK_S / 60 / weekly), 5), 1440) if weekly else 1440
        now += minutes * 60 * factor
    return polls


def _first(feed: SimulatedFeed) -> float:
    return START_S + random.Random(feed.number).uniform(0, 3600)


OTHERS = {
    "fixed": Rule(fixed, 1.0),
    "AIMD (Media Cloud)": Rule(media_cloud, 0.03),
    "weekly count (Miniflux)": Rule(miniflux, 0.3),
}
