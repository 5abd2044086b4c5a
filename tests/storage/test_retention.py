"""What of a stream may go, on values."""

import pytest

from storage.retention import Group, Limits, Stream, held_back, is_full, is_idle, keep_from, order, room, texts_until_ms

NOW = 1_000_000_000
LIMITS = Limits(window_ms=1_000_000, idle_ms=5000, max_entries=1000)
BEGUN = f"{NOW - LIMITS.window_ms}-0"
OLD = NOW - 2 * LIMITS.window_ms


def a_group(**given: object) -> Group:
    """A live group that has read 100 of 200 entries and acknowledged them."""
    defaults = {"stream": "wirefold", "name": "g", "consumers": 1, "idle_ms": 0, "position": f"{OLD}-7", "number": 100}
    return Group(**{**defaults, "lag": 100, "pending": 0, **given})  # type: ignore[arg-type]


def a_stream(*groups: Group, **given: object) -> Stream:
    defaults = {"key": "wirefold", "now_ms": NOW, "entries": 200, "first": f"{OLD - 100}-0", "last_number": 200}
    return Stream(**{**defaults, "groups": groups, **given})  # type: ignore[arg-type]


def test_without_groups_the_window_stays():
    assert keep_from(a_stream(), LIMITS) == BEGUN


def test_a_live_group_keeps_what_it_has_not_read():
    assert keep_from(a_stream(a_group()), LIMITS) == f"{OLD}-8"


def test_a_live_group_keeps_what_it_has_not_acknowledged():
    group = a_group(pending=3, oldest_pending=f"{OLD - 50}-2", oldest_pending_number=40)
    assert keep_from(a_stream(group), LIMITS) == f"{OLD - 50}-2"


def test_the_group_that_is_farthest_behind_decides():
    groups = [a_group(name=str(age), position=f"{OLD - age}-0") for age in (5, 9, 7)]
    assert keep_from(a_stream(*groups), LIMITS) == f"{OLD - 9}-1"


def test_a_group_within_the_window_takes_nothing_from_it():
    assert keep_from(a_stream(a_group(position=f"{NOW - 5}-0")), LIMITS) == BEGUN


@pytest.mark.parametrize(("idle_ms", "kept"), [(4999, f"{OLD}-8"), (5000, BEGUN)])
def test_a_group_that_nobody_works_for_holds_nothing(idle_ms, kept):
    assert keep_from(a_stream(a_group(idle_ms=idle_ms)), LIMITS) == kept


def test_a_group_that_has_read_all_holds_nothing_and_is_not_idle():
    group = a_group(lag=0, number=200, idle_ms=10**9)
    assert is_idle(group, LIMITS) is False
    assert keep_from(a_stream(group), LIMITS) == BEGUN


@pytest.mark.parametrize(("behind", "in_danger"), [(799, False), (800, True), (1000, True)])
def test_from_four_fifths_of_the_most_entries_on_a_group_is_in_danger(behind, in_danger):
    group = a_group(number=5000 - behind, lag=behind)
    stream = a_stream(group, last_number=5000)
    assert room(stream, group, LIMITS) == 1000 - behind
    assert held_back(stream, LIMITS) == ((group,) if in_danger else ())


def test_what_is_pending_takes_room_too():
    group = a_group(number=5000, lag=0, pending=1, oldest_pending=f"{OLD}-0", oldest_pending_number=4101)
    assert room(a_stream(group, last_number=5000), group, LIMITS) == 100


def test_an_idle_group_is_in_no_danger_for_it_holds_nothing():
    assert held_back(a_stream(a_group(number=0, lag=5000, idle_ms=10**9), last_number=5000), LIMITS) == ()


def test_a_stream_is_full_when_it_does_not_reach_back_over_the_window():
    assert is_full(a_stream(entries=1000, first=f"{NOW - 10}-0"), LIMITS) is True
    assert is_full(a_stream(entries=1000, first=f"{OLD}-0"), LIMITS) is False
    assert is_full(a_stream(entries=999, first=f"{NOW - 10}-0"), LIMITS) is False
    assert is_full(a_stream(entries=0, first=""), LIMITS) is False


def test_texts_go_an_hour_after_the_oldest_entry_of_all_streams_has():
    streams = [a_stream(first="900000000-0"), a_stream(first="800000000-5"), a_stream(first="")]
    assert texts_until_ms(streams) == 800_000_000 - 3_600_000
    assert texts_until_ms([a_stream(first="")]) == NOW - 3_600_000


def test_ids_are_ordered_as_numbers():
    assert sorted(["10-0", "9-10", "9-9", "9"], key=order) == ["9", "9-9", "9-10", "10-0"]
