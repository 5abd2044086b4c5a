"""Ordered sentence alignment: whether two texts say the same in the same order, in other words or another language.

Promises measures that two translations of one text share and two independent reports of one event do not: the same
figures and names stand together in sentences of like length, in the same order (STRAND, Resnik 1999; Gale and Church
1993 for the lengths). Needs no dictionary and no model: what stands in many sentences of a text weighs little, so that
each text brings its own weights. Quotations are left out: rivals share them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log

from msgspec import Struct

from newswire.anchors import latin, sound
from newswire.comparable import KEPT_TEXTS, Comparable, Sentence

# 60 sentences are about 1,500 words: who prints a translation prints the first of them.
MAX_SENTENCES = 60

NUMBER, NAME, WORD, COGNATE = 3.0, 2.0, 1.0, 0.7
STEM = 6  # letters: past them are endings
# Two sentences may be one where neither is half as long again as the other; a hint, no more.
LIKE_LENGTH = 0.4
LENGTH_HINT = 0.3

Features = dict[str, float]


class Alignment(Struct, frozen=True):
    """How far two texts say the same in the same order. Shares, 0 to 1, of the shorter text but for `longer`."""

    anchors: float  # its figures and names that stand in the sentence aligned with theirs, the rare ones weighing more
    words: float  # its other words, or cognates, likewise
    longer: float  # figures, names and words of the longer text, likewise
    lengths: float  # its sentences that are aligned with one of like length
    order: float  # its figures found in the other in the same order
    numbers: float  # its figures found in the other at all
    names: float  # its names found in the other, in any spelling
    pairs: int  # sentences aligned


def align(new: Comparable, old: Comparable, *, same_language: bool) -> Alignment:
    """Align the sentences of two texts."""
    short, long = (new, old) if len(new.narrative_body) <= len(old.narrative_body) else (old, new)
    mine, theirs = _text_features(short, same_language), _text_features(long, same_language)
    lengths = [_log_length(s) for s in short.told[:MAX_SENTENCES]], [_log_length(s) for s in long.told[:MAX_SENTENCES]]
    path = _best_path(_links(mine, theirs), *lengths)
    known = {name for name in short.names if name in long.names or (sound(name) and sound(name) in long.sounds)}
    figures = [n for s in short.told[:MAX_SENTENCES] for n in sorted(s.numbers)]
    others = [n for s in long.told[:MAX_SENTENCES] for n in sorted(s.numbers)]
    return Alignment(
        anchors=_share(mine, theirs, path, "#~"),
        words=_share(mine, theirs, path, "=%"),
        longer=_share(theirs, mine, [(j, i) for i, j in path], "#~=%"),
        lengths=sum(abs(lengths[0][i] - lengths[1][j]) < LIKE_LENGTH for i, j in path) / (len(mine) or 1),
        order=_common_run(figures, others) / len(figures) if figures else 0.0,
        numbers=len(short.numbers & long.numbers) / len(short.numbers) if short.numbers else 0.0,
        names=len(known) / len(short.names) if short.names else 0.0,
        pairs=len(path),
    )


@lru_cache(maxsize=2 * KEPT_TEXTS)
def _text_features(text: Comparable, same_language: bool) -> tuple[Features, ...]:  # noqa: FBT001 - lru_cache's key
    """The features of each sentence; what stands in n sentences of the text weighs an n-th."""
    found = tuple(_features(sentence, same_language=same_language) for sentence in text.told[:MAX_SENTENCES])
    counts = Counter(feature for sentence in found for feature in sentence)
    return tuple({feature: weight / counts[feature] for feature, weight in sentence.items()} for sentence in found)


def _features(sentence: Sentence, *, same_language: bool) -> Features:
    found: Features = {"#" + number: NUMBER for number in sentence.numbers}
    for name in sentence.names:
        found["~" + (sound(name) or name)] = NAME
    for word in sentence.words:
        if len(word) < 4 or not word[0].isalpha():
            continue
        form = latin(word)
        if form in sentence.names:
            continue
        if same_language:
            found["=" + form[:STEM]] = WORD
        elif len(form) >= STEM and (code := sound(form)):
            found["%" + form[0] + code] = COGNATE
    return found


def _links(mine: Sequence[Features], theirs: Sequence[Features]) -> list[dict[int, float]]:
    """For each sentence, those of the other text that share something, with how much."""
    where: dict[str, list[int]] = defaultdict(list)
    for j, sentence in enumerate(theirs):
        for feature in sentence:
            where[feature].append(j)
    found: list[dict[int, float]] = []
    for sentence in mine:
        gain: dict[int, float] = defaultdict(float)
        for feature, weight in sentence.items():
            for j in where.get(feature, ()):
                gain[j] += weight + theirs[j][feature]
        found.append(dict(gain))
    return found


def _best_path(
    links: Sequence[dict[int, float]], mine: Sequence[float], theirs: Sequence[float]
) -> list[tuple[int, int]]:
    """The pairs in order that share most; `mine` and `theirs` are the sentences' log lengths."""
    columns = len(theirs)
    best = [[0.0] * (columns + 1)]
    for gains, length in zip(links, mine, strict=True):
        above, row, left = best[-1], [0.0], 0.0
        for j, other in enumerate(theirs):
            gain = gains.get(j, 0.0)
            if -LIKE_LENGTH < length - other < LIKE_LENGTH:
                gain += LENGTH_HINT
            left = max(left, above[j + 1], above[j] + gain)
            row.append(left)
        best.append(row)
    path: list[tuple[int, int]] = []
    i, j = len(mine), columns
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            path.append((i, j))
    return path[::-1]


def _share(mine: Sequence[Features], theirs: Sequence[Features], path: Iterable[tuple[int, int]], kinds: str) -> float:
    """The share of the features of these kinds, by weight, that stand in the aligned sentence too."""
    total = sum(weight for sentence in mine for feature, weight in sentence.items() if feature[0] in kinds)
    kept = sum(
        weight for i, j in path for feature, weight in mine[i].items() if feature[0] in kinds and feature in theirs[j]
    )
    return kept / total if total else 0.0


def _common_run(mine: Sequence[str], theirs: Sequence[str]) -> int:
    """The length of the longest common subsequence; of 200 figures each at most."""
    above = [0] * (len(theirs[:200]) + 1)
    for one in mine[:200]:
        row = [0]
        for j, other in enumerate(theirs[:200]):
            row.append(above[j] + 1 if one == other else max(above[j + 1], row[j]))
        above = row
    return above[-1]


def _log_length(sentence: Sentence) -> float:
    return log(len(sentence.text) + 1)
