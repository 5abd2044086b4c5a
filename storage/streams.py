"""The output streams: what an entry looks like, reading them, and trimming them by age."""

from typing import Any

import msgspec

from newswire.event import TYPES, Event, encode, flat_fields
from storage.connection import Redis, text, unavailable
from storage.keys import Keys

MAIN, COPIES, REJECTS = "", "copies", "rejects"
ALL = (MAIN, COPIES, REJECTS)

_OURS = frozenset(TYPES.values())


def fields_of(event: Event[Any], body_field: str = "data") -> list[str | bytes]:
    """An entry's names and values: the CloudEvents document, and beside it what readers filter by."""
    flat = [part for pair in flat_fields(event).items() for part in pair]
    return [*flat, body_field, encode(event)]


class Streams:
    """Reads and trims. Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys, *, body_field: str = "data") -> None:
        self._client = client
        self._keys = keys
        self._body_field = body_field.encode()

    def read(
        self, names: tuple[str, ...], after: dict[str, str], *, block_ms: int | None
    ) -> list[tuple[str, str, Any]]:
        """Up to 500 entries a stream later than the ids in `after`: (stream, entry id, document), by time.

        `after` maps a stream's name to an entry id, "0" for all, "$" for what comes from now on; it is moved on. Waits
        up to `block_ms` for one (None: not at all; 0: for ever).
        """
        by_key = {self._keys.stream(name).encode(): name for name in names}
        positions: dict[Any, Any] = {key: after.get(name, "0") for key, name in by_key.items()}
        with unavailable():
            reply: Any = self._client.xread(positions, count=500, block=block_ms)
        events = []
        for key, entries in reply or ():
            name = by_key[key]
            for entry_id, fields in entries:
                after[name] = text(entry_id)
                if document := _document(fields.get(self._body_field, b"")):
                    events.append((name, after[name], document))
        return sorted(events, key=lambda event: _id_order(event[1]))

    def last_ids(self, names: tuple[str, ...]) -> dict[str, str]:
        """The id of each stream's last entry, "0" for an empty one: from there on nothing is missed."""
        last = {}
        with unavailable():
            for name in names:
                entries: Any = self._client.xrevrange(self._keys.stream(name), count=1)
                last[name] = text(entries[0][0]) if entries else "0"
        return last

    def lengths(self) -> dict[str, int]:
        """The number of entries in each stream, by its key."""
        with unavailable():
            return {self._keys.stream(name): int(self._client.xlen(self._keys.stream(name))) for name in ALL}

    def trim(self, older_than_ms: int) -> None:
        """Take out entries older than a time, in ms since 1970; whole nodes only, so a little may stay longer."""
        with unavailable():
            for name in ALL:
                self._client.xtrim(self._keys.stream(name), minid=older_than_ms, approximate=True)


def _document(body: bytes) -> dict[str, Any] | None:
    """An entry's document; None for one that others put there, which is no event of ours."""
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    ours = isinstance(document, dict) and document.get("type") in _OURS and isinstance(document.get("data"), dict)
    return document if ours else None


def _id_order(entry_id: str) -> tuple[int, int]:
    ms, _, sequence = entry_id.partition("-")
    return int(ms), int(sequence or 0)
