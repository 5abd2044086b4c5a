"""What the service's processes take while they run (from /proc), and when its feeds are due (from the frontier)."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from storage.connection import Redis
from storage.keys import Keys

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Sample(Struct, frozen=True):
    """What a process and its descendants take: RSS, and CPU time since they began, also of those that have ended."""

    at_s: float
    rss_bytes: int
    cpu_s: float


def samples(roots: Mapping[str, int], at_s: float) -> dict[str, Sample]:
    """A sample of each of these process trees: name → process id of its root."""
    children = defaultdict(list)
    stats: dict[int, list[str]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        stats[int(folder.name)] = fields
        children[int(fields[1])].append(int(folder.name))
    found = {}
    for name, root in roots.items():
        tree = [root]
        for pid in tree:  # grows while it is walked
            tree += children[pid]
        mine = [stats[pid] for pid in tree if pid in stats]
        if mine:
            rss = sum(int(fields[21]) for fields in mine) * _PAGE_BYTES
            # utime, stime, and of children that were waited for cutime, cstime: proc(5), counted from the state.
            found[name] = Sample(at_s, rss, sum(sum(map(int, fields[11:15])) for fields in mine) * _TICK_S)
    return found


def growth(found: Sequence[Sample]) -> float:
    """By which share of its mean the memory grows over these samples: the slope of the line that fits them best."""
    times = [sample.at_s for sample in found]
    sizes = [sample.rss_bytes for sample in found]
    if len(found) < 3:
        return 0.0
    mean_s, mean_bytes = sum(times) / len(times), sum(sizes) / len(sizes)
    variance = sum((at - mean_s) ** 2 for at in times)
    slope = sum((at - mean_s) * (size - mean_bytes) for at, size in zip(times, sizes, strict=True)) / variance
    return slope * (times[-1] - times[0]) / mean_bytes


def due_times(client: Redis, hosts: Iterable[str]) -> dict[str, float]:
    """When each item that waits at these hosts is due, in s since 1970."""
    pipeline = client.pipeline(transaction=False)
    for host in hosts:
        pipeline.zrange(Keys()("frontier", "host", host), 0, -1, withscores=True)
    rows: list[list[tuple[Any, float]]] = pipeline.execute()
    return {item.decode(): due_ms / 1000 for row in rows for item, due_ms in row}
