"""Measure how well printings of one story are recognised, and at what cost, beside three baselines.

    python -m bench.sameness CORPUS [--seeds 5] [--ours] [--check] [--out FOLDER]
    python -m bench.sameness CORPUS --run wirefold-1 [--out FOLDER]

CORPUS holds `dev` (the labelled stream) and score.py; the authored `newsroom` and the labelled pairs of real `pages`
are measured where they are there. Each run is a process of its own, two at a time; with --run it is the only one, and
prints its figures as JSON. This is how a changed threshold is measured: before and after.

Credits are read from the texts, as `wirefold fold` does. Exits 2 when the corpus is absent, and with --check 1 when a
bar is not reached. --out keeps each run's predictions and figures.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

from bench.bars import ending, falls_short
from bench.sameness.baselines import BASELINES
from bench.sameness.figures import BARS
from bench.sameness.runs import OURS, SHIPPED, run_by_name
from bench.stream import keep, kept, read
from bench.table import table

NOTES = """
Bars are for wirefold with the seed that it ships; over the seeds: mean (lowest to highest).
"articles a second" is of processor time, the Redis server's included; reading the corpus and its credits is not in it.
"bytes an article" of wirefold are those of all its keys in Redis, of an index opened at its least size: "index" the
postings, "kept" stories, articles with their texts, coverages and ledger, "streams" the events. Of a baseline they are
what a packed index would hold (8 bytes a hash, an id, a time): none keeps texts or tells anyone.
Of pairs of pages, those with a page that is a teaser, a wall or empty count as not merged.
""".strip()


def run_all(runs: Sequence[str], corpus: Path, out: Path, jobs: int) -> dict[str, dict[str, float]]:
    """The figures of each run, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        shared = Path(folder) / "articles.msgpack"
        keep(read(corpus / "dev", "all runs"), shared)
        command = [
            sys.executable,
            "-m",
            "bench.sameness",
            str(corpus),
            "--out",
            str(out),
            "--articles",
            str(shared),
            "--run",
        ]

        def run_one(run: str) -> dict[str, float]:
            done = subprocess.run([*command, run], check=True, stdout=subprocess.PIPE)
            (out / f"{run}.figures.json").write_bytes(done.stdout)
            figures: dict[str, float] = json.loads(done.stdout)
            return figures

        return dict(zip(runs, pool.map(run_one, runs), strict=True))


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--seeds", type=int, default=5, metavar="N", help="of the sampling hash, the shipped one first")
    parser.add_argument("--ours", action="store_true", help="leave the baselines out")
    parser.add_argument("--run", metavar="NAME", help=f"one run alone: {OURS}SEED, {', '.join(BASELINES)}")
    parser.add_argument("--articles", type=Path, metavar="FILE", help="the stream, as another run has read and kept it")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="runs at a time")
    parser.add_argument("--check", action="store_true", help="exit 1 when a bar is not reached")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where predictions and figures are kept")
    arguments = parser.parse_args()
    if not (arguments.corpus / "dev").is_dir():
        print(f"no corpus at {arguments.corpus}: nothing measured")
        return 2
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
    with nullcontext(arguments.out) if arguments.out else tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        if arguments.run:
            dev = arguments.corpus / "dev"
            articles = kept(arguments.articles) if arguments.articles else read(dev, arguments.run)
            print(json.dumps(run_by_name(arguments.run, articles, arguments.corpus, out)))
            return 0
        ours = [f"{OURS}{seed}" for seed in range(SHIPPED, SHIPPED + max(1, arguments.seeds))]
        others = [] if arguments.ours else list(BASELINES)
        found = run_all([ours[0], *others, *ours[1:]], arguments.corpus, out, arguments.jobs)
    print(table(BARS, found[ours[0]], {name: found[name] for name in others}, [found[run] for run in ours]))
    print(f"\n{NOTES}")
    short = falls_short(BARS, found[ours[0]])
    print(ending(short))
    return int(bool(arguments.check and short))


if __name__ == "__main__":
    sys.exit(main())
