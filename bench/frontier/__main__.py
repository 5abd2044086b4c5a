"""What the frontier carries: claims a second, what waits beside them, what hosts see, memory. `make bench-frontier`.

    python -m bench.frontier [--feeds 100000] [--hosts 30000] [--waiting 1000000] [--faster 5] [--check]

On a throw-away Redis of its own, through the service's own storage. Feeds are due over ten minutes, with a gap of 1 s
and requests of 0.2 s; `--faster` divides all three alike, so that ten minutes last two.
Names what falls short, and exits 1 for it with --check.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

from bench.bars import Bar, ending, falls_short
from bench.frontier.catalogue import entries_of, feeds_on, state_of
from bench.frontier.cost import cost_of_claims
from bench.frontier.crew import MOST, UNLIMITED, Pace, Work, answer, drain, frontier_at, poll, served_s, together
from bench.frontier.visits import breaches, lateness, percentile, twice
from bench.table import table
from newswire.feed import Feed
from newswire.polling.state import FeedState
from storage.connection import Redis, close, connect
from storage.embedded import throwaway
from storage.feeds import Feeds
from storage.keys import Keys
from storage.stories import Lease

UNEXPECTED = "claims that one process would not have made"
BARS = (
    Bar("claims a second, one process", least=5000),
    Bar("a claim among the most, to one among 10,000", most=1.5),
    Bar("visits of a host over its budget", most=0),
    Bar("items claimed twice", most=0),
    Bar(UNEXPECTED, most=0),
    Bar("feeds due and never claimed", most=0),
    Bar("bytes a feed", most=2048),
)
SPREAD_S, GAP_S, REQUEST_S = 600.0, 1.0, 0.2
PROCESSES = 2
FEW = 10_000
MARKED_FEEDS, MARKS = 1000, 30  # feeds that hold so many entries: what a mark takes

Figures = dict[str, float]


def bench(feeds: Sequence[Feed], waiting: int, faster: float) -> Figures:
    """Every figure."""
    figures: Figures = {}
    with throwaway() as url:
        client = connect(url)
        due_s = follow(client, feeds, faster, figures)
        run(url, due_s, faster, figures)
        for processes in (1, PROCESSES):
            at_full_speed(url, client, feeds, processes, figures)
        read_back(client, figures)
        close(client)
    with throwaway() as url:
        client = connect(url)
        figures["bytes an entry's mark"] = bytes_of_a_mark(client)
        close(client)
    sizes = sorted({FEW, waiting // 10, waiting})
    costs = cost_of_claims(sizes)
    for cost in costs:
        figures[f"µs a claim among {cost.waiting:,}: server's CPU"] = cost.server_us
        figures[f"µs a claim among {cost.waiting:,}: until the reply"] = cost.wall_us
    figures["a claim among the most, to one among 10,000"] = costs[-1].server_us / costs[0].server_us
    return figures


def follow(client: Redis, feeds: Sequence[Feed], faster: float, figures: Figures) -> dict[str, float]:
    """Follow the feeds and poll each once, so that they come due over the time; when, in s of the monotonic clock."""
    before, started = used_bytes(client), time.perf_counter()
    if Feeds(client, Keys()).follow_all(feeds) != len(feeds):
        raise RuntimeError("not every feed was new")
    taken_s = time.perf_counter() - started
    figures["µs a feed to follow"] = 1e6 * taken_s / len(feeds)
    at_random, frontier, due_s = Random(0), frontier_at(client, 0.0), dict[str, float]()
    begin_s = time.monotonic() + 7 * taken_s  # a poll takes three to four times what following takes
    while claims := frontier.claim(limit=UNLIMITED, most=MOST):
        for claim in claims:
            now_s = time.monotonic()
            due_s[claim.id] = max(begin_s + at_random.random() * SPREAD_S / faster, now_s)
            frontier.absorb(claim.lease, state_of(len(due_s)), address=claim.url, next_poll_s=due_s[claim.id] - now_s)
    figures["bytes a feed"] = (used_bytes(client) - before) / len(feeds)
    served, started = served_s(client), time.perf_counter()
    ticks = 0
    while time.monotonic() < begin_s and ticks < 200:
        frontier.claim(limit=UNLIMITED, most=MOST)
        ticks += 1
    if ticks:
        figures["µs a tick that finds nothing: server's CPU"] = 1e6 * (served_s(client) - served) / ticks
        figures["µs a tick that finds nothing: until the reply"] = 1e6 * (time.perf_counter() - started) / ticks
    else:
        print("the feeds came due before all were polled once: the machine is busy", file=sys.stderr)
    return due_s


def read_back(client: Redis, figures: Figures) -> None:
    """Time the reading of the whole catalogue, as `wirefold status` does."""
    started = time.perf_counter()
    count = sum(1 for _ in Feeds(client, Keys()).each())
    figures["s to read every feed and its state"] = time.perf_counter() - started
    figures["feeds"] = count


def run(url: str, due_s: dict[str, float], faster: float, figures: Figures) -> None:
    """Work through what comes due, with several processes at once."""
    # Whoever comes due last on the largest host waits for the others: one more spread is room for that.
    until_s = max(due_s.values()) + 0.2 * SPREAD_S / faster
    gap_s = int(1000 * GAP_S / faster) / 1000  # the frontier takes whole ms
    pace = Pace(gap_s=gap_s, request_s=REQUEST_S / faster, until_s=until_s)
    works = together(PROCESSES, poll, url, pace)
    visits = [visit for work in works for visit in work.visits]
    late = lateness(visits, due_s)
    broken = breaches(visits)
    figures["visits of a host over its budget"] = len(broken)
    figures["of them in flight at once"] = sum(breach.overlaps for breach in broken)
    figures["items claimed twice"] = len(twice(visits))
    figures["feeds due and never claimed"] = len(late.never)
    figures[f"visits a second over the run, {PROCESSES} processes"] = len(visits) / (until_s - min(due_s.values()))
    figures["visits of the busier process, share"] = max(len(work.visits) for work in works) / len(visits)
    for name, values in (("after it was due", late.after_due_s), ("after its host was free too", late.after_free_s)):
        for share, said in ((0.5, "median"), (0.99, "p99"), (1.0, "most")):
            figures[f"s asked {name}, {said}"] = percentile(values, share)


def at_full_speed(url: str, client: Redis, feeds: Sequence[Feed], processes: int, figures: Figures) -> None:
    """Make everything due, and claim the first item of every host as fast as can be."""
    frontier = frontier_at(client, 0.0)
    for at in range(0, len(feeds), MOST):
        frontier.hurry([feed.id for feed in feeds[at : at + MOST]])
    expected = first_items(client)
    served, started = served_s(client), time.perf_counter()
    works: Sequence[Work] = [drain(url, GAP_S)] if processes == 1 else together(processes, drain, url, GAP_S)
    taken_s, served = time.perf_counter() - started, served_s(client) - served
    visits = [visit for work in works for visit in work.visits]
    said = "one process" if processes == 1 else f"{processes} processes at once"
    figures[f"claims a second, {said}"] = len(visits) / taken_s
    figures[f"µs a claim, {said}: server's CPU"] = 1e6 * served / len(visits)
    figures[f"µs a claim, {said}: client's CPU"] = 1e6 * sum(work.cpu_s for work in works) / len(visits)
    figures["items claimed twice"] += len(twice(visits))
    figures.setdefault(UNEXPECTED, 0)
    figures[UNEXPECTED] += len({visit.item for visit in visits} ^ expected)
    if processes == 1:
        rest_of_the_cycle(client, works[0].leases, figures)
    else:
        for lease in (lease for work in works for lease in work.leases):
            frontier.again(lease, delay_s=0, counts=False)


def rest_of_the_cycle(client: Redis, leases: Sequence[Lease], figures: Figures) -> None:
    """Time what a feed's visit asks of Redis beside its claim, one after the other: begin, state, absorb."""
    frontier, feeds = frontier_at(client, 0.0), Feeds(client, Keys())
    served, used, started = served_s(client), time.process_time(), time.perf_counter()
    for lease in leases:
        frontier.begin(lease, "visit")
        answer(lease, frontier, feeds)
    each_s = (time.perf_counter() - started) / len(leases) + 1 / figures["claims a second, one process"]
    figures["whole visits a second, claim to absorb, one process"] = 1 / each_s
    figures["µs a visit without its claim: server's CPU"] = 1e6 * (served_s(client) - served) / len(leases)
    figures["µs a visit without its claim: client's CPU"] = 1e6 * (time.process_time() - used) / len(leases)


def first_items(client: Redis) -> set[str]:
    """The item that waits first at each host."""
    hosts: Any = client.zrange(Keys()("frontier", "hosts"), 0, -1)
    pipeline = client.pipeline(transaction=False)
    for host in hosts:
        pipeline.zrange(Keys()("frontier", "host", host.decode()), 0, 0)
    return {items[0].decode() for items in pipeline.execute()}


def bytes_of_a_mark(client: Redis) -> float:
    """What an entry that stands in a feed takes after its outcome: its mark, and its place in the feed."""
    feeds = {feed.id: feed for feed in feeds_on(MARKED_FEEDS, MARKED_FEEDS)}
    Feeds(client, Keys()).follow_all(feeds.values())
    frontier, before = frontier_at(client, 0.0), used_bytes(client)
    for number, claim in enumerate(frontier.claim(limit=UNLIMITED, most=MARKED_FEEDS)):
        entries = entries_of(feeds[claim.id], MARKS, MARKED_FEEDS, number * MARKS)
        standing = [entry.id for entry in entries]
        too_old = [(entry, True) for entry in entries]
        frontier.absorb(
            claim.lease, FeedState(), address=claim.url, next_poll_s=SPREAD_S, standing=standing, entries=too_old
        )
    return (used_bytes(client) - before) / (MARKED_FEEDS * MARKS)


def used_bytes(client: Redis) -> int:
    """What the server has allocated."""
    return int(client.info("memory")["used_memory"])


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--feeds", type=int, default=100_000)
    parser.add_argument("--hosts", type=int, default=30_000)
    parser.add_argument("--waiting", type=int, default=1_000_000)
    parser.add_argument("--faster", type=float, default=5.0)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    feeds = list(feeds_on(arguments.hosts, arguments.feeds))
    largest = max(Counter(feed.publisher for feed in feeds).values())
    print(f"{len(feeds):,} feeds on {arguments.hosts:,} hosts, the largest with {largest}; due over {SPREAD_S:.0f} s,")
    print(f"gap {GAP_S} s, requests of {REQUEST_S} s, all {arguments.faster:g} times as fast", flush=True)
    figures = bench(feeds, arguments.waiting, arguments.faster)
    print("\n" + table(BARS, figures, {}))
    short = falls_short(BARS, figures)
    print(ending(short))
    return int(bool(short) and arguments.check)


if __name__ == "__main__":
    sys.exit(main())
