"""The dates of feeds, good and bad."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.feeddate import parse_date

SEVEN = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 22 Nov 2026 07:00:00 GMT",
        "Sun, 22 Nov 2026 07:00:00 +0000",
        "Sun, 22 Nov 2026 07:00:00",
        "22 Nov 2026 07:00 Z",
        "Sun, 22 Nov 2026 08:00:00 CET",
        "Sun, 22 Nov 2026 12:30:00 IST",
        "Sun, 22 Nov 2026 02:00:00 EST",
        "Sun, 22 Nov 2026 09:00:00 +0200",
        "2026-11-22T07:00:00Z",
        "2026-11-22T07:00:00.123Z",
        "2026-11-22T09:00:00+02:00",
        "2026-11-22T07:00",
        "2026-11-22 07:00:00",
        "2026-11-22 08:00:00 +0100",
        "2026-11-22 08:00:00 CET",
        " 2026-11-22T07:00:00Z\n",
        "dim., 22 nov. 2026 08:00:00 +0100",
        "dimanche 22 novembre 2026 07:00",
        "22 de noviembre de 2026 07:00",
        "So, 22. November 2026 07:00 Uhr",
        "1795330800",
        "1795330800000",
    ],
)
def test_a_date_is_read(text):
    assert parse_date(text).replace(microsecond=0) == SEVEN


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3 août 2026 07:00", 8),
        ("3 juin 2026", 6),
        ("3 juillet 2026", 7),
        ("3 März 2026", 3),
        ("3 dez 2026", 12),
        ("3 gen 2026", 1),
    ],
)
def test_months_of_other_languages_are_read(text, month):
    assert parse_date(text).month == month


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "1795",
        "20261122",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "2026-13-45T00:00:00Z",
        "Sun, 42 Nov 2026 07:00:00 GMT",
        "22/11/26",
        "9999999999",
        "٢٢",
    ],
)
def test_what_is_no_certain_date_is_none(text):
    assert parse_date(text) is None


@given(
    st.one_of(st.text(), st.from_regex(r"\w{0,3},? ?\d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d [+-]?\w{0,6}", fullmatch=True))
)
def test_no_text_breaks_it(text):
    moment = parse_date(text)
    assert moment is None or 1995 <= moment.year < 2100
