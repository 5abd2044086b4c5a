"""The parts that events are made of: a story after the event, a text, a printing, why, when, and the rights.

Promises that what was written under a version is read for as long as that version is: a part only ever gains fields,
and each of those has a default. What a field may hold is said here and checked before anything is written (envelope).
Its words are the only ones: JSON Schemas, AsyncAPI and the tables of docs/events.md are made from them.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from newswire.article import Dateline, Mention
from newswire.decision import Relation


def says(what: str) -> Meta:
    """A field's description, for `Annotated`."""
    return Meta(description=what)


# The length is said too: to Python, `$` also stands before a newline at the end.
StoryId = Annotated[str, Meta(pattern="^s[0-9a-f]{16}$", max_length=17)]
CoverageId = Annotated[str, Meta(pattern="^c[0-9a-f]{16}$", max_length=17)]
Id = Annotated[str, Meta(min_length=1)]
Moment = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=1)]
Share = Annotated[float, Meta(ge=0, le=1)]
Readable = Literal["full", "feed_text"]  # the verdicts that are told as stories; there may be more of the others


class StoryView(Struct, frozen=True, kw_only=True):
    """The story after the event: a reader who knows nothing else can act on it."""

    id: Annotated[StoryId, says("stable: the same as long as the story is known")]
    revision: Annotated[
        Count, says("1 when published; grows by one with each update, correction, withdrawal, merge and split")
    ]
    coverage: Annotated[CoverageId, says("the coverage's id")]
    origin: Annotated[Id, says("the id of the article it began with")]
    language: Annotated[str, says("of that article, ISO 639-1, or empty")] = ""
    title: Annotated[str, says("of what it says now: its first text's, or its latest revision's")] = ""
    withdrawn: Annotated[
        bool, says("true: taken back whole, not to be used any more; a later event may say that it is back")
    ] = False
    first_seen: Annotated[Moment, says("when the first of its entries was seen")]
    agencies: Annotated[tuple[Mention, ...], says("who wrote it, as its printings say together")]
    publishers: Annotated[tuple[str, ...], says("each once, in order of appearance")]
    printings: Annotated[Count, says("how many so far")]
    independent_sources: Annotated[
        int,
        says(
            "origins in its coverage: agencies, else owners of sites as far as known; forty printings of one agency's "
            "text are one, and so are two sites of one newsroom; an excerpt beside what it quotes is none"
        ),
    ]


class StoryText(Struct, frozen=True, kw_only=True):
    """The text of the printing that caused the event."""

    language: Annotated[str, says("ISO 639-1, or empty")]
    title: Annotated[str, says("as printed")]
    text: Annotated[
        str,
        Meta(min_length=1),
        says("paragraphs parted by one newline; the beginning, where `text_key` is given"),
    ]
    text_key: Annotated[
        str, says("the Redis key (a string, UTF-8) with the whole of a text of more than 32 KB, or empty")
    ] = ""
    byline: Annotated[str, says("as printed")]
    dateline: Annotated[Dateline, says("place, date and agency, each as printed, or empty")]


class ArticleView(Struct, frozen=True, kw_only=True):
    """The printing that caused the event."""

    id: Annotated[Id, says("the entry's id: `wirefold explain` takes it")]
    publisher: Annotated[str, says("a host without `www.`")]
    url: Annotated[str, says("the canonical link")]
    language: Annotated[str, says("ISO 639-1, or empty")]
    title: Annotated[str, says("as printed")]
    byline: Annotated[str, says("as printed")]
    authors: Annotated[tuple[str, ...], says("the people of the byline, each by name")] = ()
    section: Annotated[str, says("where its publisher files it, as printed, or empty")] = ""
    image: Annotated[
        str,
        says("the address of its picture, or empty; neither this nor `section` is known any more in `story.split`"),
    ] = ""
    syndicated_from: Annotated[
        str, says("the page of another publisher that it names as its canonical link, or empty")
    ] = ""
    tags: Annotated[tuple[str, ...], says("of the feed that announced it")] = ()
    verdict: Annotated[Readable, says("`full`, or `feed_text` when the page gave less than the feed did")]
    agencies: Annotated[tuple[Mention, ...], says("as this printing alone says")]
    photo_agencies: Annotated[tuple[Mention, ...], says("of its photos; they say nothing of the text")]


class MatchView(Struct, frozen=True, kw_only=True):
    """Why it was taken for what it is."""

    relation: Annotated[Relation, says(f"how it stands to the story: {', '.join(f'`{one}`' for one in Relation)}")]
    score: Annotated[Share, says("0 to 1")]
    rule: Annotated[Id, says("the rule that decided, one word")]
    against: Annotated[str, says("the id of the article it was held against, or empty")]
    evidence: Annotated[tuple[str, ...], says("what agreed and what did not, in short lines")]


class ChangeClass(StrEnum):
    """What a revision is to what was told before."""

    UPDATE = "update"  # it brings news
    CORRECTION = "correction"  # it says that something was wrong, or one figure stands for another
    REPUBLICATION = "republication"  # sent anew as a version of its own, and nothing in it is new


class Change(Struct, frozen=True, kw_only=True):
    """What a revision changed, held against the text of `match.against`."""

    kind: Annotated[
        ChangeClass,
        says(
            "`update`: it brings news; `correction`: something was wrong; `republication`: sent anew as a version of "
            "its own, with no new sentence, none gone, no other figure or name, and nine tenths of its words in a row"
        ),
    ]
    title_before: Annotated[str, says("the title, where it is another now, or empty")] = ""
    kept: Annotated[
        Share, says("how much of the earlier text stands, 0 to 1: runs of five words, quotations left out")
    ] = 0.0
    added: Annotated[
        tuple[str, ...], says("sentences that the earlier text has not, in other words either, as printed")
    ] = ()
    removed: Annotated[tuple[str, ...], says("sentences of the earlier text that are gone, likewise")] = ()
    figures: Annotated[tuple[str, ...], says("one for another in a sentence that else stands, as `3 → 7`")] = ()


class Clocks(Struct, frozen=True, kw_only=True):
    """Times in UTC; `published` and `modified` are null where the publisher gave none."""

    published: Annotated[
        Moment | None,
        says("as the publisher says, or null; a time without a zone is read by the clock of the publisher's country"),
    ]
    is_dated_by_day: Annotated[
        bool, says("true where `published` is the midnight of a day: neither page nor feed say a time")
    ] = False
    modified: Annotated[
        Moment | None, says("when it was last changed, as the publisher says, or null; null in `story.split`")
    ] = None
    first_seen: Annotated[Moment, says("when the first of its entries was seen")]
    fetched: Annotated[Moment, says("when the page was fetched")]
    emitted: Annotated[Moment, says("when the event was made")]


class Rights(Struct, frozen=True, kw_only=True):
    """What the page says of its use."""

    robots: Annotated[str, says('robots meta and X-Robots-Tag, or ""')]
    tdm_reserved: Annotated[
        bool | None,
        says("the TDM Reservation Protocol's word, of the page and of its headers: true, false, or null"),
    ] = None
    tdm_policy: Annotated[str, says('the address of its terms, or ""')] = ""
    licence: Annotated[str, says('the address of a licence or of terms of use, or its name, or ""')] = ""
    copyright: Annotated[str, says('a notice, or who holds it, or ""')] = ""
