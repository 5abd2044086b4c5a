"""An invented catalogue for `bench/frontier`: many feeds on fewer hosts, each with what its polls would have taught.

Skewed as catalogues are: most hosts have one or two feeds, the largest have hundreds.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate

from newswire.article import Entry
from newswire.feed import Feed, FeedHints, feed_from_url
from newswire.polling.rhythm import Rhythm, learn
from newswire.polling.state import FeedState

# The larger, the flatter: with 30, of 100,000 feeds on 30,000 hosts the largest host has about 330. With a request of
# 0.2 s and a gap of 1 s it can be asked for all of them within ten minutes.
FLATNESS = 30
LEARNED_DAYS = 28
PATHS = (
    "rss.xml",
    "feed/",
    "{section}/feed/",
    "rss/{section}.xml",
    "arc/outboundfeeds/rss/category/{section}/?outputType=xml",
    "feeds/content/{section}/latest-headlines-and-analysis/rss.xml?format=full",
)


def spread(hosts: int, feeds: int) -> list[int]:
    """The host of each of so many feeds, at least one on each."""
    weights = list(accumulate(1 / (host + FLATNESS) for host in range(hosts)))
    return [*range(hosts), *random.Random(0).choices(range(hosts), cum_weights=weights, k=feeds - hosts)]


def feeds_on(hosts: int, feeds: int) -> Iterator[Feed]:
    """So many feeds on so many hosts, with addresses of 31 to 109 characters, 64 in the mean."""
    at_random = random.Random(0)
    for number, host in enumerate(spread(hosts, feeds)):
        path = PATHS[at_random.randrange(len(PATHS))].format(section=f"section-{number}")
        prefix = "" if "section" in path else f"{number}/"
        url = f"https://www.paper-{host}.example/{prefix}{path}"
        yield feed_from_url(url, title=f"The Paper of Town {host}: Section {number}", tags=("world",))


def state_of(number: int) -> FeedState:
    """What a feed that is well has taught: validators, hints, a rhythm of its own."""
    now = datetime.now(UTC)
    return FeedState(
        etag=f'W/"{number:032x}"',
        last_modified="Mon, 23 Nov 2026 10:00:00 GMT",
        body_hash=f"{number:016x}",
        hints=FeedHints(ttl_s=3600, update_period_s=3600),
        fresh_s=300,
        rhythm=learned_rhythm(number % 16),
        polled=now,
        last_success=now,
        last_news=now,
        longest_pause_s=40_000.0,
        not_modified=3,
        undated=1,
        gaps=1,
    )


@lru_cache
def learned_rhythm(seed: int) -> Rhythm:
    """What four weeks of a paper's working days have taught, with thirty entries a day."""
    at_random, rhythm = random.Random(seed), Rhythm()
    now = datetime(2026, 11, 1, 6, tzinfo=UTC)
    for _ in range(LEARNED_DAYS * 15):
        then, now = now, now + timedelta(hours=1 if 6 <= now.hour < 20 else 10)
        dates = sorted(then + (now - then) * at_random.random() for _ in range(at_random.randrange(5)))
        rhythm = learn(rhythm, dates, new=len(dates), standing=30, now=now)
    return rhythm


def entries_of(feed: Feed, count: int, hosts: int, start: int) -> list[Entry]:
    """So many entries of a feed, numbered from `start` and spread over hosts of their own."""
    return [
        Entry(
            id=f"e{number:016x}",
            feed=feed.id,
            publisher=feed.publisher,
            link=f"https://www.pages-{number % hosts}.example/2026/11/23/world/a-ferry-runs-aground-{number}",
            guid=f"https://www.pages-{number % hosts}.example/?p={number}",
            title=f"A ferry runs aground off Orsa for the {number}th time",
        )
        for number in range(start, start + count)
    ]
