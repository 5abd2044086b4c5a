"""Read every feed of a corpus, whole and damaged, and look for what must never happen.

    python -m bench.feeds CORPUS [--cases N] [--seed S] [--check]

CORPUS holds `pages/feeds.jsonl` and the files it names; lists of feeds among them are no feeds, and must be refused. A
damaged case is a file cut, beheaded, holed, with bits flipped, stretches repeated, or spliced with another, under a
content type of its own or none. Counted are exceptions that the service does not expect, files opened and sockets
connected while a feed is read, and the slowest reading. Of the whole files, ours is set beside feedparser's own.

Exits 2 when the corpus is absent, and with --check 1 when a bar is not reached.
"""

import argparse
import io
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.bars import Bar, ending, falls_short
from bench.feeds.cases import Case, File, damaged, files_of
from bench.feeds.reading import Reading, prepare, read
from bench.table import table

BARS = (
    Bar("exceptions", most=0),
    Bar("files opened, sockets", most=0),
    Bar("slowest, CPU s", most=8, said="8 s"),  # workers.app.CPU_SOFT_LIMIT_S: then a worker is told to stop
)
WORST = 5


class Tally:
    """What came of a number of readings."""

    def __init__(self) -> None:
        self.figures: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.bad: list[str] = []
        self.slowest: list[tuple[float, str]] = []

    def add(self, name: str, reading: Reading) -> None:
        """Count one."""
        self.figures["cases"] += 1
        self.figures["read"] += reading.document is not None
        self.figures["refused"] += bool(reading.refused)
        self.figures["exceptions"] += bool(reading.raised)
        self.figures["files opened, sockets"] += len(reading.reached)
        self.refused[reading.refused] += bool(reading.refused)
        self.bad += [f"{name}: {what}" for what in (reading.raised, *reading.reached) if what]
        self.slowest = sorted([*self.slowest, (reading.cpu_s, name)], reverse=True)[:WORST]

    def all(self) -> dict[str, float]:
        """The figures by their names."""
        return {
            **{bar.figure: 0 for bar in BARS},
            **self.figures,
            "slowest, CPU s": self.slowest[0][0] if self.slowest else 0.0,
        }


def of_whole(files: Iterable[File], tally: Tally) -> dict[str, int]:
    """What the undamaged files hold, by our reading."""
    figures: Counter[str] = Counter()
    for file in files:
        reading = read(file.body, file.content_type)
        tally.add(f"whole {file.id}", reading)
        if (document := reading.document) is not None:
            figures["whole files read"] += 1
            figures["items"] += len(document.entries) + document.linkless + document.repeated + document.surplus
            figures["items"] += document.cut
            figures["entries"] += len(document.entries)
            figures["undated"] += document.undated
            figures["linkless"] += document.linkless
            figures["repeated"] += document.repeated
            figures["surplus"] += document.surplus
            figures["cut"] += document.cut
            figures["ill-formed"] += bool(document.fault)
    return dict(figures)


def of_feedparser(files: Iterable[File]) -> dict[str, int]:
    """What feedparser alone says of the same files; what it gives a version or an item for counts as read."""
    import feedparser

    figures: Counter[str] = Counter()
    for file in files:
        headers = {"content-type": file.content_type} if file.content_type else {}
        try:
            parsed = feedparser.parse(io.BytesIO(file.body), response_headers=headers)
        except Exception:  # noqa: BLE001 - what it raises is counted
            figures["exceptions"] += 1
            continue
        figures["whole files read"] += bool(parsed.get("version") or parsed.entries)
        figures["items"] += len(parsed.entries)
        figures["undated"] += sum(
            not (entry.get("published_parsed") or entry.get("updated_parsed")) for entry in parsed.entries
        )
        figures["linkless"] += sum(not entry.get("link") for entry in parsed.entries)
        names = Counter(entry.get("id") or entry.get("link") for entry in parsed.entries)
        figures["repeated"] += sum(count - 1 for name, count in names.items() if name)
        figures["ill-formed"] += bool(parsed.bozo)
    return dict(figures)


def of_damaged(cases: Iterable[Case], tally: Tally) -> None:
    """Read the cases."""
    for case in cases:
        tally.add(case.name, read(case.body, case.content_type))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cases", type=int, default=20_000, metavar="N", help="damaged cases [20000]")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="other damage [0]")
    parser.add_argument("--check", action="store_true", help="exit 1 when a bar is not reached")
    asked = parser.parse_args(arguments)
    pages = asked.corpus / "pages"
    if not (pages / "feeds.jsonl").exists():
        print(f"no corpus at {asked.corpus}: nothing measured (it needs pages/feeds.jsonl)")
        return 2
    files = files_of(pages)
    prepare()
    tally = Tally()
    whole = of_whole(files, tally)
    of_damaged((damaged(files, asked.seed, number) for number in range(asked.cases)), tally)
    figures = tally.all() | whole
    print(table(BARS, figures, {"feedparser": of_feedparser(files)}))
    print("\nRefused:", ", ".join(f"{count} {why}" for why, count in tally.refused.most_common() if count))
    print("Slowest:", *(f"  {seconds:.2f} s  {name}" for seconds, name in tally.slowest), sep="\n")
    if tally.bad:
        print("What must not happen:", *(f"  {line}" for line in tally.bad[:50]), sep="\n")
    short = falls_short(BARS, figures)
    print(ending(short))
    return int(bool(asked.check and short))


if __name__ == "__main__":
    sys.exit(main())
