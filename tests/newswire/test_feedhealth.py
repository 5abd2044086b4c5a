"""How a feed is, judged by its own past."""

from datetime import UTC, datetime, timedelta

import pytest

from newswire.polling.health import Condition, is_silent, judge
from newswire.polling.rhythm import Rhythm
from newswire.polling.state import FeedState

NOW = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def a_state(**fields):
    return FeedState(**{"polled": NOW, "last_success": NOW, "last_news": NOW, **fields})


@pytest.mark.parametrize(
    ("state", "outcomes", "expected"),
    [
        (FeedState(), {}, Condition.NEW),
        (a_state(), {}, Condition.WELL),
        (a_state(error="timeout", failures=1), {}, Condition.FAILING),
        (a_state(error="timeout"), {}, Condition.WELL),  # nobody answered: it was not counted
        (a_state(error="http_429"), {}, Condition.FAILING),
        (a_state(error="http_410", ended=True), {}, Condition.DEAD),
        (a_state(last_news=NOW - 31 * HOUR, longest_pause_s=36_000), {}, Condition.SILENT),
        (a_state(), {"published": 4, "rejected:paywall": 6}, Condition.UNREAD),
        (a_state(), {"published": 5, "rejected:paywall": 5}, Condition.WELL),
        (a_state(), {"published": 1, "rejected:paywall": 6}, Condition.WELL),
        (a_state(), {"published": 10, "rejected:too_old": 60}, Condition.WELL),
        (a_state(rhythm=Rhythm(deviation=-2.1)), {}, Condition.UNUSUAL),
    ],
)
def test_a_feed_has_one_condition_the_worst(state, outcomes, expected):
    assert judge(state, outcomes, NOW).condition is expected


def test_the_reason_why_most_pages_are_not_read_is_named():
    health = judge(a_state(), {"rejected:paywall": 6, "rejected:http_404": 2, "rejected:too_old": 90}, NOW)
    assert (health.unread, health.worst) == (8, "paywall")


@pytest.mark.parametrize(
    ("pause_s", "quiet", "expected"),
    [
        (3600, 23 * HOUR, False),  # never within a day
        (3600, 25 * HOUR, True),
        (86_400, 71 * HOUR, False),
        (86_400, 73 * HOUR, True),
        (0, 9 * 24 * HOUR, False),  # its pauses are not known
        (0, 11 * 24 * HOUR, True),
    ],
)
def test_silence_is_three_times_the_longest_pause_so_far_and_a_day_at_least(pause_s, quiet, expected):
    assert is_silent(a_state(longest_pause_s=pause_s, last_news=NOW - quiet), NOW) is expected


def test_a_feed_that_never_had_news_is_not_silent():
    assert is_silent(FeedState(polled=NOW), NOW) is False
