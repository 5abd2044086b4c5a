"""What hosts saw of a crawler, and which of it was against the manners. Pure.

Two clocks are never compared. A visit begins when the claim was seen, after it was made, and ends when the host was let
go, before that took effect: what is found too close was too close, by at least that much.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

# The frontier counts in whole ms, rounded down: a gap of a second may be 999.0 ms long.
ROUNDED_S = 0.001


class Visit(Struct, frozen=True):
    """One request to a host: the item it was for, from when to when the host was held, and its rest thereafter (s)."""

    host: str
    item: str
    start_s: float
    end_s: float
    rest_s: float

    @property
    def free_s(self) -> float:
        """When the host may be asked again."""
        return self.end_s + self.rest_s


class Breach(Struct, frozen=True):
    """Two visits of a host of which the second came too early."""

    first: Visit
    second: Visit

    @property
    def early_s(self) -> float:
        """By how much."""
        return self.first.free_s - self.second.start_s

    @property
    def overlaps(self) -> bool:
        """Whether both were in flight at once."""
        return self.second.start_s < self.first.end_s


def by_host(visits: Iterable[Visit]) -> dict[str, list[Visit]]:
    """The visits of each host, by when they began."""
    found = defaultdict(list)
    for visit in sorted(visits, key=lambda visit: visit.start_s):
        found[visit.host].append(visit)
    return dict(found)


def breaches(visits: Iterable[Visit]) -> list[Breach]:
    """The visits that began while their host was held or rested, each with the one that bound it longest."""
    found = []
    for mine in by_host(visits).values():
        last = mine[0]
        for visit in mine[1:]:
            breach = Breach(last, visit)
            if breach.early_s > ROUNDED_S:
                found.append(breach)
            last = max(last, visit, key=lambda one: one.free_s)
    return found


def twice(visits: Iterable[Visit]) -> list[str]:
    """The items that were visited more than once."""
    return [item for item, count in Counter(visit.item for visit in visits).items() if count > 1]


class Lateness(Struct, frozen=True):
    """How late items were asked for (s): after their due time, and after the host could be asked for them."""

    after_due_s: tuple[float, ...]
    after_free_s: tuple[float, ...]
    never: tuple[str, ...]  # due, and not visited


def lateness(visits: Iterable[Visit], due_s: Mapping[str, float]) -> Lateness:
    """How late the first visit of each item was; what its host's other visits and rests took is not its own."""
    after_due, after_free, seen = [], [], set[str]()
    for mine in by_host(visits).values():
        free_s = 0.0
        for visit in mine:
            if visit.item in due_s and visit.item not in seen:
                after_due.append(max(0.0, visit.start_s - due_s[visit.item]))
                after_free.append(max(0.0, visit.start_s - max(due_s[visit.item], free_s)))
            seen.add(visit.item)
            free_s = max(free_s, visit.free_s)
    return Lateness(tuple(sorted(after_due)), tuple(sorted(after_free)), tuple(sorted(due_s.keys() - seen)))


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value that so many of the ordered ones do not exceed; 0 of none."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
