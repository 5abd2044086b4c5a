"""Whether an article is a printing of a story already known: candidates in, a decision out.

Promises that every decision names its rule, the text it was made against, and what agreed; that only what holds a text
up to its root grows a story; and never to raise, whatever the texts.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from newswire.article import Article
from newswire.comparable import Comparable, comparable, contained
from newswire.compare import SHORT_WORDS, Finding, Pair, hold, percent, resembles
from newswire.coverage import nearest_coverage
from newswire.decision import Decision, Relation
from newswire.markers import is_kill
from newswire.story import Face, Story, coverage_id, story_id

__all__ = ["Candidate", "Decision", "Relation", "decide"]

# Stories whose sentences are aligned with the article's, those with most anchors in common: 5 ms each for 1,000 words,
# where a cheap look does not tell that it is in vain.
MAX_ALIGNED = 6
# Stories whose coverage may be joined, likewise.
MAX_CENTRES = 12
# A text by as much longer than the story's longest is held against from now on: later cuts may come from its end.
FULLER = 1.3
# A printing with so much text of its own is held against too: machines translate the page, not the wire.
OF_ITS_OWN = 0.2
KEEPING = ("kept_mostly", "extended")
# What was not held against the root itself becomes a face only if it is rather one text with it than not.
LIKE_ROOT = 0.5
EMBEDDING = ("embedded", "kept_in_longer")


class Candidate(Struct, frozen=True, kw_only=True):
    """A story that shares something with the article, as the index found it."""

    story: Story
    exact: int = 0  # shared exact keys: body hash, canonical link, guid at the same publisher
    shingles: int = 0  # shared sampled shingles
    anchors: float = 0.0  # shared anchors, each weighted by its rarity in the window: 1 = unique, 0 = in 100 stories


class Held(Struct, frozen=True, kw_only=True):
    """A finding, and the face of the story it was made against."""

    finding: Finding
    story: Story
    face: Face

    @property
    def order(self) -> tuple[tuple[int, float], str, str]:
        """The best finding is the greatest; the ids make the choice the same in every run."""
        return (self.finding.rank, self.story.id, self.face.article)


def decide(article: Article, candidates: Sequence[Candidate], now: datetime) -> Decision:
    """Decide what the article is at the time `now`.

    `candidates` may come in any order, with or without the centres of their coverages.
    """
    new = comparable(article.title, article.text, article.language)
    nearest = sorted(candidates, key=lambda candidate: (-candidate.anchors, candidate.story.id))
    held = [
        Held(finding=finding, story=candidate.story, face=face)
        for at, candidate in enumerate(nearest)
        for face in candidate.story.faces
        if (finding := _hold(article, new, candidate, face, now, may_align=at < MAX_ALIGNED))
    ]
    merging = [one for one in held if not one.finding.relation.begins_story]
    if merging and not _is_digest(held, merging):
        best = max(merging, key=lambda one: one.order)
        root = best.story.root
        at_root = any(one.story.id == best.story.id and one.face == root for one in merging)
        return Decision(
            relation=best.finding.relation,
            story=best.story.id,
            coverage=best.story.coverage,
            score=round(best.finding.score, 3),
            rule=best.finding.rule,
            against=best.face.article,
            evidence=best.finding.evidence,
            face=_says_more(article, new, best) and (at_root or resembles(article, root, LIKE_ROOT)),
        )
    centres = [candidate.story for candidate in nearest[:MAX_CENTRES]]
    return _begin(article, held, nearest_coverage(new, article.language, centres, now))


def _begin(article: Article, held: Sequence[Held], nearest: tuple[str, str, float]) -> Decision:
    """The article begins a story: an excerpt of what it was held against, or an original."""
    story = story_id(article.id)
    coverage, centre, likeness = nearest
    if held:
        best = max(held, key=lambda one: one.order)
        return Decision(
            relation=Relation.EXCERPT,
            story=story,
            coverage=coverage or coverage_id(story),
            score=round(best.finding.score, 3),
            rule="digest" if len({one.story.coverage for one in held}) > 1 else best.finding.rule,
            against=best.face.article,
            evidence=best.finding.evidence,
        )
    if coverage:
        return Decision(
            relation=Relation.ORIGINAL,
            story=story,
            coverage=coverage,
            score=round(likeness, 3),
            rule="same_happening",
            against=centre,
            evidence=(f"names, figures and words are {percent(likeness)} like the first report's",),
        )
    return Decision(relation=Relation.ORIGINAL, story=story, coverage=coverage_id(story), score=0.0, rule="new")


def _hold(
    article: Article, new: Comparable, candidate: Candidate, face: Face, now: datetime, *, may_align: bool
) -> Finding | None:
    # Sampled shingles of whole texts: who shares none of them keeps next to nothing of the text.
    shares_text = candidate.shingles > 0 or candidate.exact > 0
    if not (shares_text or may_align or is_kill(article.title, article.text)):
        return None
    old = comparable(face.title, face.text, face.language)
    pair = Pair(
        article=article,
        new=new,
        story=candidate.story,
        face=face,
        old=old,
        mine=contained(new, old) if shares_text else 0.0,
        theirs=contained(old, new) if shares_text else 0.0,
        now=now,
    )
    return hold(pair, same_key=candidate.exact > 0, may_align=may_align)


def _is_digest(held: Sequence[Held], merging: Sequence[Held]) -> bool:
    """Whether the article holds texts of two happenings, and is itself no printing of another."""
    return (
        all(one.finding.rule in EMBEDDING for one in merging)
        and len({one.story.coverage for one in held if one.finding.rule in EMBEDDING}) > 1
    )


def _says_more(article: Article, new: Comparable, best: Held) -> bool:
    """Whether the story has no face yet that says what this text does, or says it in its language."""
    if best.finding.relation in (Relation.UPDATE, Relation.CORRECTION):
        return True
    if best.finding.relation in (Relation.COPY, Relation.WITHDRAWAL):
        return False
    is_translation = best.finding.relation is Relation.TRANSLATION
    language = article.language if is_translation else best.face.language
    known = [face for face in best.story.faces if face.language == language]
    if best.finding.rule in KEEPING and len(new.words) >= SHORT_WORDS:
        known_share = max(contained(new, comparable(face.title, face.text, face.language)) for face in known)
        if known_share <= 1 - OF_ITS_OWN:
            return True
    longest = max((len(comparable(face.title, face.text, face.language).words) for face in known), default=0)
    return len(new.words) >= FULLER * longest
