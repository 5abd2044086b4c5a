"""Sentences of two texts that are made alike, and whether they say the same.

Promises to tell a cut copy (its sentences are verbatim) from a template (its sentences have the same words and other
figures). Ignores order. Linear in the number of sentences: a word pair that stands in many sentences finds no twin.
"""

from collections import Counter, defaultdict

from msgspec import Struct

from newswire.anchors import sound
from newswire.comparable import Comparable, Sentence

# Two sentences with half of their words in common are made alike (Dice, by reading rate decisions and match reports).
ALIKE = 0.5
COMMON = 8  # a word pair in more sentences than that says nothing about which


class Agreement(Struct, frozen=True):
    """What the twin sentences of two texts say, counted."""

    twins: int  # pairs of sentences made alike
    verbatim: int  # of them, with the same words
    numbers_kept: int
    numbers_changed: tuple[str, ...]  # "17 → 19"
    names_kept: int
    names_changed: tuple[str, ...]

    @property
    def numbers(self) -> float:
        """The share of the figures that agree, 0 to 1; 1 where there are none."""
        return _share(self.numbers_kept, len(self.numbers_changed))

    @property
    def names(self) -> float:
        """The share of the names that agree, 0 to 1; 1 where there are none."""
        return _share(self.names_kept, len(self.names_changed))


def agreement(new: Comparable, old: Comparable) -> Agreement:
    """Hold each sentence of the new text against the one of the old that is made most alike."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, sentence in enumerate(old.sentences):
        for pair in sentence.pairs:
            if len(index[pair]) < COMMON:
                index[pair].append(at)
    twins = verbatim = numbers_kept = names_kept = 0
    numbers_changed: list[str] = []
    names_changed: list[str] = []
    for sentence in new.sentences:
        twin = _twin(sentence, old, index)
        if twin is None:
            continue
        twins += 1
        verbatim += sentence.words == twin.words
        numbers_kept += len(sentence.numbers & twin.numbers)
        numbers_changed += _changed(sentence.numbers - old.numbers, twin.numbers - new.numbers)
        mine, theirs = _strangers(sentence, old), _strangers(twin, new)
        names_kept += len(sentence.names & twin.names)
        names_changed += _changed(mine, theirs)
    return Agreement(twins, verbatim, numbers_kept, tuple(numbers_changed), names_kept, tuple(names_changed))


def _twin(sentence: Sentence, old: Comparable, index: dict[tuple[str, str], list[int]]) -> Sentence | None:
    shared = Counter(at for pair in sentence.pairs for at in index.get(pair, ()))
    best, best_dice = None, ALIKE
    for at, _ in shared.most_common(3):
        other = old.sentences[at]
        mine, theirs = set(sentence.words), set(other.words)
        dice = 2 * len(mine & theirs) / (len(mine) + len(theirs))
        if dice >= best_dice:
            best, best_dice = other, dice
    return best


def _strangers(sentence: Sentence, text: Comparable) -> frozenset[str]:
    """The sentence's names that the other text does not know, in any spelling."""
    return frozenset(
        name for name in sentence.names if name not in text.names and (sound(name) or name) not in text.sounds
    )


def _changed(mine: frozenset[str], theirs: frozenset[str]) -> list[str]:
    return [f"{old} → {new}" for old, new in zip(sorted(theirs), sorted(mine), strict=False)]


def _share(kept: int, changed: int) -> float:
    return kept / (kept + changed) if kept + changed else 1.0
