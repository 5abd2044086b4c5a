"""What the sample newsroom publishes, when, and what is true of it. Pure: the clock is a parameter.

Publishers, persons and events are invented, and so are the texts: they were written for this project. `articles.jsonl`
holds one printing a line: its link, the second of the programme at which it appears, the text as [kind, words] pairs
(kinds: see `makes.py`), and beside them the truth that a reader of the stream may be held against.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from newswire.article import identity
from newswire.decision import Relation
from newswire.feed import Feed

LENGTH_S = 55
"""Seconds after which the programme says that it is over; the last printing appears at 50."""


class Publisher(Struct, frozen=True, kw_only=True):
    """One site: how its feeds and its pages are made, and its manners as a server."""

    host: str
    name: str
    language: str
    feed_make: str  # a key of syndication.MAKES
    page_make: str  # a key of makes.MAKES
    feed_paths: tuple[str, ...]
    tracking: str = ""  # what its feed appends to every link
    charset: str = "utf-8"
    robots: str = "User-agent: *\nDisallow: /admin/\n"
    latency_s: float = 0.0
    gzip: bool = False


class Words(Struct, frozen=True, kw_only=True):
    """What a site says around its articles, in one language."""

    sections: tuple[str, ...]
    share: str
    read_more: str
    newsletter: str
    popular: tuple[str, ...]
    comments: str
    legal: str


class Newsroom(Struct, frozen=True, kw_only=True):
    """The sites, and their words by language."""

    publishers: tuple[Publisher, ...]
    words: dict[str, Words]


class Printing(Struct, frozen=True, kw_only=True):
    """One article of one publisher, and what is true of it.

    `relation` is the sub-editor's word (a key of AGREES) and `agencies` those that this page itself credits; where
    `rejected` names a reason, nothing more is claimed, and `body` is what stands behind the wall.
    """

    link: str
    offset_s: int
    language: str
    title: str
    byline: str
    body: tuple[tuple[str, str], ...]
    story: str = ""
    coverage: str = ""
    relation: str = ""
    agencies: tuple[str, ...] = ()
    rejected: str = ""
    fails_first: bool = False  # its page answers 503 to the first request

    @property
    def host(self) -> str:
        """Whose it is."""
        return urlsplit(self.link).netloc

    @property
    def guid(self) -> str:
        """What names it in those feeds that do not use the link: the same in each run."""
        return identity("n", self.link)

    @property
    def path(self) -> str:
        """Path and query of the link, as a request carries them."""
        return self.link.removeprefix(f"http://{self.host}")

    @property
    def text(self) -> str:
        """What an extraction should bring home: paragraphs, subheadings and list items, a line each."""
        return "\n".join(words for kind, words in self.body if kind in ("p", "h2", "li"))


AGREES: Mapping[str, frozenset[Relation]] = MappingProxyType(
    {
        "original": frozenset({Relation.ORIGINAL}),
        "rival": frozenset({Relation.ORIGINAL}),
        "digest": frozenset({Relation.ORIGINAL, Relation.EXCERPT}),
        "exact": frozenset({Relation.COPY}),
        "truncated": frozenset({Relation.COPY, Relation.EDITED}),
        "edited": frozenset({Relation.COPY, Relation.EDITED, Relation.EXTENDED}),
        "extended": frozenset({Relation.EXTENDED, Relation.EDITED}),
        "mt": frozenset({Relation.TRANSLATION}),
        "translation": frozenset({Relation.TRANSLATION}),
        "update": frozenset({Relation.UPDATE}),
        "correction": frozenset({Relation.CORRECTION}),
    }
)
"""The service's relations that agree with the sub-editor's word: where copy ends and edited begins is a convention."""


class Expected(Struct, frozen=True, kw_only=True):
    """The truth about one entry: a story with its coverage, or the reason why it ends rejected."""

    link: str
    story: str  # the same key for all printings of one story; says nothing about the service's ids
    coverage: str
    relations: frozenset[Relation]  # any of them is right
    agencies: tuple[str, ...]  # whom this page credits with the text
    rejected: str


class Clock(Struct, frozen=True, kw_only=True):
    """The programme's time: when it began, and how many of its seconds pass in one."""

    start: datetime
    speed: float = 1.0

    def elapsed_s(self, now: datetime) -> float:
        """Seconds of the programme that have passed."""
        return (now - self.start).total_seconds() * self.speed

    def date(self, offset_s: int) -> datetime:
        """When a printing appears: the date that its feed and its page show."""
        return self.start + timedelta(seconds=offset_s / self.speed)


@cache
def newsroom() -> Newsroom:
    """The sites as `newsroom.toml` has them."""
    return msgspec.toml.decode(Path(__file__).with_name("newsroom.toml").read_bytes(), type=Newsroom)


@cache
def printings() -> tuple[Printing, ...]:
    """All printings, in order of appearance."""
    lines = Path(__file__).with_name("articles.jsonl").read_bytes().splitlines()
    return tuple(msgspec.json.decode(line, type=Printing) for line in lines)


def published(elapsed_s: float, host: str = "") -> tuple[Printing, ...]:
    """The printings that have appeared by then: those of one host, or all."""
    return tuple(p for p in printings() if p.offset_s <= elapsed_s and host in ("", p.host))


def is_over(elapsed_s: float) -> bool:
    """Whether nothing more will appear."""
    return elapsed_s >= LENGTH_S


def feeds() -> tuple[Feed, ...]:
    """The catalogue that follows the newsroom: every feed of every publisher, the broken one too."""
    return tuple(
        Feed(id=identity("f", url), url=url, publisher=publisher.host, title=publisher.name, tags=("sample",))
        for publisher in newsroom().publishers
        for url in (f"http://{publisher.host}{path}" for path in publisher.feed_paths)
    )


def hosts() -> tuple[str, ...]:
    """The invented host names that a fetcher has to map to the server's address."""
    return tuple(publisher.host for publisher in newsroom().publishers)


def expected() -> tuple[Expected, ...]:
    """What the service should make of each entry, in order of appearance."""
    return tuple(
        Expected(
            link=p.link,
            story=p.story,
            coverage=p.coverage,
            relations=AGREES[p.relation] if p.relation else frozenset(),
            agencies=p.agencies,
            rejected=p.rejected,
        )
        for p in printings()
    )
