"""Whether an article is a printing of a story already known: candidates in, a decision out.

Promises that every decision names its rule, the text it was made against, and what agreed; that only what holds a text
up to its root grows a story; and never to raise, whatever the texts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from newswire.article import Article
from newswire.decision import DIGEST, Decision, Relation
from newswire.sameness.blocks import Block, held_blocks, is_round_up
from newswire.sameness.comparable import Comparable, comparable, contained
from newswire.sameness.compare import ROOTED, SHORT_WORDS, are_rivals, hold, resembles
from newswire.sameness.coverage import nearest_coverage
from newswire.sameness.finding import Finding, Pair, percent
from newswire.sameness.shortlist import Candidate, Shortlist
from newswire.story import Face, Story, are_apart, coverage_id, story_id, united

# Stories whose sentences are aligned with the article's, those with most anchors in common.
MAX_ALIGNED = 6
# A text by as much longer than the story's longest is held against from now on: later cuts may come from its end.
FULLER = 1.3
# A printing with so much text of its own is held against too: machines translate the page, not the wire.
OF_ITS_OWN = 0.2
KEEPING = ("kept_mostly", "extended")
# What was not held against the root itself becomes a face only if it is rather one text with it than not.
LIKE_ROOT = 0.5
# Findings that rest on the sense alone join two stories only from here on: of invented printings the real ones have
# 1.0, a follow-up in another language .92.
BRIDGING = 0.97
# What keeps less of a text may be a digest that holds a brief of it, and of others.
WHOLE = 0.9
EMBEDDING = ("embedded", "kept_in_longer")


class Held(Struct, frozen=True, kw_only=True):
    """A finding, and the face of the story it was made against."""

    finding: Finding
    story: Story
    face: Face

    @property
    def order(self) -> tuple[tuple[int, float], str, str]:
        """The best finding is the greatest; the ids make the choice the same in every run."""
        return (self.finding.rank, self.story.id, self.face.article)


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
    best = max(merging, key=lambda one: one.order, default=None)
    is_whole = best is not None and best.finding.score >= WHOLE
    blocks = () if is_whole else held_blocks(article, new, listed.quoted, texts)
    if best is None or _is_digest(held, merging) or is_round_up(blocks, best.story.coverage):
        centres = [(story, texts[story.root.article]) for story in listed.centres if story.root.article in texts]
        return _begin(article, held, blocks, nearest_coverage(new, centres))
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
        is_new = one.story.id not in joined and not any(_are_two(one.story, other) for other in joined.values())
        if is_new and _is_bridge(best, one, texts):
            joined[one.story.id] = one.story
    return list(joined.values())


def _are_two(one: Story, other: Story) -> bool:
    """Whether somebody said that they are, or two agencies sign them."""
    return are_apart(one, other) or are_rivals(one.agencies, other.agencies)


def _is_bridge(best: Held, other: Held, texts: Mapping[str, Comparable]) -> bool:
    """Whether a printing of both stories shows that they are one.

    It does not where it only holds them among other things. What has only the sense of the other must have it beyond
    doubt; and where it keeps words of both, their first texts must have to do with each other: a publisher's own
    paragraphs may be another's story.
    """
    if best.finding.rule in EMBEDDING or other.finding.rule in EMBEDDING:
        return False
    if Relation.WITHDRAWAL in (best.finding.relation, other.finding.relation):
        return False
    if other.finding.keeps_only_sense:
        return other.finding.score >= BRIDGING
    return resembles(texts[other.story.root.article], texts[best.story.root.article], ROOTED)


def _begin(
    article: Article, held: Sequence[Held], blocks: Sequence[Block], nearest: tuple[str, str, float]
) -> Decision:
    """The article begins a story: an excerpt of what it was held against or holds a piece of, or an original."""
    story = story_id(article.id)
    coverage, centre, likeness = nearest
    is_digest = len({one.story.coverage for one in held} | {block.coverage for block in blocks}) > 1
    if held:
        best = max(held, key=lambda one: one.order)
        return Decision(
            relation=Relation.EXCERPT,
            story=story,
            coverage=coverage or coverage_id(story),
            score=round(best.finding.score, 3),
            rule=DIGEST if is_digest else best.finding.rule,
            against=best.face.article,
            evidence=best.finding.evidence,
        )
    if blocks:
        return Decision(
            relation=Relation.EXCERPT,
            story=story,
            coverage=coverage or coverage_id(story),
            score=round(blocks[0].share, 3),
            rule=DIGEST if is_digest else "block",
            against=blocks[0].face,
            evidence=tuple(f"{block.words} words in a row of {block.face} stand in it" for block in blocks),
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
