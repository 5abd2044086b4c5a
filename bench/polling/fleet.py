"""The publishers of `bench/polling` on one loopback port, told apart by the Host header, with a ledger of their own.

    python -m bench.polling.fleet HOSTS FEEDS PAGES_PER_S LEDGER

Prints its port when it listens; on SIGTERM writes LEDGER, and ends. Every answer takes
0.2 s. A request begins when its head was read, later than its client sent it, and ends before the last byte is written,
sooner than its client has it: two requests seen too close were too close.
"""

import asyncio
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from bench.polling.publishers import RETRY_AFTER_S, Feed, Kind, Publishers, page, robots_of

LATENCY_S = 0.2

# What was printed in that time stands in the feeds when the run begins, as it does in the world: the first poll brings
# news, and every process has done all its kinds of work before its memory is judged.
HEAD_START = timedelta(minutes=5)


class Request(Struct, frozen=True):
    """A row of the ledger; times in s since 1970."""

    host: str
    path: str
    start_s: float
    end_s: float
    status: int  # 0: broken off by the client


class Answer(NamedTuple):
    """What a request gets."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = {}  # noqa: RUF012 - a NamedTuple's default, never changed
    drips: bool = False


class Fleet:
    """All hosts."""

    def __init__(self, publishers: Publishers) -> None:
        self._publishers = publishers
        self._feeds = {str(feed.number): feed for feed in publishers.feeds}
        self._asked: Counter[int] = Counter()
        self._start = datetime.now(UTC) - HEAD_START
        self.ledger: list[Request] = []

    def answer(self, host: str, path: str, known: str) -> Answer:
        """What a host has under a path; `known` is the ETag that the client has."""
        kind = self._publishers.kinds.get(host)
        if kind is None:
            return Answer(421)
        _, room, rest = path.split("/", 2) if path.count("/") > 1 else ("", path[1:], "")
        if room == "robots.txt":
            rules = robots_of(kind)
            return Answer(503) if kind is Kind.SILENT_RULES else Answer(200, rules) if rules else Answer(404)
        if room == "page":
            return Answer(200, page(int(rest)), {"Content-Type": "text/html; charset=utf-8"})
        feed = self._feeds.get(rest)
        if feed is None:
            return Answer(404)
        return self._moved(feed) if feed.leads_to and room == "feed" else self._feed(feed, known)

    def _moved(self, feed: Feed) -> Answer:
        return Answer(301 if feed.number % 2 else 302, headers={"Location": feed.leads_to})

    def _feed(self, feed: Feed, known: str) -> Answer:
        self._asked[feed.number] += 1
        asked = self._asked[feed.number]
        if feed.kind in (Kind.GONE, Kind.ENDED):
            return Answer(404 if feed.kind is Kind.GONE else 410)
        if feed.kind in (Kind.FLAKY, Kind.PATIENT) and asked % 4 == 0:
            return Answer(503)
        if feed.kind is Kind.BUSY and asked % 5 == 0:
            return Answer(429, headers={"Retry-After": f"{RETRY_AFTER_S:.0f}"})
        elapsed_s = (datetime.now(UTC) - self._start).total_seconds()
        body = self._publishers.document(feed, self._start, elapsed_s)
        headers = {"Content-Type": "application/rss+xml; charset=utf-8"}
        if feed.kind is not Kind.BARE:
            headers["ETag"] = f'"{sha256(body).hexdigest()[:16]}"'
            if known == headers["ETag"]:
                return Answer(304, headers=headers)
        return Answer(200, body, headers, drips=feed.kind is Kind.DRIP)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept alive."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                start_s = time.time()
                lines = head.decode("latin-1").split("\r\n")
                path = lines[0].split(" ")[1]
                headers = {
                    name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])
                }
                await asyncio.sleep(LATENCY_S)
                host = headers.get("host", "").partition(":")[0]
                answer = self.answer(host, path, headers.get("if-none-match", ""))
                is_whole = await _send(reader, writer, answer) if answer.drips else True
                self.ledger.append(Request(host, path, start_s, time.time(), answer.status if is_whole else 0))
                if not is_whole:
                    break
                writer.write(_wire(answer) if not answer.drips else b"")
                await writer.drain()
        writer.close()


def _wire(answer: Answer) -> bytes:
    length = {} if answer.status == 304 else {"Content-Length": str(len(answer.body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in {**answer.headers, **length}.items())
    return f"HTTP/1.1 {answer.status} Said\r\n{head}\r\n".encode() + answer.body


async def _send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: Answer) -> bool:
    """Send a byte a second; whether the client stayed to the end."""
    wire = _wire(answer)
    head = wire.index(b"\r\n\r\n") + 4
    writer.write(wire[:head])
    for at in range(head, len(wire)):
        writer.write(wire[at : at + 1])
        with suppress(TimeoutError):
            await asyncio.wait_for(reader.read(1), 1.0)
            return False  # nobody sends before it has its answer: it hung up
    return True


async def _main(fleet: Fleet) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = await asyncio.start_server(fleet.serve, "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await stop.wait()
    server.close()


def read_ledger(path: Path) -> list[Request]:
    """The ledger as written."""
    return msgspec.msgpack.decode(path.read_bytes(), type=list[Request])


if __name__ == "__main__":
    everybody = Fleet(Publishers(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
    asyncio.run(_main(everybody))
    Path(sys.argv[4]).write_bytes(msgspec.msgpack.encode(everybody.ledger))
