"""What hosts saw of a crawler, and which of it was against the manners. Pure.

Two clocks are never compared. A visit begins when the claim was seen, after it was made, and ends when the host was let
go, before that took effect: what is found too close was too close, by at least that much.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

# The frontier counts in whole ms, rounded down: a gap of a second may be 999.0 ms long.
ROUNDED_S = 0.001


class Visit(Struct, frozen=True):
    """One request to a host: the item it was for, and from when to when the host was held (s)."""

    host: str
    item: str
    start_s: float
    end_s: float


class Breach(Struct, frozen=True):
    """Two visits of a host of which the second came too early."""

    first: Visit
    second: Visit
    early_s: float

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


def breaches(visits: Iterable[Visit], gap_s: float | Mapping[str, float]) -> list[Breach]:
    """The visits that began while the host was held, or sooner after that than the gap (s, or each host's own)."""
    found = []
    for host, mine in by_host(visits).items():
        gap = gap_s if isinstance(gap_s, float) else gap_s[host]
        last = mine[0]
        for visit in mine[1:]:
            early_s = last.end_s + gap - visit.start_s
            if early_s > ROUNDED_S:
                found.append(Breach(last, visit, early_s))
            last = max(last, visit, key=lambda one: one.end_s)
    return found


def twice(visits: Iterable[Visit]) -> list[str]:
    """The items that were visited more than once."""
    return [item for item, count in Counter(visit.item for visit in visits).items() if count > 1]


class Lateness(Struct, frozen=True):
    """How late items were asked for (s): after their due time, and after the host could be asked for them."""

    after_due_s: tuple[float, ...]
    after_free_s: tuple[float, ...]
    never: tuple[str, ...]  # due, and not visited


def lateness(
    visits: Sequence[Visit], due_s: Mapping[str, float], gap_s: float, known: Collection[str] = ()
) -> Lateness:
    """How late each item was; the wait for others of its host, one at a time with the gap between, is not its own.

    `known` are items that were visited before.
    """
    after_due, after_free, seen = [], [], set(known)
    for mine in by_host(visits).values():
        free_s = 0.0
        for visit in mine:
            if visit.item in due_s and visit.item not in seen:
                after_due.append(max(0.0, visit.start_s - due_s[visit.item]))
                after_free.append(max(0.0, visit.start_s - max(due_s[visit.item], free_s)))
            seen.add(visit.item)
            free_s = max(free_s, visit.end_s + gap_s)
    return Lateness(tuple(sorted(after_due)), tuple(sorted(after_free)), tuple(sorted(due_s.keys() - seen)))


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value that so many of the ordered ones do not exceed; 0 of none."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
