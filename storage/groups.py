"""Groups of readers: where each stands, and what trimming took from it.

How far a group is behind is told by the entries' own numbers (`sequence`), also when the entry it read last is gone.
Raises `Unavailable` when Redis does not answer.
"""

from typing import Any

from msgspec import Struct

from storage.connection import Redis, script, text, unavailable
from storage.keys import Keys
from storage.retention import Group, Stream
from storage.streams import Streams

# Entries taken off in one step. Of 1,000,000 entries of 3 KB, 50,000 of them pending, half went in 252 steps and 1.0 s;
# the longest held the server for 16 ms. With 10,000 a step it was 26 ms.
STEP = 2000
# Texts deleted in one round trip.
TEXTS_AT_ONCE = 1000


class Loss(Struct, frozen=True, kw_only=True):
    """What a group lost in a trimming."""

    group: str
    unread: int
    unacknowledged: int


class Groups:
    """Reads where groups stand, and trims the streams they read."""

    def __init__(self, client: Redis, keys: Keys, streams: Streams) -> None:
        self._client = client
        self._keys = keys
        self._streams = streams
        self._read = script(client, "frontier", "group", "groups")
        self._trim = script(client, "frontier", "group", "trim")

    def streams(self) -> tuple[Stream, ...]:
        """All our streams with their groups, each as it is at one moment."""
        with unavailable():
            return tuple(self._stream(self._keys.stream(name)) for name in self._streams.names())

    def _stream(self, key: str) -> Stream:
        found: Any = self._read(keys=[key], args=[self._keys.prefix])
        now_ms, entries, first, last, *groups = found
        return Stream(
            key=key,
            now_ms=int(now_ms),
            entries=int(entries),
            first=text(first),
            last_number=int(last),
            groups=tuple(_group(key, int(last), group) for group in groups),
        )

    def trim(self, key: str, keep_from: str, max_entries: int) -> tuple[Loss, ...]:
        """Take off a stream what is before an id, and what is more than so many entries; returns who lost something.

        What was decided a moment ago still holds, for groups only move on. One that woke up or was made since loses
        what it would have lost had it done so a moment later, and that is counted. Two who trim at once do no harm.
        """
        losses: dict[str, Loss] = {}
        gone = True
        while gone:
            with unavailable():
                found: Any = self._trim(keys=[key], args=[self._keys.prefix, keep_from, max_entries, STEP])
            gone, *lost = found
            for name, unread, unacknowledged in lost:
                group = _name(name)
                before = losses.get(group, Loss(group=group, unread=0, unacknowledged=0))
                losses[group] = Loss(
                    group=group,
                    unread=before.unread + int(unread),
                    unacknowledged=before.unacknowledged + int(unacknowledged),
                )
        return tuple(losses.values())

    def drop_texts(self, until_ms: int) -> int:
        """Delete the texts whose entries were appended before a time, in ms since 1970; returns how many.

        No step writes so old a text, hence what is deleted is nobody's.
        """
        dropped = 0
        while True:
            with unavailable():
                found: Any = self._client.zrangebyscore(
                    self._keys("texts"), "-inf", f"({until_ms}", start=0, num=TEXTS_AT_ONCE
                )
                if not found:
                    return dropped
                pipeline = self._client.pipeline(transaction=True)
                pipeline.unlink(*found)
                pipeline.zrem(self._keys("texts"), *found)
                pipeline.execute()
            dropped += len(found)


def _group(stream: str, last_number: int, found: Any) -> Group:
    name, consumers, idle_ms, position, number, pending, oldest, oldest_number, lost = found
    return Group(
        stream=stream,
        name=_name(name),
        consumers=int(consumers),
        idle_ms=int(idle_ms),
        position=text(position),
        number=int(number),
        lag=max(0, last_number - int(number)),
        pending=int(pending),
        oldest_pending=text(oldest),
        oldest_pending_number=int(oldest_number),
        lost=int(lost),
    )


def _name(found: bytes) -> str:
    """A group may be named by any bytes; it is only ever shown."""
    return found.decode(errors="replace")
