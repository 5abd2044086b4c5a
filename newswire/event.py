"""What the streams carry: CloudEvents 1.0 envelopes, and the data of each type. Pure; storage appends them.

A `source` and an `id` together are the key of duplicates (CloudEvents 1.0 §3.1), and ids are made from what the event
says, so that a step done twice says the same thing twice. Types are full names and end in a version. JSON Schemas are
made from these structs (`schemas`).
"""

from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from newswire.article import Article, Dateline, Mention, Verdict, identity, printing_of
from newswire.decision import BY_HAND, Decision, Relation
from newswire.story import Story, centre_id

SOURCE = "/wirefold"
PREFIX = "org.wirefold."


class StoryView(Struct, frozen=True, kw_only=True):
    """The story after the event: a reader who knows nothing else can act on it."""

    id: str
    revision: int
    coverage: str
    origin: str  # the id of the article it began with
    first_seen: datetime
    agencies: tuple[Mention, ...]  # who wrote it, as its printings say together
    publishers: tuple[str, ...]
    printings: int
    independent_sources: int  # origins in its coverage: forty printings of one agency's text are one


class StoryText(Struct, frozen=True, kw_only=True):
    """The text of the printing that caused the event."""

    language: str
    title: str
    text: str
    byline: str
    dateline: Dateline


class ArticleView(Struct, frozen=True, kw_only=True):
    """The printing that caused the event."""

    id: str
    publisher: str
    url: str
    language: str
    title: str
    byline: str
    authors: tuple[str, ...] = ()  # the people of the byline
    section: str = ""
    image: str = ""  # its address
    syndicated_from: str = ""  # the page of another publisher that it names as its canonical link
    verdict: Verdict
    agencies: tuple[Mention, ...]  # as this printing alone says
    photo_agencies: tuple[Mention, ...]


class MatchView(Struct, frozen=True, kw_only=True):
    """Why it was taken for what it is."""

    relation: Relation
    score: float
    rule: str
    against: str
    evidence: tuple[str, ...]


class Clocks(Struct, frozen=True, kw_only=True):
    """Times in UTC; `published` and `modified` are null where the publisher gave none."""

    published: datetime | None
    is_dated_by_day: bool = False  # `published` is a day's midnight, no time was printed
    modified: datetime | None = None
    first_seen: datetime
    fetched: datetime
    emitted: datetime


class Rights(Struct, frozen=True, kw_only=True):
    """What the page says of its use."""

    robots: str  # robots meta and X-Robots-Tag, or ""
    tdm_reserved: bool | None = None  # the TDM Reservation Protocol's word, of the page and of its headers
    tdm_policy: str = ""
    licence: str = ""
    copyright: str = ""


class StoryPublished(Struct, frozen=True, kw_only=True):
    """A story seen for the first time."""

    story: StoryView
    content: StoryText
    article: ArticleView
    match: MatchView
    clocks: Clocks
    rights: Rights


class StoryRevised(StoryPublished, frozen=True, kw_only=True):
    """A story with new facts or a correction; `match.relation` tells which."""


class StoryWithdrawn(Struct, frozen=True, kw_only=True):
    """A text that its agency took back: the whole story, or one take of it, when the rest stands."""

    withdrawn: str  # the id of the article whose text it is
    whole: bool  # whether that is the text the story began with
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

    merged: tuple[str, ...]  # the ids that are this story's from now on
    cause: str  # the id of the article that showed it; empty when somebody said so
    story: StoryView
    match: MatchView


class StorySplit(Struct, frozen=True, kw_only=True):
    """Printings that somebody took out of a story: `story` is what they are now, told by `content`."""

    out_of: StoryView  # the story they were taken out of, after that
    articles: tuple[str, ...]  # the ids of the printings
    story: StoryView
    content: StoryText
    article: ArticleView
    clocks: Clocks
    rights: Rights


class CoverageLinked(Struct, frozen=True, kw_only=True):
    """A story found to be about the same happening as an earlier one: linked, never merged."""

    coverage: str
    story: str
    centre: str  # the story the coverage began with
    independent_sources: int


class EntryRejected(Struct, frozen=True, kw_only=True):
    """An entry that could not be read, and why."""

    entry: str
    feed: str
    publisher: str
    url: str
    title: str
    reason: str
    detail: str
    first_seen: datetime


class FeedTrouble(Struct, frozen=True, kw_only=True):
    """A feed that brings no news any more."""

    feed: str
    url: str
    publisher: str
    title: str
    reason: str  # the last poll's, as `http_410`; `no_news` when it was answered well
    last_success: datetime | None
    last_news: datetime | None


class FeedDied(FeedTrouble, frozen=True, kw_only=True):
    """It is not asked any more: its address is gone."""


class FeedSilent(FeedTrouble, frozen=True, kw_only=True):
    """It has had no news for far longer than ever before, whether or not it answers; it is asked all the same."""

    longest_pause_s: float  # between two pieces of its news so far


T = TypeVar("T", bound=Struct)

TYPES: dict[type[Struct], str] = {
    StoryPublished: PREFIX + "story.published.v1",
    StoryRevised: PREFIX + "story.revised.v1",
    StoryWithdrawn: PREFIX + "story.withdrawn.v1",
    StoryCopied: PREFIX + "story.copied.v1",
    StoryMerged: PREFIX + "story.merged.v1",
    StorySplit: PREFIX + "story.split.v1",
    CoverageLinked: PREFIX + "coverage.linked.v1",
    EntryRejected: PREFIX + "entry.rejected.v1",
    FeedDied: PREFIX + "feed.died.v1",
    FeedSilent: PREFIX + "feed.silent.v1",
}


class Event(Struct, Generic[T], frozen=True, kw_only=True):
    """A CloudEvents 1.0 envelope; `language` and `agencies` travel beside it, for filtering without parsing."""

    specversion: str = "1.0"
    id: str
    source: str = SOURCE
    type: str
    subject: str  # the story's id; for a rejected entry the entry's, for a feed the feed's
    time: datetime
    datacontenttype: str = "application/json"
    data: T


def events_of(
    article: Article, decision: Decision, story: Story, *, sources: int, now: datetime
) -> tuple[Event[Any], ...]:
    """The events that one decision causes, in the order in which they are appended.

    `story` is the story after the printing was folded in; `sources` the number of independent origins in its coverage.
    """
    view = _story_view(story, sources)
    match = _match_view(decision)
    told = _told(article, decision, view, now)
    events: list[Event[Any]] = [_event(told, story.id, article.id, now)]
    if decision.merges:
        merged = StoryMerged(merged=decision.merges, cause=article.id, story=view, match=match)
        events.insert(0, _event(merged, story.id, article.id, now))
    centre = centre_id(story.coverage)
    if decision.relation.begins_story and centre != story.id:
        link = CoverageLinked(coverage=story.coverage, story=story.id, centre=centre, independent_sources=sources)
        events.append(_event(link, story.id, article.id, now))
    return tuple(events)


def merged_by_hand(story: Story, merged: tuple[str, ...], *, sources: int, now: datetime) -> Event[StoryMerged]:
    """The event of stories that somebody said are one; `story` is what remains."""
    match = MatchView(relation=Relation.COPY, score=1.0, rule=BY_HAND, against="", evidence=())
    told = StoryMerged(merged=merged, cause="", story=_story_view(story, sources), match=match)
    return _event(told, story.id, f"{BY_HAND} {story.changes}", now)


def split_by_hand(
    article: Article, moved: tuple[str, ...], story: Story, out_of: Story, *, sources: tuple[int, int], now: datetime
) -> Event[StorySplit]:
    """The event of printings taken out of a story; `article` is the one that theirs began with."""
    told = StorySplit(
        out_of=_story_view(out_of, sources[1]),
        articles=moved,
        story=_story_view(story, sources[0]),
        content=_content(article),
        article=_article_view(article),
        clocks=_clocks(article, now),
        rights=_rights(article),
    )
    return _event(told, story.id, f"{BY_HAND} {story.changes}", now)


def _told(article: Article, decision: Decision, view: StoryView, now: datetime) -> Struct:
    """What the printing is to its story."""
    common: dict[str, Any] = {
        "story": view,
        "article": _article_view(article),
        "match": _match_view(decision),
        "clocks": _clocks(article, now),
        "rights": _rights(article),
    }
    match decision.relation:
        case Relation.ORIGINAL | Relation.EXCERPT:
            return StoryPublished(content=_content(article), **common)
        case Relation.UPDATE | Relation.CORRECTION:
            return StoryRevised(content=_content(article), **common)
        case Relation.WITHDRAWAL:
            withdrawn = printing_of(decision.against)
            return StoryWithdrawn(withdrawn=withdrawn, whole=withdrawn == view.origin, **common)
        case _:
            return StoryCopied(**common)


def _story_view(story: Story, sources: int) -> StoryView:
    return StoryView(
        id=story.id,
        revision=story.revision,
        coverage=story.coverage,
        origin=story.root.article,
        first_seen=story.first_seen,
        agencies=story.agencies,
        publishers=story.publishers,
        printings=story.printings,
        independent_sources=sources,
    )


def _article_view(article: Article) -> ArticleView:
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
        verdict=article.verdict,
        agencies=article.credit.text,
        photo_agencies=article.credit.photo,
    )


def _match_view(decision: Decision) -> MatchView:
    return MatchView(
        relation=decision.relation,
        score=decision.score,
        rule=decision.rule,
        against=printing_of(decision.against),
        evidence=decision.evidence,
    )


def _clocks(article: Article, now: datetime) -> Clocks:
    return Clocks(
        published=article.published,
        is_dated_by_day=article.is_dated_by_day,
        modified=article.modified,
        first_seen=article.first_seen,
        fetched=article.fetched,
        emitted=now,
    )


def _rights(article: Article) -> Rights:
    return Rights(**msgspec.structs.asdict(article.rights))


def _content(article: Article) -> StoryText:
    return StoryText(
        language=article.language,
        title=article.title,
        text=article.text,
        byline=article.byline,
        dateline=article.dateline,
    )


def rejection(rejected: EntryRejected, now: datetime) -> Event[EntryRejected]:
    """The event of an entry that could not be read."""
    return _event(rejected, rejected.entry, rejected.entry, now)


def trouble(told: FeedDied | FeedSilent, now: datetime) -> Event[Any]:
    """The event of a feed that brings no news any more: one for each time that it falls silent or dies."""
    return _event(told, told.feed, f"{told.last_news}", now)


def encode(event: Event[Any]) -> bytes:
    """The envelope as one JSON document."""
    return msgspec.json.encode(event)


def flat_fields(event: Event[Any]) -> dict[str, str]:
    """Copies of what readers filter by, to stand beside the document: `id type subject lang agency`."""
    article, story = getattr(event.data, "article", None), getattr(event.data, "story", None)
    return {
        "id": event.id,
        "type": event.type,
        "subject": event.subject,
        "lang": article.language if isinstance(article, ArticleView) else "",
        "agency": ",".join(mention.agency for mention in story.agencies) if isinstance(story, StoryView) else "",
    }


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema (2020-12) of the whole envelope, by event type."""
    made = {}
    for data, name in TYPES.items():
        schema = msgspec.json.schema(Event[data])  # type: ignore[valid-type]
        (envelope,) = (part for key, part in schema["$defs"].items() if key.startswith("Event"))
        envelope["properties"]["type"] = {"const": name}
        made[name] = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name, **schema}
    return made


def _event(data: T, subject: str, cause: str, now: datetime) -> Event[T]:
    name = TYPES[type(data)]
    return Event(id=identity("v", name, subject, cause), type=name, subject=subject, time=now, data=data)
