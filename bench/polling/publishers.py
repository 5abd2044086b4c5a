"""The invented publishers of `bench/polling`: which hosts and feeds there are, how each behaves, what they print. Pure.

Everything follows from numbers, so that the fleet's process and the one that judges it know the same publishers.
"""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from bench.frontier.catalogue import spread


class Kind(StrEnum):
    """How a host behaves."""

    PLAIN = "plain"  # ETag, 304
    NEWS = "news"  # the same, and something new at times
    BARE = "bare"  # no validators: the same body again and again
    FLAKY = "flaky"  # 503 to every fourth
    BUSY = "busy"  # 429 with Retry-After to every fifth
    GONE = "gone"  # 404 for ever
    ENDED = "ended"  # 410
    MOVED_HERE = "moved here"  # 301, and for every other feed 302, to another path
    MOVED_AWAY = "moved away"  # the same to another host
    DRIP = "drip"  # a byte a second, without end
    PATIENT = "patient"  # Crawl-delay, and 503 to every fourth
    SILENT_RULES = "silent rules"  # robots.txt answers 503
    CLOSED = "closed"  # robots.txt forbids all
    DEAD = "dead"  # nobody listens


# Hosts of a hundred. More that fail than in a well-kept catalogue, so that each kind has some.
SHARES = {
    Kind.PLAIN: 48, Kind.NEWS: 20, Kind.BARE: 6, Kind.FLAKY: 5, Kind.BUSY: 3, Kind.GONE: 2, Kind.ENDED: 1,
    Kind.MOVED_HERE: 4, Kind.MOVED_AWAY: 3, Kind.DRIP: 2, Kind.PATIENT: 3, Kind.SILENT_RULES: 1, Kind.CLOSED: 1,
    Kind.DEAD: 1,
}  # fmt: skip
# Kinds whose feeds are asked for again and again; the others end, or are never asked for.
ASKED = frozenset(Kind) - {Kind.ENDED, Kind.SILENT_RULES, Kind.CLOSED, Kind.DEAD}
ANSWERED = ASKED - {Kind.DRIP, Kind.GONE}
RETRY_AFTER_S = 30.0
CRAWL_DELAY_S = 5.0
# What stood in a feed before: too old to be read, so that the pages to read are those that are printed meanwhile.
OLD_ITEMS, OLD = 15, timedelta(days=4)

SUBJECTS = (
    "The harbour master", "A farmers' union", "The mayor of Orsa", "Parliament", "The coast guard", "A jury",
    "The central bank", "A team of divers", "The opposition", "The railway company", "A school in Carrow",
    "The health minister", "An appeals court", "The island council", "A research ship", "The water authority",
)  # fmt: skip
VERBS = (
    "rejected", "announced", "postponed", "inspected", "defended", "published", "questioned", "approved", "cancelled",
    "reopened", "criticised", "extended", "withdrew", "presented", "tested", "welcomed",
)  # fmt: skip
OBJECTS = (
    "a plan for the northern ferry", "the winter timetable", "a report on drinking water", "new rules for fishing",
    "the budget of the hospital", "a bridge across the strait", "the price of bread", "a storm warning",
    "the results of the census", "a tunnel under the old town", "the sale of the airfield", "a ban on night flights",
    "a loan for the dairies", "the museum's new wing", "a law on short lets", "the fleet's last steam ship",
)  # fmt: skip
PLACES = (
    "in Port Ellan", "on Monday evening", "after a long debate", "despite protests", "for the second time",
    "at the request of residents", "without giving reasons", "in a letter to members", "before the summer recess",
    "on the advice of engineers", "with a narrow majority", "under pressure from neighbours", "at dawn",
    "following an inquiry", "in the presence of the press", "by the end of the year",
)  # fmt: skip


class Feed(Struct, frozen=True):
    """A feed of the fleet."""

    number: int
    host: str
    kind: Kind
    leads_to: str = ""  # where a moved one leads: the path, or the whole address

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{self.host}/feed/{self.number}"


class Publishers:
    """So many feeds on so many hosts; new items are printed all over them at an even pace (a second)."""

    def __init__(self, hosts: int, feeds: int, pages_per_s: float) -> None:
        kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
        random.Random(1).shuffle(kinds)
        self.kinds = {f"h{number}.test": kinds[number % len(kinds)] for number in range(hosts)}
        names = list(self.kinds)
        plain = [host for host, kind in self.kinds.items() if kind is Kind.PLAIN]
        self.feeds = [self._feed(number, names[at], plain) for number, at in enumerate(spread(hosts, feeds))]
        self._pages_per_s = pages_per_s

    def _feed(self, number: int, host: str, plain: list[str]) -> Feed:
        kind = self.kinds[host]
        path = f"/moved/{number}"
        leads_to = {Kind.MOVED_HERE: path, Kind.MOVED_AWAY: f"http://{plain[number % len(plain)]}{path}"}
        return Feed(number, host, kind, leads_to.get(kind, ""))

    @cached_property
    def news(self) -> list[Feed]:
        """The feeds that print something new."""
        return [feed for feed in self.feeds if feed.kind is Kind.NEWS]

    def printed(self, feed: Feed, elapsed_s: float) -> list[int]:
        """The numbers of what a feed has printed by then, newest first; item n is printed n / pages_per_s after 0."""
        if feed.kind is not Kind.NEWS:
            return []
        last = int(elapsed_s * self._pages_per_s)
        return [number for number in range(last, -1, -1) if self.printer(number).number == feed.number]

    def printer(self, item: int) -> Feed:
        """Who prints an item."""
        return self.news[item * 7919 % len(self.news)]

    def document(self, feed: Feed, start: datetime, elapsed_s: float) -> bytes:
        """A feed as RSS."""
        old = [
            _item(feed.host, f"/old/{feed.number}-{number}", title(10**6 + feed.number * 100 + number), start - OLD)
            for number in range(OLD_ITEMS)
        ]
        new = [
            _item(feed.host, f"/page/{number}", title(number), start + timedelta(seconds=number / self._pages_per_s))
            for number in self.printed(feed, elapsed_s)
        ]
        head = f"<title>Paper {feed.number}</title><link>http://{feed.host}/</link><description>News</description>"
        return f'<rss version="2.0"><channel>{head}{"".join(new + old)}</channel></rss>'.encode()


def robots_of(kind: Kind) -> bytes | None:
    """A host's robots.txt; None where it has none."""
    rules = {Kind.PATIENT: f"Crawl-delay: {CRAWL_DELAY_S:.0f}", Kind.CLOSED: "Disallow: /"}.get(kind)
    return f"User-agent: *\n{rules}\n".encode() if rules else None


def title(number: int) -> str:
    """The headline of an item."""
    return sentence(random.Random(f"title {number}"))[:-1]


def sentence(at_random: random.Random) -> str:
    """A sentence of the islands' news."""
    words = [at_random.choice(words) for words in (SUBJECTS, VERBS, OBJECTS, PLACES)]
    return " ".join(words) + f", {at_random.randrange(3, 999)} people were told."


def page(number: int) -> bytes:
    """The page of an item: a text of about 300 words, and what stands around one."""
    at_random = random.Random(number)
    paragraphs = "".join(f"<p>{' '.join(sentence(at_random) for _ in range(4))}</p>" for _ in range(6))
    menu = "".join(f'<li><a href="/section/{name}">{name}</a></li>' for name in ("World", "Islands", "Sport", "Money"))
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title(number)}</title></head><body>"
        f"<nav><ul>{menu}</ul></nav><article><h1>{title(number)}</h1>{paragraphs}</article>"
        f"<footer><p>All rights reserved by the paper.</p></footer></body></html>"
    ).encode()


def _item(host: str, path: str, headline: str, date: datetime) -> str:
    link = f"http://{host}{path}"
    when = format_datetime(date.astimezone(UTC), usegmt=True)
    return f"<item><title>{headline}</title><link>{link}</link><guid>{link}</guid><pubDate>{when}</pubDate></item>"
