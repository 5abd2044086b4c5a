"""When entries were seen: the delays, and what left a document unseen."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bench.cadence.world import DAY_S, END_S, MEASURED_S, START_S, Floats, SimulatedFeed

# Entries of the last day are not counted, as the slowest of the rules would see them after the end.
_UNTIL_S = END_S - DAY_S
_FIRST_S = START_S + 2 * DAY_S
_SLOW = 1 / 3600  # entries a second


class Sight(NamedTuple):
    """What a feed's polls have seen."""

    delays: Floats  # of the entries of the measured days, in seconds
    missed: int  # of them, those that no poll found in the document
    cold: Floats  # delays of the entries of the first two days
    requests: int  # in the measured days
    slow: bool  # fewer than one entry an hour


def look(feed: SimulatedFeed, polls: Sequence[float] | Floats) -> Sight:
    """What the polls see: an entry at the first poll after it appeared, if it still stands in the document then."""
    times = np.append(np.asarray(polls, dtype=np.float64), np.inf)
    seen = np.minimum(times[np.searchsorted(times, feed.appeared)], END_S)
    newer = np.searchsorted(feed.appeared, seen, side="right") - np.arange(len(seen)) - 1
    gone = newer >= feed.length
    measured = (feed.appeared >= MEASURED_S) & (feed.appeared < _UNTIL_S)
    first = (feed.appeared >= START_S + 3600) & (feed.appeared < _FIRST_S)
    delays = seen - feed.appeared
    return Sight(
        delays=delays[measured & ~gone],
        missed=int((measured & gone).sum()),
        cold=delays[first & ~gone],
        requests=int(((times >= MEASURED_S) & (times < END_S)).sum()),
        slow=bool(measured.sum() < _SLOW * (_UNTIL_S - MEASURED_S)),
    )


def requests_rps(sights: Sequence[Sight]) -> float:
    """The requests a second in the measured days, of all feeds together."""
    return sum(sight.requests for sight in sights) / (END_S - MEASURED_S)


def figures(sights: Sequence[Sight], *, cold: bool = True) -> dict[str, float]:
    """The rows of the table; `cold` is false for what begins in the measured days."""
    delays = np.concatenate([sight.delays for sight in sights])
    slow = [sight.delays for sight in sights if sight.slow]
    found: dict[str, float] = {
        "mean delay, minutes": float(delays.mean()) / 60,
        "p95 delay, minutes": float(np.percentile(delays, 95)) / 60,
        "missed entries": sum(sight.missed for sight in sights),
        "requests a second": requests_rps(sights),
        "mean delay, feeds of less than an entry an hour": float(np.concatenate(slow).mean()) / 60 if slow else 0.0,
    }
    if cold:
        found["mean delay, first two days"] = float(np.concatenate([sight.cold for sight in sights]).mean()) / 60
    return found
