"""Whether the publication times are right: `python bench/times.py CORPUS`.

CORPUS/pages holds pages.jsonl and the page files. What counts as right: where the reference has a time of day and a
zone, the same minute; where it has a time without a zone, the same hands of the clock in some zone of the Earth; where
it has a day (midnight is one), a moment of that day in some zone, or that day. A page without an answer is wrong. A
reference that lies more than a day after the page was fetched cannot be right and is left out (one of fundus, with
month and day confused); the figures say how many.

Beside it stand trafilatura and htmldate, which it uses: they know days only, and are held against the day.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from newswire.article import Page
from newswire.pagedate import read_when
from workers.extract import extract

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)  # the first and the last zone of the Earth


class Said(NamedTuple):
    """An answer: a moment in UTC, or the midnight of a day."""

    at: datetime
    is_day: bool


class Wanted(NamedTuple):
    """A reference: what it names, and how closely."""

    at: datetime
    is_day: bool
    is_zoned: bool


def figures(corpus: Path, *, others: bool = False) -> dict[str, dict[str, float]]:
    """By source (`fundus`, `other` and each that it is of), of how many pages, and the shares that are right.

    Keys: `pages`; `impossible`, the references left out; `time`, right as this file's head has it; `day`, right by the
    day; with `others` also `trafilatura_day` and `htmldate_day`.
    """
    tallies: dict[str, Counter[str]] = {}
    readers = {"trafilatura_day": _trafilatura, "htmldate_day": _htmldate} if others else {}
    for row, body in _labelled(corpus / "pages"):
        wanted = wanted_of(row)
        if wanted is None:
            continue
        crawled = read_when(str(row.get("crawl_date") or ""))
        if crawled and wanted.at > crawled.at + _DAY:
            _count(tallies, row, ["impossible"])
            continue
        ours = read(row, body)
        right = [name for name, reader in readers.items() if is_same_day(reader(row, body), wanted)]
        right += ["time"] * is_right(ours, wanted) + ["day"] * is_same_day(ours, wanted)
        _count(tallies, row, ["pages", *right])
    return {
        name: {
            "pages": tally["pages"],
            "impossible": tally["impossible"],
            **{key: tally[key] / max(tally["pages"], 1) for key in ("time", "day", *readers)},
        }
        for name, tally in sorted(tallies.items())
    }


def wanted_of(row: dict[str, Any]) -> Wanted | None:
    """The reference of a page: what its source expects, else the corpus's own reading of it."""
    if _source(row) in _CRAWL_DAYS:
        return None
    for text in ((row.get("expected") or {}).get("published"), row.get("published")):
        when = read_when(str(text or ""))
        if when:  # fundus makes a time of every day: midnight is one
            return Wanted(when.at, when.is_day, when.is_zoned)
    return None


def is_right(said: Said | None, wanted: Wanted) -> bool:
    """Whether an answer is what the reference names, as this file's head has it."""
    if said is None:
        return False
    apart = said.at - wanted.at
    if said.is_day or wanted.is_day:
        return wanted.is_day and is_same_day(said, wanted)
    if wanted.is_zoned:
        return abs(apart) < _MINUTE
    # Zones are quarters of an hour; seconds are printed by some.
    return -_EAST - _MINUTE < apart < _WEST + _MINUTE and (apart + _MINUTE) % (15 * _MINUTE) < 2 * _MINUTE


def is_same_day(said: Said | None, wanted: Wanted) -> bool:
    """Whether an answer is a moment of the reference's day in some zone, or that day."""
    if said is None:
        return False
    midnight = wanted.at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    return -_EAST <= said.at - midnight < (_WEST if said.is_day else _DAY + _WEST)


def _labelled(pages: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    with (pages / "pages.jsonl").open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            yield row, gzip.decompress((pages / row["file"]).read_bytes())


# Whose "published" is the day on which the page was fetched, days after it appeared (rundimeco/waddle, 273 pages).
_CRAWL_DAYS = frozenset({"waddle"})


def _source(row: dict[str, Any]) -> str:
    return str(row["source_repo"]).rpartition("/")[2]


def _count(tallies: dict[str, Counter[str]], row: dict[str, Any], keys: list[str]) -> None:
    name = _source(row)
    for group in (name,) if name == "fundus" else (name, "other"):
        tallies.setdefault(group, Counter()).update(keys)


def read(row: dict[str, Any], body: bytes) -> Said | None:
    """What Wirefold says of a page, read alone: no feed helps it."""
    article = extract(Page(url=row["url"] or "http://file.invalid/", body=body, fetched=datetime.now(UTC)))
    return Said(article.published, article.is_dated_by_day) if article.published else None


def _trafilatura(row: dict[str, Any], body: bytes) -> Said | None:
    from trafilatura.metadata import extract_metadata

    return _day(lambda: extract_metadata(body.decode("utf-8", "replace"), default_url=row["url"]).date)


def _htmldate(row: dict[str, Any], body: bytes) -> Said | None:
    from htmldate import find_date

    return _day(lambda: find_date(body.decode("utf-8", "replace"), url=row["url"], original_date=True))


def _day(read: Callable[[], str | None]) -> Said | None:
    try:
        found = read()
    except Exception:  # noqa: BLE001 - another's reader: what it raises is an answer it does not have
        return None
    if not found or not re.fullmatch(r"\d{4}-\d\d-\d\d", found):
        return None
    return Said(datetime.combine(date.fromisoformat(found), time(0), UTC), is_day=True)


def main(corpus: Path) -> int:
    """Print the table; the exit status."""
    if not (corpus / "pages" / "pages.jsonl").exists():
        print(f"no corpus at {corpus}: it needs pages/pages.jsonl")
        return 2
    print(f"{'source':<30}{'pages':>6}{'left out':>10}{'time':>8}{'day':>8}{'trafilatura':>13}{'htmldate':>10}")
    for name, row in figures(corpus, others=True).items():
        shares = f"{row['time']:>8.1%}{row['day']:>8.1%}{row['trafilatura_day']:>13.1%}{row['htmldate_day']:>10.1%}"
        print(f"{name:<30}{row['pages']:>6.0f}{row['impossible']:>10.0f}{shares}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python bench/times.py CORPUS")
    sys.exit(main(Path(sys.argv[1])))
