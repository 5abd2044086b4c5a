"""Entries once more: read from a stretch of a stream, or copied to another stream as they are, ids and all.

A copy that was cut off is gone on with: it begins after the target's last id, and appends nothing twice.
"""

from collections.abc import Iterator
from typing import Any

import redis

from storage.connection import Redis, text, unavailable
from storage.errors import BadTarget
from storage.keys import Keys
from storage.retention import order

# Entries in one round trip: at 3 KB each about a megabyte and a half.
PAGE = 500

Entry = tuple[str, dict[Any, Any]]  # its id and its fields, as bytes


class Replay:
    """Reads and copies entries. Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys, *, body_field: str = "data") -> None:
        self._client = client
        self._keys = keys
        self._body_field = body_field.encode()

    def first(self, name: str) -> tuple[str, int] | None:
        """The id and the number of the first entry that a stream still has; None when it has none."""
        with unavailable():
            found: Any = self._client.xrange(self._keys.stream(name), count=1)
        if not found:
            return None
        number = found[0][1].get(b"sequence", b"")  # others may have put an entry there, with whatever in it
        return text(found[0][0]), int(number) if number.isdigit() else 0

    def pages(self, name: str, since: str, until: str = "+") -> Iterator[list[Entry]]:
        """The entries from one id to another, with both, some hundreds at a time; "+" is the end once it is reached."""
        start = since
        while True:
            with unavailable():
                found: Any = self._client.xrange(self._keys.stream(name), start, until, count=PAGE)
            if not found:
                return
            yield [(text(entry_id), fields) for entry_id, fields in found]
            start = f"({text(found[-1][0])}"

    def document(self, entry: Entry) -> bytes:
        """What an entry says; b"" for one that others have put there."""
        return bytes(entry[1].get(self._body_field, b""))

    def goes_on(self, name: str, target: str, since: str) -> str:
        """From where on a copy to a target has to begin: at `since`, or after what the target has of it.

        Raises BadTarget for a stream of our own, for what is no stream, and where the target has later entries that are
        not the copied stream's.
        """
        if self._keys.name_of(target) == "" or target.startswith(self._keys.prefix):
            raise BadTarget(f"{target} is the service's own: name another stream")
        with unavailable():
            kind = text(self._client.type(target))
            if kind not in ("none", "stream"):
                raise BadTarget(f"{target} is no stream but a {kind}")
            last = "0-0" if kind == "none" else text(self._client.xinfo_stream(target)["last-generated-id"])
            if last == "0-0" or order(last) < order(since):
                return since
            ours: Any = self._client.xrange(self._keys.stream(name), last, last)
            theirs: Any = self._client.xrange(target, last, last)
            first = self.first(name)
        is_ours = bool(ours) and (not theirs or ours == theirs)
        if not is_ours and first and order(first[0]) <= order(last):
            raise BadTarget(f"{target} has later entries that are not of {self._keys.stream(name)}, up to {last}")
        return f"({last}"

    def append(self, target: str, entries: list[Entry]) -> None:
        """Append entries to a target as they are. Raises BadTarget when somebody else appends there too.

        Ids only grow: whoever comes second is refused, and no entry stands there twice.
        """
        with unavailable():
            pipeline = self._client.pipeline(transaction=True)
            for entry_id, fields in entries:
                pipeline.xadd(target, fields, id=entry_id)
            try:
                pipeline.execute()
            except redis.ResponseError as error:
                if "equal or smaller" in str(error):
                    raise BadTarget(f"somebody else appends to {target} at the same time") from error
                raise
