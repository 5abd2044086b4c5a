"""What reading a page costs in CPU time, against one reference: `bare_extraction(html, fast=True, with_metadata=True)`.

Both read each page in one process, one after the other, by turns first; ours from the bytes to the article, the
reference from the decoded HTML. Garbage is collected before each call, outside the clock, so that each pays for its own
collections and for no one else's. The first pages are read once before, unweighed.
"""

import gc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time

from bench.reading.extractors import quiet, reference
from bench.reading.pages import bytes_of, read_rows, url_of
from newswire.article import Page
from workers.extract import extract
from workers.page.tree import decode

WARM_UP = 20  # pages


def weigh(folder: Path) -> dict[str, float]:
    """The ratio of the sums, the median of the pages' ratios, and milliseconds a page."""
    quiet()
    now = datetime.now(UTC)
    ours: list[float] = []
    theirs: list[float] = []
    rows = list(read_rows(folder / "pages.jsonl"))
    for at, row in enumerate([*rows[:WARM_UP], *rows]):
        page = Page(url=url_of(row), body=bytes_of(row, folder), fetched=now)
        html = decode(page.body, "")
        calls: list[tuple[list[float], Callable[[], object]]] = [
            (ours, lambda page=page: extract(page)),  # type: ignore[misc]
            (theirs, lambda html=html: reference(html)),  # type: ignore[misc]
        ]
        for times, call in calls if at % 2 else reversed(calls):
            times.append(_seconds(call))
        if at + 1 == min(WARM_UP, len(rows)):
            ours.clear()
            theirs.clear()
            gc.freeze()
    gc.unfreeze()
    return {
        "CPU against the reference": sum(ours) / sum(theirs),
        "CPU against the reference, median page": median(
            one / other for one, other in zip(ours, theirs, strict=True) if other
        ),
        "CPU ms a page": 1000 * sum(ours) / len(ours),
        "CPU ms a page, 99th percentile": 1000 * sorted(ours)[int(0.99 * (len(ours) - 1))],
        "reference ms a page": 1000 * sum(theirs) / len(theirs),
    }


def _seconds(call: Callable[[], object]) -> float:
    gc.collect()
    began = process_time()
    call()
    return process_time() - began
