"""What the ledgers say of each reader: what he missed, had twice, or was not left the time to read. Pure.

All times are of one machine's clock, in s since 1970.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from bench.readers.ledger import Row


class Appended(Struct, frozen=True):
    """What stood on a stream, in order of its numbers from 1: the events' ids, and when each was appended."""

    events: tuple[str, ...]
    at_s: tuple[float, ...]


class Handled(Struct, frozen=True):
    """What one reader did on one stream: when he handled each number first, and how often in all."""

    first_s: Mapping[int, float]
    times: Counter[str]


class Sample(Struct, frozen=True):
    """A stream right after a trimming that ended then: the number of its first entry, and how many it has."""

    at_s: float
    first: int
    length: int


def appended(tail: Iterable[Row]) -> dict[str, Appended]:
    """What stood on each stream, from the ledger of who keeps all (`more` begins with the entry's id).

    Raises ValueError when he missed a number himself.
    """
    found: dict[str, list[Row]] = defaultdict(list)
    for row in tail:
        found[row.stream].append(row)
        if row.sequence != len(found[row.stream]):
            raise ValueError(f"{row.stream}: number {row.sequence} came after {len(found[row.stream]) - 1}")
    return {
        stream: Appended(tuple(row.event for row in mine), tuple(int(row.more.split("-")[0]) / 1000 for row in mine))
        for stream, mine in found.items()
    }


def handled(ledger: Iterable[Row]) -> dict[str, Handled]:
    """What a reader did on each stream."""
    first_s: dict[str, dict[int, float]] = defaultdict(dict)
    times: dict[str, Counter[str]] = defaultdict(Counter)
    for row in ledger:
        first_s[row.stream].setdefault(row.sequence, row.at_s)
        times[row.stream][row.event] += 1
    return {stream: Handled(first_s[stream], times[stream]) for stream in first_s}


def gaps(numbers: Iterable[int], last: int) -> int:
    """How many numbers from 1 to the last are missing."""
    return len(set(range(1, last + 1)) - set(numbers))


def unread_when_trimmed(mine: Mapping[int, float], samples: Iterable[Sample]) -> int:
    """How many entries were gone before the reader had handled them."""
    lost, first = 0, 1
    for sample in samples:
        lost += sum(mine.get(number, float("inf")) > sample.at_s for number in range(first, sample.first))
        first = max(first, sample.first)
    return lost


def taking(samples: Sequence[Sample]) -> float:
    """The share of trimmings that took something."""
    return sum(one.first < other.first for one, other in pairwise(samples)) / max(1, len(samples) - 1)


def lags(all_s: Sequence[float], mine_s: Iterable[float], at_s: Iterable[float]) -> list[int]:
    """How many entries a reader was behind at these times.

    `all_s` and `mine_s` are when each was appended, and when he handled each first.
    """
    all_s, mine_s = sorted(all_s), sorted(mine_s)
    return [max(0, bisect_right(all_s, at) - bisect_right(mine_s, at)) for at in at_s]


def older(all_s: Sequence[float], sample: Sample, window_s: float) -> int:
    """How many of the entries that stood there were older than the window."""
    return max(0, bisect_right(all_s, sample.at_s - window_s) - (sample.first - 1))
