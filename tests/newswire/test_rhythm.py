"""A feed's rhythm: what its entries' dates teach, and what is expected of it."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswire.polling.rhythm import Rhythm, learn, level, pieces

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(*entries, days=28, every=HOUR, standing=20, dated=True):
    """A rhythm after polls at an interval, of a feed whose entries came at these times."""
    rhythm, known, now = Rhythm(), 0, MONDAY
    entries = sorted(entries)
    while now < MONDAY + days * DAY:
        there = sum(entry <= now for entry in entries)
        dates = entries[known:there] if dated else ()
        rhythm = learn(rhythm, dates, new=there - known, standing=standing, now=now)
        known, now = there, now + every
    return rhythm


def daily(*hours, days=28, minute=0):
    return [MONDAY + day * DAY + timedelta(hours=hour, minutes=minute) for day in range(days) for hour in hours]


def expected(rhythm, start, end):
    """The entries that a feed normally brings, whatever its pace."""
    spans = pieces(rhythm, start.timestamp(), end.timestamp(), normal=True)
    return sum((until - begin) * rate for begin, until, rate in spans)


def in_hour(rhythm, hour, day=28):
    start = MONDAY + day * DAY + hour * HOUR
    return expected(rhythm, start, start + HOUR)


def rate_at(rhythm, time):
    return next(iter(pieces(rhythm, time.timestamp(), time.timestamp() + 1)))[2]


def test_a_feed_is_expected_to_bring_what_it_brought():
    rhythm = told(*daily(8, 12, 16))
    assert expected(rhythm, MONDAY + 28 * DAY, MONDAY + 29 * DAY) == pytest.approx(3, rel=0.02)


def test_news_is_expected_in_the_hours_that_brought_it():
    rhythm = told(*daily(8, 8.5, 9))
    assert [round(in_hour(rhythm, hour), 1) for hour in (7, 8, 9, 10)] == [0.1, 1.0, 0.5, 0.1]


def test_news_is_expected_on_the_days_of_the_week_that_brought_it():
    rhythm = told(*(entry for entry in daily(*range(6, 22)) if entry.weekday() < 5))
    assert in_hour(rhythm, 12, day=28) > 2 * in_hour(rhythm, 12, day=33)


def test_news_is_expected_at_the_minutes_of_the_hour_that_brought_it():
    rhythm = told(*daily(*range(24), minute=30))
    hour = MONDAY + 28 * DAY
    assert rate_at(rhythm, hour + timedelta(minutes=31)) > 5 * rate_at(rhythm, hour + timedelta(minutes=33))


def test_entries_that_come_at_any_minute_teach_no_minute():
    rhythm = told(*(MONDAY + number * timedelta(minutes=37) for number in range(1000)))
    assert len(list(pieces(rhythm, rhythm.at, rhythm.at + 3600))) == 1


def test_a_new_feeds_dates_tell_its_rate_at_once():
    dates = [MONDAY - number * 2 * HOUR for number in range(40)]
    rhythm = learn(Rhythm(), dates, new=40, standing=40, now=MONDAY)
    assert level(rhythm) * 3600 == pytest.approx(0.5, rel=0.1)


def test_a_new_feed_without_dates_is_thought_to_bring_one_entry_an_hour_until_it_does_not():
    rhythm = learn(Rhythm(), [], new=40, standing=40, now=MONDAY)
    later = learn(rhythm, [], new=0, standing=40, now=MONDAY + DAY)
    assert [level(rhythm) * 3600, level(later) * 3600 < 0.05] == [1, True]


def test_the_four_weeks_before_two_silent_ones_count_three_sevenths():
    rhythm = told(*daily(*range(24)))
    silent = learn(rhythm, [], new=0, standing=20, now=MONDAY + 42 * DAY)
    assert level(silent) / level(rhythm) == pytest.approx((1 / 2 - 1 / 8) / (1 - 1 / 8), rel=0.01)


def test_many_entries_at_once_quicken_the_pace_and_hours_quiet_it_again():
    calm = told(*daily(8, 12, 16))
    now = MONDAY + 28 * DAY
    burst = learn(calm, [now - timedelta(minutes=n) for n in range(1, 11)], new=10, standing=20, now=now)
    after = learn(burst, [], new=0, standing=20, now=now + DAY)
    quickened = [rate_at(one, now + DAY) / rate_at(calm, now + DAY) for one in (burst, after)]
    assert rate_at(burst, now) > 3 * rate_at(calm, now)
    assert quickened == pytest.approx([1, 1], abs=0.6)


def test_silence_where_news_is_due_slows_the_pace():
    steady = told(*daily(*range(24)))
    now = MONDAY + 28 * DAY
    silent = learn(steady, [], new=0, standing=20, now=now + 6 * HOUR)
    assert rate_at(silent, now + 6 * HOUR) < 0.7 * rate_at(steady, now)


def test_a_document_that_turned_over_counts_for_what_nobody_saw():
    calm = told(*daily(8, 12, 16))
    now = MONDAY + 28 * DAY
    dates = [now - timedelta(minutes=n) for n in range(1, 11)]
    shared = learn(calm, dates, new=10, standing=11, now=now)
    gap = learn(calm, dates, new=10, standing=10, now=now)
    assert gap.recent - calm.recent > 4 * (shared.recent - calm.recent)


def test_entries_without_dates_count_when_they_are_seen():
    rhythm = told(*daily(8.2, 8.5, 8.8), dated=False)
    assert [round(in_hour(rhythm, hour), 1) for hour in (8, 9, 10)] == [0.1, 1.5, 0.1]


def test_an_entry_that_was_dated_before_the_last_sight_came_after_it():
    seen = told(days=7)
    now = MONDAY + 7 * DAY
    dated = learn(seen, [now - 3 * HOUR], new=1, standing=20, now=now)
    assert [hour for hour, entries in enumerate(dated.hours) if entries] == [23]


def test_old_entries_under_new_names_are_no_news():
    seen = told(*daily(8, 12, 16))
    now = MONDAY + 28 * DAY
    renamed = learn(seen, [now - 9 * DAY] * 20, new=20, standing=20, now=now)
    assert (renamed.days, renamed.recent < 1) == (seen.days, True)


def test_a_date_of_tomorrow_counts_as_now():
    seen = told(days=7)
    now = MONDAY + 7 * DAY
    ahead = learn(seen, [now + DAY], new=1, standing=20, now=now)
    assert [hour for hour, entries in enumerate(ahead.hours) if entries] == [0]


def a_sight(rhythm, now):
    return learn(rhythm, [now - HOUR, now - 2 * HOUR], new=2, standing=2, now=now)


@pytest.mark.parametrize(
    "wrong", [datetime(1970, 1, 1, 3, tzinfo=UTC), datetime(2038, 1, 19, tzinfo=UTC), MONDAY + 366 * DAY]
)
def test_what_a_clock_taught_that_was_wrong_by_years_is_forgotten(wrong):
    assert a_sight(a_sight(Rhythm(), wrong), MONDAY) == a_sight(Rhythm(), MONDAY)


@given(st.lists(st.timedeltas(min_value=-3 * DAY, max_value=400 * DAY), max_size=8), st.booleans())
@settings(deadline=None, max_examples=50)  # a year's account at each jump
def test_however_clocks_jump_a_rate_is_above_none_and_below_all_sense(jumps, dated):
    rhythm, now = Rhythm(), MONDAY
    for jump in jumps:
        now += jump
        rhythm = learn(rhythm, [now] * (3 * dated), new=3, standing=20, now=now)
        rates = [rate for _, _, rate in pieces(rhythm, now.timestamp(), now.timestamp() + 86_400)]
        assert min(rates) > 0
        assert max(rates) < 3 * len(jumps)  # a second brings no more than all that ever came


@pytest.mark.parametrize(
    ("last_day", "expected"),
    [(12, "usual"), (18, "usual"), (30, "strange"), (0, "strange")],
)
def test_a_day_is_strange_by_its_feeds_own_normal(last_day, expected):
    hours = [24 * number / max(last_day, 1) for number in range(last_day)]
    last = [MONDAY + 27 * DAY + hour * HOUR for hour in hours]
    rhythm = told(*daily(*range(0, 24, 2), days=27), *last, days=28.1)
    assert ("strange" if abs(rhythm.deviation) > 2 else "usual") == expected
    assert (rhythm.deviation > 0) is (last_day > 12) or last_day == 12


def test_a_feed_whose_days_stray_must_stray_further_to_be_strange():
    in_turns = told(*(MONDAY + day * DAY + n * HOUR for day in range(0, 28, 2) for n in range(24)), days=28.1)
    assert abs(in_turns.deviation) <= 2


def test_in_its_first_days_no_day_of_a_feed_is_strange():
    assert told(*daily(*range(24), days=4), days=5.1).deviation == 0.0


@given(st.lists(st.tuples(st.integers(0, 200_000), st.lists(st.integers(-300_000, 100_000), max_size=30)), max_size=30))
def test_whatever_dates_say_a_rate_is_above_none_and_the_rhythm_is_read_back(polls):
    rhythm, now = Rhythm(), MONDAY
    for after_s, ages_s in polls:
        now += timedelta(seconds=after_s)
        dates = [now + timedelta(seconds=age) for age in ages_s]
        rhythm = learn(rhythm, dates, new=len(dates) + 1, standing=30, now=now)
    rates = [rate for _, _, rate in pieces(rhythm, rhythm.at, rhythm.at + 86_400)]
    assert min(rates) > 0
    assert msgspec.json.decode(msgspec.json.encode(rhythm), type=Rhythm) == rhythm


def test_a_busy_feeds_rhythm_takes_some_four_hundred_bytes():
    rhythm = told(*(MONDAY + number * timedelta(minutes=7) for number in range(5000)), every=timedelta(minutes=10))
    assert len(msgspec.json.encode(rhythm)) < 500
