"""The feeds of `make bench-cadence`: real feeds' gaps, put to newsrooms' clocks.

A simulated feed takes a real one's gaps between entries, in blocks of eight that follow each other there, its rate and
the length of its document. These gaps run on a clock of its own, which goes faster when newsrooms work: that clock is
the feed's true intensity, and the only thing that the clairvoyant is told. What is in it:

- a day with a morning, an evening and a night, in the newsroom's time zone, and a weekend;
- feeds that run round the clock, feeds that are written by a job every quarter, half or full hour, feeds that print
  everything in batches at a few fixed times of the day;
- breaking news, common to many newsrooms and of one alone, that doubles the rate or multiplies it by eight;
- drift, sudden changes by up to three times, and feeds that fall silent for days or for good.

Some feeds print no dates, and some print dates from minutes before the entry appears. Delays count from appearance.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newswire.feed import feed_from_url
from workers.errors import Permanent
from workers.poll import parse

Floats = npt.NDArray[np.float64]

MINUTE_S = 60
DAY_S = 86_400
BEFORE_DAYS = 7
DAYS = 28
MEASURED_DAYS = 14
START_S = datetime(2026, 3, 2, tzinfo=UTC).timestamp()  # a Monday
END_S = START_S + DAYS * DAY_S
MEASURED_S = END_S - MEASURED_DAYS * DAY_S
_BLOCK = 8
_LEAST_DATES = 8


class Template(NamedTuple):
    """What is taken from a real feed."""

    gaps: Floats  # between entries, oldest first, of mean 1
    rate: float  # entries a second
    length: int  # entries in the document


class SimulatedFeed(NamedTuple):
    """A feed of the world; times are seconds since 1970."""

    number: int
    appeared: Floats  # when each entry came into the document, ascending
    printed: Floats | None  # the dates that the entries carry; None: they carry none
    length: int
    intensity: npt.NDArray[np.float32]  # expected entries in each minute of the measured days


def templates(folder: Path) -> list[Template]:
    """The real feeds of the corpus with at least eight dates."""
    found: dict[tuple[float, ...], Template] = {}
    for line in (folder / "feeds.jsonl").read_text().splitlines():
        row = json.loads(line)
        if not row["kind"].startswith("real"):
            continue
        body = gzip.decompress((folder / row["file"]).read_bytes())
        try:
            document = parse(
                body, feed=feed_from_url("https://a.example/"), url="https://a.example/", now=datetime.now(UTC)
            )
        except Permanent:
            continue
        dates = sorted(entry.published.timestamp() for entry in document.entries if entry.published)
        if len(dates) >= _LEAST_DATES and dates[-1] > dates[0]:
            gaps = np.array([later - earlier for earlier, later in pairwise(dates)])
            found[tuple(dates)] = Template(gaps / gaps.mean(), 1 / float(gaps.mean()), len(document.entries))
    return list(found.values())


def world(known: Sequence[Template], feeds: int, seed: int) -> Iterator[SimulatedFeed]:
    """So many feeds."""
    shared = np.random.default_rng(seed)
    news = [(shared.uniform(-7, DAYS), shared.uniform(2, 8)) for _ in range(8)]
    for number in range(feeds):
        yield _feed(number, known, news, np.random.default_rng((seed, number)))


def _feed(
    number: int, known: Sequence[Template], news: Sequence[tuple[float, float]], draw: np.random.Generator
) -> SimulatedFeed:
    template = known[int(draw.integers(len(known)))]
    rate = template.rate * draw.lognormal(0, 0.5)
    minutes = np.arange(-BEFORE_DAYS * 1440, DAYS * 1440)
    days = minutes / 1440
    clock = _drift(days, draw)
    kind = draw.choice(["newsroom", "round the clock", "job", "batches"], p=[0.65, 0.15, 0.1, 0.1])
    # No publisher lets its own document overflow: what is printed at once is a sixth of it, on the mean.
    at_once_s = template.length / 6 / rate
    times = int(max(draw.integers(1, 5), np.ceil(DAY_S / at_once_s)))
    every = [minute for minute in (15, 30, 60) if minute * MINUTE_S <= at_once_s]
    if (kind == "batches" and times > 24) or (kind == "job" and not every):
        kind = "newsroom"
    if kind != "round the clock":
        clock *= _newsroom(days, draw)
        clock *= _breaking(days, news, draw)
    if kind == "batches":
        clock = _in_batches(clock, times, draw)
    elif kind == "job":
        clock = _by_job(clock, int(draw.choice(every)))
    per_minute = clock * (rate * MINUTE_S / clock.mean())

    cumulated = np.concatenate([[0.0], np.cumsum(per_minute)])
    before = template.length + 1
    arrivals = _arrivals(template.gaps, cumulated[-1] + before, draw) - before
    inside = np.interp(arrivals, cumulated, np.append(minutes, DAYS * 1440) * float(MINUTE_S))
    earlier = minutes[0] * MINUTE_S + arrivals / rate
    appeared = START_S + np.where(arrivals < 0, earlier, inside)
    dated = draw.choice(["as it appears", "before", "not"], p=[0.7, 0.2, 0.1])
    lag = draw.exponential(600, len(appeared)) if dated == "before" else 0.0
    return SimulatedFeed(
        number=number,
        appeared=appeared,
        printed=None if dated == "not" else np.floor(appeared - lag),
        length=template.length,
        intensity=per_minute[-MEASURED_DAYS * 1440 :].astype(np.float32),
    )


def _arrivals(gaps: Floats, until: float, draw: np.random.Generator) -> Floats:
    """Arrivals on the feed's own clock, whose mean gap is 1, from blocks of gaps."""
    block = min(_BLOCK, len(gaps))
    blocks = int(until / block * 1.5) + 20
    while True:
        starts = draw.integers(0, len(gaps) - block + 1, blocks)
        drawn = gaps[starts[:, None] + np.arange(block)].ravel()
        arrivals = np.cumsum(drawn)
        if arrivals[-1] >= until:
            return arrivals[arrivals < until]
        blocks *= 2


def _drift(days: Floats, draw: np.random.Generator) -> Floats:
    weekly = np.cumsum(draw.normal(0, 0.2, 6))
    clock = np.exp(np.interp(days, np.arange(-7, 29, 7), weekly))
    if draw.random() < 0.1:
        clock[days > draw.uniform(0, DAYS)] *= 3 ** draw.uniform(-1, 1)
    if draw.random() < 0.05:
        begin = draw.uniform(0, DAYS)
        clock[(days > begin) & (days < begin + draw.choice([4, 10, 100]))] *= 1e-3
    return np.asarray(clock, dtype=np.float64)


def _newsroom(days: Floats, draw: np.random.Generator) -> Floats:
    """A working day in a time zone: night, morning, afternoon, evening; and the weekend."""
    zone_h = draw.choice([-8, -6, -5, -3, 0, 1, 1, 1, 2, 2, 3, 5.5, 8, 9]) + draw.normal(0, 1)
    local = days + zone_h / 24
    hour = (local % 1) * 24
    anchors = [0, 4, 7, 10, 13, 17, 20, 24]
    shape = np.array([0.35, 0.1, 0.9, 1.6, 1.3, 1.5, 0.9, 0.35])
    depth = draw.uniform(0.4, 1.5)
    clock = np.interp(hour, anchors, shape * draw.lognormal(0, 0.2, 8)) ** depth
    weekend = np.isin(np.floor(local) % 7, [5, 6])
    clock[weekend] *= draw.uniform(0.2, 1.0)
    return np.asarray(clock, dtype=np.float64)


def _breaking(days: Floats, news: Sequence[tuple[float, float]], draw: np.random.Generator) -> Floats:
    """The shared news that a feed takes up, each with one chance in four, and its own, once a week."""
    clock = np.ones(len(days))
    own = [(draw.uniform(-7, DAYS), draw.uniform(2, 6)) for _ in range(draw.poisson(5))]
    taken = [one for one in news if draw.random() < 0.25]
    for (begin, times), half_life_h in [*((one, 3.0) for one in taken), *((one, 1.0) for one in own)]:
        since_h = (days - begin) * 24
        clock += np.where(since_h >= 0, (times - 1) * 2 ** -np.clip(since_h / half_life_h, 0, 60), 0)
    return clock


def _in_batches(clock: Floats, times: int, draw: np.random.Generator) -> Floats:
    """All that came since the last of so many times a day comes in three minutes."""
    at = np.sort(draw.choice(288, times, replace=False)) * 5
    minute = np.arange(len(clock)) % 1440
    cumulated = np.cumsum(clock)
    ends = np.flatnonzero(np.isin(minute, at))
    sums = np.diff(cumulated[ends], prepend=0)
    batched = np.zeros(len(clock) + 3)
    for offset in range(3):
        batched[ends + offset] += sums / 3
    return batched[: len(clock)]


def _by_job(clock: Floats, every: int) -> Floats:
    """All that came since the last run of a job comes in the minute that it runs."""
    written = np.zeros(len(clock))
    written[::every] = np.diff(np.cumsum(clock)[::every], prepend=0)
    return written
