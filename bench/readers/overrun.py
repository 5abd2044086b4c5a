"""The second phase: what happens when a reader does not keep up at all, and when nobody reads for a group any more.

A stream may hold few entries, and a group counts as idle after seconds. `stuck` is alive, and never done with the entry
in hand, until it is let on; `lapsed` has no reader any more.
"""

import time
from collections.abc import Mapping
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from bench.bars import Bar
from bench.readers.crew import CONTEXT, crew
from bench.readers.judge import gaps, handled
from bench.readers.ledger import Ledger, rows
from bench.readers.reading import CONSUMER, STORIES, STREAMS, Pace, entries_of, make_group, read
from bench.readers.watch import Watch, is_read
from bench.readers.writers import write
from cli.groups import Row, rows_of
from storage.connection import close, connect, text
from storage.retention import Limits
from workers.bootstrap import Tools
from workers.settings import Settings

COPIES = STREAMS[1]
STORIES_TOLD = 4000
# The alarm is due at 80 % of the entries.
LIMITS = Limits(window_ms=2000, idle_ms=8000, max_entries=2000)
EVERY_S = 0.5
BEFORE = 100  # entries that each of both had read
ASK_S = 0.2

ALARM_FIRST = "s from the alarm until an unread entry was trimmed"
NOT_COUNTED = "entries lost by a stuck group, and not counted"
MISSED_BESIDE = "events missed beside the stuck group, fast"
ENTRIES = "entries on the stream with a stuck group, most"
HELD = "s that a group without readers held its entries"
NAMED = "groups without readers that were named idle, and no other"
LEFT = "entries left for a group without readers"
BARS = (
    Bar(ALARM_FIRST, least=EVERY_S),  # one trimming before, at least
    Bar(NOT_COUNTED, most=0),
    Bar(MISSED_BESIDE, most=0),
    Bar(ENTRIES, most=LIMITS.max_entries + 100),  # what is appended before they are counted
    Bar(HELD, least=LIMITS.idle_ms / 1000 - EVERY_S),
    Bar(NAMED, least=1),
    Bar(LEFT, most=0),
)

Figures = dict[str, float]


def overrun(url: str, folder: Path) -> Figures:
    """Every figure."""
    client, tools = connect(url), Tools(Settings.model_validate({"redis_url": url}))
    tools.limits = LIMITS
    for group, streams in (("fast", STREAMS), ("stuck", [STORIES]), ("lapsed", [COPIES])):
        make_group(client, group, streams)
    watch, on, idle = Watch(client, tools, EVERY_S), CONTEXT.Event(), set[str]()
    with crew() as others:
        others.start(read, url, "fast", folder / "fast", others.stop, Pace(0.0, on))
        others.start(stick, url, folder / "stuck", others.stop, on)
        others.start(lapse, url, folder / "lapsed")
        writers = [others.start(write, url, number, 2, STORIES_TOLD, folder / f"writer-{number}") for number in (0, 1)]
        while any(writer.is_alive() for writer in writers) or not is_read(client, ["fast"]):
            watch.turn()
            others.check()
            idle |= {row.group for row in groups_of(tools) if row.state == "idle"}
        time.sleep(LIMITS.window_ms / 1000)
        watch.turn()
        lost = {(row.stream, row.group): row.lost for row in groups_of(tools)}
        on.set()
        while not is_read(client, ["stuck"]):
            time.sleep(ASK_S)
            others.check()
    tools.close()
    close(client)
    return figures_of(watch, idle, lost, folder)


def groups_of(tools: Tools) -> list[Row]:
    """The groups of all streams, as `wirefold groups` tells them."""
    return [row for stream in tools.groups.streams() for row in rows_of(stream, tools.limits)]


def figures_of(watch: Watch, idle: set[str], lost: Mapping[tuple[str, str], int], folder: Path) -> Figures:
    """Every figure, most of them from the ledgers; `idle` and `lost` are what the service says of the groups."""
    told = {(row.stream, row.event) for number in range(2) for row in rows(folder / f"writer-{number}")}
    fast = {(row.stream, row.event) for row in rows(folder / "fast")}
    stuck, lapsed = handled(rows(folder / "stuck"))[STORIES], handled(rows(folder / "lapsed"))[COPIES]
    last = sum(stream == STORIES for stream, _ in told)
    gone_s, let_go_s = (
        next((sample.at_s for sample in watch.samples[stream] if sample.first > BEFORE + 1), 0.0)
        for stream in (STORIES, COPIES)
    )
    said = [(at_s, line) for at_s, line in watch.said if line.get("group") == "stuck"]
    alarm_s = next((at_s for at_s, line in said if line["event"] == "stream_held_back"), gone_s)
    told_lost = sum(
        line["unread"] + line["unacknowledged"] for _, line in said if line["event"] == "stream_unread_trimmed"
    )
    missing = gaps(stuck.first_s, last)
    return {
        ALARM_FIRST: gone_s - alarm_s,
        NOT_COUNTED: abs(missing - lost[STORIES, "stuck"]) + abs(missing - told_lost),
        MISSED_BESIDE: len(told - fast),
        ENTRIES: max(sample.length for sample in watch.samples[STORIES]),
        HELD: let_go_s - max(lapsed.first_s.values()),
        NAMED: int(idle == {"lapsed"}),
        LEFT: watch.samples[COPIES][-1].length,
        "entries that the stuck group lost, by the ledgers": missing,
        "entries that the lapsed group lost, as the service counts them": lost[COPIES, "lapsed"],
        "entries appended while one was stuck": last,
    }


def stick(url: str, path: Path, stop: Event, on: Event) -> None:
    """Read the stories, be stuck in one until let on, and then read what is left."""
    client, ledger, handled = connect(url), Ledger(path), 0
    new: dict[Any, Any] = {STORIES: ">"}
    while not stop.is_set():
        for stream, entry_id, fields in entries_of(client.xreadgroup("stuck", CONSUMER, new, count=1, block=200)):
            while handled == BEFORE and not on.is_set():
                client.xreadgroup("stuck", CONSUMER, {STORIES: "0"}, count=1)  # what it has in hand: it is alive
                time.sleep(ASK_S)
            if client.xack(stream, "stuck", entry_id):  # nothing to acknowledge: it was trimmed in the reader's hand
                ledger.write(stream, text(fields[b"id"]), fields[b"sequence"])
            handled += 1
    close(client)


def lapse(url: str, path: Path) -> None:
    """Read some copies, acknowledge them, and never come back."""
    client, ledger, handled = connect(url), Ledger(path), 0
    new: dict[Any, Any] = {COPIES: ">"}
    while handled < BEFORE:
        for stream, entry_id, fields in entries_of(client.xreadgroup("lapsed", CONSUMER, new, count=1, block=200)):
            ledger.write(stream, text(fields[b"id"]), fields[b"sequence"])
            client.xack(stream, "lapsed", entry_id)
            handled += 1
    close(client)
