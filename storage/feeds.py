"""The catalogue one follows, and what is known of each feed."""

from typing import Any

import msgspec

from newswire.feed import Feed
from newswire.polling.state import FeedState
from newswire.url import host_of
from storage.connection import Redis, script, text, unavailable
from storage.keys import Keys


class Feeds:
    """Feeds by their ids. Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys) -> None:
        self._client = client
        self._keys = keys
        self._follow = script(client, "frontier", "follow")
        self._unfollow = script(client, "frontier", "unfollow")

    def follow(self, feed: Feed) -> bool:
        """Add a feed, due at once; one already followed keeps its state, with title and tags as now given."""
        args: list[str | bytes] = [self._keys.prefix, feed.id, msgspec.json.encode(feed), host_of(feed.url), feed.url]
        with unavailable():
            return bool(self._follow(keys=[self._keys("feeds")], args=args))

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
        with unavailable():
            rows: Any = self._client.hgetall(self._keys("feeds"))
            feeds = sorted((msgspec.json.decode(row, type=Feed) for row in rows.values()), key=lambda feed: feed.url)
            pipeline = self._client.pipeline(transaction=False)
            for feed in feeds:
                pipeline.hget(self._keys("feed", feed.id), "state")
            states = pipeline.execute()
        return [(feed, _state(state)) for feed, state in zip(feeds, states, strict=True)]

    def __len__(self) -> int:
        """The number of feeds followed."""
        with unavailable():
            count: Any = self._client.hlen(self._keys("feeds"))
        return int(count)


def _state(encoded: bytes | None) -> FeedState:
    return msgspec.json.decode(text(encoded), type=FeedState) if encoded else FeedState()
