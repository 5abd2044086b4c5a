"""The first phase: three groups read while two processes write and the streams are trimmed."""

import sys
import time
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from bench.frontier.crew import served_s
from bench.readers.crew import CONTEXT, crew
from bench.readers.judge import Sample
from bench.readers.killing import hunt
from bench.readers.reading import STREAMS, Pace, make_group, read, tail
from bench.readers.watch import Watch, is_read
from bench.readers.writers import write
from storage.connection import close, connect
from storage.keys import Keys
from storage.streams import Streams

WRITERS = 2
WINDOW_S = 10.0
# Two writers commit some 300 stories a second on two cores: this one falls behind by nine in ten.
SLOW_PER_S = 30.0
GROUPS = {"fast": STREAMS, "slow": STREAMS, "killed": STREAMS[:1]}  # the example reads the stories
SAY_S = 15.0


class Run(Struct, frozen=True, kw_only=True):
    """What was seen of the phase."""

    started_s: float
    written_s: float  # when the last story was committed
    ended_s: float
    written_at: int  # the sample of that time
    samples: Mapping[str, list[Sample]]
    trims_s: list[float]
    server_cpu_s: float
    stream_bytes: int  # of the stories, when the writers had ended
    used_bytes: int  # of the whole server then
    left: int


def soak(url: str, stories: int, kills: int, folder: Path) -> Run:
    """Let them write and read until all have read all, and a window more."""
    client = connect(url)
    client.config_set("appendonly", "yes")
    for group, streams in GROUPS.items():
        make_group(client, group, streams)
    stop, written = CONTEXT.Event(), CONTEXT.Event()
    streams_ = Streams(client, Keys())
    watch = Watch(client, lambda: streams_.trim(int((time.time() - WINDOW_S) * 1000)))
    started_s, served, said_s = time.time(), served_s(client), 0.0
    with crew() as others:
        others.start(tail, url, folder / "tail", stop)
        others.start(read, url, "fast", folder / "fast", stop, Pace(0.0, written))
        others.start(read, url, "slow", folder / "slow", stop, Pace(SLOW_PER_S, written))
        # Eight in ten of the stories are read before the last kill, in the mean.
        mean = max(1, stories * 8 // 10 // max(1, kills))
        others.start(hunt, url, "killed", folder / "killed", kills, mean, stop, folder / "kills")
        writers = [
            others.start(write, url, number, WRITERS, stories, folder / f"writer-{number}") for number in range(WRITERS)
        ]
        while any(writer.is_alive() for writer in writers):
            watch.turn()
            others.check()
            if time.time() > said_s + SAY_S:
                said_s = time.time()
                print(f"{said_s - started_s:.0f} s: {state_of(watch)}", file=sys.stderr, flush=True)
        others.check()
        written_s, written_at = time.time(), len(watch.trims_s) - 1
        stream_bytes, used_bytes = int(client.memory_usage(STREAMS[0]) or 0), int(client.info("memory")["used_memory"])
        written.set()
        while not is_read(client, GROUPS):
            watch.turn()
            others.check()
        ended_s = time.time()
        print(f"{ended_s - started_s:.0f} s: all is read: {state_of(watch)}", file=sys.stderr, flush=True)
        while time.time() < ended_s + WINDOW_S + 1:
            watch.turn()
        stop.set()
    served = served_s(client) - served
    close(client)
    return Run(
        started_s=started_s,
        written_s=written_s,
        written_at=written_at,
        ended_s=ended_s,
        samples=watch.samples,
        trims_s=watch.trims_s,
        server_cpu_s=served,
        stream_bytes=stream_bytes,
        used_bytes=used_bytes,
        left=sum(samples[-1].length for samples in watch.samples.values()),
    )


def state_of(watch: Watch) -> str:
    """What stands on each stream, for who waits."""
    return ", ".join(
        f"{stream} {rows[-1].first - 1:,} trimmed, {rows[-1].length:,} there" for stream, rows in watch.samples.items()
    )
