"""When an article appeared, of all that is said of it."""

from datetime import UTC, datetime, timedelta

import pytest

from newswire.civil import zone_of
from newswire.moments import Context, Moment, modified_at, published_at

FETCHED = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EIGHT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)


def context(link="https://paper.example/a", language="en"):
    return Context(link, language, FETCHED)


def at(*stated, shown=(), feed=None, **rest):
    return published_at(stated, shown, feed, context(**rest))


def test_the_first_that_can_be_is_taken():
    assert at("2027-01-01T00:00:00Z", "1970-01-01", "soon", "2026-11-22T08:00:00Z", "2026-11-21T08:00:00Z") == Moment(
        EIGHT
    )


def test_a_day_gives_way_to_the_time_that_another_states_of_it():
    assert at("2026-11-22T00:00:00Z", "2026-11-21T07:00:00Z", "2026-11-22T08:00:00Z") == Moment(EIGHT)


def test_a_day_gives_way_to_the_feeds_time_of_it():
    assert at("2026-11-22", feed=EIGHT) == Moment(EIGHT)


def test_a_day_that_the_feed_contradicts_stands_and_says_that_it_is_one():
    assert at("2026-11-22", feed=EIGHT - timedelta(days=5)) == Moment(MIDNIGHT, is_day=True)


def test_the_feed_goes_before_what_stands_beside_the_headline():
    assert at(shown=["20 November 2026"], feed=EIGHT) == Moment(EIGHT)


def test_what_stands_beside_the_headline_is_the_last_resort():
    assert at(shown=["Ann Lee", "22 November 2026, 8:00"]) == Moment(EIGHT)


def test_an_update_is_not_the_publication():
    assert at(shown=["Updated: 22 November 2026, 9:00", "22 November 2026, 8:00 - updated 10:00"]) == Moment(EIGHT)


def test_a_dated_address_decides_between_the_dates_on_the_page():
    link = "https://paper.example/2026/11/22/ferry?d=20200101"
    assert at(shown=["3 May 2019", "22 November 2026, 8:00"], link=link) == Moment(EIGHT)
    assert at(shown=["3 May 2019"], link=link) == Moment(MIDNIGHT, is_day=True)


@pytest.mark.parametrize(
    ("host", "text", "hour"),
    [
        ("zeitung.de", "2026-07-01 10:00", 8),
        ("zeitung.de", "2026-11-20 10:00", 9),
        ("paper.in", "2026-11-20 15:30", 10),
        ("paper.com", "2026-11-20 10:00", 10),  # servers of .com print UTC
    ],
)
def test_a_time_without_a_zone_is_of_the_publishers_country(host, text, hour):
    assert at(text, link=f"https://www.{host}/a").at.hour == hour


def test_a_local_time_is_never_in_the_future():
    assert at("2026-11-22 11:30", link="https://diario.ar/a").at.hour == 11  # 14:30 in UTC, after it was fetched


def test_another_statement_with_the_same_hands_lends_its_zone():
    assert at("2026-11-22 10:00:12", "2026-11-22T10:00:00+02:00") == Moment(EIGHT.replace(second=12))


def test_english_dates_are_read_as_the_country_writes_them():
    assert [at("05/04/2026 09:00", link=f"https://paper.{end}/a").at.month for end in ("com", "ie")] == [5, 4]


def test_a_change_is_never_before_the_publication_and_never_a_day():
    times = ["2026-11-22T09:00:00Z", "2026-11-22T07:00:00Z", "2026-11-23", "2030-01-01T00:00:00Z"]
    changed = [modified_at([text], Moment(EIGHT), context()) for text in times]
    assert changed == [EIGHT + timedelta(hours=1), None, None, None]


def test_countries_of_several_zones_have_none():
    assert [zone_of(host, EIGHT) for host in ("paper.us", "paper.com.au", "localhost", "")] == [None] * 4
