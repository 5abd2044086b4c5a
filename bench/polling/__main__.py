"""The whole service against publishers on this machine that err as the world's do. `make bench-polling`.

    python -m bench.polling [--feeds 3000] [--hosts 1200] [--minutes 10] [--check]

The service is the real one, as `wirefold run` starts it: Redis with an AOF, io, cpu, beat. What it did is judged from
the publishers' own ledger; when feeds were due is read from the frontier every few seconds.
Names what falls short, and exits 1 for it with --check.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from bench.bars import Bar, ending, falls_short
from bench.polling.fleet import Request, read_ledger
from bench.polling.judge import Judgement, feeds_by_id, judge, spread_of, told
from bench.polling.publishers import Kind, Publishers
from bench.polling.watch import Sample, due_times, growth, samples
from bench.table import table
from cli.run import children_of
from cli.supervise import Supervisor
from newswire.feed import feed_from_url
from storage.connection import close, connect
from storage.embedded import bound_to_parent, embedded
from workers.bootstrap import Tools
from workers.settings import Settings

BARS = (
    Bar("s asked after a feed was due and its host free, p99", most=60.0),
    Bar("feeds never asked", most=0),
    Bar("feeds due for a minute and not asked, at the end", most=0),
    Bar("visits of a host over its budget", most=0),
    Bar("growth of io's memory in the second half", most=0.05),
    Bar("growth of cpu's memory in the second half", most=0.05),
    Bar("growth of beat's memory in the second half", most=0.05),
)
# As somebody sets it up who follows 3,000 feeds: threads for 25 polls a second of 0.25 s each with room for those that
# hang for 20 s, and each feed asked for every two to three minutes.
SCALE = {
    "io_threads": 32,
    "in_flight": 128,
    "poll_min_s": 120.0,
    "poll_max_s": 180.0,
    "polls_per_s": 50.0,  # with the 20 that are the default, 3,000 feeds would be asked every five minutes
    "log_level": "WARNING",
}
PAGES_PER_S = 1.5
WATCH_S = 5.0
TURN_S = 0.2
WHATS = ("median", "p99", "most")

Figures = dict[str, float]


class Seen(Struct):
    """What was seen of a run while it lasted."""

    due_s: dict[int, list[float]]
    samples: dict[str, list[Sample]]
    start_s: float = 0.0
    end_s: float = 0.0
    entries: int = 0
    outcomes: Mapping[str, int] = {}
    redis_mb: tuple[float, float] = (0.0, 0.0)  # at half time and at the end
    entries_at_half: int = 0


@contextmanager
def fleet(hosts: int, feeds: int, ledger: Path) -> Iterator[tuple[int, int]]:
    """The publishers in a process of their own: their port and their process id."""
    arguments = ["-m", "bench.polling.fleet", str(hosts), str(feeds), str(PAGES_PER_S), str(ledger)]
    server = subprocess.Popen(bound_to_parent([sys.executable, *arguments]), stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None  # noqa: S101 - a pipe was asked for
        yield int(server.stdout.readline()), server.pid
    finally:
        server.terminate()
        server.communicate()


def watch(publishers: Publishers, settings: Settings, fleet_pid: int, minutes: float) -> Seen:
    """Run the service for so many minutes."""
    tools = Tools(settings)
    client = connect(settings.redis_url)
    rows = [feed_from_url(feed.url) for feed in publishers.feeds]
    ids = {row.id: feed for row, feed in zip(rows, publishers.feeds, strict=True)}
    supervisor = Supervisor(children_of(settings), settings.data / "logs")
    seen = Seen(defaultdict(list), defaultdict(list), start_s=time.time())
    seen.end_s = seen.start_s + 60 * minutes
    half_s, next_s = seen.start_s + 30 * minutes, 0.0
    try:
        tools.feeds.follow_all(rows)
        while (now := time.time()) < seen.end_s:
            supervisor.tick()
            if now >= next_s:
                next_s = now + WATCH_S
                roots = {**supervisor.pids(), "redis": client.info("server")["process_id"], "fleet": fleet_pid}
                for name, sample in samples(roots, now).items():
                    seen.samples[name].append(sample)
                for number, due in feeds_by_id(ids, due_times(client, publishers.kinds)).items():
                    if due not in seen.due_s[number]:
                        insort(seen.due_s[number], due)
                if now < half_s:
                    seen.redis_mb = (tools.health.memory()[0] / 1e6, 0.0)
                    seen.entries_at_half = tools.ledger.balance().entries
            time.sleep(TURN_S)
        seen.redis_mb = (seen.redis_mb[0], tools.health.memory()[0] / 1e6)
        balance = tools.ledger.balance()
        seen.entries, seen.outcomes = balance.entries, {**balance.outcomes, **balance.reasons}
    finally:
        supervisor.stop()
        close(client)
        tools.close()
    return seen


def figures_of(publishers: Publishers, requests: Sequence[Request], seen: Seen, found: Judgement) -> Figures:
    """Every figure."""
    took_s = seen.end_s - seen.start_s
    due, free = spread_of(found.after_due_s), spread_of(found.after_free_s)
    first = {request.path: request.start_s for request in reversed(requests) if request.path.startswith("/feed/")}
    figures: Figures = {
        "s asked after a feed was due and its host free, p99": free[1],
        "feeds never asked": len(found.unanswered),
        "feeds due for a minute and not asked, at the end": len(found.waiting),
        "visits of a host over its budget": len(found.breaches),
    }
    halves = {name: rows[len(rows) // 2 :] for name, rows in seen.samples.items()}
    figures |= {f"growth of {name}'s memory in the second half": growth(rows) for name, rows in halves.items()}
    figures |= {f"MB of {name}, at the end": rows[-1].rss_bytes / 1e6 for name, rows in seen.samples.items()}
    figures |= {
        f"cores used by {name}": (rows[-1].cpu_s - rows[0].cpu_s) / (rows[-1].at_s - rows[0].at_s)
        for name, rows in seen.samples.items()
    }
    figures |= {f"  {what}": count for what, count in told(found.breaches, publishers).items()}
    figures |= dict(
        zip((f"s asked after a feed was due, {what}" for what in ("median", "p99", "most")), due, strict=True)
    )
    figures["s asked after a feed was due and its host free, median"] = free[0]
    figures["s asked after a feed was due and its host free, most"] = free[2]
    again = spread_of(found.again_after_free_s)
    figures |= {f"  the same without each feed's first poll, {what}": at for what, at in zip(WHATS, again, strict=True)}
    figures["polls with a known due time"] = len(due) and len(found.after_due_s)
    figures["s until every feed that can was asked once"] = max(first.values()) - seen.start_s
    figures["requests a second"] = len(requests) / took_s
    figures["redirects followed at once on their host"] = found.hops
    statuses = Counter(request.status for request in requests)
    figures |= {f"answers {status or 'broken off'}": count for status, count in sorted(statuses.items())}
    figures["pages asked for"] = sum(request.path.startswith("/page/") for request in requests)
    figures["entries"] = seen.entries
    figures |= {f"  {name}": count for name, count in seen.outcomes.items() if count}
    figures |= zip(
        ("MB allocated by Redis, at half time", "MB allocated by Redis, at the end"), seen.redis_mb, strict=True
    )
    figures["entries of the second half"] = seen.entries - seen.entries_at_half
    return figures


def bench(hosts: int, feeds: int, minutes: float) -> Figures:
    """Run it; every figure."""
    publishers = Publishers(hosts, feeds, PAGES_PER_S)
    with tempfile.TemporaryDirectory(prefix="wirefold-") as name:
        folder = Path(name)
        ledger = folder / "ledger"
        with fleet(hosts, feeds, ledger) as (port, pid), embedded(folder) as url:
            dead = 1  # nobody may listen on that port
            places = {
                host: f"127.0.0.1:{dead if kind is Kind.DEAD else port}" for host, kind in publishers.kinds.items()
            }
            settings = Settings(redis_url=url, data=folder, allow_hosts=places, **SCALE)  # type: ignore[arg-type]
            seen = watch(publishers, settings, pid, minutes)
            for log in sorted((folder / "logs").glob("*.log")):
                print(f"{log.name}: {len(log.read_text().splitlines())} warnings", file=sys.stderr)
        requests = [request for request in read_ledger(ledger) if request.start_s <= seen.end_s]
    requests.sort(key=lambda request: request.start_s)
    for role, rows in seen.samples.items():
        minutes_of = {int((row.at_s - seen.start_s) // 60): round(row.rss_bytes / 1e6) for row in rows}
        print(f"MB of {role}, minute by minute: {list(minutes_of.values())}", file=sys.stderr)
    found = judge(publishers, requests, seen.due_s, settings.host_gap_s, seen.end_s)
    for breach in found.breaches[:20]:
        first, second = breach.first, breach.second
        print(
            f"{first.host} ({publishers.kinds[first.host]}): {second.item} came {breach.early_s:.3f} s too soon after "
            f"{first.item}",
            file=sys.stderr,
        )
    return figures_of(publishers, requests, seen, found)


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--feeds", type=int, default=3000)
    parser.add_argument("--hosts", type=int, default=1200)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    figures = bench(arguments.hosts, arguments.feeds, arguments.minutes)
    print(f"{arguments.feeds:,} feeds on {arguments.hosts:,} hosts, {arguments.minutes:g} minutes")
    print("\n" + table(BARS, figures, {}))
    short = falls_short(BARS, figures)
    print(ending(short))
    return int(bool(short) and arguments.check)


if __name__ == "__main__":
    sys.exit(main())
