"""What an article costs in a full window: CPU time of client and server, and memory. `make bench-speed`.

    python -m bench.speed CORPUS [--stories 100000] [--articles 1500] [--check]

A throw-away Redis is filled with a crowd of stories (crowd.py) over one window; then articles of the dev set are
settled one after the other at the crowd's pace: in a window of their own, among the crowd, and with ten times the
crowd's postings.
Names what falls short, and exits 1 for it with --check; 2 without the corpus.
"""

import argparse
import os
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, median
from typing import Any

from msgspec.structs import replace

from bench.bars import Bar, ending, falls_short
from bench.speed.crowd import CAP, WINDOW_S, Told, close_epoch, fill, grow, open_epoch, packed
from bench.speed.weigh import STEPS, Cost, Run
from bench.stream import read
from newswire.article import Article
from newswire.sameness.fingerprint import Signature, sign
from storage.connection import Redis, connect
from storage.embedded import throwaway
from storage.keys import Keys

BARS = (
    Bar("ms of CPU an article, median", most=8.0),
    Bar("ms of CPU an article, p99", most=60.0),
    Bar("median with ten times the postings, to that", most=1.3),
    Bar("p99 with ten times the postings, to that", most=1.3),
    Bar("bytes of index, 1,000 words", most=3 * 1024),
    Bar("bytes of story, article and ledger, 1,000 words", most=4 * 1024),
)
TIMES = 10
LENGTHS = range(900, 1101)  # what "1,000 words" means
SAMPLED = 5000  # buckets


def at_pace(articles: Sequence[Article], wanted: int, epoch: int, pace_s: float) -> list[Article]:
    """So many articles that came one after the other, from the middle of the stream, at a pace from the epoch's begin.

    One after the other, since the printings of a story follow each other.
    """
    first = max(0, (len(articles) - wanted) // 2)
    times = (datetime.fromtimestamp(epoch * WINDOW_S + int(at * pace_s), UTC) for at in range(wanted))
    chosen = zip(articles[first : first + wanted], times, strict=False)
    return [replace(article, first_seen=now, fetched=now) for article, now in chosen]


def lists(title: str, asked: Sequence[Signature], lengths: Counter[int], less: int) -> str:
    """A row: how many stories stand in the posting lists that articles ask for; `less` of them are their own."""
    row = [f"{title:<28}"]
    for kind in ("shingles", "anchors"):
        found = sorted(max(0, lengths[value] - less) for signature in asked for value in getattr(signature, kind))
        over = sum(length > CAP for length in found) / len(found)
        some = sum(length > 0 for length in found) / len(found)
        row.append(f"{fmean(found):>10.2f}{median(found):>8.0f}{some:>8.1%}{over:>8.1%}")
    return "".join(row)


def count(asked: Counter[int], hashes: Iterable[bytes], known: frozenset[bytes]) -> None:
    """Add to the lengths of the posting lists that are asked for."""
    for one in hashes:
        found = {one[at : at + 8] for at in range(0, len(one), 8)} & known
        asked.update(int.from_bytes(value, "big") for value in found)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so many of them do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def table(title: str, costs: Sequence[Cost]) -> tuple[float, float]:
    """Print what a run cost; its median and its p99."""
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"\n{title}: CPU ms an article, {len(costs):,} articles (load {load})", flush=True)
    print(f"  {'':<14}{'median':>9}{'mean':>9}{'p99':>9}")
    client, server = [sum(c.client.values()) for c in costs], [sum(c.server.values()) for c in costs]
    both = [cost.both for cost in costs]
    for name, values in (("client", client), ("server", server), ("both", both)):
        print(f"  {name:<14}{median(values):>9.2f}{fmean(values):>9.2f}{percentile(values, 0.99):>9.2f}")
    print(f"  mean by step, client + server (median of both), and {1000 / fmean(both):.0f} articles a second of CPU")
    for step in STEPS:
        mine, theirs = [cost.client[step] for cost in costs], [cost.server[step] for cost in costs]
        sums = [a + b for a, b in zip(mine, theirs, strict=True)]
        print(f"  {step:<14}{fmean(mine):>9.2f} +{fmean(theirs):>7.2f} ({median(sums):.2f})")
    said = {"candidates": "candidates", "own": "of them itself retold", "texts": "texts asked for"}
    said |= {"_hold": "pairs verified", "align": "aligned in full"}
    print(
        "  mean number: " + ", ".join(f"{fmean(c.counts[key] for c in costs):.2f} {name}" for key, name in said.items())
    )
    return median(both), percentile(both, 0.99)


def differences(plain: Sequence[Cost], dense: Sequence[Cost]) -> None:
    """Print which decisions the crowd has changed."""
    pairs = [(a.decision, b.decision) for a, b in zip(plain, dense, strict=True) if a.decision and b.decision]
    had = Counter(a.relation.value for a, _ in pairs)
    changed = Counter((a.relation.value, b.relation.value) for a, b in pairs if a.relation != b.relation)
    moved = [(a, b) for a, b in pairs if a.relation == b.relation and a.against != b.against]
    joined = sum(not a.relation.begins_story for a, _ in moved)
    print(f"\nDecisions that the crowd changes, of {len(pairs):,}: {changed.total()} in their relation, and otherwise")
    print(f"{joined} printings and {len(moved) - joined} links to a coverage in the text that they are held against")
    for (one, other), times in changed.most_common():
        print(f"  {one} → {other}: {times} of {had[one]}")


def kept_bytes(client: Redis, costs: Sequence[Cost]) -> float:
    """Story, article, entry, coverage and ledger of these articles, in bytes an article; what is shared once."""
    keys = {Keys()(name, cost.article) for cost in costs for name in ("article", "entry")}
    for decision in (cost.decision for cost in costs if cost.decision):
        keys |= {Keys()("story", decision.story), Keys()("coverage", decision.coverage)}
    ledger = client.memory_usage(Keys()("ledger")) or 0
    total = sum(client.memory_usage(key, samples=0) or 0 for key in sorted(keys))
    return (total + ledger / max(1, len(costs))) / max(1, len(costs))


def packing(client: Redis, epoch: int) -> None:
    """Print how many buckets are packed, and what a posting takes in those and in the others."""
    buckets: Any = client.get(Keys()("index", epoch))
    found: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for bucket in random.Random(0).sample(range(int(buckets)), SAMPLED):
        key = Keys()("index", epoch, bucket)
        form: Any = client.object("encoding", key)
        size: Any = client.zcard(key)
        taken: Any = client.memory_usage(key, samples=0)
        if size:
            found[form in (b"ziplist", b"listpack")].append((size, taken))
    print("\nBuckets: postings in each, bytes a posting (without the server's own tables)")
    for packed_small, sizes in found.items():
        if sizes:
            postings = sum(size for size, _ in sizes)
            each = sum(taken for _, taken in sizes) / postings
            share = len(sizes) / (len(found[True]) + len(found[False]))
            print(f"  {'packed' if packed_small else 'not':<8}{share:>7.2%}{postings / len(sizes):>8.1f}{each:>8.1f}")


def used_bytes(client: Redis) -> int:
    """What the server has allocated."""
    return int(client.info("memory")["used_memory"])


def bench(articles: list[Article], stories: int, wanted: int) -> list[str]:
    """Print every table; what falls short."""
    epoch = int(articles[-1].first_seen.timestamp()) // WINDOW_S + 2
    measured = at_pace(articles, wanted, epoch, WINDOW_S / stories)
    asked = [sign(article) for article in measured]
    known = frozenset(value.to_bytes(8, "big") for s in asked for value in (*s.exact, *s.shingles, *s.anchors))
    worlds = (stories - 1) // len(articles) + 1
    with throwaway() as url:
        client = connect(url)
        plain = Run(client, Keys("plain"))
        plain.settle(measured)
        table("In a window of their own", plain.costs)

        open_epoch(client, epoch - 1, stories * fmean(len(packed(signature)) / 8 for signature in asked))
        crowd, lengths = _filled(client, url, articles, asked, known, stories, epoch - 1)
        grow(client, crowd, {}, epoch - 1, 1)
        dense = Run(client, Keys(), worlds)
        dense.settle(measured)
        middle, slowest = table(f"Among {stories:,} stories", dense.costs)
        differences(plain.costs, dense.costs)
        whole = [(c, s) for c, s, a in zip(dense.costs, asked, measured, strict=True) if len(a.text.split()) in LENGTHS]
        kept = kept_bytes(client, [cost for cost, _ in whole])

        packing(client, epoch - 1)
        dense.take_back()
        close_epoch(client, epoch)
        before = used_bytes(client)
        close_epoch(client, epoch - 1)
        each = (before - used_bytes(client)) / sum(len(told.hashes) / 8 for told in crowd)
        index = each * fmean(len(packed(signature)) / 8 for _, signature in whole)
        print(f"\nBytes an article of 900 to 1,100 words ({len(whole)} articles); {each:.1f} a hash, posted or not")
        print(f"  index {index:,.0f}; story, article, entry, coverage and ledger {kept:,.0f}")

        postings, share = grow(
            client, crowd, {int.from_bytes(v): lengths[int.from_bytes(v)] for v in known}, epoch - 1, TIMES
        )
        denser = Run(client, Keys(), worlds)
        denser.settle(measured)
        title = f"With the postings of {TIMES * stories:,} stories ({postings:,}, {share:.0%} of the buckets filled)"
        middle_then, slowest_then = table(title, denser.costs)
        print(f"  {middle_then / middle:.2f} times the median, {slowest_then / slowest:.2f} times the p99")
    figures = (middle, slowest, middle_then / middle, slowest_then / slowest, index, kept)
    return falls_short(BARS, {bar.figure: figure for bar, figure in zip(BARS, figures, strict=True)})


def _filled(
    client: Redis,
    url: str,
    articles: Sequence[Article],
    asked: Sequence[Signature],
    known: frozenset[bytes],
    stories: int,
    epoch: int,
) -> tuple[list[Told], Counter[int]]:
    """The crowd, and how long the lists that are asked for have become; prints whether those are like real ones."""
    crowd: list[Told] = []
    lengths: Counter[int] = Counter()
    rows = []
    for told in fill(url, articles, stories, epoch):
        crowd.append(told)
        count(lengths, [told.hashes], known)
        if len(crowd) in (len(articles), stories):
            rows.append(lists(f"a crowd of {len(crowd):,}", asked, lengths, 0))
    found = int(client.hget(Keys()("ledger"), "published") or 0)
    if found != stories:
        raise RuntimeError(f"{found:,} stories in the window, not {stories:,}")
    real: Counter[int] = Counter()
    count(real, (packed(sign(article)) for article in articles), known)
    print("\nOther stories in a posting list that a measured article asks for: mean, median, any, over the cap")
    print(f"{'':<28}{'shingles':>34}{'anchors':>34}")
    print("\n".join([lists(f"the {len(articles):,} real articles", asked, real, 1), *rows]))
    return crowd, lengths


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.corpus / "dev"
    if not folder.is_dir():
        print(f"no corpus at {folder}: nothing measured")
        return 2
    short = bench(read(folder, "crowd"), arguments.stories, arguments.articles)
    print(ending(short))
    return int(bool(short) and arguments.check)


if __name__ == "__main__":
    sys.exit(main())
