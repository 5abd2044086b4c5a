"""Streams that others read, for tests: entries of any age, numbered as the steps number them."""

import time

from redis import Redis

DAY_MS = 86_400_000


def now_ms(redis: Redis) -> int:
    seconds, micros = redis.time()
    return seconds * 1000 + micros // 1000


def append(redis: Redis, count: int, *, days_ago: float = 0.0, stream: str = "wirefold") -> list[str]:
    """Append entries that are so old, each later than all before; returns their ids."""
    last = redis.xrevrange(stream, count=1)
    begun = max(now_ms(redis) - int(days_ago * DAY_MS) - count, int(last[0][0].split(b"-")[0]) + 1 if last else 0)
    first = redis.hincrby("{wirefold}:sequences", stream, count) - count + 1
    pipeline = redis.pipeline()
    for at in range(count):
        fields = {"sequence": f"{first + at:016}", "type": "org.wirefold.story.copied.v1", "data": "{}"}
        pipeline.xadd(stream, fields, id=f"{begun + at}-0")
    return [entry_id.decode() for entry_id in pipeline.execute()]


def numbers(redis: Redis, stream: str = "wirefold") -> list[int]:
    """The numbers of the entries that a stream has."""
    return [int(fields[b"sequence"]) for _, fields in redis.xrange(stream)]


def read(redis: Redis, group: str, count: int, *, stream: str = "wirefold", acknowledge: int = 0) -> list[str]:
    """Let a group read so many, and acknowledge the first few; returns the ids."""
    ((_, entries),) = redis.xreadgroup(group, "reader", {stream: ">"}, count=count)
    ids = [entry_id.decode() for entry_id, _ in entries]
    if acknowledge:
        redis.xack(stream, group, *ids[:acknowledge])
    return ids


def rest(seconds: float = 0.02) -> None:
    """Let a group's idle time grow."""
    time.sleep(seconds)
