"""The one place that opens connections to Redis, and loads the scripts that run in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.commands.core import Script
from redis.retry import Retry

from storage.errors import Unavailable

# Replies are bytes.
Redis = redis.Redis

LUA = Path(__file__).parent / "lua"


def connect(url: str) -> Redis:
    """A client for `url`; nothing is sent yet.

    No retries: redis-py 8 repeats a write whose reply was lost, which doubles an XADD (redis-py#3554). What was cut off
    comes due again by its lease.
    """
    return Redis.from_url(
        url,
        protocol=2,
        retry=Retry(NoBackoff(), 0),
        socket_timeout=10,
        socket_connect_timeout=5,
        health_check_interval=10,
    )


def close(client: Redis) -> None:
    """Give back its connections."""
    client.close()
    client.connection_pool.disconnect()


def script(client: Redis, *names: str) -> Script:
    """A Lua script put together from files: shared functions first, the step itself last."""
    return client.register_script("\n".join((LUA / f"{name}.lua").read_text() for name in names))


@contextmanager
def unavailable() -> Iterator[None]:
    """Within it, an error of the connection or a refusal for want of memory or disk is `Unavailable`."""
    try:
        yield
    except (redis.ConnectionError, redis.TimeoutError, redis.BusyLoadingError) as error:
        raise Unavailable(str(error)) from error
    except redis.ResponseError as error:
        if str(error).startswith(("OOM", "MISCONF", "READONLY", "LOADING", "BUSY")):
            raise Unavailable(str(error)) from error
        raise


def text(value: Any) -> str:
    """A reply's bytes as text."""
    return value.decode() if isinstance(value, bytes) else str(value)
