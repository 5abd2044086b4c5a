"""The one place that opens connections to Redis, and loads the scripts that run in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.commands.core import Script
from redis.retry import Retry

from storage.errors import BadAddress, Unavailable

# Replies are bytes.
Redis = redis.Redis

LUA = Path(__file__).parent / "lua"


def connect(url: str) -> Redis:
    """A client for `url`; nothing is sent yet. Raises BadAddress.

    No retries: redis-py 8 repeats a write whose reply was lost, which doubles an XADD (redis-py#3554). What was cut off
    comes due again by its lease.
    """
    try:
        client = Redis.from_url(
            url,
            protocol=2,
            retry=Retry(NoBackoff(), 0),
            socket_timeout=10,
            socket_connect_timeout=5,
            health_check_interval=10,
        )
        client.connection_pool.make_connection()  # its options are looked at only here; nothing is sent
    except (ValueError, TypeError):  # TypeError: an option in the query that there is none of
        raise BadAddress("not a Redis URL: redis://HOST:PORT/0, rediss://… or unix:///PATH is wanted") from None
    return client


def close(client: Redis) -> None:
    """Give back its connections."""
    client.close()
    client.connection_pool.disconnect()


def script(client: Redis, *names: str) -> Script:
    """A Lua script put together from files: shared functions first, the step itself last."""
    return client.register_script("\n".join((LUA / f"{name}.lua").read_text() for name in names))


# In Redis 6.2 the error of a script repeats that of the command in it: out of memory, disk full, a replica, no rights,
# a stream that is something else by now.
_REFUSALS = ("OOM", "MISCONF", "READONLY", "NOPERM", "WRONGTYPE")


@contextmanager
def unavailable() -> Iterator[None]:
    """Within it, an error of the connection or a refusal by the server is `Unavailable`."""
    try:
        yield
    except redis.RedisError as error:
        # A step that fails by its own fault must not be taken for a server that will be well again.
        if "user_script" in str(error) and not any(word in str(error) for word in _REFUSALS):
            raise
        raise Unavailable(f"{type(error).__name__}: {error}") from error


def text(value: Any) -> str:
    """A reply's bytes as text."""
    return value.decode() if isinstance(value, bytes) else str(value)
