"""Dates as pages print them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.pagedate import read_when


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22T08:00:00+01:00", "2026-11-22T07:00:00+00:00"),
        ("20261122T080000+0900", "2026-11-21T23:00:00+00:00"),
        ("20261122T0800+0400Z", "2026-11-22T04:00:00+00:00"),  # ria.ru
        ("1795330800000", "2026-11-22T07:00:00+00:00"),
        ("Nov. 19, 2026, 07:47 PM EST", "2026-11-20T00:47:00+00:00"),
        ("04:25:06 PM IST Apr 08, 2026", "2026-04-08T10:55:06+00:00"),  # moneycontrol.com
        ("Sun Nov 22 08:00:00 UTC 2026", "2026-11-22T08:00:00+00:00"),
        ("2026-09-26T12:07:40+02:00CET", "2026-09-26T10:07:40+00:00"),
        ("12:10 am GMT, Jan 2, 2026", "2026-01-02T00:10:00+00:00"),
    ],
)
def test_a_time_with_its_zone_is_a_moment(text, expected):
    when = read_when(text)
    assert when
    assert (when.at.astimezone(UTC).isoformat(), when.is_zoned) == (expected, True)


@pytest.mark.parametrize(
    "text",
    [
        "22.11.2026, 8:05 Uhr",
        "Stand: 22.11.26 | 08:05",
        "2026年11月22日 08:05",
        "2026년 11월 22일 08:05",
        "22 ноября 2026 г. в 8:05",
        "dim. 22 novembre 2026 à 8h05",
        "22 de noviembre de 2026 08:05",
        "2026. november 22. 8:05",
        "Sunday, November 22nd, 2026 at 8:05 a.m.",
        "22 listopada 2026, 08:05",
        "22 Kasım 2026 08:05",
        "22 Νοεμβρίου 2026, 08:05",
        "٢٢ نوفمبر ٢٠٢٦ 08:05",
        "2026-11-22T8:05:00",
        "Nov 22,2026 8.05AM",
    ],
)
def test_the_hands_of_the_clock_are_read_in_twenty_languages(text):
    when = read_when(text)
    assert when
    assert (when.at, when.is_day, when.is_zoned) == (datetime(2026, 11, 22, 8, 5, tzinfo=UTC), False, False)


@pytest.mark.parametrize("text", ["5. April 2026", "2026-04-05", "20260405", "05/04/2026", "2026-04-05 00:00:00"])
def test_a_day_is_a_day_and_so_is_midnight(text):
    when = read_when(text)
    assert when
    assert (when.at, when.is_day) == (datetime(2026, 4, 5, tzinfo=UTC), True)


def test_americans_write_the_month_first_where_it_can_be_one():
    assert [read_when(text, month_first=True).at.month for text in ("04/05/2026", "13/05/2026")] == [4, 5]


@pytest.mark.parametrize(
    "text", ["", "12:30", "2026-13-45", "31.02.2026", "May 2026", "1.2.3", "0026-11-22", "1794-01-01", "2 hours ago"]
)
def test_what_is_no_certain_date_is_none(text):
    assert read_when(text) is None


@given(st.text(max_size=60))
def test_nothing_raises(text):
    when = read_when(text)
    assert when is None or 1990 <= when.at.year < 2100


@given(st.datetimes(timezones=st.just(UTC)), st.sampled_from(["%d.%m.%Y %H:%M", "%B %d, %Y %H:%M"]))
def test_what_was_written_is_read_again(moment, form):
    moment = moment.replace(year=1991 + moment.year % 100, month=moment.month, day=min(moment.day, 28))
    when = read_when(moment.strftime(form))
    assert when
    assert when.at == moment.replace(second=0, microsecond=0)
