"""What one claim costs while few and while many items wait.

Servers of each size live at once and are claimed from in turns, so that what else the machine does falls on all alike.
"""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median

from msgspec import Struct

from bench.frontier.catalogue import entries_of, feeds_on
from bench.frontier.crew import MOST, NEXT_POLL_S, UNLIMITED, frontier_at, served_s
from newswire.polling.state import FeedState
from storage.connection import Redis, close, connect
from storage.embedded import throwaway
from storage.feeds import Feeds
from storage.frontier import Frontier
from storage.keys import Keys

ENTRIES = 500  # of one poll: as many as are read of a feed
ITEMS_A_HOST = 3
ROUNDS = 60


class Cost(Struct, frozen=True):
    """Of one claim, in µs: the server's CPU time, and the time until the reply divided by its claims."""

    waiting: int
    server_us: float
    wall_us: float


def cost_of_claims(sizes: Sequence[int]) -> list[Cost]:
    """The cost of a claim in ticks of 100 claims, for each number of items that wait."""
    with ExitStack() as stack:
        clients = [connect(stack.enter_context(throwaway())) for _ in sizes]
        for client in clients:
            stack.callback(close, client)
        frontiers = [frontier_at(client, 0.0) for client in clients]
        for client, frontier, size in zip(clients, frontiers, sizes, strict=True):
            _fill(client, frontier, size)
        server: list[list[float]] = [[] for _ in sizes]
        wall: list[list[float]] = [[] for _ in sizes]
        for _ in range(ROUNDS):
            for at, (client, frontier) in enumerate(zip(clients, frontiers, strict=True)):
                served, started = served_s(client), time.perf_counter()
                claims = frontier.claim(limit=UNLIMITED, most=MOST)
                wall[at].append((time.perf_counter() - started) / len(claims))
                server[at].append((served_s(client) - served) / len(claims))
                for claim in claims:
                    frontier.again(claim.lease, delay_s=0, counts=False)
        return [
            Cost(size, 1e6 * median(served), 1e6 * median(taken))
            for size, served, taken in zip(sizes, server, wall, strict=True)
        ]


def _fill(client: Redis, frontier: Frontier, waiting: int) -> None:
    """Let so many pages wait, brought in by one poll each of as many feeds as that takes."""
    polls = -(-waiting // ENTRIES)
    feeds = {feed.id: feed for feed in feeds_on(polls, polls)}
    Feeds(client, Keys()).follow_all(feeds.values())
    for number, claim in enumerate(frontier.claim(limit=UNLIMITED, most=polls)):
        start = number * ENTRIES
        entries = entries_of(feeds[claim.id], min(ENTRIES, waiting - start), waiting // ITEMS_A_HOST, start)
        fresh = [(entry, False) for entry in entries]
        state, url = FeedState(), claim.url
        if frontier.absorb(claim.lease, state, address=url, next_poll_s=NEXT_POLL_S, entries=fresh) != len(entries):
            raise RuntimeError(f"the poll of {claim.url} did not bring in its entries")
    if (brought := frontier.in_hand()) != (waiting, 0):
        raise RuntimeError(f"{brought} pages wait and are leased, not {waiting} and none")
