"""Sentences of two texts that are made alike, and whether they say the same.

Promises to tell a cut copy (its sentences are verbatim) from a template (its sentences have the same words and other
figures). Ignores order. Linear in the number of sentences: a word pair that stands in many sentences finds no twin.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from msgspec import Struct

from newswire.sameness.anchors import sound
from newswire.sameness.comparable import Comparable, Sentence

# Two sentences with half of their words in common are made alike (Dice, by reading rate decisions and match reports).
ALIKE = 0.5
# Reuters-21578: with .6 and .5, 97 % of pairs within a day pass and 35 % of those after three (almost all templates).
NUMBERS_AGREE = 0.6
NAMES_AGREE = 0.6
# Reuters-21578: look-alikes in other words have up to .73 of the figures; machine translations have all.
FIGURES_AGREE = 0.75
# Names that differ among sentences made alike: one or two are spellings, more too where so many figures agree and none
# differs; look-alikes read had differing figures then.
OTHER_NAMES = 3
FIGURES_ENOUGH = 4
SPELLINGS_AGREE = 0.45
# Of machine translations read on the labelled stream none has as many sentences word for word.
BLOCK_SENTENCES = 4
BLOCK_SHARE = 0.75
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
    twins = verbatim = numbers_kept = names_kept = 0
    numbers_changed: list[str] = []
    names_changed: list[str] = []
    for sentence, twin in twin_sentences(new, old):
        twins += 1
        verbatim += sentence.words == twin.words
        numbers_kept += len(sentence.numbers & twin.numbers)
        numbers_changed += changed(sentence.numbers - old.numbers, twin.numbers - new.numbers)
        mine, theirs = unknown_names(sentence, old), unknown_names(twin, new)
        names_kept += len(sentence.names & twin.names)
        names_changed += changed(mine, theirs)
    return Agreement(twins, verbatim, numbers_kept, tuple(numbers_changed), names_kept, tuple(names_changed))


def twin_sentences(new: Comparable, old: Comparable) -> Iterator[tuple[Sentence, Sentence]]:
    """The sentences of the new text that have one made alike in the old, in order, each with the one most alike."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, sentence in enumerate(old.sentences):
        for pair in sentence.pairs:
            if len(index[pair]) < COMMON:
                index[pair].append(at)
    for sentence in new.sentences:
        twin = _twin(sentence, old, index)
        if twin is not None:
            yield sentence, twin


def is_template(agreed: Agreement, new: Comparable, old: Comparable) -> bool:
    """Whether sentences go alike and tell of other things: two bond issues of one bank."""
    return other_facts(agreed, new, old) is not None


def other_facts(agreed: Agreement, new: Comparable, old: Comparable) -> tuple[str, float, float] | None:
    """What shows that it is a template, the share of it that agrees, and the share that must; None where nothing does.

    "figures" and "names" are of sentences made alike, "all figures" of the text with fewer.
    """
    if agreed.numbers < FIGURES_AGREE:
        return "figures", agreed.numbers, FIGURES_AGREE
    fewer, common = min(len(new.numbers), len(old.numbers)), len(new.numbers & old.numbers)
    if common < NUMBERS_AGREE * fewer:
        return "all figures", common / fewer, NUMBERS_AGREE
    is_exact = not agreed.numbers_changed and agreed.numbers_kept >= FIGURES_ENOUGH
    least = SPELLINGS_AGREE if is_exact else NAMES_AGREE
    if agreed.names < least and len(agreed.names_changed) >= OTHER_NAMES:
        return "names", agreed.names, least
    return None


def shares_blocks(agreed: Agreement) -> bool:
    """Whether what is alike is so word for word: then it is a statement, a table or a list of links that both print.

    Who rewords or translates a text leaves few sentences as they were.
    """
    return agreed.verbatim >= BLOCK_SENTENCES and agreed.verbatim >= BLOCK_SHARE * agreed.twins


def unknown_names(sentence: Sentence, text: Comparable) -> frozenset[str]:
    """The sentence's names that the other text does not know, in any spelling."""
    return frozenset(
        name for name in sentence.names if name not in text.names and (sound(name) or name) not in text.sounds
    )


def likeness(one: Sentence, other: Sentence) -> float:
    """How many words two sentences have in common (Dice, 0 to 1), each counted once."""
    mine, theirs = set(one.words), set(other.words)
    return 2 * len(mine & theirs) / ((len(mine) + len(theirs)) or 1)


def changed(mine: frozenset[str], theirs: frozenset[str]) -> list[str]:
    """What stands in the one sentence where the other has something else: "17 → 19", theirs first."""
    return [f"{old} → {new}" for old, new in zip(sorted(theirs), sorted(mine), strict=False)]


def _twin(sentence: Sentence, old: Comparable, index: dict[tuple[str, str], list[int]]) -> Sentence | None:
    shared = Counter(at for pair in sentence.pairs for at in index.get(pair, ()))
    best, best_dice = None, ALIKE
    for at, _ in shared.most_common(3):
        other = old.sentences[at]
        dice = likeness(sentence, other)
        if dice >= best_dice:
            best, best_dice = other, dice
    return best


def _share(kept: int, changed: int) -> float:
    return kept / (kept + changed) if kept + changed else 1.0
