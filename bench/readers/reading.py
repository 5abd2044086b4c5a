"""Plain readers of all streams, each a process: one without a group, who keeps all, and groups that ack what they have.

They write down what they handled before they acknowledge it.
"""

import time
from collections.abc import Iterator, Sequence
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from bench.readers.ledger import Ledger
from bench.readers.states import facts_of, written
from storage.connection import Redis, close, connect, text
from storage.keys import Keys
from storage.streams import ALL

STREAMS = tuple(Keys().stream(name) for name in ALL)
STORIES = STREAMS[0]
BATCH = 100
BLOCK_MS = 200
CONSUMER = "one"


class Pace(Struct, frozen=True):
    """How fast a group handles: at most so many a second until it is `let`, then as it can; 0 is as it can."""

    per_s: float
    let: Event


def tail(url: str, path: Path, stop: Event) -> None:
    """Write down every entry as it appears, with its id, and what one of the stories' stream says of them."""
    client, ledger = connect(url), Ledger(path)
    after: dict[Any, Any] = dict.fromkeys(STREAMS, "0")
    while not stop.is_set():
        for stream, entry_id, fields in entries_of(client.xread(after, count=BATCH, block=BLOCK_MS)):
            facts = written(facts_of(msgspec.json.decode(fields[b"data"])["data"])) if stream == STORIES else ""
            ledger.write(stream, text(fields[b"id"]), fields[b"sequence"], f"{entry_id} {facts}")
            after[stream] = entry_id
    close(client)


def read(url: str, group: str, path: Path, stop: Event, pace: Pace) -> None:
    """Handle every entry as the one consumer of a group, and acknowledge it at once."""
    client, ledger = connect(url), Ledger(path)
    started, handled = time.monotonic(), 0
    while not stop.is_set():
        room = BATCH
        if pace.per_s and not pace.let.is_set():
            room = min(BATCH, int(pace.per_s * (time.monotonic() - started)) - handled)
            if room < 1:
                time.sleep(1 / pace.per_s)
                continue
        new: dict[Any, Any] = dict.fromkeys(STREAMS, ">")
        for stream, entry_id, fields in entries_of(client.xreadgroup(group, CONSUMER, new, count=room, block=BLOCK_MS)):
            ledger.write(stream, text(fields[b"id"]), fields[b"sequence"])
            client.xack(stream, group, entry_id)
            handled += 1
    close(client)


def make_group(client: Redis, group: str, streams: Sequence[str] = STREAMS) -> None:
    """A group that reads these streams from the beginning."""
    for stream in streams:
        client.xgroup_create(stream, group, id="0", mkstream=True)


def entries_of(reply: Any) -> Iterator[tuple[str, str, dict[bytes, bytes]]]:
    """The entries of a reply, each with its stream and its id."""
    for stream, entries in reply or ():
        for entry_id, fields in entries:
            yield text(stream), text(entry_id), fields
