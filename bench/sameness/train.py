"""Train the weights of the alignment rules from a labelled corpus.

    python -m bench.sameness.train CORPUS [--out newswire/sameness/weights.json]

CORPUS is the folder that holds `dev`. One text: pairs labelled as two translations or as edited copies, and two
translations of which one got paragraphs of another article. Not one: pairs labelled same_event, quote_only or
unrelated; the nearest neighbours by anchors of each translated article that the gold does not join, in its own language
and in others; and follow-ups, made of such a neighbour and a few sentences of the article's translation, for briefs the
first. Pairs in one language that are not one text also teach the rule for two languages, as if they were in two: rival
reports in two languages are too few. The rule for briefs learns from the same pairs in one language, one of the two cut
to its first 30 and 50 words. Prints what passes the rules, trained on four fifths of the groups of articles and tried
on the last, and trained without some languages and tried on these. The same corpus gives the same weights. Exits 2 when
the corpus is absent.
"""

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby
from math import log
from multiprocessing import get_context
from operator import itemgetter, mul
from pathlib import Path
from random import Random
from statistics import fmean, pstdev
from typing import NamedTuple
from zlib import crc32

from bench.sameness.newton import newton
from bench.stream import read
from newswire.article import Article
from newswire.sameness.align import align, figures_contradict
from newswire.sameness.comparable import Comparable, kinship
from newswire.sameness.compare import (
    ANCHORED,
    BRIEF_LIKELY,
    KIN,
    LIKELY,
    LIKELY_TRANSLATION,
    SHORT_TRANSLATION,
    SHORT_WORDS,
)
from newswire.sameness.fingerprint import sign
from newswire.sameness.likelihood import SURE, Measures, likelihood, measures

ONE_TEXT = ("mt_copy", "translation", "translation_truncated")
JOINED = (*ONE_TEXT, "copy", "edited", "truncated", "brief", "extended", "update", "correction", "excerpt", "digest")
NEIGHBOURS = 4
MAX_POSTINGS = 100  # what stands in more articles finds no neighbour
FOLDS = 5
WORKERS = 2
CUTS = (30, 50)  # words
# A follow-up repeats so much of the shorter text, and is as long as the text that it follows times so much.
REPEATED = (0.1, 0.25)
LONG = (0.6, 1.0, 1.5)
FOREIGN = (0.1, 0.6)  # what a printing is extended by, of its words
MADE = 0.5  # of the weight of a pair that nobody made
EXACT = (
    "log_words",
    "ratio",
    "anywhere",
    "numbers",
    "names",
    "opening",
)  # the same in the best case: may speak against
# Words and names are in no rule for two languages: negatives seen as if in two languages have too many of them. The
# opening tells of briefs alone: in the others it changes next to nothing, and speaks against translations.
LEFT_OUT = {
    "same_language": ("anywhere", "opening"),
    "brief": ("anywhere",),
    "translation": ("words", "names", "opening"),
}
AGAINST = ("holes",)  # the fewest in the best case: may not speak for
LEAST = {"same_language": LIKELY, "brief": BRIEF_LIKELY, "translation": LIKELY_TRANSLATION}
LANGUAGES = (("pl", "tr"), ("ar", "uk"), ("pt", "es"), ("ru",), ("de",), ("fr",))  # left out together


class Text(NamedTuple):
    """An article, or what is made of it and another."""

    article: str
    donor: str = ""
    made: str = ""  # "follow-up", "background", "extended"


class Job(NamedTuple):
    """Two texts to be held against each other."""

    group: str  # of articles that are one text
    kind: str
    one: Text
    other: Text
    is_one: bool


class Row(NamedTuple):
    """What holding them found."""

    rule: str
    kind: str
    group: str
    languages: frozenset[str]
    values: Measures
    is_one: bool
    barred: bool  # by another gate than the likelihood


articles: dict[str, Article] = {}  # before the workers are forked


def jobs(gold: list[dict[str, str]], near: dict[str, dict[bool, list[str]]]) -> Iterator[Job]:
    """The pairs labelled, the neighbours, and what is made of them."""
    joined = groups(gold)
    for kind, one, other in (*labelled(gold), *made(gold, near)):
        is_one = kind in (*ONE_TEXT, "edited", "extended", "made extended")
        yield Job(joined.get(one.article, one.article), kind, one, other, is_one)
    for article, found in near.items():
        for neighbour in (*found[True][:NEIGHBOURS], *found[False][:NEIGHBOURS]):
            yield Job(joined[article], "neighbour", Text(article), Text(neighbour), is_one=False)


def labelled(gold: list[dict[str, str]]) -> Iterator[tuple[str, Text, Text]]:
    """Kind and the two articles."""
    for row in gold:
        if row["kind"] in (*ONE_TEXT, "same_event", "quote_only") or (
            row["kind"] in ("edited", "extended", "unrelated") and row["suite"] not in ("background", "edited")
        ):
            yield row["kind"], Text(row["a"]), Text(row["b"])


def made(gold: list[dict[str, str]], near: dict[str, dict[bool, list[str]]]) -> Iterator[tuple[str, Text, Text]]:
    """Kind, an article, and what is made of one that is no printing of it, or of a translation of it."""
    seen: Counter[str] = Counter()
    for row in gold:
        for one, other in ((row["a"], row["b"]), (row["b"], row["a"])):
            if row["kind"] == "same_event":
                yield "follow-up", Text(one), Text(other, one, "follow-up")
            if row["kind"] not in ONE_TEXT or not (found := near[other][True]):
                continue
            at = seen[one]
            seen[one] += 1
            yield "follow-up", Text(one), Text(found[at % len(found)], other, "follow-up")
            yield "made extended", Text(one), Text(other, found[-1], "extended")
            if row["kind"] == "mt_copy":
                yield "background", Text(one), Text(found[at % len(found)], other, "background")


def neighbours(gold: list[dict[str, str]], anchors: dict[str, tuple[int, ...]]) -> dict[str, dict[bool, list[str]]]:
    """For each translated article those that share most rare anchors, in its own language and in others."""
    joined = groups(gold)
    holders: dict[int, list[str]] = defaultdict(list)
    for one, keys in anchors.items():
        for key in keys:
            holders[key].append(one)
    found: dict[str, dict[bool, list[str]]] = {}
    for one in sorted({row[side] for row in gold if row["kind"] in ONE_TEXT for side in "ab"}):
        near: defaultdict[str, float] = defaultdict(float)
        for key in anchors[one]:
            if len(holders[key]) <= MAX_POSTINGS:
                for other in holders[key]:
                    near[other] += 1 - log(len(holders[key])) / log(MAX_POSTINGS)
        others = [other for other in near if joined.get(other, other) != joined[one]]
        others.sort(key=lambda other: (-near[other], other))
        found[one] = {True: [], False: []}
        for other in others:
            found[one][articles[other].language == articles[one].language].append(other)
    return found


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


@lru_cache(maxsize=256)
def whole(one: str) -> Comparable:
    """The article parsed."""
    article = articles[one]
    return Comparable(article.title, article.text, article.language)


@lru_cache(maxsize=16)
def parsed(text: Text) -> Comparable | None:
    """The text; None where the donor has no fitting sentence."""
    if not text.made:
        return whole(text.article)
    article = articles[text.article]
    make = {"follow-up": follow_up, "background": background, "extended": extended}[text.made]
    body = make(text, Random("/".join(text)))
    return Comparable(article.title, body, article.language) if body else None


def follow_up(text: Text, random: Random) -> str:
    """The article's first paragraphs, and somewhere between them one or two sentences of the donor; "" if none fit."""
    donor = whole(text.donor)
    room = len(donor.words) * random.choice(LONG)
    kept = list(_first(articles[text.article].text.split("\n"), room))
    shorter = min(len(donor.words), sum(len(paragraph.split()) for paragraph in kept))
    least, most = (share * shorter for share in REPEATED)
    fitting = [
        run
        for start in range(len(donor.sentences))
        for run in (donor.sentences[start : start + 1], donor.sentences[start : start + 2])
        if least <= sum(len(sentence.words) for sentence in run) <= most
    ]
    if not fitting:
        return ""
    # Background is rich in figures and names: in every second one the richest.
    richest = max(fitting, key=lambda run: sum(len(sentence.numbers) + len(sentence.names) for sentence in run))
    repeated = random.choice((richest, random.choice(fitting)))
    kept.insert(random.randint(0, len(kept)), " ".join(sentence.text for sentence in repeated))
    return "\n".join(kept)


def background(text: Text, random: Random) -> str:
    """The article's first paragraphs, and in the second half of them the donor's first sentences."""
    kept = list(_first(articles[text.article].text.split("\n"), len(whole(text.donor).words) * random.choice(LONG)))
    kept.insert(random.randint(-(-len(kept) // 2), len(kept)), first_sentences(whole(text.donor), CUTS[-1]).body)
    return "\n".join(kept)


def extended(text: Text, random: Random) -> str:
    """The article with paragraphs of the donor between its own."""
    kept = articles[text.article].text.split("\n")
    room = sum(len(paragraph.split()) for paragraph in kept) * random.uniform(*FOREIGN)
    for paragraph in _first(articles[text.donor].text.split("\n"), room):
        kept.insert(random.randint(0, len(kept)), paragraph)
    return "\n".join(kept)


def _first(paragraphs: Iterable[str], room: float) -> Iterator[str]:
    for paragraph in paragraphs:
        if room > 0:
            yield paragraph
        room -= len(paragraph.split())


def first_sentences(text: Comparable, count: int) -> Comparable:
    """The text's first sentences, until they have so many words."""
    kept: list[str] = []
    for sentence in text.sentences:
        kept.append(sentence.text)
        count -= len(sentence.words)
        if count <= 0:
            break
    return Comparable(text.title, " ".join(kept), text.language)


def rows(batch: Sequence[Job]) -> list[Row]:
    """The measures of each pair, for each of the three rules."""
    found: list[Row] = []

    def hold(rule: str, kind: str, new: Comparable, old: Comparable) -> None:
        same = rule != "translation"
        shorter = min(len(new.words), len(old.words))
        barred = {
            "same_language": lambda: shorter < SHORT_WORDS or kinship(new, old) < KIN,
            "brief": lambda: kinship(new, old) < KIN,
            "translation": lambda: shorter < SHORT_TRANSLATION or figures_contradict(new, old),
        }[rule]()
        aligned = align(new, old, same_language=same)
        barred = barred or (aligned.is_background and not same)
        values = measures(aligned, new, old)
        languages = frozenset((new.language, old.language))
        found.append(Row(rule, kind, job.group, languages, values, job.is_one, barred))

    for job in batch:
        new, old = parsed(job.one), parsed(job.other)
        if new is None or old is None:
            continue
        same = new.language == old.language
        if job.kind == "background":
            for count in CUTS:
                hold("brief", job.kind, first_sentences(new, count), old)
            continue
        if same:
            hold("same_language", job.kind, new, old)
        if not same or not job.is_one:
            hold("translation", job.kind if not same else f"{job.kind}, as if in two languages", new, old)
        if same and not job.other.made and job.kind not in ("edited", "extended"):
            long, other_long = (old, new) if int(job.one.article[:6], 16) % 2 else (new, old)
            for count in CUTS:
                hold("brief", job.kind, first_sentences(long, count), other_long)
    return found


def train(found: Sequence[Row]) -> Measures:
    """The rule's weights, on standardised measures; the two classes weigh the same.

    A measure that depends on the order may not speak against, and holes not for: `likelihood.likely` relies on it for
    its bound. Those that would are left out one after the other, the worst first.
    """
    names = [name for name in found[0].values if name not in LEFT_OUT[found[0].rule]]
    columns = [[row.values[name] for row in found] for name in names]
    means, spreads = [fmean(column) for column in columns], [pstdev(column) or 1.0 for column in columns]
    standard = [[(v - m) / s for v in c] for c, m, s in zip(columns, means, spreads, strict=True)]
    share = {True: 0.0, False: 0.0}
    importance = [MADE if row.kind.startswith(("follow-up", "background", "made")) else 1.0 for row in found]
    for row, weight in zip(found, importance, strict=True):
        share[row.is_one] += weight
    importance = [weight / share[row.is_one] / 2 for weight, row in zip(importance, found, strict=True)]
    kept = list(range(len(names)))
    weights = [0.0] * (len(names) + 1)
    while True:
        start = [weights[at] for at in (*kept, -1)]
        fitted = newton([standard[at] for at in kept], [row.is_one for row in found], importance, start)
        weights = [0.0] * len(weights)
        for at, weight in zip((*kept, -1), fitted, strict=True):
            weights[at] = weight
        wrong = {
            at: abs(weights[at])
            for at in kept
            if names[at] not in EXACT and (weights[at] > 0 if names[at] in AGAINST else weights[at] < 0)
        }
        if not wrong:
            break
        kept.remove(max(wrong, key=wrong.__getitem__))
    plain = [weight / spread for weight, spread in zip(weights, spreads, strict=False)]
    trained = {name: round(weight, 3) for name, weight in zip(names, plain, strict=True)}
    return trained | {"bias": round(weights[-1] - sum(map(mul, plain, means)), 3)}


def passes(row: Row, weights: Measures) -> bool:
    """Whether the pair would be taken for one text, as `compare` asks."""
    score = likelihood(row.values, weights)
    in_place = row.rule != "translation" or score >= SURE or row.values["anchors"] >= ANCHORED
    return not row.barred and in_place and score >= LEAST[row.rule]


def held_out(found: Sequence[Row], *, by_language: bool) -> Iterator[tuple[Row, Measures]]:
    """Each row with weights that were trained without its group of articles, or without its languages."""
    for part in range(len(LANGUAGES) if by_language else FOLDS):

        def is_out(row: Row, part: int = part) -> bool:
            if by_language:
                return not row.languages.isdisjoint(LANGUAGES[part])
            return crc32(row.group.encode()) % FOLDS == part

        weights = train([row for row in found if not is_out(row)])
        yield from ((row, weights) for row in found if is_out(row))


def report(found: Sequence[Row]) -> None:
    """How often each kind of pair passes, in brackets with whole languages left out."""
    lines = {}
    by_languages = (False, True) if found[0].rule == "translation" else (False,)
    for by_language in by_languages:
        passed: Counter[str] = Counter()
        count: Counter[str] = Counter()
        for row, weights in held_out(found, by_language=by_language):
            count[row.kind] += 1
            passed[row.kind] += passes(row, weights)
        lines[by_language] = {kind: f"{passed[kind]} of {count[kind]}" for kind in count}
    for kind, line in lines[False].items():
        print(f"  {kind}: {line} pass" + (f" ({lines[True].get(kind, '-')})" if True in lines else ""))


def signed(one: str) -> tuple[int, ...]:
    """An article's anchors."""
    return sign(articles[one]).anchors


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=Path("newswire/sameness/weights.json"))
    arguments = parser.parse_args()
    folder = arguments.corpus / "dev"
    if not folder.is_dir():
        print(f"no corpus at {folder}: nothing trained")
        return 2
    found = of_corpus(folder)
    by_rule = {rule: [row for row in found if row.rule == rule] for rule in LEFT_OUT}
    for rule, examples in by_rule.items():
        print(rule)
        report(examples)
    trained = {rule: train(examples) for rule, examples in by_rule.items()}
    pairs_used = ", ".join(f"{len(examples)} pairs for {rule}" for rule, examples in by_rule.items())
    provenance = f"bench/sameness/train.py, {datetime.now(UTC):%Y-%m-%d}: the labelled stream's dev set, {pairs_used}"
    arguments.out.write_text(json.dumps({"provenance": provenance} | trained, indent=2) + "\n")
    return 0


def of_corpus(folder: Path) -> list[Row]:
    """All rows; the pairs of a group go to one worker, so that each text is parsed once or twice."""
    with gzip.open(folder / "gold.jsonl.gz", "rt") as lines:
        gold = [json.loads(line) for line in lines]
    articles.update((article.id, article) for article in read(folder, "training"))
    fork = get_context("fork")
    with fork.Pool(WORKERS) as pool:
        anchors = dict(zip(articles, pool.map(signed, articles, chunksize=50), strict=True))
    todo = sorted(jobs(gold, neighbours(gold, anchors)), key=itemgetter(0))
    batches = [list(batch) for _, batch in groupby(todo, key=itemgetter(0))]
    with fork.Pool(WORKERS) as pool:
        return [row for found in pool.imap(rows, batches, chunksize=2) for row in found]


if __name__ == "__main__":
    sys.exit(main())
