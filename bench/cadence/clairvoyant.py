"""The best that a rule could do which knows every feed's true intensity: Sia, Cho and Cho (TKDE 2007).

They divide the requests between feeds by the square root of their rates, and place each feed's so that none can be
moved to a better moment. Both follow from one programme, which is solved here exactly, minute by minute: the least sum
of delays and of requests, each request at one price for all feeds. It is told the intensity with its bursts, drifts and
silences, and not the entries themselves; it keeps to the same shortest and longest wait.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from bench.cadence.world import MEASURED_S, MINUTE_S, Floats, SimulatedFeed

_MIN, _MAX = 2, 60  # minutes
_AT_ONCE = 100  # feeds; more do not fit the processor's cache


def clairvoyant(feeds: Sequence[SimulatedFeed], price: float) -> list[Floats]:
    """The polls of each feed in the measured days; `price` is of a request, in minutes of one entry's delay."""
    return [
        polls for first in range(0, len(feeds), _AT_ONCE) for polls in _placed(feeds[first : first + _AT_ONCE], price)
    ]


def _placed(feeds: Sequence[SimulatedFeed], price: float) -> Iterator[Floats]:
    rate = np.array([feed.intensity for feed in feeds], dtype=np.float64).T
    minutes = len(rate)
    none = np.zeros((1, len(feeds)))
    came = np.vstack([none, np.cumsum(rate, 0)])
    came_at = np.vstack([none, np.cumsum(rate * (np.arange(minutes)[:, None] + 0.5), 0)])
    # The least cost of all up to a poll at the end of each minute, and how long before it the last one was.
    cost = np.full((minutes + 1, len(feeds)), np.inf)
    cost[0] = 0
    back = np.zeros((minutes + 1, len(feeds)), dtype=np.int64)
    column = np.arange(len(feeds))
    for poll in range(_MIN, minutes + 1):
        first, until = max(0, poll - _MAX), poll - _MIN + 1
        waited = poll * (came[poll] - came[first:until]) - (came_at[poll] - came_at[first:until])
        sums = cost[first:until] + waited
        best = sums.argmin(0)
        cost[poll] = sums[best, column] + price
        back[poll] = poll - first - best
    for number in range(len(feeds)):
        polls, poll = [], minutes
        while poll:
            polls.append(poll)
            poll -= int(back[poll, number])
        yield MEASURED_S + np.array(polls[::-1], dtype=np.float64) * MINUTE_S
