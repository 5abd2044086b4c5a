"""How long to wait for news: what a request is worth, where the poll stands, and the budget of all feeds."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.polling.price import BASE_PRICE, Bounds, Demand, demand, wait_s, within_budget
from newswire.polling.rhythm import Rhythm, learn

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
WIDE = Bounds(min_s=1, max_s=100_000)


def even(every, standing=0):
    """A feed whose first document goes back four weeks, with an entry at an interval."""
    dates = [MONDAY - every * number for number in range(timedelta(days=28) // every)]
    return learn(Rhythm(), dates, new=len(dates), standing=standing, now=MONDAY)


def wait(rhythm, bounds=WIDE):
    return wait_s(rhythm, rhythm.at, bounds)


@pytest.mark.parametrize(
    ("every", "minutes"), [(timedelta(minutes=15), 7.5), (HOUR, 15), (5 * HOUR, 33.5), (17 * HOUR, 62)]
)
def test_a_wait_is_as_the_root_of_the_gap_between_entries(every, minutes):
    # 37 seconds more: else the feed keeps to the clock, and its minute is waited for.
    assert wait(even(every + timedelta(seconds=37))) / 60 == pytest.approx(minutes, rel=0.15)


def test_twice_the_price_is_twice_the_wait():
    rhythm = even(timedelta(minutes=61))
    dear = WIDE._replace(price=2 * BASE_PRICE)
    assert wait(rhythm, dear) == pytest.approx(2 * wait(rhythm), rel=0.1)


@given(st.integers(1, 3000), st.floats(1, 1e4), st.floats(1, 1e4), st.floats(0.01, 1e4))
def test_a_wait_is_within_its_bounds(new, some_s, more_s, price):
    bounds = Bounds(some_s, some_s + more_s, price)
    assert some_s <= wait(learn(Rhythm(), [MONDAY - HOUR], new=new, standing=5, now=MONDAY), bounds) <= sum(bounds[:2])


def test_a_poll_stands_right_after_the_minute_that_brings_the_news():
    rhythm = even(HOUR)
    waits = [wait_s(rhythm, rhythm.at + minutes * 60, Bounds(120, 3600)) / 60 for minutes in (35, 45, 55)]
    assert [35 + waits[0], 45 + waits[1], 55 + waits[2]] == pytest.approx([62, 62, 62], abs=1)


def test_a_short_document_is_read_again_before_a_quarter_of_it_is_new():
    dear = WIDE._replace(price=10 * BASE_PRICE)
    busy = timedelta(seconds=61)
    assert wait(even(busy, standing=20), dear) == pytest.approx(5 * 61, rel=0.1)
    assert wait(even(busy, standing=4), dear) == pytest.approx(61, rel=0.1)
    assert wait(even(busy, standing=1000), dear) == pytest.approx(10 * BASE_PRICE * math.sqrt(61), rel=0.1)


def test_a_feeds_demand_is_what_it_asks_for_at_a_price_of_one():
    rhythm = even(timedelta(minutes=61))
    assert BASE_PRICE / demand(rhythm).priced == pytest.approx(wait(rhythm), rel=0.1)


def test_a_short_documents_demand_counts_its_turnover():
    busy = even(timedelta(seconds=61), standing=4)
    assert 1 / demand(busy).turnover == pytest.approx(61, rel=0.1)


def test_a_budget_that_is_ample_changes_no_bounds():
    bounds = Bounds(120, 3600)
    assert within_budget(bounds, demand=Demand(1.0, 0.1), feeds=100, budget_rps=10.0) == bounds


def test_a_budget_raises_the_price_until_all_fits():
    bounds = within_budget(Bounds(120, 3600), demand=Demand(30.0, 0.1), feeds=1800, budget_rps=1.6)
    assert bounds == pytest.approx(Bounds(120, 3600, 30.0))


def test_what_no_price_lowers_is_stretched_to_half_of_a_budget():
    bounds = within_budget(Bounds(120, 3600), demand=Demand(30.0, 0.5), feeds=1800, budget_rps=0.5)
    assert bounds == Bounds(120, 14_400, 120.0, 1.0)


def test_feeds_with_a_budgets_bounds_keep_to_it():
    feeds = [even(timedelta(minutes=minutes), standing=20) for minutes in (3, 7, 31, 61, 127, 611)]
    total = Demand(*map(sum, zip(*map(demand, feeds), strict=True)))
    bounds = within_budget(Bounds(120, 3600), demand=total, feeds=len(feeds), budget_rps=0.006)
    assert 0.003 < sum(1 / wait(feed, bounds) for feed in feeds) <= 0.006
