"""The output streams: which there are, what an entry looks like, and reading them."""

from typing import Any

import msgspec

from newswire.event.envelope import decode
from newswire.routes import Route
from storage.connection import Redis, text, unavailable
from storage.keys import Keys
from storage.retention import order

MAIN, COPIES, REJECTS = "", "copies", "rejects"
ALL = (MAIN, COPIES, REJECTS)


class Streams:
    """Reads them. Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys, *, body_field: str = "data", routes: tuple[Route, ...] = ()) -> None:
        self._client = client
        self._keys = keys
        self._body_field = body_field.encode()
        self._routes = {f"route:{route.name}" for route in routes}

    def names(self) -> tuple[str, ...]:
        """The names of all our streams: the three, and the routes, also those that no setting names any more."""
        with unavailable():
            written: Any = self._client.hkeys(self._keys("sequences"))
        found = {self._keys.name_of(text(key)) for key in written} | self._routes
        return (*ALL, *sorted(found.difference(ALL)))

    def named(self, said: str) -> str | None:
        """The name of the stream that somebody means: by its key, by its name, or `wirefold`; None for none of ours."""
        name = MAIN if said == "wirefold" else self._keys.name_of(said)
        return name if name in self.names() else None

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
        return sorted(events, key=lambda event: order(event[1]))

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
            return {key: int(self._client.xlen(key)) for key in map(self._keys.stream, self.names())}
