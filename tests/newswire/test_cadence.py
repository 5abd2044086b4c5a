"""A feed's cadence: where its rhythm lets news expect, never against its publisher's wish."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.feed import FeedHints
from newswire.polling.cadence import freshness_s, next_poll
from newswire.polling.price import Bounds
from newswire.polling.state import Answer, FeedState, Reading, after_failure, after_success

NOW = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)  # a Sunday
BOUNDS = Bounds(min_s=60, max_s=600)  # the longest is what a feed of which nothing is known waits


def a_state(**fields):
    return FeedState(**{"polled": NOW, **fields})


def answered(state, reading=None, *, now=NOW):
    return after_success(state, Answer(), reading, now=now)


def wait_s(state, *, jitter=0.0, bounds=BOUNDS):
    return (next_poll(state, now=NOW, bounds=bounds, jitter=jitter) - NOW).total_seconds()


@given(st.lists(st.integers(0, 3), max_size=40), st.floats(0, 1))
def test_a_wait_stays_within_its_bounds(news, jitter):
    state = FeedState()
    for number, new in enumerate(news):
        state = answered(state, Reading(new=new, standing=10), now=NOW + timedelta(minutes=number))
    wait = next_poll(state, now=NOW + timedelta(hours=1), bounds=BOUNDS, jitter=jitter) - NOW
    assert 60 <= wait.total_seconds() - 3600 <= 600 * 1.1


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"fresh_s": 1800}, 1800),
        ({"fresh_s": 30}, 600),
        ({"hints": FeedHints(ttl_s=7200)}, 7200),
        ({"hints": FeedHints(ttl_s=90_000_000)}, 86_400),
        ({"hints": FeedHints(update_period_s=43_200)}, 43_200),
        ({"hints": FeedHints(update_period_s=3600)}, 600),
    ],
)
def test_the_publishers_wish_is_a_floor_but_wordpresss_default_is_nobodys_wish(fields, expected):
    assert wait_s(a_state(**fields)) == expected


def test_skipped_hours_are_passed_over():
    state = a_state(hints=FeedHints(skip_hours=(7, 8)))
    assert next_poll(state, now=NOW, bounds=BOUNDS, jitter=0) == datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_skipped_days_are_passed_over():
    state = a_state(hints=FeedHints(skip_days=(6,)))
    assert next_poll(state, now=NOW, bounds=BOUNDS, jitter=0) == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def test_a_feed_that_skips_every_hour_is_not_believed():
    assert wait_s(a_state(hints=FeedHints(skip_hours=tuple(range(24))))) == 600


def test_failures_double_the_wait_up_to_a_day():
    state, waits = a_state(), []
    for _ in range(9):
        state = after_failure(state, now=NOW, reason="timeout")
        waits.append(wait_s(state))
    assert waits == [1200, 2400, 4800, 9600, 19_200, 38_400, 76_800, 86_400, 86_400]


def test_a_wait_that_the_server_asked_for_is_kept():
    assert wait_s(after_failure(a_state(), now=NOW, reason="http_429", retry_after_s=5000)) == 5000


def test_our_own_outage_does_not_count_against_a_feed():
    state = after_failure(a_state(), now=NOW, reason="network", counts=False)
    assert (state.failures, wait_s(state)) == (0, 60)


def test_a_success_ends_the_backoff():
    failed = after_failure(a_state(), now=NOW, reason="http_429", retry_after_s=5000)
    state = answered(failed)
    assert (state.error, state.failures, wait_s(state)) == ("", 0, 600)


def test_gone_ends_a_feed():
    assert next_poll(after_failure(a_state(), now=NOW, reason="http_410"), now=NOW, bounds=BOUNDS, jitter=0) is None


def test_jitter_only_ever_waits_longer():
    assert [wait_s(a_state(), jitter=jitter) for jitter in (0.0, 0.5, 1.0)] == [600, 630, 660]


@pytest.mark.parametrize(
    ("cache_control", "expires", "expected"),
    [
        ("", "", 0),
        ("public, max-age=300", "", 300),
        ("Max-Age=999999999", "", 86_400),
        ("max-age=300", "Sun, 22 Nov 2026 08:10:00 GMT", 300),
        ("public", "Sun, 22 Nov 2026 08:10:00 GMT", 3600),
        ("public", "Sun, 22 Nov 2020 08:10:00 GMT", 0),
        ("", "0", 0),
        ("", "-1", 0),
        ("no-cache, max-age=300", "", 0),
        ("s-maxage=300", "", 0),
    ],
)
def test_freshness_is_read_from_the_headers(cache_control, expires, expected):
    assert freshness_s(cache_control, expires, NOW) == expected
