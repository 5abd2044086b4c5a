"""What a revision changed: the sentences that came and went, the figures that are other, and what that makes it.

Promises to count as the rules do that found the revision: a sentence is new where the earlier text has it in no other
words either, short lines of a page are no text, and a figure changed where a sentence else stands. Between two
languages nothing is listed: every sentence would be new.
"""

from collections.abc import Iterable

from newswire.article import Article
from newswire.dateline import read_dateline
from newswire.decision import Relation
from newswire.event.parts import Change, ChangeClass
from newswire.sameness.comparable import Comparable, Sentence, comparable, contained, in_one_language
from newswire.sameness.compare import VERBATIM
from newswire.sameness.reread import fresh_sentences, without_labels
from newswire.sameness.twins import agreement
from newswire.text import words

# A reader wants to see what is new, and has the whole text beside it: an event is not to be twice as long.
MAX_SENTENCES = 20
MAX_CHARS = 300
MAX_FIGURES = 20


REPUBLISHED = Change(kind=ChangeClass.REPUBLICATION)  # of a story whose only page was gone: it is printed again


def change_between(article: Article, before: Comparable | None, relation: Relation) -> Change | None:
    """What an update or a correction changed; None for what is neither.

    `before` is the text that it was held against, None where that is not kept any more: then only the kind is known.
    """
    if relation not in (Relation.UPDATE, Relation.CORRECTION):
        return None
    kind = ChangeClass.CORRECTION if relation is Relation.CORRECTION else ChangeClass.UPDATE
    now = comparable(article)
    if before is None or not in_one_language(now, before):
        return Change(kind=kind)
    new, old = without_labels(now, before)
    agreed = agreement(new, old)
    day = words(read_dateline(new.body)[0].date)
    figures = [change for change in agreed.numbers_changed if change.rpartition(" ")[2] not in day]
    kept = contained(old, new)
    added, removed = _printed(fresh_sentences(new, old)), _printed(fresh_sentences(old, new))
    is_same = min(kept, contained(new, old)) >= VERBATIM  # what the matcher takes for a copy
    if kind is ChangeClass.UPDATE and is_same and not (added or removed or figures or agreed.names_changed):
        kind = ChangeClass.REPUBLICATION
    return Change(
        kind=kind,
        title_before=before.title if now.title and words(now.title) != words(before.title) else "",
        kept=round(kept, 3),
        added=added,
        removed=removed,
        figures=tuple(dict.fromkeys(figures))[:MAX_FIGURES],
    )


def _printed(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """The first sentences, each cut where it is too long."""
    found = dict.fromkeys(sentence.text.strip() for sentence in sentences)
    return tuple(one if len(one) <= MAX_CHARS else f"{one[: MAX_CHARS - 1]}…" for one in list(found)[:MAX_SENTENCES])
