"""Train the weights of the alignment rule from a labelled corpus.

    python bench/train_sameness.py CORPUS [--out newswire/weights.json]

CORPUS is the folder that holds `dev`. One text: pairs labelled as two translations or as edited copies. Not
one: pairs labelled same_event, quote_only or unrelated, and the three nearest neighbours by anchors of each translated
article that the gold does not join. Pairs in one language that are not one text also teach the rule for two languages,
as if they were in two: rival reports in two languages are too few. Prints what passes the threshold, trained on one
half of the articles and tried on the other. Exits 2 when the corpus is absent.
"""

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from math import log
from pathlib import Path

from sameness import MAX_POSTINGS, read

from newswire.align import align
from newswire.article import Article
from newswire.comparable import Comparable
from newswire.compare import LIKELY
from newswire.fingerprint import sign
from newswire.likelihood import likelihood, measures

ONE_TEXT = ("mt_copy", "translation", "translation_truncated")
JOINED = (*ONE_TEXT, "copy", "edited", "truncated", "brief", "extended", "update", "correction", "excerpt", "digest")
NEIGHBOURS = 3
STEPS, RATE, MOMENTUM, DECAY = 600, 1.0, 0.9, 0.001
# Cognates and names are in no rule for two languages: negatives seen as if in two languages have too many of them.
LEFT_OUT = {"same_language": (), "translation": ("words", "names")}

Row = tuple[str, str, dict[str, float], bool]  # kind, article, measures, whether one text


def pairs(articles: dict[str, Article], gold: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Kind and the two articles."""
    for row in gold:
        if row["kind"] in (*ONE_TEXT, "same_event", "quote_only") or (
            row["kind"] in ("edited", "extended", "unrelated") and row["suite"] not in ("background", "edited")
        ):
            yield row["kind"], row["a"], row["b"]
    joined = groups(gold)
    holders: dict[int, list[str]] = defaultdict(list)
    anchors = {one: sign(article).anchors for one, article in articles.items()}
    for one, keys in anchors.items():
        for key in keys:
            holders[key].append(one)
    for one in sorted({row[side] for row in gold if row["kind"] in ONE_TEXT for side in "ab"}):
        near: defaultdict[str, float] = defaultdict(float)
        for key in anchors[one]:
            if len(holders[key]) <= MAX_POSTINGS:
                for other in holders[key]:
                    near[other] += 1 - log(len(holders[key])) / log(MAX_POSTINGS)
        others = sorted((other for other in near if joined.get(other, other) != joined[one]), key=near.__getitem__)
        yield from (("neighbour", one, other) for other in others[-NEIGHBOURS:])


def groups(gold: list[dict[str, str]]) -> dict[str, str]:
    """For each article one that stands for all that the gold joins it with."""
    joined: dict[str, str] = {}

    def find(one: str) -> str:
        while joined.setdefault(one, one) != one:
            one = joined[one]
        return one

    for row in gold:
        if row["kind"] in JOINED:
            joined[find(row["a"])] = find(row["b"])
    return {one: find(one) for one in joined}


def rows(articles: dict[str, Article], gold: list[dict[str, str]]) -> dict[str, list[Row]]:
    """The measures of each pair, for each of the two rules."""
    parsed: dict[str, Comparable] = {}
    found: dict[str, list[Row]] = {"same_language": [], "translation": []}
    for kind, one, other in pairs(articles, gold):
        new, old = (parsed.setdefault(i, Comparable(articles[i].title, articles[i].text)) for i in (one, other))
        is_one = kind in (*ONE_TEXT, "edited", "extended")
        same = articles[one].language == articles[other].language
        for rule, holds in (("same_language", same), ("translation", not same or not is_one)):
            if holds:
                aligned = align(new, old, same_language=rule == "same_language")
                found[rule].append((kind, min(one, other), measures(aligned, new, old), is_one))
    return found


def train(found: list[Row], left_out: tuple[str, ...]) -> dict[str, float]:
    """Gradient descent with momentum; the two classes weigh the same."""
    names = [name for name in found[0][2] if name not in left_out] + ["bias"]
    share = Counter(is_one for *_, is_one in found)
    weights = dict.fromkeys(names, 0.0)
    speed = dict.fromkeys(names, 0.0)
    for _ in range(STEPS):
        slope = {name: DECAY * weights[name] * (name != "bias") for name in names}
        for _, _, values, is_one in found:
            error = (likelihood(values, weights) - is_one) / share[is_one] / 2
            for name in names:
                slope[name] += error * values.get(name, 1.0)
        for name in names:
            speed[name] = MOMENTUM * speed[name] - RATE * slope[name]
            weights[name] += speed[name]
    return {name: round(weight, 3) for name, weight in weights.items()}


def report(found: list[Row], left_out: tuple[str, ...]) -> None:
    """How often each kind of pair passes, trained on one half of the articles and tried on the other."""
    half: Callable[[Row], int] = lambda row: int(row[1][:6], 16) % 2  # noqa: E731
    passed: Counter[str] = Counter()
    for side in (0, 1):
        weights = train([row for row in found if half(row) != side], left_out)
        passed.update(row[0] for row in found if half(row) == side and likelihood(row[2], weights) >= LIKELY)
    for kind, count in Counter(row[0] for row in found).items():
        print(f"  {kind}: {passed[kind]} of {count} pass")


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=Path("newswire/weights.json"))
    arguments = parser.parse_args()
    folder = arguments.corpus / "dev"
    if not folder.is_dir():
        print(f"no corpus at {folder}: nothing trained")
        return 2
    with gzip.open(folder / "gold.jsonl.gz", "rt") as lines:
        gold = [json.loads(line) for line in lines]
    found = rows({article.id: article for article in read(folder, "dev")}, gold)
    for rule, examples in found.items():
        print(rule)
        report(examples, LEFT_OUT[rule])
    trained = {rule: train(examples, LEFT_OUT[rule]) for rule, examples in found.items()}
    pairs_used = ", ".join(f"{len(examples)} pairs for {rule}" for rule, examples in found.items())
    provenance = f"bench/train_sameness.py, {datetime.now(UTC):%Y-%m-%d}: the labelled stream's dev set, {pairs_used}"
    arguments.out.write_text(json.dumps({"provenance": provenance} | trained, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
