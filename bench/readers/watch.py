"""Trims while others read, and samples what is left after each trimming."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bench.readers.judge import Sample
from bench.readers.reading import STREAMS
from storage.connection import Redis, text
from storage.keys import Keys

EVERY_S = 1.0


class Watch:
    """Trims once a second."""

    def __init__(self, client: Redis, trim: Callable[[], object]) -> None:
        self._client, self._trim = client, trim
        self._next_s = time.monotonic()
        self.samples: dict[str, list[Sample]] = defaultdict(list)
        self.trims_s: list[float] = []  # how long each took

    def turn(self) -> None:
        """Wait for the next second, trim, and sample."""
        time.sleep(max(0.0, self._next_s - time.monotonic()))
        self._next_s = time.monotonic() + EVERY_S
        started = time.perf_counter()
        self._trim()
        self.trims_s.append(time.perf_counter() - started)
        for stream in STREAMS:
            self.samples[stream].append(self._sample(stream))

    def _sample(self, stream: str) -> Sample:
        client: Any = self._client
        at_s = time.time()
        oldest, length = client.xrange(stream, count=1), client.xlen(stream)
        first = int(oldest[0][1][b"sequence"]) if oldest else last_number(self._client, stream) + 1
        return Sample(at_s, first, length)


def last_number(client: Redis, stream: str) -> int:
    """The number of the stream's last entry."""
    number: Any = client.hget(Keys()("sequences"), stream)
    return int(number or 0)


def is_read(client: Redis, groups: Iterable[str], streams: Sequence[str] = STREAMS) -> bool:
    """Whether each of these groups was given everything, and has acknowledged it."""
    wanted = set(groups)
    for stream in streams:
        redis: Any = client
        last = text(redis.xinfo_stream(stream)["last-generated-id"])
        for group in redis.xinfo_groups(stream):
            if text(group["name"]) not in wanted:
                continue
            if group["pending"] or text(group["last-delivered-id"]) != last:
                return False
    return True
