"""A line of a snapshot: a story as it stands. It is no event: nothing happened.

Promises what `story.split` promises of its article: what is not kept (`image`, `section`, `clocks.modified`) is empty.
"""

from datetime import datetime
from typing import Annotated

from msgspec import Struct

from newswire.article import Article
from newswire.decision import Decision
from newswire.event.parts import ArticleView, Clocks, MatchView, Rights, StoryId, StoryText, StoryView, says
from newswire.event.telling import article_view, clocks, content, match_view, rights, story_view
from newswire.event.types import PREFIX
from newswire.story import Story

STORY_STATE = PREFIX + "snapshot.story.v1"


class StoryState(Struct, frozen=True, kw_only=True):
    """A story with the text that it says now: its first printing's, or its latest update's or correction's."""

    story: StoryView
    content: StoryText  # whole, however long
    article: ArticleView  # the printing of that text
    match: MatchView  # why that was taken for what it is
    clocks: Clocks
    rights: Rights
    merged: Annotated[tuple[StoryId, ...], says("further ids that stand for this story")] = ()


def state_of(story: Story, article: Article, decision: Decision, *, sources: int, now: datetime) -> StoryState:
    """The line of a story; `article` is the printing that it says now, `sources` the origins in its coverage."""
    return StoryState(
        story=story_view(story, sources),
        content=content(article),
        article=article_view(article),
        match=match_view(decision),
        clocks=clocks(article, now),
        rights=rights(article),
        merged=story.merged,
    )
