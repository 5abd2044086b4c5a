"""The envelope: CloudEvents 1.0 in structured JSON, made, checked, written and read.

Promises that nothing leaves that its own schema would refuse, or that a reader would read as something else: an event
is read back as a reader would before it is handed on. A `source` and an `id` together are the key of duplicates
(CloudEvents 1.0 §3.1), and ids are made from what the event says, so that a step done twice says the same thing twice.
"""

from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from newswire.article import identity
from newswire.event.parts import ArticleView, Id, Moment, StoryView, says
from newswire.event.types import FORMER, TYPES

SOURCE = "/wirefold"

T = TypeVar("T", bound=Struct)

Sequence = Annotated[
    str,
    Meta(pattern="^[0-9]{16}$", max_length=16),
    says("the entry's number on its stream, 16 digits: one that is missing is an entry that you have not seen"),
]
Subject = Annotated[Id, says("the story's id; of a rejected entry the entry's, of a feed the feed's")]


class Event(Struct, Generic[T], frozen=True, kw_only=True):
    """A CloudEvents 1.0 envelope; `data` is always an object."""

    specversion: Annotated[Literal["1.0"], says("of CloudEvents")]
    id: Annotated[str, Meta(pattern="^v[0-9a-f]{16}$", max_length=17), says("with `source` the key of duplicates")]
    source: Annotated[str, says("the same for all that one service tells")]
    type: Annotated[Id, says("what happened, and the version in which it is told")]
    subject: Subject
    time: Annotated[Moment, says("when the event was made")]
    datacontenttype: Annotated[Literal["application/json"], says("of `data`")]
    data: T
    sequence: Sequence | UnsetType = UNSET  # given when it is appended


class Flat(Struct, frozen=True, kw_only=True):
    """What stands in an entry beside its document, to filter by without parsing."""

    id: Annotated[str, says("the event's id")]
    type: Annotated[str, says("its full type, such as `org.wirefold.story.published.v1`")]
    subject: Subject
    lang: Annotated[str, says("the language of the printing, ISO 639-1, or empty")]
    agency: Annotated[str, says("the story's agencies, joined by commas, or empty")]
    sequence: Sequence | UnsetType = UNSET  # given when it is appended


class BadEvent(ValueError):  # noqa: N818 - it names what is bad
    """What was to be told does not fit its own schema; the text says where."""


class _Typed(Struct):
    type: str


_TYPE = msgspec.json.Decoder(_Typed)
_DECODERS = {name: msgspec.json.Decoder(Event[data]) for data, name in (TYPES | FORMER).items()}  # type: ignore[valid-type]


def event_of(data: T, subject: str, cause: str, now: datetime) -> Event[T]:
    """The event that says this of a subject; the same cause gives the same id."""
    name = TYPES[type(data)]
    return Event(
        specversion="1.0",
        id=identity("v", name, subject, cause),
        source=SOURCE,
        type=name,
        subject=subject,
        time=now,
        datacontenttype="application/json",
        data=data,
    )


def encode(event: Event[Any]) -> bytes:
    """The envelope as one JSON document, `}` at its end. Raises BadEvent for what its schema would refuse.

    Also for what a document cannot hold: half a character, a time whose zone is no whole number of minutes.
    """
    return written(event, _DECODERS[event.type], event.type)


def written(value: Struct, decoder: msgspec.json.Decoder[Any], name: str) -> bytes:
    """The value as JSON that is read as the same value. Raises BadEvent."""
    try:
        document = msgspec.json.encode(value)
        read = decoder.decode(document)
    except (msgspec.ValidationError, msgspec.EncodeError, UnicodeError, OverflowError) as error:
        raise BadEvent(f"{name}: {error}") from error
    if read != value:
        raise BadEvent(f"{name}: it would be read as something else")
    return document


def decode(document: bytes) -> Event[Any] | None:
    """An event of ours, of this version or of one before it; None for any other document."""
    try:
        msgspec.json.decode(document)  # all of it: fields that no type knows are not looked at otherwise
        decoder = _DECODERS.get(_TYPE.decode(document).type)
        return decoder.decode(document) if decoder else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def flat_fields(event: Event[Any]) -> dict[str, str]:
    """Copies of what readers filter by, to stand beside the document; `sequence` is not known yet."""
    article, story = getattr(event.data, "article", None), getattr(event.data, "story", None)
    if isinstance(article, ArticleView):
        language = article.language
    else:
        language = story.language if isinstance(story, StoryView) else ""
    flat = Flat(
        id=event.id,
        type=event.type,
        subject=event.subject,
        lang=language,
        agency=",".join(mention.agency for mention in story.agencies) if isinstance(story, StoryView) else "",
    )
    return {name: getattr(flat, name) for name in Flat.__struct_fields__ if name != "sequence"}
