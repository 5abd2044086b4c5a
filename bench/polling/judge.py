"""What the publishers' ledger says of the service: whom it asked too soon, whom too late. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from bench.frontier.visits import Breach, Visit, breaches, by_host, percentile
from bench.polling.fleet import Request
from bench.polling.publishers import ANSWERED, ASKED, CRAWL_DELAY_S, RETRY_AFTER_S, Feed, Kind, Publishers
from newswire.polling.manners import REFUSALS, rest_s

# A feed that is due for longer was left waiting.
ON_TIME_S = 60.0


class Judgement(Struct, frozen=True):
    """What was found."""

    breaches: tuple[Breach, ...]
    after_due_s: tuple[float, ...]
    after_free_s: tuple[float, ...]
    again_after_free_s: tuple[float, ...]  # the same without each feed's first, which were all due at once
    waiting: tuple[str, ...]  # due for longer than ON_TIME_S in the end, and not asked for
    unanswered: tuple[int, ...]  # feeds that would have answered, and were never asked
    hops: int  # redirects that were followed at once to the same host: part of one visit


def judge(
    publishers: Publishers,
    requests: Iterable[Request],
    due_s: Mapping[int, Sequence[float]],
    gap_s: float,
    end_s: float,
) -> Judgement:
    """Judge a run: `due_s` are the due times that were seen for each feed, ascending; `end_s` is when it ended."""
    requests = sorted(requests, key=lambda request: request.start_s)
    visits, hops = visits_of(publishers, requests, gap_s)
    rests = rests_of(requests)
    asked: dict[int, float] = defaultdict(float)  # when each feed was asked for last
    after_due, after_free, again_after_free = [], [], []
    for host, mine in by_host(visits).items():
        free_s = 0.0
        for visit in mine:
            _, room, rest = visit.item.split("/", 2) if visit.item.count("/") > 1 else ("", "", "")
            if room in ("feed", "moved"):  # where it moved to may be asked for first, once that was adopted
                number = int(rest)
                since_s = asked[number]
                dues = due_s.get(number, ())
                at = bisect_left(dues, since_s)
                if at < len(dues) and dues[at] <= visit.start_s:
                    after_due.append(visit.start_s - dues[at])
                    rested_s = max((until_s for end_s, until_s in rests[host] if end_s <= visit.start_s), default=0.0)
                    after_free.append(max(0.0, visit.start_s - max(dues[at], free_s, rested_s)))
                    again_after_free += after_free[-1:] if since_s else []
                asked[number] = max(since_s, visit.start_s)
            free_s = max(free_s, visit.free_s)
    waiting = []
    for feed in publishers.feeds:
        dues = due_s.get(feed.number, ())
        at = bisect_left(dues, asked[feed.number])
        rested_s = max((until_s for _, until_s in rests[feed.host]), default=0.0)
        if feed.kind in ASKED and at < len(dues) and max(dues[at], rested_s) < end_s - ON_TIME_S:
            waiting.append(feed.url)
    unanswered = [feed.number for feed in publishers.feeds if feed.kind in ANSWERED and not asked[feed.number]]
    return Judgement(
        tuple(breaches(visits)),
        tuple(sorted(after_due)),
        tuple(sorted(after_free)),
        tuple(sorted(again_after_free)),
        tuple(waiting),
        tuple(unanswered),
        hops,
    )


def rests_of(requests: Iterable[Request]) -> dict[str, list[tuple[float, float]]]:
    """For each host the answers after which it is left alone by our manners: when they ended, and until when."""
    rests: dict[str, list[tuple[float, float]]] = defaultdict(list)
    refusals: dict[str, int] = defaultdict(int)
    for request in requests:
        reason = f"http_{request.status}"
        if reason in REFUSALS:
            refusals[request.host] += 1
            asked_s = RETRY_AFTER_S if request.status == 429 else 0.0
            rest = rest_s(reason, refusals[request.host], asked_s)
            rests[request.host].append((request.end_s, request.end_s + rest))
        elif request.status:
            refusals[request.host] = 0
    return rests


def visits_of(publishers: Publishers, requests: Iterable[Request], gap_s: float) -> tuple[list[Visit], int]:
    """What the ledger says as visits; a redirect followed at once on its host is one visit with what led to it."""
    feeds = {f"/feed/{feed.number}": feed for feed in publishers.feeds}
    visits: list[Visit] = []
    hops = 0
    hosts = defaultdict(list)
    for request in sorted(requests, key=lambda request: request.start_s):
        hosts[request.host].append(request)
    for host, mine in hosts.items():
        last: Request | None = None
        for request in mine:
            rest_s = rest_after(publishers.kinds[host], request, gap_s)
            feed = feeds.get(last.path) if last else None
            if last and feed and last.status in (301, 302) and request.path == feed.leads_to:
                hops += 1
                before = visits.pop()
                visits.append(Visit(host, before.item, before.start_s, request.end_s, rest_s))
            else:
                visits.append(Visit(host, request.path, request.start_s, request.end_s, rest_s))
            last = request
    return visits, hops


def rest_after(kind: Kind, request: Request, gap_s: float) -> float:
    """For how long a host is to be left alone after a request."""
    if request.status == 429:
        return RETRY_AFTER_S
    return max(gap_s, CRAWL_DELAY_S) if kind is Kind.PATIENT else gap_s


def told(found: Iterable[Breach], publishers: Publishers) -> dict[str, int]:
    """How many breaches there are of each kind."""
    counts: dict[str, int] = defaultdict(int)
    for breach in found:
        foreign = any(_is_foreign(visit, publishers) for visit in (breach.first, breach.second))
        if foreign:
            counts["a feed's redirect to another host"] += 1
        elif breach.first.rest_s == RETRY_AFTER_S:
            counts["Retry-After not kept"] += 1
        elif publishers.kinds[breach.first.host] is Kind.PATIENT:
            after = "after robots.txt" if breach.first.item == "/robots.txt" else "otherwise"
            counts[f"Crawl-delay not kept, {after}"] += 1
        else:
            counts["overlapping" if breach.overlaps else "closer than the gap"] += 1
    return dict(counts)


def _is_foreign(visit: Visit, publishers: Publishers) -> bool:
    return visit.item.startswith("/moved/") and publishers.kinds[visit.host] is not Kind.MOVED_HERE


def spread_of(values: Sequence[float]) -> tuple[float, float, float]:
    """Median, p99 and most of ordered values."""
    return percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1.0)


def feeds_by_id(ids: Mapping[str, Feed], due: Mapping[str, float]) -> dict[int, float]:
    """Due times by feed number; what is no feed of the fleet is left out."""
    return {ids[item].number: at for item, at in due.items() if item in ids}
