"""Train the weights of the alignment rule from a labelled corpus.

    python bench/train_sameness.py CORPUS [--out newswire/weights.json]

CORPUS is the folder that holds `dev`. One text: pairs labelled as two translations or as edited copies. Not one: pairs
labelled same_event, quote_only or unrelated, and the nearest neighbours by anchors of each translated article that the
gold does not join, in its own language and in others. Pairs in one language that are not one text also teach the rule
for two languages, as if they were in two: rival reports in two languages are too few. The rule for briefs learns from
the same pairs in one language, one of the two cut to its first 30 and 50 words. Prints what passes the threshold,
trained on four fifths of the groups of articles and tried on the last. Exits 2 when the corpus is absent.
"""

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from math import exp, log
from operator import add, mul
from pathlib import Path
from statistics import fmean, pstdev
from zlib import crc32

from stream import read

from newswire.align import align
from newswire.article import Article
from newswire.comparable import Comparable
from newswire.compare import BRIEF_LIKELY, LIKELY, LIKELY_TRANSLATION
from newswire.fingerprint import sign
from newswire.likelihood import Measures, likelihood, measures

ONE_TEXT = ("mt_copy", "translation", "translation_truncated")
JOINED = (*ONE_TEXT, "copy", "edited", "truncated", "brief", "extended", "update", "correction", "excerpt", "digest")
NEIGHBOURS = 4
MAX_POSTINGS = 100  # CAP of storage/lua/index.lua: a longer list is no evidence
FOLDS = 5
# With a decay of .003, and measures as they are, 90 % of machine translations passed where now 97 % do.
STEPS, RATE, MOMENTUM, DECAY = 300, 0.5, 0.9, 0.0003
NEGLIGIBLE = 1e-4  # of an example's whole weight: it is learned already
CUTS = (30, 50)  # words
EXACT = ("log_words", "ratio", "anywhere", "numbers", "names")  # the same in the best case: may speak against
# Words and names are in no rule for two languages: negatives seen as if in two languages have too many of them.
LEFT_OUT = {"same_language": ("anywhere",), "brief": ("anywhere",), "translation": ("words", "names")}
LEAST = {"same_language": LIKELY, "brief": BRIEF_LIKELY, "translation": LIKELY_TRANSLATION}

Row = tuple[str, str, Measures, bool]  # kind, group of articles, measures, whether one text


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
        for same in (True, False):
            alike = [other for other in others if (articles[other].language == articles[one].language) is same]
            yield from (("neighbour", one, other) for other in alike[-NEIGHBOURS:])


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
    """The measures of each pair, for each of the three rules."""
    joined = groups(gold)
    parsed: dict[str, Comparable] = {}
    found: dict[str, list[Row]] = {rule: [] for rule in LEFT_OUT}

    def hold(rule: str, new: Comparable, old: Comparable, *, is_one: bool) -> None:
        aligned = align(new, old, same_language=rule != "translation")
        found[rule].append((kind, joined.get(one, one), measures(aligned, new, old), is_one))

    for kind, one, other in pairs(articles, gold):
        new, old = (
            parsed.setdefault(i, Comparable(articles[i].title, articles[i].text, articles[i].language))
            for i in (one, other)
        )
        is_one = kind in (*ONE_TEXT, "edited", "extended")
        same = articles[one].language == articles[other].language
        if same:
            hold("same_language", new, old, is_one=is_one)
        if not same or not is_one:
            kind = kind if not same else f"{kind}, as if in two languages"  # noqa: PLW2901 - for the table
            hold("translation", new, old, is_one=is_one)
        if same and kind not in ("edited", "extended"):
            whole, other_whole = (old, new) if int(one[:6], 16) % 2 else (new, old)
            for count in CUTS:
                hold("brief", first_sentences(whole, count), other_whole, is_one=is_one)
    return found


def first_sentences(text: Comparable, count: int) -> Comparable:
    """The text's first sentences, until they have so many words."""
    kept: list[str] = []
    for sentence in text.sentences:
        kept.append(sentence.text)
        count -= len(sentence.words)
        if count <= 0:
            break
    return Comparable(text.title, " ".join(kept), text.language)


def train(found: list[Row], left_out: tuple[str, ...]) -> Measures:
    """Gradient descent with momentum on standardised measures; the two classes weigh the same.

    A measure that depends on the order may not speak against: `likelihood.likely` relies on it for its bound.
    """
    names = [name for name in found[0][2] if name not in left_out]
    columns = [[values[name] for *_, values, _ in found] for name in names]
    means, spreads = [fmean(column) for column in columns], [pstdev(column) or 1.0 for column in columns]
    standard = zip(*([(v - m) / s for v in c] for c, m, s in zip(columns, means, spreads, strict=True)), strict=True)
    examples = [(values, is_one) for values, (*_, is_one) in zip(standard, found, strict=True)]
    share = Counter(is_one for _, is_one in examples)
    free = [name in EXACT for name in names]
    weights, bias, speed, bias_speed = [0.0] * len(names), 0.0, [0.0] * len(names), 0.0
    for _ in range(STEPS):
        slope, bias_slope = [DECAY * weight for weight in weights], 0.0
        for values, is_one in examples:
            logit = bias + sum(map(mul, weights, values))
            error = (1 / (1 + exp(-max(-30.0, min(30.0, logit)))) - is_one) / share[is_one] / 2
            if abs(error) * share[is_one] > NEGLIGIBLE:
                slope = [s + error * value for s, value in zip(slope, values, strict=True)]
                bias_slope += error
        speed = [MOMENTUM * s - RATE * change for s, change in zip(speed, slope, strict=True)]
        bias_speed = MOMENTUM * bias_speed - RATE * bias_slope
        weights = [w if f else max(w, 0.0) for w, f in zip(map(add, weights, speed), free, strict=True)]
        bias += bias_speed
    plain = [weight / spread for weight, spread in zip(weights, spreads, strict=True)]
    trained = {name: round(weight, 3) for name, weight in zip(names, plain, strict=True)}
    return trained | {"bias": round(bias - sum(map(mul, plain, means)), 3)}


def report(rule: str, found: list[Row]) -> None:
    """How often each kind of pair passes, trained on the other groups of articles."""
    passed: Counter[str] = Counter()
    for fold in range(FOLDS):
        weights = train([row for row in found if crc32(row[1].encode()) % FOLDS != fold], LEFT_OUT[rule])
        held_out = [row for row in found if crc32(row[1].encode()) % FOLDS == fold]
        passed.update(row[0] for row in held_out if likelihood(row[2], weights) >= LEAST[rule])
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
        report(rule, examples)
    trained = {rule: train(examples, LEFT_OUT[rule]) for rule, examples in found.items()}
    pairs_used = ", ".join(f"{len(examples)} pairs for {rule}" for rule, examples in found.items())
    provenance = f"bench/train_sameness.py, {datetime.now(UTC):%Y-%m-%d}: the labelled stream's dev set, {pairs_used}"
    arguments.out.write_text(json.dumps({"provenance": provenance} | trained, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
