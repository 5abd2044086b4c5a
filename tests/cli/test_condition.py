"""How a feed is, in words, and in `wirefold feeds list`."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from msgspec import msgpack
from redis import Redis

from cli.condition import described
from cli.main import cli
from newswire.feed import feed_from_url
from newswire.polling.health import judge
from newswire.polling.rhythm import Rhythm
from newswire.polling.state import FeedState
from storage.feeds import Feeds
from storage.keys import Keys

NOW = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def a_state(**fields):
    return FeedState(**{"polled": NOW, "last_success": NOW, "last_news": NOW - 3 * HOUR, **fields})


@pytest.mark.parametrize(
    ("state", "outcomes", "expected"),
    [
        (FeedState(), {}, "not polled yet"),
        (a_state(), {}, "last news 3 hours ago"),
        (
            a_state(last_news=NOW - 240 * HOUR, longest_pause_s=9 * 3600),
            {},
            "last news 10 days ago, longest pause before 9 hours",
        ),
        (a_state(), {"rejected:paywall": 12}, "12 pages not read, most of them: paywall"),
        (
            a_state(rhythm=Rhythm(deviation=-6.3)),
            {},
            "yesterday's news 6.3 standard deviations fewer than usual",
        ),
        (
            a_state(gaps=2, undated=30, surplus=1),
            {},
            (
                "last news 3 hours ago; 2 gaps between polls, where entries may be lost; "
                "1 entry beyond the most that are read; 30 entries without a date"
            ),
        ),
        (
            a_state(error="dns", failures=3, failing_since=NOW - 5 * HOUR),
            {},
            (
                "the host's name cannot be resolved: it is misspelt, it is gone, or the name server does not answer, "
                "3 in a row, the first 5 hours ago; last read 0 seconds ago"
            ),
        ),
        (
            a_state(twin="f1", twin_polls=3),
            {},
            "last news 3 hours ago; asked less often, as http://paper.example/all has the same entries",
        ),
        (
            a_state(moved_to="http://new.example/rss", moved_polls=4),
            {},
            "last news 3 hours ago; says that it has moved to http://new.example/rss (4 sightings)",
        ),
    ],
)
def test_what_is_odd_about_a_feed_is_said(state, outcomes, expected):
    assert described(judge(state, outcomes, NOW), state, "http://paper.example/all", NOW) == expected


def listed(redis_server, *options):
    result = CliRunner().invoke(cli, ["feeds", "list", *options, "--redis", redis_server])
    assert result.exit_code == 0
    return result.stdout.splitlines()


def test_the_unhealthy_are_listed_alone(redis: Redis, redis_server: str):
    feeds = [feed_from_url(f"http://{name}.example/rss") for name in ("dead", "new", "well")]
    Feeds(redis, Keys()).follow_all(feeds)
    now = datetime.now(UTC)
    for feed, state in (
        (feeds[0], FeedState(polled=now, error="http_410", ended=True)),
        (feeds[2], FeedState(polled=now, last_success=now, last_news=now)),
    ):
        redis.hset(f"{{wirefold}}:feed:{feed.id}", "state", msgpack.encode(state))
    assert [line.split()[:2] for line in listed(redis_server)] == [
        [feeds[0].url, "dead:"],
        [feeds[1].url, "new:"],
        [feeds[2].url, "well:"],
    ]
    (row,) = (json.loads(line) for line in listed(redis_server, "--unhealthy", "--json"))
    assert (row["url"], row["health"]["condition"], row["state"]["failures"]) == (feeds[0].url, "dead", 0)
