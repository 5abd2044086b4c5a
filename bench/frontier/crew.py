"""Processes that claim at once, as io workers' ticks do: at full speed, or as things come due."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from bench.frontier.catalogue import state_of
from bench.frontier.visits import Visit
from storage.connection import Redis, close, connect
from storage.feeds import Feeds
from storage.frontier import Claim, Frontier
from storage.keys import Keys
from storage.stories import Lease

WINDOW_S = 5 * 86_400
MOST = 100  # claims of one tick, as the service asks for
UNLIMITED = 1_000_000
NEXT_POLL_S = 86_400.0  # after the measurement
T = TypeVar("T")


class Work(Struct, frozen=True):
    """What one process did: its visits, the leases that it still holds, and its CPU time (s)."""

    visits: tuple[Visit, ...]
    leases: tuple[Lease, ...]
    cpu_s: float


class Pace(Struct, frozen=True, kw_only=True):
    """How a crew works through what comes due."""

    gap_s: float
    request_s: float
    until_s: float  # of the monotonic clock


def frontier_at(client: Redis, gap_s: float) -> Frontier:
    """The service's frontier, with a gap of the bench's own."""
    return Frontier(client, Keys(), window_s=WINDOW_S, host_gap_s=gap_s)


def served_s(client: Redis) -> float:
    """The CPU time of the server so far, as the kernel counts it."""
    return int(Path(f"/proc/{client.info('server')['process_id']}/schedstat").read_text().split()[0]) / 1e9


def drain(url: str, gap_s: float) -> Work:
    """Claim until nothing is left that may be claimed, and let nothing go."""
    client = connect(url)
    frontier = frontier_at(client, gap_s)
    visits: list[Visit] = []
    leases: list[Lease] = []
    started = time.process_time()
    while claims := frontier.claim(limit=UNLIMITED, most=MOST):
        now = time.monotonic()
        visits += [Visit(claim.host, claim.id, now, now, gap_s) for claim in claims]
        leases += [claim.lease for claim in claims]
    cpu_s = time.process_time() - started
    close(client)
    return Work(tuple(visits), tuple(leases), cpu_s)


def poll(url: str, pace: Pace) -> Work:
    """Claim what comes due, and after the length of a request answer as for a 304: the io half without a network."""
    client = connect(url)
    frontier, feeds = frontier_at(client, pace.gap_s), Feeds(client, Keys())
    visits: list[Visit] = []
    asked: deque[tuple[float, Claim]] = deque()
    started = time.process_time()
    while (now := time.monotonic()) < pace.until_s or asked:
        claims = frontier.claim(limit=UNLIMITED, most=MOST) if now < pace.until_s else []
        asked.extend((time.monotonic(), claim) for claim in claims if frontier.begin(claim.lease, "visit"))
        while asked and asked[0][0] + pace.request_s <= time.monotonic():
            began_s, claim = asked.popleft()
            visits.append(Visit(claim.host, claim.id, began_s, time.monotonic(), pace.gap_s))
            answer(claim.lease, frontier, feeds)
        if not claims:
            time.sleep(0.002)
    cpu_s = time.process_time() - started
    close(client)
    return Work(tuple(visits), (), cpu_s)


def answer(lease: Lease, frontier: Frontier, feeds: Feeds) -> None:
    """What follows a 304: the feed's state is read, and moves on."""
    found, state = feeds.get(lease.id), state_of(int(lease.token))
    if found is None or frontier.absorb(lease, state, address=found[0].url, next_poll_s=NEXT_POLL_S) < 0:
        raise RuntimeError(f"{lease.id} is not followed, or its lease went to somebody else")


def together(processes: int, work: Callable[..., T], *arguments: Any) -> Sequence[T]:
    """What so many processes return that do the same at once."""
    context = get_context("fork")
    with context.Pool(processes) as pool:
        return pool.starmap(work, [arguments] * processes, chunksize=1)
