"""How long to wait for a feed's news, at what price of a request.

Promises: for entries that come by chance at steady rates, no other waits give less delay, summed over all feeds, at the
same number of requests: where λ entries a second are expected, polls are p / √λ seconds apart, with one price p for all
feeds (after Sia, Cho and Cho, Efficient monitoring algorithm for fast news alerts, TKDE 2007). Where λ changes,
∫ √λ dt between polls is p, and the poll moves to where it saves the most waiting. A document is read again before a
quarter of it is new, at any price.
"""

import math
from typing import NamedTuple

from newswire.polling.rhythm import Rhythm, pieces

# One entry an hour is asked for every 15 minutes, one a day every 73: a request is worth 112 seconds of one entry's
# delay (p² / 2).
BASE_PRICE = 15.0
# At four times the price, where the root alone lets documents turn over, it leaves 58 entries unseen instead of 613.
_TURNOVER = 0.25
_DAY_S = 86_400


class Bounds(NamedTuple):
    """The shortest and the longest wait that the installation wants, in seconds, and what else bounds a wait."""

    min_s: float
    max_s: float
    price: float = BASE_PRICE  # of a request, in √(entries · s)
    turnover: float = _TURNOVER  # the share of a document that may be new when it is read again


class Demand(NamedTuple):
    """How many requests a second feeds ask for; sums of it are the demand of many."""

    priced: float = 0.0  # at a price of 1
    turnover: float = 0.0  # at any price, lest a document turn over


NO_DEMAND = Demand()


def wait_s(rhythm: Rhythm, at: float, bounds: Bounds) -> float:
    """How long to wait for the next poll, from `at` (seconds since 1970), within the bounds."""
    spans, second = _two_waits(rhythm, at, bounds)
    best, best_s, found = -1.0, bounds.max_s, 0.0
    for begin, end, rate in spans:
        if begin >= at + bounds.max_s:
            break
        # A poll at t spares what has come by then the wait until the second one: found(t) · (second - t) is the most.
        top = (second + begin - found / rate) / 2
        time = min(max(top, begin), end, at + bounds.max_s)
        spared = (found + rate * (time - begin)) * (second - time)
        if spared > best:
            best, best_s = spared, time - at
        found += rate * (end - begin)
    return min(max(best_s, bounds.min_s), bounds.max_s)


def _two_waits(rhythm: Rhythm, at: float, bounds: Bounds) -> tuple[list[tuple[float, float, float]], float]:
    """What is expected until the second poll from now would be due, and when that is."""
    spans, left = [], 2.0
    end = at + 2 * bounds.max_s
    for begin, until, rate in pieces(rhythm, at, end):
        speed = max(math.sqrt(rate) / bounds.price, rate / (bounds.turnover * (rhythm.standing or math.inf)))
        if left <= speed * (until - begin):
            end = begin + left / speed
            spans.append((begin, end, rate))
            break
        left -= speed * (until - begin)
        spans.append((begin, until, rate))
    return spans, end


def demand(rhythm: Rhythm) -> Demand:
    """What a feed asks for, over the day that follows its last poll."""
    spans = [(end - begin, rate) for begin, end, rate in pieces(rhythm, rhythm.at, rhythm.at + _DAY_S, normal=True)]
    entries = sum(long_s * rate for long_s, rate in spans)
    return Demand(
        sum(long_s * math.sqrt(rate) for long_s, rate in spans) / _DAY_S,
        entries / _DAY_S / (_TURNOVER * (rhythm.standing or math.inf)),
    )


def within_budget(bounds: Bounds, *, demand: Demand, feeds: int, budget_rps: float) -> Bounds:
    """Bounds under which so many feeds with this demand together make no more requests a second than the budget.

    The price rises as far as it must. What no price lowers, the longest wait and the turnover of documents, may take
    half of the budget: where it would take more, both stretch alike, whatever the installation wants. Each feed is
    counted for all three, so there are fewer requests than that; only the pace of some hours may lead above it.
    """
    fixed_rps = demand.turnover + feeds / bounds.max_s
    stretch = max(1.0, 2 * fixed_rps / budget_rps)
    return Bounds(
        bounds.min_s,
        bounds.max_s * stretch,
        max(bounds.price, demand.priced / (budget_rps - fixed_rps / stretch)),
        bounds.turnover * stretch,
    )
