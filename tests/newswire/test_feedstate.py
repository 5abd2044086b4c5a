"""What polls teach of a feed: validators, moves, deaths, twins, losses."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from newswire.feed import FeedHints
from newswire.polling.state import Answer, FeedState, Reading, after_failure, after_success

NOW = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def a_state(**fields):
    return FeedState(**{"polled": NOW, "last_success": NOW, "last_news": NOW, **fields})


def answered(state, reading=None, *, now=NOW, **fields):
    return after_success(state, Answer(**fields), reading, now=now)


def failed(state, reason, *, now=NOW, times=1, every=timedelta(0), **fields):
    for number in range(times):
        state = after_failure(state, now=now + number * every, reason=reason, **fields)
    return state


def test_an_unchanged_answer_keeps_what_is_known_of_the_document():
    hints = FeedHints(ttl_s=60)
    state = a_state(etag='"1"', last_modified="Sun", body_hash="h", hints=hints)
    after = answered(state, not_modified=True, last_modified="Mon")
    assert (after.etag, after.last_modified, after.body_hash, after.hints) == ('"1"', "Mon", "h", hints)


def test_a_new_answer_replaces_the_validators():
    after = answered(a_state(etag='"1"', last_modified="Sun"), etag='"2"', body_hash="h")
    assert (after.etag, after.last_modified, after.body_hash) == ('"2"', "", "h")


def test_fifty_unchanged_answers_in_a_row_ask_for_the_whole_once():
    state, asked = a_state(), []
    for _ in range(50):
        state = answered(state, not_modified=True)
        asked.append(state.wants_whole)
    assert asked == [False] * 49 + [True]
    assert answered(state).wants_whole is False


def test_after_a_failure_the_whole_is_asked_for_as_a_304_would_prove_nothing():
    assert failed(a_state(etag='"1"'), "not_a_feed").wants_whole is True
    assert failed(a_state(etag='"1"'), "network", counts=False).wants_whole is False


def test_a_move_is_counted_while_it_leads_to_one_place():
    state, counts = a_state(), []
    for place in ("a", "a", "b", "b", "", "b"):
        state = answered(state, permanent_url=place)
        counts.append(state.moved_polls)
    assert counts == [1, 2, 1, 2, 0, 1]


def moved_for(days, *, polls=10):
    state = a_state()
    for number in range(polls):
        state = answered(state, permanent_url="http://new.example/rss", now=NOW + number * days * DAY / (polls - 1))
    return state


def test_a_move_seen_ten_times_in_three_days_is_believed():
    assert moved_for(3).address == "http://new.example/rss"


def test_a_move_is_believed_neither_too_soon_nor_after_too_few_sightings():
    assert (moved_for(2).address, moved_for(9, polls=9).address) == ("", "")


def test_a_feed_gone_from_its_new_address_is_asked_at_its_own_again():
    state = failed(moved_for(3), "http_410")
    assert (state.address, state.ended) == ("", False)
    assert failed(state, "http_410").ended is True


def test_gone_ends_a_feed_at_once():
    assert failed(a_state(), "http_410").ended is True


def test_gone_ends_no_feed_at_once_where_it_is_said_of_another_address():
    assert failed(a_state(), "http_410", elsewhere=True).ended is False
    assert failed(a_state(), "http_410", elsewhere=True, times=10, every=DAY).ended is True


def test_not_found_ends_a_feed_after_ten_times_in_a_week():
    assert failed(a_state(), "http_404", times=10, every=DAY).ended is True
    assert failed(a_state(), "http_404", times=10, every=DAY / 2).ended is False
    assert failed(a_state(), "http_404", times=9, every=DAY).ended is False


def test_another_failure_between_begins_the_count_of_not_found_anew():
    state = failed(a_state(), "http_404", times=9, every=DAY)
    state = failed(failed(state, "http_500", now=NOW + 9 * DAY), "http_404", now=NOW + 10 * DAY)
    assert (state.missing, state.ended) == (1, False)


def test_an_answer_forgives_all_failures():
    state = answered(failed(a_state(), "http_404", times=9, every=DAY))
    assert (state.failures, state.missing, state.error, state.failing_since) == (0, 0, "", None)


def test_only_news_moves_the_time_of_the_last_news():
    state = answered(a_state(), Reading(), now=NOW + DAY)
    assert (state.last_news, state.last_success) == (NOW, NOW + DAY)


def test_a_first_document_tells_the_last_news_and_the_longest_pause_by_its_dates():
    dates = [NOW - timedelta(hours=hours) for hours in (3, 4, 9)]
    state = answered(FeedState(), Reading(new=3, dates=dates))
    assert (state.last_news, state.longest_pause_s) == (dates[0], 5 * 3600.0)


def test_one_date_of_long_ago_makes_no_pause_of_years():
    dates = [NOW - timedelta(hours=hours) for hours in (3, 4, 9)] + [datetime(1970, 1, 1, tzinfo=UTC)]
    assert answered(FeedState(), Reading(new=4, dates=dates)).longest_pause_s == 5 * 3600.0


def test_the_longest_pause_fades_with_news():
    state = answered(a_state(longest_pause_s=1000.0), Reading(new=1), now=NOW + timedelta(seconds=10))
    assert state.longest_pause_s == 990.0


def test_news_end_a_silence():
    assert answered(a_state(is_silent=True), Reading(new=1)).is_silent is False


def test_what_another_feed_brought_first_is_news_of_this_feed_too():
    state = answered(a_state(is_silent=True), Reading(shared=2), now=NOW + DAY)
    assert (state.last_news, state.is_silent) == (NOW + DAY, False)


def test_a_feed_speaks_for_its_echoes_until_it_fails_three_times_ends_or_is_an_echo_itself():
    states = [failed(a_state(), "timeout", times=2), failed(a_state(), "timeout", times=3)]
    assert [state.speaks for state in (*states, failed(a_state(), "http_410"), alike(3))] == [True, False, False, False]


def test_what_may_have_been_lost_is_counted():
    state = answered(a_state(gaps=1, surplus=5, undated=9), Reading(has_gap=True, surplus=2, undated=3))
    assert (state.gaps, state.surplus, state.undated) == (2, 7, 3)


def alike(times, **fields):
    state = a_state(**fields)
    for _ in range(times):
        state = answered(state, Reading(shared=1, twin="f1"))
    return state


def test_three_documents_that_another_feed_had_as_well_make_an_echo():
    assert [alike(times).is_echo for times in (2, 3)] == [False, True]


def test_a_document_of_its_own_speaks_against_an_echo_but_does_not_forget_all():
    assert answered(alike(2), Reading(new=1)).twin_polls == 1


def test_two_feeds_that_hold_the_same_for_weeks_are_no_echoes_for_that():
    state = answered(a_state(), Reading(new=1, twin="f1"))
    for _ in range(9):
        state = answered(state, Reading(twin="f1"))
    assert (state.twin_polls, state.is_echo) == (1, False)


def test_news_that_come_to_an_echo_first_end_it():
    assert answered(alike(3), Reading(new=1)).is_echo is False
    assert answered(alike(3), Reading(shared=1)).twin_polls == 4
    assert answered(alike(3), Reading()).twin_polls == 3


def test_a_state_of_defaults_takes_no_room():
    import msgspec

    assert msgspec.json.encode(FeedState()) == b"{}"
    assert msgspec.json.decode(b"{}", type=FeedState) == FeedState()
    assert replace(FeedState(), gaps=1) == msgspec.json.decode(b'{"gaps":1}', type=FeedState)
