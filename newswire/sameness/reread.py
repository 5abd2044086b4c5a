"""A page read a second time: whether it says something else than before.

Promises to name no revision without a sign of it that a reader would see: a kill, a word of correction that was not
there, another figure in a sentence that else stands, or sentences that are new. That it is the same page needs no
proof, so the rules for two articles of one publisher (`revision`) are not asked: to them six words changed in a short
text are an update.
"""

from collections.abc import Iterator, Sequence

from newswire.article import Article
from newswire.decision import Relation
from newswire.sameness import markers
from newswire.sameness.comparable import Comparable, Sentence, comparable, contained
from newswire.sameness.finding import Finding, figures, percent
from newswire.sameness.kills import is_kill
from newswire.sameness.twins import agreement
from newswire.text import words

# A changed line of fewer words is a clock or a counter of the page, or a link: of 110 lines of the dev stream that
# count minutes, comments or readers 87 have fewer.
LINE_WORDS = 12
SENTENCE_WORDS = 5
FRESH = 0.3  # of a sentence's word pairs in the earlier text (as in `revision`)
# About a sentence. Of 26 made updates on the dev stream 21 add as much, and of 102 readings of a text with another
# site's furniture around it 9; at 15 words 23 and 15, at 40 words 17 and 1.
ADDED_WORDS = 25
# Where less of the earlier text stands, another stands in its place: a start page, a wall that no rule knows.
STANDS = 0.2


def reread(article: Article, before: Comparable) -> Finding | None:
    """What the page says now, held against what it said; None when it says nothing else.

    `before` is the text last told of the page. What is found is an update, a correction or a withdrawal. A changed
    title is none of them, unless it says that it corrects.
    """
    now = comparable(article)
    if is_kill(now.title, now.text) and not is_kill(before.title, before.text):
        return _found(Relation.WITHDRAWAL, 1.0, "kill_notice", "the page says that its text is withdrawn")
    new, old = without_labels(now, before)
    kept = contained(old, new)
    if kept < STANDS:
        return None
    stands = f"{percent(kept)} of the earlier text stands"
    if said := markers.corrections(now.title, now.text) - markers.corrections(before.title, before.text):
        return _found(Relation.CORRECTION, kept, "says_so", f"it says that it corrects: {min(said)[:80]}", stands)
    return None if new.words == old.words else _edited(new, old, kept, stands)


def _edited(new: Comparable, old: Comparable, kept: float, stands: str) -> Finding | None:
    """What an edit tells that does not speak of itself."""
    agreed, fresh = agreement(new, old), fresh_words(new, old)
    if agreed.numbers_changed:
        relation = Relation.UPDATE if fresh >= ADDED_WORDS else Relation.CORRECTION
        return _found(relation, kept, "figures_changed", stands, *figures(agreed))
    added = f"{fresh} words in new sentences"
    return _found(Relation.UPDATE, kept, "text_added", stands, added) if fresh >= ADDED_WORDS else None


def is_unchanged(article: Article, before: Comparable) -> bool:
    """Whether the page's text is word for word what it was, but for its clocks and counters."""
    new, old = without_labels(comparable(article), before)
    return new.words == old.words


def fresh_words(new: Comparable, old: Comparable) -> int:
    """The number of words in sentences that the earlier text does not have, in other words either."""
    return sum(len(sentence.words) for sentence in fresh_sentences(new, old))


def fresh_sentences(new: Comparable, old: Comparable) -> Iterator[Sentence]:
    """The sentences that the earlier text does not have, in other words either, in their order."""
    return (
        sentence
        for sentence in new.sentences
        if len(sentence.words) >= SENTENCE_WORDS
        and sum(two in old.pairs for two in sentence.pairs) < FRESH * len(sentence.pairs)
    )


def without_labels(new: Comparable, old: Comparable) -> tuple[Comparable, Comparable]:
    """Both texts without the short lines that the other has not."""
    now, then = _lines(new), _lines(old)
    return _shared(new, now, then), _shared(old, then, now)


def _lines(text: Comparable) -> list[tuple[str, tuple[str, ...]]]:
    return [(line, tuple(words(line))) for line in text.text.split("\n")]


def _shared(
    text: Comparable, lines: Sequence[tuple[str, tuple[str, ...]]], others: Sequence[tuple[str, tuple[str, ...]]]
) -> Comparable:
    there = {said for _, said in others}
    kept = [line for line, said in lines if len(said) >= LINE_WORDS or said in there]
    return Comparable(text.title, "\n".join(kept), text.language)


def _found(relation: Relation, score: float, rule: str, *evidence: str) -> Finding:
    return Finding(relation=relation, score=round(score, 3), rule=rule, evidence=evidence)
