"""What trimming tells, on a real Redis."""

import pytest
from publishers import tools_for
from streams import append, numbers, read, rest
from structlog.testing import capture_logs

from storage.retention import Limits
from workers.metrics import ServiceCollector
from workers.retain import retain

WINDOW_MS = 5 * 86_400_000


@pytest.fixture
def tools(redis, redis_server):
    """Tools with a thousand entries a stream at most."""
    assert redis.dbsize() == 0
    with tools_for(redis_server, {}) as tools:
        tools.limits = Limits(window_ms=WINDOW_MS, idle_ms=86_400_000, max_entries=1000)
        yield tools


def told(tools) -> list[dict]:
    with capture_logs() as lines:
        retain(tools)
    return lines


def metrics(tools, name: str) -> dict[tuple[str, ...], float]:
    (family,) = (family for family in ServiceCollector(tools).collect() if family.name == name)
    return {tuple(sample.labels.values()): sample.value for sample in family.samples}


def test_nothing_is_told_while_all_is_well(redis, tools):
    append(redis, 300, days_ago=7)
    redis.xgroup_create("wirefold", "g", "0")
    append(redis, 100)
    assert told(tools) == []
    assert redis.xlen("wirefold") == 400


def test_the_alarm_comes_before_anything_unread_goes_and_the_loss_is_told_after(redis, tools):
    append(redis, 700, days_ago=7)
    redis.xgroup_create("wirefold", "g", "0")
    assert told(tools) == []
    append(redis, 150, days_ago=6)
    held_back = {"event": "stream_held_back", "log_level": "warning", "stream": "wirefold", "group": "g"}
    assert told(tools) == [{**held_back, "lag": 850, "pending": 0, "room": 150}]
    assert metrics(tools, "wirefold_group_held_back") == {("wirefold", "g"): 1}
    assert redis.xlen("wirefold") == 850
    read(redis, "g", 10, acknowledge=5)
    append(redis, 200, days_ago=5.5)
    trimmed = {"event": "stream_unread_trimmed", "log_level": "warning", "stream": "wirefold", "group": "g"}
    assert told(tools) == [
        {**held_back, "lag": 1040, "pending": 5, "room": 0},
        {**trimmed, "unread": 40, "unacknowledged": 5},
    ]
    assert numbers(redis)[0] == 51
    assert metrics(tools, "wirefold_group_lost")[("wirefold", "g")] == 45
    assert metrics(tools, "wirefold_group_lag") == {("wirefold", "g"): 1000}


def test_of_an_idle_group_no_log_tells(redis, tools):
    append(redis, 10, days_ago=7)
    redis.xgroup_create("wirefold", "g", "0")
    retain(tools)
    tools.limits = Limits(window_ms=WINDOW_MS, idle_ms=1, max_entries=1000)
    rest()
    assert told(tools) == []
    assert (redis.xlen("wirefold"), metrics(tools, "wirefold_group_lost")[("wirefold", "g")]) == (0, 10)


def test_a_stream_that_cannot_hold_its_window_is_told_of(redis, tools):
    (first, *_) = append(redis, 1200)
    full = {"event": "stream_full", "log_level": "warning", "stream": "wirefold"}
    assert told(tools) == [{**full, "entries": 1200, "first": first}]
    assert redis.xlen("wirefold") == 1000


def test_every_stream_is_trimmed(redis, tools):
    streams = ("wirefold", "{wirefold}:copies", "{wirefold}:rejects", "{wirefold}:route:former")
    for stream in streams:
        append(redis, 3, days_ago=7, stream=stream)
        append(redis, 1, stream=stream)
    retain(tools)
    assert [redis.xlen(stream) for stream in streams] == [1, 1, 1, 1]
