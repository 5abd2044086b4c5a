"""An invented catalogue for `bench/frontier`: many feeds on fewer hosts, each with what its polls would have taught.

Skewed as catalogues are: most hosts have one or two feeds, the largest have hundreds.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate

from newswire.article import Entry
from newswire.feed import Feed, FeedHints, feed_from_url
from newswire.polling.state import FeedState

# The larger, the flatter: with 30, of 100,000 feeds on 30,000 hosts the largest host has about 330. With a request of
# 0.2 s and a gap of 1 s it can be asked for all of them within ten minutes.
FLATNESS = 30
# The learned rhythm of a feed is about that long as JSON.
RHYTHM_BYTES = 400
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
        interval_s=412.5,
        polled=now,
        last_success=now,
        last_news=now,
        not_modified=3,
        moved_to="r" * RHYTHM_BYTES,  # the rhythm's place, in a field of free length
    )


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
