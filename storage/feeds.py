"""The catalogue one follows, and what is known of each feed and of all together.

What a poll brings in is written by `storage.frontier`, in the step that sets the next one.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
from msgspec import Struct

from newswire.feed import Feed
from newswire.polling.price import Demand
from newswire.polling.state import FeedState
from newswire.url import host_of
from storage.connection import Redis, script, text, unavailable
from storage.keys import Keys

# Feeds in one round trip: with 500 of 2 KB no reply holds the server for more than some ms, and following one takes a
# fifth of the time that it takes alone.
BATCH = 500
# Demands are added up as whole numbers: one entry in ten years is a third of one.
_DEMAND_UNITS = 1_000_000_000
# Longer than a feed that only echoes another is left unasked.
_STANDING_TTL_S = 3 * 86_400


class Known(Struct, frozen=True):
    """What is known of the entries of a document."""

    unknown: frozenset[str]  # those that no poll has announced
    arrived: int  # how many did not stand in the document before
    has_gap: bool  # the document before held others only: some may have come and gone in between


class Feeds:
    """Feeds by their ids. Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys) -> None:
        self._client = client
        self._keys = keys
        self._follow = script(client, "frontier", "follow")
        self._unfollow = script(client, "frontier", "unfollow")

    def follow(self, feed: Feed) -> bool:
        """Add a feed, due at once; one already followed keeps its state, with title and tags as now given."""
        return self.follow_all([feed]) == 1

    def follow_all(self, feeds: Iterable[Feed]) -> int:
        """The same for many, a batch in a round trip; returns how many were new."""
        rest, new = iter(feeds), 0
        while batch := list(islice(rest, BATCH)):
            with unavailable():
                pipeline = self._client.pipeline(transaction=False)
                for feed in batch:
                    args: list[str | bytes] = [
                        self._keys.prefix,
                        feed.id,
                        msgspec.json.encode(feed),
                        host_of(feed.url),
                        feed.url,
                    ]
                    self._follow(keys=[self._keys("feeds")], args=args, client=pipeline)
                new += sum(pipeline.execute())
        return new

    def unfollow(self, feed_id: str) -> bool:
        """Remove a feed; what of its entries waits is still read. False when it was not followed."""
        with unavailable():
            return bool(self._unfollow(keys=[self._keys("feeds")], args=[self._keys.prefix, feed_id]))

    def get(self, feed_id: str) -> tuple[Feed, FeedState] | None:
        """A feed and its state, or None when it is not followed."""
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            pipeline.hget(self._keys("feeds"), feed_id)
            pipeline.hget(self._keys("feed", feed_id), "state")
            feed, state = pipeline.execute()
        return (msgspec.json.decode(feed, type=Feed), _state(state)) if feed else None

    def all(self) -> list[tuple[Feed, FeedState]]:
        """Every feed followed and its state, by url."""
        return sorted(self.each(), key=lambda row: row[0].url)

    def each(self) -> Iterator[tuple[Feed, FeedState]]:
        """The same in no order and a batch at a time, for who need not hold them all."""
        cursor, seen = 0, set[str]()
        while True:
            with unavailable():
                found: Any = self._client.hscan(self._keys("feeds"), cursor, count=BATCH)
                cursor, rows = found
                feeds = [msgspec.json.decode(row, type=Feed) for name, row in rows.items() if text(name) not in seen]
                seen.update(feed.id for feed in feeds)  # a scan tells a row twice when the table grows meanwhile
                pipeline = self._client.pipeline(transaction=False)
                for feed in feeds:
                    pipeline.hget(self._keys("feed", feed.id), "state")
                states = pipeline.execute()
            yield from ((feed, _state(state)) for feed, state in zip(feeds, states, strict=True))
            if not cursor:
                return

    def known(self, feed: str, ids: Sequence[str]) -> Known:
        """Which entries of a feed's document no poll has announced, and whether any stood in the document before."""
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            pipeline.exists(self._keys("feed", feed, "entries"))
            pipeline.smismember(self._keys("feed", feed, "entries"), list(ids) or [""])
            for entry_id in ids:
                pipeline.exists(self._keys("entry", entry_id))
            had_any, stood, *known = pipeline.execute()
        return Known(
            unknown=frozenset(entry_id for entry_id, is_known in zip(ids, known, strict=True) if not is_known),
            arrived=len(ids) - sum(stood) if ids else 0,
            has_gap=bool(had_any and ids) and not any(stood),
        )

    def demand(self) -> tuple[Demand, int]:
        """The demand of all feeds together, and how many they are."""
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            pipeline.hmget(self._keys("frontier", "demand"), "priced", "turnover")
            pipeline.hlen(self._keys("feeds"))
            (priced, turnover), feeds = pipeline.execute()
        return Demand(int(priced or 0) / _DEMAND_UNITS, int(turnover or 0) / _DEMAND_UNITS), int(feeds)

    def conditions(self) -> dict[str, int]:
        """How many feeds are in each condition, of those that were polled."""
        with unavailable():
            counts: Any = self._client.hgetall(self._keys("frontier", "conditions"))
        return {text(name): int(count) for name, count in counts.items() if int(count)}

    def twin(self, publisher: str, feed: str, digest: str) -> str:
        """The first feed, by its id, of those of the publisher whose last document had this digest, "" when it is this.

        Remembers the digest for the others.
        """
        key = self._keys("frontier", "standing", publisher)
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            pipeline.hset(key, feed, digest)
            pipeline.expire(key, _STANDING_TTL_S)
            pipeline.hgetall(key)
            known: Any = pipeline.execute()[2]
        first = min(text(other) for other, its in known.items() if text(its) == digest)
        return "" if first == feed else first

    def leave(self, publisher: str, feed: str) -> list[str]:
        """Forget the digest of a feed; returns the publisher's feeds whose documents were seen in the last days."""
        key = self._keys("frontier", "standing", publisher)
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            pipeline.hdel(key, feed)
            pipeline.hkeys(key)
            return [text(other) for other in pipeline.execute()[1]]

    def __len__(self) -> int:
        """The number of feeds followed."""
        with unavailable():
            count: Any = self._client.hlen(self._keys("feeds"))
        return int(count)


def units(demand_rps: float) -> int:
    """A part of a demand as it is added up."""
    return round(demand_rps * _DEMAND_UNITS)


def _state(encoded: bytes | None) -> FeedState:
    """A state as it was written; one that cannot be read is forgotten: its feed is asked as if it were new."""
    if not encoded:
        return FeedState()
    decode = msgspec.json.decode if encoded.startswith(b"{") else msgspec.msgpack.decode  # JSON before 2026-11-23
    try:
        return decode(encoded, type=FeedState)
    except msgspec.DecodeError:
        return FeedState()
