"""The catalogue one follows, and what is known of each feed."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from newswire.feed import Feed
from newswire.polling.state import FeedState
from newswire.url import host_of
from storage.connection import Redis, script, text, unavailable
from storage.keys import Keys

# Feeds in one round trip: with 500 of 2 KB no reply holds the server for more than some ms, and following one takes a
# fifth of the time that it takes alone.
BATCH = 500


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

    def __len__(self) -> int:
        """The number of feeds followed."""
        with unavailable():
            count: Any = self._client.hlen(self._keys("feeds"))
        return int(count)


def _state(encoded: bytes | None) -> FeedState:
    if not encoded:
        return FeedState()
    if encoded.startswith(b"{"):  # as it was written before 2026-11-23
        return msgspec.json.decode(encoded, type=FeedState)
    return msgspec.msgpack.decode(encoded, type=FeedState)
