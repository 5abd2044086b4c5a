"""The events: what each type says, its full name, and the channel it is told on.

Types are full names and end in a version (`org.wirefold.story.published.v1`). Within one, fields are only ever added;
what cannot be added is a version of its own, and the one before it is read for as long as streams may hold it.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Struct

from newswire.event.parts import (
    ArticleView,
    Change,
    Clocks,
    CoverageId,
    Id,
    MatchView,
    Moment,
    Rights,
    StoryId,
    StoryText,
    StoryView,
    says,
)

PREFIX = "org.wirefold."


class Channel(StrEnum):
    """Where events are told; each is a stream."""

    STORIES = "stories"
    COPIES = "copies"
    REJECTS = "rejects"


class StoryPublished(Struct, frozen=True, kw_only=True):
    """A story seen for the first time."""

    story: StoryView
    content: StoryText
    article: ArticleView
    match: MatchView
    clocks: Clocks
    rights: Rights


class StoryRevised(StoryPublished, frozen=True, kw_only=True):
    """A story with new facts or a correction; `change` tells which, and what is other than before."""

    change: Change | None = None


class StoryWithdrawn(Struct, frozen=True, kw_only=True):
    """A text that was taken back: the whole story, or one take of it, when the rest stands."""

    withdrawn: Annotated[Id, says("the id of the article whose text it is")]
    whole: Annotated[bool, says("whether the story is taken back with it")]
    story: StoryView
    article: ArticleView
    match: MatchView
    clocks: Clocks
    rights: Rights


class StoryCopied(Struct, frozen=True, kw_only=True):
    """A further printing of a known story; never the text."""

    story: StoryView
    article: ArticleView
    match: MatchView
    clocks: Clocks
    rights: Rights


class StoryMerged(Struct, frozen=True, kw_only=True):
    """Two stories or more that turned out to be one; `story` is the one that remains."""

    merged: Annotated[tuple[StoryId, ...], says("the ids that are this story's from now on")]
    cause: Annotated[str, says("the id of the article that showed it; empty when somebody said so")]
    story: StoryView
    match: MatchView


class StorySplit(Struct, frozen=True, kw_only=True):
    """Printings that somebody took out of a story: `story` is what they are now, told by `content`."""

    out_of: Annotated[StoryView, says("the story they were taken out of, after that")]
    articles: Annotated[tuple[Id, ...], says("the ids of the printings")]
    story: StoryView
    content: StoryText
    article: ArticleView
    clocks: Clocks
    rights: Rights


class CoverageLinked(Struct, frozen=True, kw_only=True):
    """A story found to be about the same happening as an earlier one: linked, never merged."""

    centre: Annotated[StoryId, says("the story that the coverage began with")]
    story: Annotated[StoryView, says("`story.coverage` is what it joins")]
    match: MatchView


class CoverageLinkedV1(Struct, frozen=True, kw_only=True):
    """The same, as it was told before November 2026: ids alone, on which nobody could act who knew nothing else."""

    coverage: CoverageId
    story: StoryId
    centre: StoryId
    independent_sources: int


class EntryRejected(Struct, frozen=True, kw_only=True):
    """An entry that could not be read, and why."""

    entry: Annotated[Id, says("the entry's id: `wirefold explain` takes it")]
    feed: Annotated[str, says("the id of the feed that announced it")]
    publisher: Annotated[str, says("a host without `www.`")]
    url: Annotated[str, says("the link, as announced")]
    title: Annotated[str, says("as announced")]
    tags: Annotated[tuple[str, ...], says("of the feed")] = ()
    reason: Annotated[Id, says("one word: a verdict, or what the network, the host or the service did")]
    detail: Annotated[str, says("what else is known of it, or empty")]
    first_seen: Annotated[Moment, says("when the entry was seen")]


class FeedTrouble(Struct, frozen=True, kw_only=True):
    """A feed that brings no news any more."""

    feed: Annotated[Id, says("the feed's id")]
    url: Annotated[str, says("its address, as it was given")]
    publisher: Annotated[str, says("a host without `www.`")]
    title: Annotated[str, says("its own, or the one that it was given")]
    tags: Annotated[tuple[str, ...], says("those that it was given")] = ()
    reason: Annotated[Id, says("the last poll's, as `http_410`; `no_news` when it was answered well")]
    last_success: Annotated[Moment | None, says("when it was last answered well, or null")]
    last_news: Annotated[Moment | None, says("when it last brought news, or null")]


class FeedDied(FeedTrouble, frozen=True, kw_only=True):
    """It is not asked any more: its address is gone."""


class FeedSilent(FeedTrouble, frozen=True, kw_only=True):
    """It has had no news for far longer than ever before, whether or not it answers; it is asked all the same."""

    longest_pause_s: Annotated[float, says("between two pieces of its news so far, in seconds")]


TYPES: dict[type[Struct], str] = {
    StoryPublished: PREFIX + "story.published.v1",
    StoryRevised: PREFIX + "story.revised.v1",
    StoryWithdrawn: PREFIX + "story.withdrawn.v1",
    StoryCopied: PREFIX + "story.copied.v1",
    StoryMerged: PREFIX + "story.merged.v1",
    StorySplit: PREFIX + "story.split.v1",
    CoverageLinked: PREFIX + "coverage.linked.v2",
    EntryRejected: PREFIX + "entry.rejected.v1",
    FeedDied: PREFIX + "feed.died.v1",
    FeedSilent: PREFIX + "feed.silent.v1",
}
# Not written any more, and still read.
FORMER: dict[type[Struct], str] = {CoverageLinkedV1: PREFIX + "coverage.linked.v1"}

_CHANNELS = {
    StoryCopied: Channel.COPIES,
    EntryRejected: Channel.REJECTS,
    FeedDied: Channel.REJECTS,
    FeedSilent: Channel.REJECTS,
}


def channel_of(data: type[Struct]) -> Channel:
    """Where events of this type are told."""
    return _CHANNELS.get(data, Channel.STORIES)
