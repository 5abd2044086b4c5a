"""The output streams: what an entry looks like, reading them, and trimming them by age."""

from typing import Any

import msgspec

from newswire.event.envelope import decode
from storage.connection import Redis, text, unavailable
from storage.keys import Keys

MAIN, COPIES, REJECTS = "", "copies", "rejects"
ALL = (MAIN, COPIES, REJECTS)


class Streams:
    """Reads and trims. Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys, *, body_field: str = "data") -> None:
        self._client = client
        self._keys = keys
        self._body_field = body_field.encode()

    def read(
        self, names: tuple[str, ...], after: dict[str, str], *, block_ms: int | None
    ) -> list[tuple[str, str, Any]]:
        """The next events later than the ids in `after`, up to 500 a stream: (stream, entry id, document), by time.

        `after` maps a stream's name to an entry id, "0" for all; it is moved on. Waits up to `block_ms` for one (None:
        not at all). What others have put into a stream is passed over.
        """
        by_key = {self._keys.stream(name).encode(): name for name in names}
        events: list[tuple[str, str, Any]] = []
        while not events:
            positions: dict[Any, Any] = {key: after.get(name, "0") for key, name in by_key.items()}
            with unavailable():
                reply: Any = self._client.xread(positions, count=500, block=block_ms)
            for key, entries in reply or ():
                name = by_key[key]
                after[name] = text(entries[-1][0])
                read = ((text(entry_id), fields.get(self._body_field, b"")) for entry_id, fields in entries)
                events += [(name, entry_id, msgspec.json.decode(body)) for entry_id, body in read if decode(body)]
            if not reply:
                break
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


def _id_order(entry_id: str) -> tuple[int, int]:
    ms, _, sequence = entry_id.partition("-")
    return int(ms), int(sequence or 0)
