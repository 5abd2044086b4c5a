"""What travels: a feed's entry, the page behind it, the article read from it.

Immutable; empty is `()` or `""`, not None.

Times are aware datetimes in UTC. Identities carry their version in the first character, so that a later way of making
them can live beside this one.
"""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

import xxhash
from msgspec import Meta, Struct

from newswire.decision import Merging
from newswire.rights import Rights

_VERSION = re.compile(r"~\d+$")


class Verdict(StrEnum):
    """What the extraction got. Only `full` and `feed_text` are matched; every other ends the entry as rejected."""

    FULL = "full"
    FEED_TEXT = "feed_text"  # the page gave less than the feed did
    TEASER = "teaser"
    PAYWALL = "paywall"
    CONSENT = "consent"
    BOT_WALL = "bot_wall"
    LIVE_BLOG = "live_blog"  # grows by the hour and holds many stories
    NOT_ARTICLE = "not_article"
    EMPTY = "empty"

    @property
    def is_readable(self) -> bool:
        """Whether the text may be matched and published."""
        return self in (Verdict.FULL, Verdict.FEED_TEXT)


class Entry(Struct, frozen=True, kw_only=True):
    """One item as a feed announces it."""

    id: str  # entry_id(publisher, guid or canonical link)
    feed: str  # the feed's id
    publisher: str  # whose feed it is: a host without "www."
    link: str  # canonical (newswire.url.canonical)
    guid: str = ""
    title: str = ""
    html: str = ""  # the longest body that the feed carries for it, as HTML
    byline: str = ""
    source: str = ""  # RSS <source> or Atom <source>: who the feed says it took it from
    language: str = ""  # BCP 47, as the feed declares it
    published: datetime | None = None
    updated: datetime | None = None
    merging: Merging = Merging.ANY
    tags: tuple[str, ...] = ()  # the feed's


class Page(Struct, frozen=True, kw_only=True):
    """The bytes fetched from a link."""

    url: str  # where they came from, after redirects
    body: bytes
    content_type: str = ""  # the header as sent, with its charset
    robots: str = ""  # X-Robots-Tag as sent
    tdm_reservation: str = ""  # the headers of the TDM Reservation Protocol as sent
    tdm_policy: str = ""
    fetched: datetime


class Dateline(Struct, frozen=True, kw_only=True):
    """`PARÍS, 5 ene (AFP) –` taken apart. Each part is as printed, or empty."""

    place: str = ""
    date: str = ""
    agency: Annotated[str, Meta(description="its canonical id")] = ""


class Where(StrEnum):
    """Where the words stand that name an agency."""

    DATELINE = "dateline"
    BYLINE = "byline"
    TRAILING = "trailing"  # after the text
    LEAD = "lead"  # before it
    JSONLD = "jsonld"
    META = "meta"
    FEED = "feed"
    SITE = "site"  # the agency's own
    CAPTION = "caption"
    BODY = "body"


class Mention(Struct, frozen=True, kw_only=True):
    """One agency, and the words that name it."""

    agency: Annotated[str, Meta(description="its canonical id")]  # a row of newswire.agencies
    evidence: Annotated[str, Meta(description="the words as printed, at most 120 characters")]
    where: Annotated[Where, Meta(description=f"where they stand: {', '.join(Where)}")]


class Credit(Struct, frozen=True, kw_only=True):
    """Who wrote the text; apart from it who took the photos, and who is only quoted. One mention an agency in each."""

    text: tuple[Mention, ...] = ()
    photo: tuple[Mention, ...] = ()
    mentioned: tuple[Mention, ...] = ()

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies of the text."""
        return tuple(mention.agency for mention in self.text)


class Article(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One publisher's printing of a text. Stored without what it does not say."""

    id: str  # the entry's id
    publisher: str
    url: str  # canonical
    guid: str = ""
    language: str = ""  # ISO 639-1 where known, else ""
    title: str = ""
    text: str  # paragraphs parted by one newline
    byline: str = ""
    dateline: Dateline = Dateline()
    authors: tuple[str, ...] = ()  # the people of the byline
    published: datetime | None = None
    is_dated_by_day: bool = False  # `published` is a day's midnight: nobody printed the time
    modified: datetime | None = None
    first_seen: datetime
    fetched: datetime
    section: str = ""
    image: str = ""  # its address
    syndicated_from: str = ""  # the page of another publisher that this one names as its canonical link
    tags: tuple[str, ...] = ()  # of the feed that announced it
    verdict: Verdict = Verdict.FULL
    credit: Credit = Credit()
    rights: Rights = Rights()


def entry_id(publisher: str, guid_or_link: str) -> str:
    """The identity of an entry: the same in every run and on every machine.

    >>> entry_id("a.example", "urn:1") == entry_id("a.example", "urn:1")
    True
    >>> entry_id("a.example", "urn:1") == entry_id("b.example", "urn:1")  # another's guid says nothing
    False
    """
    return identity("1", publisher, guid_or_link)


def version_id(printing: str, number: int) -> str:
    """The id of what a printing's page said when it was looked at for the `number`-th time."""
    return f"{printing}~{number}"


def printing_of(article_id: str) -> str:
    """The printing that an id stands for, whichever version of it.

    >>> printing_of("14cfa20bbc50585b~2"), printing_of("14cfa20bbc50585b")
    ('14cfa20bbc50585b', '14cfa20bbc50585b')
    """
    return _VERSION.sub("", article_id)


def identity(version: str, *parts: str) -> str:
    """A version character and 16 hex digits of XXH3-64 over the parts; a part never runs into its neighbour."""
    return version + xxhash.xxh3_64_hexdigest("\x1f".join(parts).encode("utf-8", "surrogatepass"))


def is_too_old(published: datetime | None, first_seen: datetime, max_age_hours: float) -> bool:
    """Whether news was old already when it was first seen; what bears no date is taken for new."""
    return published is not None and first_seen - published > timedelta(hours=max_age_hours)


def as_dict(value: Struct) -> dict[str, Any]:
    """A struct as plain JSON types, for people and machines."""
    import msgspec

    built: dict[str, Any] = msgspec.to_builtins(value)
    return built
