"""Trims while others read, as the service does, and samples what is left after each trimming."""

import time
from collections import defaultdict
from collections.abc import Container, MutableMapping
from typing import Any

from structlog.testing import capture_logs

from bench.readers.judge import Sample
from bench.readers.reading import STREAMS
from storage.connection import Redis, text
from storage.keys import Keys
from workers.bootstrap import Tools
from workers.retain import retain


class Watch:
    """Trims every so many seconds."""

    def __init__(self, client: Redis, tools: Tools, every_s: float) -> None:
        self.client, self._tools, self._every_s = client, tools, every_s
        self._next_s = time.monotonic()
        self.samples: dict[str, list[Sample]] = defaultdict(list)
        self.trims_s: list[float] = []  # how long each took
        self.said: list[tuple[float, MutableMapping[str, Any]]] = []  # warnings, each with when it came

    def turn(self) -> None:
        """Wait until it is time, trim, and sample."""
        time.sleep(max(0.0, self._next_s - time.monotonic()))
        self._next_s = time.monotonic() + self._every_s
        started = time.perf_counter()
        with capture_logs() as lines:
            retain(self._tools)
        self.trims_s.append(time.perf_counter() - started)
        self.said += [(time.time(), line) for line in lines]
        for stream in STREAMS:
            self.samples[stream].append(self._sample(stream))

    def _sample(self, stream: str) -> Sample:
        client: Any = self.client
        at_s = time.time()
        oldest, length = client.xrange(stream, count=1), client.xlen(stream)
        first = int(oldest[0][1][b"sequence"]) if oldest else last_number(self.client, stream) + 1
        return Sample(at_s, first, length)


def last_number(client: Redis, stream: str) -> int:
    """The number of the stream's last entry."""
    number: Any = client.hget(Keys()("sequences"), stream)
    return int(number or 0)


def is_read(client: Redis, groups: Container[str]) -> bool:
    """Whether each of these groups was given everything, and has acknowledged it."""
    info: Any = client
    return all(
        not group["pending"] and group["last-delivered-id"] == info.xinfo_stream(stream)["last-generated-id"]
        for stream in STREAMS
        for group in info.xinfo_groups(stream)
        if text(group["name"]) in groups
    )
