"""Two texts side by side: which sentence of the one goes with which of the other, and where they differ.

Promises pairs in the later text's order, furniture left out; that a figure or name counts as changed only where the
other text as a whole does not know it; and never to raise, whatever the texts.
"""

import re
from collections.abc import Collection
from enum import StrEnum

from msgspec import Struct

from newswire.sameness import anchors
from newswire.sameness.align import aligned_sentences
from newswire.sameness.comparable import Comparable, Sentence, in_one_language
from newswire.sameness.twins import ALIKE, changed, likeness, twin_sentences, unknown_names
from newswire.text import fold

_TOKEN = re.compile(r"(?<!\d)\d{1,3}(?:[ '’]\d{3})+(?!\d)|\d+(?:[.,]\d+)*|[^\W\d_]+")


class Likeness(StrEnum):
    """How two sentences agree."""

    WORD_FOR_WORD = "word_for_word"
    ALIKE = "alike"  # half of their words, at least
    ALIGNED = "aligned"  # they stand in the same place between the others, and share a figure, a name or a cognate


class Side(Struct, frozen=True):
    """One of two sentences, and its figures and names that the other text does not know."""

    text: str
    own: tuple[str, ...] = ()


class Passage(Struct, frozen=True, kw_only=True):
    """A sentence of the earlier text beside one of the later."""

    likeness: Likeness
    earlier: Side
    later: Side
    shared: tuple[str, ...]  # figures and names of both sentences
    changed: tuple[str, ...]  # "17 → 19", the earlier first


def side_by_side(new: Comparable, old: Comparable, *, is_one: bool) -> tuple[Passage, ...]:
    """The sentences of two texts that go together.

    Unless the texts were found to be one, sentences in other words are shown only where they share a figure or a name:
    between any two texts some stand in like places.
    """
    same_language = in_one_language(new, old)
    twins = twin_sentences(new, old) if same_language else ()
    passages = {mine: _passage(mine, theirs, new, old) for mine, theirs in twins}
    taken = {passage.earlier.text for passage in passages.values()}
    order: dict[Sentence, int] = {sentence: at for at, sentence in enumerate(new.sentences)}
    at = -1
    for told, old_told in aligned_sentences(new, old, same_language=same_language):
        mine, theirs = _whole(told, new), _whole(old_told, old)
        at = order.setdefault(mine, at)  # what is left of a quotation stands after the sentence before it
        if mine not in passages and theirs.text not in taken:
            passage = _passage(mine, theirs, new, old)
            if is_one or passage.shared:
                passages[mine] = passage
    return tuple(passages[sentence] for sentence in sorted(passages, key=order.__getitem__))


def places(text: str, values: Collection[str]) -> list[tuple[int, int]]:
    """Where figures and names, given as in `Side.own`, stand in a line: start and end of each."""
    return [match.span() for match in _TOKEN.finditer(text) if _stands_for(match[0], values)]


def _stands_for(token: str, values: Collection[str]) -> bool:
    """Names have capitals, where there are any: what is the dateline's "The" is an article further down."""
    if any(number in values for number in anchors.numbers(token)):
        return True
    return not token[0].islower() and anchors.latin(fold(token)) in values


def _whole(told: Sentence, text: Comparable) -> Sentence:
    """The sentence with its quotations, where it is plain which that is."""
    rest = told.text.strip(" ,.")
    found = [sentence for sentence in text.sentences if rest in sentence.text]
    return found[0] if len(found) == 1 else told


def _passage(mine: Sentence, theirs: Sentence, new: Comparable, old: Comparable) -> Passage:
    figures, old_figures = mine.numbers - old.numbers, theirs.numbers - new.numbers
    names, old_names = unknown_names(mine, old), unknown_names(theirs, new)
    how = _how(mine, theirs)
    other_names = changed(names, old_names) if how is not Likeness.ALIGNED else ()  # in other words nothing says which
    return Passage(
        likeness=how,
        earlier=Side(theirs.text.strip(), (*sorted(old_figures), *sorted(old_names))),
        later=Side(mine.text.strip(), (*sorted(figures), *sorted(names))),
        shared=(*sorted(mine.numbers & theirs.numbers), *sorted(_shared_names(mine, theirs))),
        changed=(*changed(figures, old_figures), *other_names),
    )


def _how(mine: Sentence, theirs: Sentence) -> Likeness:
    if mine.words == theirs.words:
        return Likeness.WORD_FOR_WORD
    return Likeness.ALIKE if likeness(mine, theirs) >= ALIKE else Likeness.ALIGNED


def _shared_names(mine: Sentence, theirs: Sentence) -> set[str]:
    """The names of both, in any spelling; spelled as in the first."""
    sounds = {anchors.sound(name) or name for name in theirs.names}
    return {name for name in mine.names if name in theirs.names or (anchors.sound(name) or name) in sounds}
