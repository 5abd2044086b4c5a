"""The one place that builds the real things. Nothing connects before its first use."""

from functools import cached_property

from newswire.routes import parse_routes
from storage import connection
from storage.bodies import Bodies
from storage.feeds import Feeds
from storage.frontier import Frontier
from storage.groups import Groups
from storage.health import Health
from storage.hosts import Hosts
from storage.keys import Keys
from storage.ledger import Ledger
from storage.outbox import Outbox
from storage.replay import Replay
from storage.retention import Limits
from storage.snapshot import Snapshot
from storage.stories import Stories
from storage.streams import Streams
from workers.fetch import Fetcher
from workers.settings import Settings, named_redis


class Tools:
    """What the stages work with: one set a process, shared by its threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        keys = Keys(settings.name)
        self._redis = connection.connect(named_redis(settings))
        self._broker = connection.connect(settings.broker_url or settings.redis_url)
        routes = parse_routes(settings.routes)
        outbox = Outbox(keys, body_field=settings.body_field, routes=routes)
        self.frontier = Frontier(
            self._redis,
            keys,
            window_s=settings.window_s,
            host_gap_s=settings.host_gap_s,
            outbox=outbox,
        )
        self.feeds = Feeds(self._redis, keys)
        self.stories = Stories(self._redis, keys, window_s=settings.window_s, outbox=outbox)
        self.streams = Streams(self._redis, keys, body_field=settings.body_field, routes=routes)
        self.groups = Groups(self._redis, keys, self.streams)
        self.limits = Limits(
            window_ms=settings.window_s * 1000,
            idle_ms=int(settings.group_idle_hours * 3_600_000),
            max_entries=settings.stream_max_entries,
        )
        self.replay = Replay(self._redis, keys, body_field=settings.body_field)
        self.snapshot = Snapshot(self._redis, keys, self.stories, window_s=settings.window_s)
        self.ledger = Ledger(self._redis, keys)
        self.hosts = Hosts(self._redis, keys)
        self.health = Health(self._redis, keys)
        self.bodies = Bodies(self._broker, keys)

    @cached_property
    def fetcher(self) -> Fetcher:
        """The HTTP client; only the io side ever asks for it."""
        settings = self.settings
        return Fetcher(
            user_agent=settings.user_agent, allow_hosts=settings.allow_hosts, timeout_s=settings.fetch_timeout_s
        )

    def close(self) -> None:
        """Give back every connection."""
        if "fetcher" in self.__dict__:
            self.fetcher.close()
        connection.close(self._redis)
        connection.close(self._broker)
