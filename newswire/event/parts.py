"""The parts that events are made of: a story after the event, a text, a printing, why, when, and the rights.

Promises that what was written under a version is read for as long as that version is: a part only ever gains fields,
and each of those has a default. What a field may hold is said here and checked before anything is written (envelope).
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from newswire.article import Dateline, Mention, Verdict
from newswire.decision import Relation

StoryId = Annotated[str, Meta(pattern="^s[0-9a-f]{16}$")]
CoverageId = Annotated[str, Meta(pattern="^c[0-9a-f]{16}$")]
Id = Annotated[str, Meta(min_length=1)]
Moment = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=1)]
Share = Annotated[float, Meta(ge=0, le=1)]


class StoryView(Struct, frozen=True, kw_only=True):
    """The story after the event: a reader who knows nothing else can act on it."""

    id: StoryId
    revision: Count
    coverage: CoverageId
    origin: Id  # the id of the article it began with
    language: str = ""  # of that article
    title: str = ""  # of what it says now
    withdrawn: bool = False  # taken back whole: not to be used any more
    first_seen: Moment
    agencies: tuple[Mention, ...]  # who wrote it, as its printings say together
    publishers: tuple[str, ...]
    printings: Count
    independent_sources: int  # origins in its coverage: forty printings of one agency's text are one


class StoryText(Struct, frozen=True, kw_only=True):
    """The text of the printing that caused the event."""

    language: str
    title: str
    text: Annotated[str, Meta(min_length=1)]  # its beginning, where `text_key` is given
    text_key: str = ""  # the Redis key (string, UTF-8) that holds the whole of a text of more than 32 KB
    byline: str
    dateline: Dateline


class ArticleView(Struct, frozen=True, kw_only=True):
    """The printing that caused the event."""

    id: Id
    publisher: str
    url: str
    language: str
    title: str
    byline: str
    authors: tuple[str, ...] = ()  # the people of the byline
    section: str = ""
    image: str = ""  # its address
    syndicated_from: str = ""  # the page of another publisher that it names as its canonical link
    tags: tuple[str, ...] = ()  # of the feed that announced it
    verdict: Verdict
    agencies: tuple[Mention, ...]  # as this printing alone says
    photo_agencies: tuple[Mention, ...]


class MatchView(Struct, frozen=True, kw_only=True):
    """Why it was taken for what it is."""

    relation: Relation
    score: Share
    rule: Id
    against: str
    evidence: tuple[str, ...]


class ChangeClass(StrEnum):
    """What a revision is to what was told before."""

    UPDATE = "update"  # it brings news
    CORRECTION = "correction"  # it says that something was wrong, or one figure stands for another
    REPUBLICATION = "republication"  # sent anew as a version of its own, and nothing in it is new


class Change(Struct, frozen=True, kw_only=True):
    """What a revision changed, held against the text of `match.against`."""

    kind: ChangeClass
    title_before: str = ""  # where it is another now
    kept: Share = 0.0  # of the earlier text
    added: tuple[str, ...] = ()  # sentences that the earlier text has not, as printed
    removed: tuple[str, ...] = ()  # sentences of the earlier text that are gone
    figures: tuple[str, ...] = ()  # "3 → 7"


class Clocks(Struct, frozen=True, kw_only=True):
    """Times in UTC; `published` and `modified` are null where the publisher gave none."""

    published: Moment | None
    is_dated_by_day: bool = False  # `published` is a day's midnight, no time was printed
    modified: Moment | None = None
    first_seen: Moment
    fetched: Moment
    emitted: Moment


class Rights(Struct, frozen=True, kw_only=True):
    """What the page says of its use."""

    robots: str  # robots meta and X-Robots-Tag, or ""
    tdm_reserved: bool | None = None  # the TDM Reservation Protocol's word, of the page and of its headers
    tdm_policy: str = ""
    licence: str = ""
    copyright: str = ""
