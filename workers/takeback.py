"""Taking decisions back: what somebody says is one story, or is not. Remembered, and told on the stream."""

from datetime import datetime

from msgspec.structs import replace

from newswire.article import Article, printing_of
from newswire.decision import BY_HAND, Decision, Relation
from newswire.event.telling import merged_by_hand, split_by_hand
from newswire.sameness.comparable import comparable
from newswire.sameness.coverage import nearest_coverage
from newswire.story import Story, centre_id, coverage_id, fold, restored, story_id, united, without
from storage.packing import Kept
from storage.stories import Part, Stories
from workers.errors import Transient

# How often a printing may come in between.
MAX_RACES = 5


class Refused(ValueError):  # noqa: N818 - named by what happens next
    """It cannot be done as asked; the text says why, in one line."""


def merge(first: str, second: str, stories: Stories, now: datetime) -> Story:
    """Make two stories one, and return what remains: the one seen first. Raises Refused."""
    for _ in range(MAX_RACES):
        seen = [_known(story, stories) for story in (first, second)]
        ids = {story.id for story in seen}
        if len(ids) == 1:
            raise Refused(f"{first} and {second} are one story already: {seen[0].id}")
        story = united(seen)
        story = replace(story, apart=tuple(one for one in story.apart if one not in {*ids, *story.merged}))
        merged = tuple(sorted(ids - {story.id}))
        event = merged_by_hand(story, merged, sources=stories.sources(story, merged), now=now)
        if stories.merge(story, seen, event, now):
            return story
    raise Transient("lost_races", counts=False)


def split(article: str, stories: Stories, now: datetime) -> tuple[Story, Story]:
    """Take a printing out of its story, with those that were one story with it before they were merged into this.

    Returns what it is now, and what is left. Raises Refused.
    """
    for _ in range(MAX_RACES):
        found = stories.kept([printing_of(article)])
        if not found:
            raise Refused(f"no article {article} is kept; it may have left the window")
        kept = found[0]
        story = _known(kept.decision.story, stories)
        moved = _apart(kept, story, stories)
        printed = stories.printed(story)
        rest = tuple(one for one in printed if one not in moved.printed)
        left = without(story, moved.story, (one.article for one in stories.kept(rest)))
        if kept.article.id not in printed:  # its publisher had printed the text before: it was not counted
            left = replace(left, printings=story.printings)
        event = split_by_hand(
            kept.article,
            tuple(dict.fromkeys(map(printing_of, moved.printed))),
            moved.story,
            left,
            sources=(stories.sources(moved.story), stories.sources(left)),
            now=now,
        )
        move = [_moved(one, moved.story) for one in stories.kept(moved.printed)]
        if stories.split(Part(story=left, printed=rest), moved, move, [story], event, now):
            return moved.story, left
    raise Transient("lost_races", counts=False)


def _known(story_id: str, stories: Stories) -> Story:
    story = stories.story(story_id)
    if story is None:
        raise Refused(f"no story {story_id} is known; it may have left the window")
    return story


def _apart(kept: Kept, story: Story, stories: Stories) -> Part:
    """The story that the article is of its own, and its printings."""
    article = kept.article
    own = story_id(article.id)
    before = stories.before_merging(own)
    if before:
        there = set(stories.printed(story))
        still = tuple(one for one in before.printed if one in there)  # others may have been taken out since
        lost = len({printing_of(one) for one in before.printed} - {printing_of(one) for one in still})
        rest = [one.article for one in stories.kept(still)]
        again = restored(before.story, story, rest, lost=lost)
        return Part(story=again, printed=_with_versions(still, story, stories))
    if article.id == story.root.article:
        raise Refused(f"{story.id} began with {article.id}: split the others off instead")
    begun = fold({}, article, _begins(article, story, stories))
    return Part(story=replace(begun, apart=(story.id,)), printed=_with_versions((article.id,), story, stories))


def _with_versions(printed: tuple[str, ...], story: Story, stories: Stories) -> tuple[str, ...]:
    """The printings, and what their pages said later, while they were the story's."""
    later = (one for one in stories.printed(story) if one not in printed and printing_of(one) in printed)
    return (*printed, *later)


def _begins(article: Article, story: Story, stories: Stories) -> Decision:
    own = story_id(article.id)
    centre = stories.story(centre_id(story.coverage))
    texts = stories.texts([centre.root.article]) if centre else {}
    centres = [(centre, texts[centre.root.article])] if centre and texts else []
    coverage, *_ = nearest_coverage(comparable(article), centres)
    evidence = (f"taken out of {story.id}",)
    return Decision(
        relation=Relation.ORIGINAL,
        story=own,
        coverage=coverage or coverage_id(own),
        score=1.0,
        rule=BY_HAND,
        against=story.root.article,
        evidence=evidence,
    )


def _moved(kept: Kept, story: Story) -> Kept:
    """The printing with what is said of it now; where it begins the story, that is new."""
    decision = replace(kept.decision, story=story.id, coverage=story.coverage, merges=())
    if kept.article.id == story.root.article and not decision.relation.begins_story:
        decision = replace(
            decision, relation=Relation.ORIGINAL, rule=BY_HAND, score=1.0, evidence=(f"taken out of {story.apart[-1]}",)
        )
    return Kept(kept.article, decision, kept.parsed)
