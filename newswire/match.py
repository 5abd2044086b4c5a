"""Whether an article is a printing of a story already known: candidates in, a decision out.

Promises that every decision names its rule, the text it was made against, and what agreed; that only what holds a text
up to its root grows a story; and never to raise, whatever the texts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import sqrt

from msgspec import Struct

from newswire.article import Article
from newswire.comparable import Comparable, comparable, contained
from newswire.compare import ROOTED, SHORT_WORDS, Finding, Pair, are_rivals, hold, percent, resembles
from newswire.coverage import is_near_centre, nearest_coverage
from newswire.decision import Decision, Merging, Relation
from newswire.markers import is_kill
from newswire.story import Face, Story, are_apart, coverage_id, story_id, united

__all__ = ["Candidate", "Decision", "Relation", "decide"]

# What counts alone must say before whole texts are read, by the words n of the shorter: sampled shingles for each word,
# or anchors for each root of n. On the labelled stream, of 1,067 findings with four shingles or more and 450 with
# fewer, 6 are lost, and of 46,000 other pairs a tenth is left.
SHINGLES_A_WORD = 0.02
ANCHORS_A_ROOT = 0.3
ANCHORS_A_ROOT_ACROSS = 0.15
# Stories whose sentences are aligned with the article's, those with most anchors in common.
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
# Findings that rest on the sense alone join two stories only from here on: of invented printings the real ones have 1.0,
# a follow-up in another language .92.
BRIDGING = 0.97
EMBEDDING = ("embedded", "kept_in_longer")


class Candidate(Struct, frozen=True, kw_only=True):
    """A story that shares something with the article, as the index found it."""

    story: Story
    exact: int = 0  # shared exact keys: body hash, canonical link, guid at the same publisher
    shingles: int = 0  # shared sampled shingles
    anchors: float = 0.0  # shared anchors, each weighted by its rarity in the window: 1 = unique, 0 = in 100 stories

    @property
    def shares_text(self) -> bool:
        """Sampled shingles are of whole texts: who shares none of them keeps next to nothing of the text."""
        return self.shingles > 0 or self.exact > 0


class Held(Struct, frozen=True, kw_only=True):
    """A finding, and the face of the story it was made against."""

    finding: Finding
    story: Story
    face: Face

    @property
    def order(self) -> tuple[tuple[int, float], str, str]:
        """The best finding is the greatest; the ids make the choice the same in every run."""
        return (self.finding.rank, self.story.id, self.face.article)


class Shortlist(Struct, frozen=True):
    """What is worth a look at whole texts, told from counts alone."""

    held: tuple[Candidate, ...]  # those that the article may be a printing of
    centres: tuple[Story, ...]  # those whose coverage it may join
    word_for_word: bool = False  # nothing else may merge it

    @property
    def articles(self) -> tuple[str, ...]:
        """The printings whose texts are looked at, each once."""
        faces = (face.article for candidate in self.held for face in candidate.story.faces)
        return tuple(dict.fromkeys((*faces, *(story.root.article for story in self.centres))))


def shortlist(
    article: Article, candidates: Sequence[Candidate], now: datetime, merging: Merging = Merging.ANY
) -> Shortlist:
    """Which of the candidates to look at; `merging` is what the article's feed allows."""
    nearest = sorted(candidates, key=lambda candidate: (-candidate.anchors, candidate.story.id))
    centres = tuple(c.story for c in nearest[:MAX_CENTRES] if is_near_centre(c.story, now))
    if merging is Merging.NEVER:
        return Shortlist((), centres)
    if merging is Merging.EXACT:
        return Shortlist(tuple(c for c in nearest if c.exact), centres, word_for_word=True)
    kills = is_kill(article.title, article.text)
    return Shortlist(tuple(c for c in nearest if kills or _is_worth_reading(article, c)), centres)


def _is_worth_reading(article: Article, candidate: Candidate) -> bool:
    """Whether what the index counted leaves a chance that the article is a printing of one of the story's texts."""
    if candidate.exact:
        return True
    words = len(comparable(article).words)
    for face in candidate.story.faces:
        shorter = min(words, face.words)
        across = face.language != article.language
        least = ANCHORS_A_ROOT_ACROSS if across else ANCHORS_A_ROOT
        if candidate.shingles >= SHINGLES_A_WORD * shorter or candidate.anchors >= least * sqrt(shorter):
            return True
    return False


def decide(article: Article, listed: Shortlist, texts: Mapping[str, Comparable], now: datetime) -> Decision:
    """Decide what the article is at the time `now`.

    `texts` are those of the shortlist's printings, by their ids; a story whose root's is missing is passed over.
    """
    new = comparable(article)
    held = [
        Held(finding=finding, story=candidate.story, face=face)
        for at, candidate in enumerate(listed.held)
        if candidate.story.root.article in texts
        for face in candidate.story.faces
        if face.article in texts
        and (finding := _hold(article, new, candidate, face, texts, now, may_align=at < MAX_ALIGNED))
    ]
    if listed.word_for_word:
        held = [one for one in held if one.finding.rule == "same_text"]
    merging = [one for one in held if not one.finding.relation.begins_story]
    if not merging or _is_digest(held, merging):
        centres = [(story, texts[story.root.article]) for story in listed.centres if story.root.article in texts]
        return _begin(article, held, nearest_coverage(new, centres))
    best = max(merging, key=lambda one: one.order)
    joined = _joined(best, merging, texts)
    story = united(joined)
    root = texts[best.story.root.article]
    at_root = any(one.story.id == best.story.id and one.face == best.story.root for one in merging)
    return Decision(
        relation=best.finding.relation,
        story=story.id,
        coverage=story.coverage,
        score=round(best.finding.score, 3),
        rule=best.finding.rule,
        against=best.face.article,
        evidence=best.finding.evidence,
        face=_says_more(article, new, best, texts) and (at_root or resembles(new, root, LIKE_ROOT)),
        merges=tuple(one.id for one in joined if one.id != story.id),
    )


def _joined(best: Held, merging: Sequence[Held], texts: Mapping[str, Comparable]) -> list[Story]:
    """The stories that the article shows to be one: that of the best finding, and those it is a printing of as well."""
    joined = {best.story.id: best.story}
    for one in merging:
        if one.story.id not in joined and _is_bridge(best, one, texts):
            joined[one.story.id] = one.story
    return list(joined.values())


def _is_bridge(best: Held, other: Held, texts: Mapping[str, Comparable]) -> bool:
    """Whether a printing of both stories shows that they are one.

    It does not where it only holds them among other things, where two agencies sign them, where somebody said that they
    are two, where their first texts have nothing to do with each other, or where it has only the sense of the other and
    that is not beyond doubt: a follow-up that repeats a paragraph passes for a translation once in a while.
    """
    if other.finding.keeps_only_sense and other.finding.score < BRIDGING:
        return False
    if best.finding.rule in EMBEDDING or other.finding.rule in EMBEDDING:
        return False
    if Relation.WITHDRAWAL in (best.finding.relation, other.finding.relation):
        return False
    if are_rivals(best.story.agencies, other.story.agencies) or are_apart(best.story, other.story):
        return False
    return resembles(texts[other.story.root.article], texts[best.story.root.article], ROOTED)


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
    article: Article,
    new: Comparable,
    candidate: Candidate,
    face: Face,
    texts: Mapping[str, Comparable],
    now: datetime,
    *,
    may_align: bool,
) -> Finding | None:
    old = texts[face.article]
    pair = Pair(
        article=article,
        new=new,
        story=candidate.story,
        texts=texts,
        face=face,
        mine=contained(new, old) if candidate.shares_text else 0.0,
        theirs=contained(old, new) if candidate.shares_text else 0.0,
        now=now,
    )
    return hold(pair, same_key=candidate.exact > 0, may_align=may_align)


def _is_digest(held: Sequence[Held], merging: Sequence[Held]) -> bool:
    """Whether the article holds texts of two happenings, and is itself no printing of another."""
    return (
        all(one.finding.rule in EMBEDDING for one in merging)
        and len({one.story.coverage for one in held if one.finding.rule in EMBEDDING}) > 1
    )


def _says_more(article: Article, new: Comparable, best: Held, texts: Mapping[str, Comparable]) -> bool:
    """Whether the story has no face yet that says what this text does, or says it in its language."""
    if best.finding.relation in (Relation.UPDATE, Relation.CORRECTION):
        return True
    if best.finding.relation in (Relation.COPY, Relation.WITHDRAWAL):
        return False
    is_translation = best.finding.relation is Relation.TRANSLATION
    language = article.language if is_translation else best.face.language
    known = [face for face in best.story.faces if face.language == language]
    if best.finding.rule in KEEPING and len(new.words) >= SHORT_WORDS:
        known_share = max(contained(new, texts[face.article]) for face in known if face.article in texts)
        if known_share <= 1 - OF_ITS_OWN:
            return True
    return len(new.words) >= FULLER * max((face.words for face in known), default=0)
