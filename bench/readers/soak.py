"""The first phase: three groups read while two processes write and the streams are trimmed."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bench.frontier.crew import served_s
from bench.frontier.visits import percentile
from bench.readers.crew import CONTEXT, Crew, crew
from bench.readers.judge import Sample
from bench.readers.killing import hunt
from bench.readers.reading import STORIES, STREAMS, Pace, make_group, read, tail
from bench.readers.watch import Watch, is_read, last_number
from bench.readers.writers import write
from storage.connection import close, connect
from storage.embedded import bound_to_parent
from workers.bootstrap import Tools
from workers.settings import Settings

WRITERS = 2
WINDOW_S, EVERY_S = 10.0, 1.0
# Two writers commit 110 to 340 events a second on two cores, as others leave them: it falls behind by seven in ten.
SLOW_PER_S = 30.0
GROUPS = {"fast": STREAMS, "slow": STREAMS, "killed": (STORIES,)}  # the example reads the stories
HALF, WHOLE = "snapshot-half", "snapshot"
SAY_S = 15.0

Figures = dict[str, float]


class Run(Struct, frozen=True, kw_only=True):
    """What was seen of the phase; times in s since 1970."""

    started_s: float
    written_s: float  # when the last story was committed
    written_at: int  # which of the samples is of that time
    read_s: float  # when everybody had read all
    samples: Mapping[str, Sequence[Sample]]
    beside: Figures  # what no ledger knows


def soak(url: str, stories: int, kills: int, folder: Path) -> Run:
    """Let them write and read until all have read all, and a window more."""
    client, tools = connect(url), Tools(Settings.model_validate({"redis_url": url}))
    client.config_set("appendonly", "yes")
    tools.limits = replace(tools.limits, window_ms=int(1000 * WINDOW_S))
    watch, beside = Watch(client, tools, EVERY_S), Figures()
    started_s, served = time.time(), served_s(client)
    with crew() as others:
        written_s, written_at, half = _write_and_read(url, stories, kills, folder, watch, others)
        beside["MB of the stories' stream, when all was written"] = int(client.memory_usage(STORIES) or 0) / 1e6
        beside["MB of the server, when all was written"] = int(client.info("memory")["used_memory"]) / 1e6
        while not is_read(client, GROUPS):
            watch.turn()
            others.check()
        read_s = time.time()
        beside["cores used by redis-server"] = (served_s(client) - served) / (read_s - started_s)
        print(f"{read_s - started_s:.0f} s: all is read", file=sys.stderr, flush=True)
        if shoot(url, folder / WHOLE).wait() or half.wait():
            raise RuntimeError("a snapshot failed")
        beside["s a snapshot of all stories"] = time.time() - read_s
        while time.time() < read_s + WINDOW_S + EVERY_S:
            watch.turn()
    tools.close()
    close(client)
    beside["alarms"] = len(watch.said)
    beside["ms a trimming, median"] = 1000 * percentile(sorted(watch.trims_s), 0.5)
    beside["ms a trimming, most"] = 1000 * max(watch.trims_s)
    return Run(
        started_s=started_s,
        written_s=written_s,
        written_at=written_at,
        read_s=read_s,
        samples=watch.samples,
        beside=beside,
    )


def _write_and_read(
    url: str, stories: int, kills: int, folder: Path, watch: Watch, others: Crew
) -> tuple[float, int, subprocess.Popen[bytes]]:
    """Let everybody begin, and wait for the writers; when they ended, the sample then, and a snapshot from half-way."""
    client, written = watch.client, CONTEXT.Event()
    for group, streams in GROUPS.items():
        make_group(client, group, streams)
    others.start(tail, url, folder / "tail", others.stop)
    others.start(read, url, "fast", folder / "fast", others.stop, Pace(0.0, written))
    others.start(read, url, "slow", folder / "slow", others.stop, Pace(SLOW_PER_S, written))
    # Eight in ten of the stories are read before the last kill, in the mean.
    mean = max(1, stories * 8 // 10 // max(1, kills))
    others.start(hunt, url, "killed", folder / "killed", folder / "kills", kills, mean, others.stop)
    writers = [
        others.start(write, url, number, WRITERS, stories, folder / f"writer-{number}") for number in range(WRITERS)
    ]
    half, started_s, said_s = None, time.time(), 0.0
    while half is None or any(writer.is_alive() for writer in writers):
        watch.turn()
        others.check()
        if half is None and last_number(client, STORIES) >= stories / 2:
            half = shoot(url, folder / HALF)
        if time.time() > said_s + SAY_S:
            said_s = time.time()
            print(f"{said_s - started_s:.0f} s: {state_of(watch)}", file=sys.stderr, flush=True)
    others.check()
    written.set()
    return time.time(), len(watch.trims_s) - 1, half


def shoot(url: str, path: Path) -> subprocess.Popen[bytes]:
    """Take a snapshot of all stories, as `wirefold snapshot` does."""
    command = [sys.executable, "-m", "cli.main", "snapshot", "--redis", url, "--out", str(path)]
    return subprocess.Popen(bound_to_parent(command))


def state_of(watch: Watch) -> str:
    """How much was trimmed of each stream, and how much stands there."""
    return ", ".join(
        f"{stream} {rows[-1].first - 1:,} trimmed, {rows[-1].length:,} there" for stream, rows in watch.samples.items()
    )
