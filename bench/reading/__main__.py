"""Measure how well pages are read, and at what cost, beside five other extractors.

    python -m bench.reading CORPUS [--ours] [--worst N] [--check] [--out FOLDER]
    python -m bench.reading CORPUS --run NAME --out FOLDER

CORPUS holds `pages/` (pages.jsonl, credits.jsonl, the page files, score.py) and, where it is there, the authored
`newsroom/`. Text and credit are counted by its score.py; what else is counted is defined in leaks.py, standfirst.py and
published.py. The service is asked by its own command, `wirefold read --batch`. Each run is a process of its own: first
the weighing, alone, then the others two at a time; with --run it is the only one, and prints what it tells as JSON.

Exits 2 when the corpus is absent, and with --check 1 when a bar is not reached. --worst lists the ids of the pages
whose texts are least like their references. --out keeps each run's predictions.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

from bench.bars import ending, falls_short
from bench.reading.extractors import EXTRACTORS
from bench.reading.runs import COST, OURS, run_by_name
from bench.reading.scores import BARS, Column, of_newsroom, of_pages, of_texts, of_walls, worst
from bench.table import table

NOTES = """
Captions and related lines: of the pages that have a whole reference text, and of all. A standfirst is a paragraph of
its own kind; a summary may also be the first paragraph. Published: of fundus rows.
The others' credit is a known agency's name in the opening, the closing or the author; a page that makes them raise
counts as empty, and newspaper4k reads a language that it has no words for as English.
The reference of the CPU time is trafilatura's bare_extraction(html, fast=True, with_metadata=True), on the same pages
by turns with ours; the others' milliseconds are their own runs', of which two go at a time.
""".strip()


def run_all(runs: Sequence[str], pages: Path, out: Path, jobs: int) -> dict[str, Column]:
    """What each run tells of itself, each in a process of its own."""
    command = [sys.executable, "-m", "bench.reading", str(pages.parent), "--out", str(out), "--run"]

    def run_one(run: str) -> Column:
        # newspaper4k goes through sets: with Python's random seed its F1 moved between .699 and .703.
        settings = os.environ | {"PYTHONHASHSEED": "0"}
        done = subprocess.run([*command, run], check=True, stdout=subprocess.PIPE, env=settings)
        told: Column = json.loads(done.stdout.splitlines()[-1])
        return told

    with ThreadPoolExecutor(jobs) as pool:
        return dict(zip(runs, pool.map(run_one, runs), strict=True))


def measure(pages: Path, others: Sequence[str], out: Path, jobs: int) -> dict[str, Column]:
    """The figures of the service and of the others, by their names."""
    weighed = run_all([COST], pages, out, 1)[COST]
    told = run_all([OURS, *others], pages, out, jobs)
    predictions = {name: predictions_of(name, out) for name in told}
    texts = of_texts(pages, predictions)
    found = {name: of_pages(pages, path) | texts[name] | told[name] for name, path in predictions.items()}
    found[OURS] |= weighed | of_newsroom(pages.parent / "newsroom") | of_walls(pages.parent, predictions[OURS])
    return found


def predictions_of(run: str, out: Path) -> Path:
    """Where a run keeps what it read."""
    return out / f"{run.replace(' ', '-')}.jsonl"


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--ours", action="store_true", help="leave the others out")
    parser.add_argument("--run", metavar="NAME", help=f"one run alone: {', '.join([OURS, COST, *EXTRACTORS])}")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="runs at a time")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N pages that are read worst")
    parser.add_argument("--check", action="store_true", help="exit 1 when a bar is not reached")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where predictions are kept")
    arguments = parser.parse_args()
    pages = arguments.corpus / "pages"
    if not (pages / "score.py").exists():
        print(f"no corpus at {arguments.corpus}: nothing measured (it needs pages/score.py)")
        return 2
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
    with nullcontext(arguments.out) if arguments.out else tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        if arguments.run:
            print(json.dumps(run_by_name(arguments.run, pages, predictions_of(arguments.run, out))))
            return 0
        others = [] if arguments.ours else list(EXTRACTORS)
        found = measure(pages, others, out, arguments.jobs)
        lines = worst(pages, predictions_of(OURS, out), arguments.worst)
    print(table(BARS, found[OURS], {name: found[name] for name in others}))
    print(f"\n{NOTES}")
    if lines:
        print("\n".join(["", "Read worst: token F1, length against the reference's, source, id", *lines]))
    short = falls_short(BARS, found[OURS])
    print(ending(short))
    return int(bool(arguments.check and short))


if __name__ == "__main__":
    sys.exit(main())
