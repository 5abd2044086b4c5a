"""The envelope: CloudEvents 1.0 in structured JSON, made, checked, written and read.

Promises that nothing leaves that its own schema would refuse: an event is read back as a reader would before it is
handed on. A `source` and an `id` together are the key of duplicates (CloudEvents 1.0 §3.1), and ids are made from what
the event says, so that a step done twice says the same thing twice.
"""

from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from newswire.article import identity
from newswire.event.parts import ArticleView, Id, Moment, StoryView
from newswire.event.types import FORMER, TYPES

SOURCE = "/wirefold"

T = TypeVar("T", bound=Struct)


class Event(Struct, Generic[T], frozen=True, kw_only=True):
    """A CloudEvents 1.0 envelope; `data` is always an object."""

    specversion: str = "1.0"
    id: Annotated[str, Meta(pattern="^v[0-9a-f]{16}$")]
    source: str = SOURCE
    type: Id
    subject: Id  # the story's id; for a rejected entry the entry's, for a feed the feed's
    time: Moment
    datacontenttype: str = "application/json"
    data: T
    # Its number on the stream it stands on, given when it is appended (CloudEvents' extension `sequence`).
    sequence: Annotated[str, Meta(pattern="^[0-9]{16}$")] | UnsetType = UNSET


class BadEvent(ValueError):  # noqa: N818 - it names what is bad
    """What was to be told does not fit its own schema; the text says where."""


class _Typed(Struct):
    type: str


_TYPE = msgspec.json.Decoder(_Typed)
_DECODERS = {name: msgspec.json.Decoder(Event[data]) for data, name in (TYPES | FORMER).items()}  # type: ignore[valid-type]


def event_of(data: T, subject: str, cause: str, now: Any) -> Event[T]:
    """The event that says this of a subject; the same cause gives the same id."""
    name = TYPES[type(data)]
    return Event(id=identity("v", name, subject, cause), type=name, subject=subject, time=now, data=data)


def encode(event: Event[Any]) -> bytes:
    """The envelope as one JSON document, `}` at its end. Raises BadEvent for what its schema would refuse."""
    try:
        document = msgspec.json.encode(event)
        _DECODERS[event.type].decode(document)
    except (msgspec.ValidationError, msgspec.EncodeError, UnicodeError, OverflowError) as error:
        raise BadEvent(f"{event.type}: {error}") from error
    return document


def decode(document: bytes) -> Event[Any] | None:
    """An event of ours, of this version or of one before it; None for any other document."""
    try:
        decoder = _DECODERS.get(_TYPE.decode(document).type)
        return decoder.decode(document) if decoder else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def flat_fields(event: Event[Any]) -> dict[str, str]:
    """Copies of what readers filter by, to stand beside the document: `id type subject lang agency`."""
    article, story = getattr(event.data, "article", None), getattr(event.data, "story", None)
    if isinstance(article, ArticleView):
        language = article.language
    else:
        language = story.language if isinstance(story, StoryView) else ""
    return {
        "id": event.id,
        "type": event.type,
        "subject": event.subject,
        "lang": language,
        "agency": ",".join(mention.agency for mention in story.agencies) if isinstance(story, StoryView) else "",
    }
