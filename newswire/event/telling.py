"""How what happened is told: from an article, a decision and a story to the events, in the order of their telling."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newswire.article import Article, printing_of
from newswire.decision import BY_HAND, Decision, Relation
from newswire.event.envelope import BadEvent, Event, event_of, written
from newswire.event.parts import ArticleView, Change, Clocks, MatchView, Readable, Rights, StoryText, StoryView
from newswire.event.types import (
    CoverageLinked,
    EntryRejected,
    FeedDied,
    FeedSilent,
    StoryCopied,
    StoryMerged,
    StoryPublished,
    StoryRevised,
    StorySplit,
    StoryWithdrawn,
)
from newswire.story import Story, centre_id


class _Printing(Struct, frozen=True):
    """What is told of an article, and what is kept of it."""

    content: StoryText
    article: ArticleView
    clocks: Clocks
    rights: Rights
    kept: Article


_PRINTING = msgspec.json.Decoder(_Printing)


def check(article: Article) -> None:
    """Raise BadEvent for an article that no event could tell: before anything is decided of it.

    Half a character, for one, cannot be hashed or compared either.
    """
    times = (article.published, article.modified, article.first_seen, article.fetched)
    if any(time is not None and time.utcoffset() != timedelta(0) for time in times):
        raise BadEvent("article: a time that is not in UTC")
    told = clocks(article, article.fetched)
    kept = replace(article, text="")  # it stands in the content
    written(_Printing(content(article), article_view(article), told, rights(article), kept), _PRINTING, "article")


def events_of(
    article: Article, decision: Decision, story: Story, *, sources: int, now: datetime, change: Change | None = None
) -> tuple[Event[Any], ...]:
    """The events that one decision causes, in the order in which they are appended.

    `story` is the story after the printing was folded in; `sources` the number of independent origins in its coverage;
    `change` what a revision changed; another printing has one where it brings the story back.
    """
    return tuple(
        event_of(data, story.id, article.id, now)
        for data in _told(article, decision, story_view(story, sources), change, now)
    )


def _told(
    article: Article, decision: Decision, view: StoryView, change: Change | None, now: datetime
) -> Iterator[Struct]:
    match = match_view(decision)
    if decision.merges:  # before what the article itself is to the story
        united = replace(view, revision=view.revision - decision.relation.revises)
        yield StoryMerged(merged=decision.merges, cause=article.id, story=united, match=match)
    common: dict[str, Any] = {
        "story": view,
        "article": article_view(article),
        "match": match,
        "clocks": clocks(article, now),
        "rights": rights(article),
    }
    match decision.relation:
        case Relation.ORIGINAL | Relation.EXCERPT:
            yield StoryPublished(content=content(article), **common)
        case Relation.WITHDRAWAL:
            yield StoryWithdrawn(withdrawn=printing_of(decision.against), whole=view.withdrawn, **common)
        case relation if relation.revises or change:
            yield StoryRevised(content=content(article), change=change, **common)
        case _:
            yield StoryCopied(**common)
    if decision.relation.begins_story and centre_id(view.coverage) != view.id:
        yield CoverageLinked(centre=centre_id(view.coverage), story=view, match=match)


def merged_by_hand(story: Story, merged: tuple[str, ...], *, sources: int, now: datetime) -> Event[StoryMerged]:
    """The event of stories that somebody said are one; `story` is what remains."""
    match = MatchView(relation=Relation.COPY, score=1.0, rule=BY_HAND, against="", evidence=())
    told = StoryMerged(merged=merged, cause="", story=story_view(story, sources), match=match)
    return event_of(told, story.id, f"{BY_HAND} {story.changes}", now)


def split_by_hand(
    article: Article, moved: tuple[str, ...], story: Story, out_of: Story, *, sources: tuple[int, int], now: datetime
) -> Event[StorySplit]:
    """The event of printings taken out of a story; `article` is the one that theirs began with."""
    told = StorySplit(
        out_of=story_view(out_of, sources[1]),
        articles=moved,
        story=story_view(story, sources[0]),
        content=content(article),
        article=article_view(article),
        clocks=clocks(article, now),
        rights=rights(article),
    )
    return event_of(told, story.id, f"{BY_HAND} {story.changes}", now)


def rejection(rejected: EntryRejected, now: datetime) -> Event[EntryRejected]:
    """The event of an entry that could not be read."""
    return event_of(rejected, rejected.entry, rejected.entry, now)


def trouble(told: FeedDied | FeedSilent, now: datetime) -> Event[Any]:
    """The event of a feed that brings no news any more: one for each time that it falls silent or dies."""
    # Whoever takes a dead feed in anew may see it die again without any news; the step that tells it is its last.
    return event_of(told, told.feed, f"{now if isinstance(told, FeedDied) else told.last_news}", now)


def story_view(story: Story, sources: int) -> StoryView:
    """The story as readers are told it; `sources` are the independent origins in its coverage."""
    return StoryView(
        id=story.id,
        revision=story.revision,
        coverage=story.coverage,
        origin=story.root.article,
        language=story.root.language,
        title=story.title,
        withdrawn=story.withdrawn,
        first_seen=story.first_seen,
        agencies=story.agencies,
        publishers=story.publishers,
        printings=story.printings,
        independent_sources=sources,
    )


def article_view(article: Article) -> ArticleView:
    """The printing as readers are told it."""
    return ArticleView(
        id=printing_of(article.id),
        publisher=article.publisher,
        url=article.url,
        language=article.language,
        title=article.title,
        byline=article.byline,
        authors=article.authors,
        section=article.section,
        image=article.image,
        syndicated_from=article.syndicated_from,
        tags=article.tags,
        verdict=cast(Readable, article.verdict.value),  # another is a BadEvent
        agencies=article.credit.text,
        photo_agencies=article.credit.photo,
    )


def content(article: Article) -> StoryText:
    """The printing's text."""
    return StoryText(
        language=article.language,
        title=article.title,
        text=article.text,
        byline=article.byline,
        dateline=article.dateline,
    )


def clocks(article: Article, now: datetime) -> Clocks:
    """The printing's times, and that of the telling."""
    return Clocks(
        published=article.published,
        is_dated_by_day=article.is_dated_by_day,
        modified=article.modified,
        first_seen=article.first_seen,
        fetched=article.fetched,
        emitted=now,
    )


def rights(article: Article) -> Rights:
    """What the printing's page says of its use."""
    return Rights(**msgspec.structs.asdict(article.rights))


def match_view(decision: Decision) -> MatchView:
    """Why a printing was taken for what it is."""
    return MatchView(
        relation=decision.relation,
        score=decision.score,
        rule=decision.rule,
        against=printing_of(decision.against),
        evidence=decision.evidence,
    )
