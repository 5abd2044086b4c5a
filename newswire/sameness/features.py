"""What two texts can share, sentence by sentence: figures, names, words, and what every language has a word for.

Promises that what stands in many sentences of a text weighs little in each, so that each text brings its own weights;
and that what only quotations name is nobody's: rivals share them. In one language quotations are left out. Between
languages their sentences stay, because each language marks speech in its own way.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import fsum, log

import msgspec
from msgspec import Struct

from newswire.sameness import gazetteer
from newswire.sameness.anchors import latin, short_sound, sound
from newswire.sameness.comparable import KEPT_TEXTS, STEM, Comparable, Sentence

# 60 sentences are about 1,500 words: who prints a translation prints the first of them.
MAX_SENTENCES = 60
MAX_FIGURES = 200

NUMBER, NAME, WORD, KNOWN = 3.0, 2.0, 1.0, 1.5
# Between languages, where a figure is compared with less beside it: by its digits; a year is no more than two of them.
BY_DIGITS = (1.5, 2.5, 3.5)
# What is in every second text: of units, days and coins a translation and a rival report have much the same.
COMMON = {"unit": 0.7, "day": 1.2, "month": 1.2, "coin": 1.0}
ANCHORS, WORDS = "#~@", "="  # the kinds of features, by their first letter
# A sentence of which no more than that stands where it belongs is a hole.
HOLE, HOLE_ACROSS = 0.35, 0.15

Features = dict[str, float]


class Told(Struct, frozen=True):
    """A text as the alignment looks at it."""

    sentences: tuple[Features, ...]  # what stands in n sentences of the text weighs an n-th in each
    loads: tuple[float, ...]  # the weight of each sentence
    weights: Features  # each feature once, with its whole weight
    lengths: tuple[float, ...]  # the logarithms of the sentences' lengths
    figures: tuple[str, ...]  # in order
    caseless: bool  # any of its words may be a name
    hole: float  # a sentence of which no more stands in the other text is a hole


def both(short: Comparable, long: Comparable, *, same_language: bool) -> tuple[Told, Told]:
    """Both texts as the alignment looks at them."""
    mine, theirs = _told(short, same_language), _told(long, same_language)
    return _named_as(mine, theirs), _named_as(theirs, mine)


def _named_as(told: Told, other: Told) -> Told:
    """The text, of whose words those are names that the other text has for names, where it cannot tell by itself."""
    if not told.caseless or other.caseless:
        return told
    kept = {feature for feature in told.weights if feature[0] != "~" or feature in other.weights}
    sentences = tuple({one: weight for one, weight in found.items() if one in kept} for found in told.sentences)
    return msgspec.structs.replace(
        told,
        sentences=sentences,
        loads=_loads(sentences),
        weights={one: weight for one, weight in told.weights.items() if one in kept},
    )


def _loads(sentences: Sequence[Features]) -> tuple[float, ...]:
    return tuple(fsum(sentence.values()) for sentence in sentences)


def looked_at(text: Comparable, *, same_language: bool) -> tuple[Sentence, ...]:
    """The sentences that are aligned: between languages with their quotations."""
    return (text.told if same_language else text.sentences)[:MAX_SENTENCES]


@lru_cache(maxsize=2 * KEPT_TEXTS)
def _told(text: Comparable, same_language: bool) -> Told:  # noqa: FBT001 - lru_cache's key
    sentences = looked_at(text, same_language=same_language)
    found = [_features(sentence) if same_language else _known_features(sentence) for sentence in sentences]
    if not same_language and text.told is not text.sentences:
        told = {feature for sentence in text.told for feature in _known_features(sentence)}
        found = [{feature: weight for feature, weight in one.items() if feature in told} for one in found]
    counts = Counter(feature for sentence in found for feature in sentence)
    shared_out = tuple({feature: weight / counts[feature] for feature, weight in one.items()} for one in found)
    return Told(
        sentences=shared_out,
        loads=_loads(shared_out),
        weights={feature: weight for one in found for feature, weight in one.items()},
        lengths=tuple(log(len(sentence.text) + 1) for sentence in sentences),
        figures=tuple(number for sentence in sentences for number in sorted(sentence.numbers))[:MAX_FIGURES],
        caseless=not same_language and text.is_caseless,
        hole=HOLE if same_language else HOLE_ACROSS,
    )


def _features(sentence: Sentence) -> Features:
    """What two sentences in one language can share."""
    found: Features = {"#" + number: NUMBER for number in sentence.numbers}
    for name in sentence.names:
        found["~" + (sound(name) or name)] = NAME
    for word in sentence.words:
        if len(word) >= 4 and word[0].isalpha() and (form := latin(word)) not in sentence.names:
            found["=" + form[:STEM]] = WORD
    return found


def _known_features(sentence: Sentence) -> Features:
    """What two sentences in two languages can share: no words, since cognates are many or none by the languages."""
    found: Features = {"#" + number: _by_digits(number) for number in sentence.numbers}
    for key in (*sentence.known.values(), *sentence.abbreviated):
        found["@" + key] = COMMON.get(key.split()[0], KNOWN)
    for at, word in enumerate(sentence.words):
        if at in sentence.known:
            continue
        form = latin(word)
        if form in sentence.names:
            found["~" + (short_sound(form) or form)] = NAME
        elif sentence.is_caseless and (code := short_sound(gazetteer.bare(form, sentence.language))):
            found["~" + code] = NAME
    return found


def _by_digits(number: str) -> float:
    is_year = len(number) == 4 and number[:2] in ("19", "20")
    return BY_DIGITS[1 if is_year else min(len(number.replace(".", "")), 3) - 1]
