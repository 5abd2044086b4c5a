"""What leaves the house: events, checked, addressed and made ready for the step that appends them.

Promises that an event is checked before a step begins: one that its schema would refuse raises `BadEvent`, and nothing
of the step is written.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from newswire.event.envelope import BadEvent, Event, encode, flat_fields
from newswire.event.parts import StoryText
from newswire.event.types import channel_of
from newswire.routes import Route, routes_of
from newswire.story import Story
from storage.keys import Keys

# A stream is read in batches of hundreds, and a text that long is one in a thousand: it stands in a key of its own.
TEXT_BYTES = 32 * 1024
LEAD_CHARS = 2000  # what stands in the event in its place


class Outbox:
    """Makes events ready for the scripts (storage/lua/ledger.lua)."""

    def __init__(self, keys: Keys, *, body_field: str = "data", routes: tuple[Route, ...] = ()) -> None:
        self._keys = keys
        self._body_field = body_field
        self._routes = routes

    def routed(self, story: Story, events: Iterable[Event[Any]]) -> Story:
        """The story with the routes that these events go to: all that become of it go there too."""
        known = {route.name for route in self._routes}
        names = {name for event in events for name in routes_of(event, self._routes)}
        return replace(story, routes=tuple(sorted((names | set(story.routes)) & known)))

    def packed(self, events: Iterable[Event[Any]], routes: Iterable[str] | None = None) -> Iterator[str | bytes | int]:
        """Events as the scripts take them; `routes` are those of their story, where they are a story's.

        Of each: its streams (blanks between), the key of its text and the text ("" where it is in the document), the
        number of fields and values, those; the last field is the document. Raises BadEvent.
        """
        for event in events:
            names = routes_of(event, self._routes) if routes is None else routes
            streams = [self._keys.channel(channel_of(type(event.data))), *map(self._keys.route, sorted(names))]
            shortened, key, text = self._without_long_text(event)
            flat = [part for pair in flat_fields(event).items() for part in pair]
            fields: list[str | bytes] = [*flat, self._body_field, encode(shortened)]
            yield from (" ".join(streams), key, text, len(fields), *fields)

    def _without_long_text(self, event: Event[Any]) -> tuple[Event[Any], str, bytes]:
        """The event, with the beginning of its text where that is too long; then its key, and the whole of it."""
        content = getattr(event.data, "content", None)
        if not isinstance(content, StoryText) or len(content.text) * 4 <= TEXT_BYTES:
            return event, "", b""
        try:
            text = content.text.encode()
        except UnicodeError as error:
            raise BadEvent(f"{event.type}: {error}") from error
        if len(text) <= TEXT_BYTES:
            return event, "", b""
        key = self._keys("text", event.id)
        shortened = replace(content, text=lead_of(content.text), text_key=key)
        return replace(event, data=replace(event.data, content=shortened)), key, text


def lead_of(text: str) -> str:
    """The first paragraphs of a text, 2,000 characters at most; where they end before half of that, its first words."""
    lead = text[:LEAD_CHARS]
    wholes = (lead.rpartition(mark)[0] for mark in ("\n", " "))
    return next((whole for whole in wholes if len(whole) * 2 >= LEAD_CHARS), lead)
