import os
from collections.abc import Iterator

import pytest
from redis import Redis

from storage.embedded import throwaway


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The URL of a server of the tests' own; where none can be started, the tests fail."""
    with throwaway(os.environ.get("WIREFOLD_REDIS_SERVER", "")) as url:
        yield url


@pytest.fixture(name="redis")
def empty_redis(redis_server: str) -> Iterator[Redis]:
    """A client of that server, which holds nothing yet."""
    with Redis.from_url(redis_server) as client:
        client.flushall()
        yield client
