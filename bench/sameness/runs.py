"""One run over the labelled stream, by its name: the service with a seed of its sampling hash, or a baseline."""

import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from time import monotonic, process_time

from bench.sameness import figures, pairs
from bench.sameness.baselines import BASELINES, stories_of
from bench.sameness.service import service, settle_all
from bench.stream import read
from newswire.article import Article
from newswire.sameness import fingerprint

SHIPPED = fingerprint.SEED  # the seed that the bars are for
OURS = "wirefold-"

Rows = list[dict[str, object]]  # as the corpus's score.py wants them


def run_by_name(run: str, articles: list[Article], corpus: Path, out: Path) -> dict[str, float]:
    """The figures of one run by its name."""
    if run.startswith(OURS):
        return of_service(int(run.removeprefix(OURS)), articles, corpus, out)
    return of_baseline(run, articles, corpus, out)


def of_service(seed: int, articles: list[Article], corpus: Path, out: Path) -> dict[str, float]:
    """The service's figures with a seed of the sampling hash; the pairs of pages only with the one that is shipped."""
    run = f"{OURS}{seed}"
    fingerprint.SEED = seed  # the bench is the only one that does this: to the service it is a constant
    numbers = count()
    with service() as ours:
        stories = ours.stories("stream")
        began, began_cpu = monotonic(), ours.cpu_s()
        settled = settle_all(articles, stories, run)
        passed, passed_cpu = monotonic() - began, ours.cpu_s() - began_cpu
        used = ours.bytes_by_kind("stream")

        def decide(some: list[Article]) -> Rows:
            apart = ours.stories(f"apart-{next(numbers)}")
            return [one.row() for one in settle_all(some, apart)]

        return {
            **figures.of_stream(corpus, figures.write((one.row() for one in settled), out / f"{run}.jsonl")),
            **apart_from_stream(corpus, out, run, decide, with_pages=seed == SHIPPED),
            "articles a second": len(articles) / passed_cpu,
            "articles a second, by the clock": len(articles) / passed,
            "texts read an article": stories.texts_read / len(articles),
            "pairs held an article": stories.pairs_held / len(articles),
            "bytes an article": used.total() / len(articles),
            **{f"bytes an article, {kind}": used[kind] / len(articles) for kind in ("index", "kept", "streams")},
        }


def of_baseline(name: str, articles: list[Article], corpus: Path, out: Path) -> dict[str, float]:
    """A baseline's figures."""
    baseline = BASELINES[name]()
    began, began_cpu = monotonic(), process_time()
    found = list(stories_of(articles, baseline))
    passed, passed_cpu = monotonic() - began, process_time() - began_cpu
    rows = figures.write(({"id": one, "story": story} for one, story in found), out / f"{name}.jsonl")

    def decide(some: list[Article]) -> Rows:
        return [{"id": one, "story": story} for one, story in stories_of(some, BASELINES[name]())]

    return {
        **figures.of_stream(corpus, rows),
        **apart_from_stream(corpus, out, name, decide, with_pages=True),
        "articles a second": len(articles) / passed_cpu,
        "articles a second, by the clock": len(articles) / passed,
        "bytes an article": baseline.stored_bytes / len(articles),
        "bytes an article, index": baseline.stored_bytes / len(articles),
    }


def apart_from_stream(
    corpus: Path,
    out: Path,
    run: str,
    decide: Callable[[list[Article]], Rows],
    *,
    with_pages: bool,
) -> dict[str, float]:
    """The figures on the newsroom and the pairs of pages, where the corpus has them."""
    found: dict[str, float] = {}
    newsroom, pages = corpus / "newsroom", corpus / "pages"
    if newsroom.is_dir():
        rows = figures.write(decide(read(newsroom, run)), out / f"{run}.newsroom.jsonl")
        found |= figures.of_newsroom(newsroom, rows)
    if with_pages and pages.is_dir():
        print(f"{run}: pairs of pages", file=sys.stderr, flush=True)
        found |= pairs.tally(pages, lambda some: [str(row["story"]) for row in decide(some)])
    return found
