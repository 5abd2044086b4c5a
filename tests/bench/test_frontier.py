"""What `make bench-frontier` holds against hosts and claims."""

from collections import Counter

import pytest

from bench.frontier.catalogue import entries_of, feeds_on
from bench.frontier.visits import Visit, breaches, lateness, percentile, twice


def visits(*times: tuple[float, float], host: str = "a.example", rest_s: float = 1.0) -> list[Visit]:
    return [Visit(host, f"{host} {number}", start_s, end_s, rest_s) for number, (start_s, end_s) in enumerate(times)]


def test_visits_a_gap_apart_break_nothing():
    assert breaches(visits((0.0, 0.2), (1.2, 1.4), (2.5, 2.6))) == []


def test_a_visit_that_comes_too_soon_is_found_with_how_much_too_soon():
    first, second = visits((0.0, 0.2), (0.9, 1.0))
    (breach,) = breaches([second, first])
    assert (breach.first, breach.second, breach.overlaps) == (first, second, False)
    assert breach.early_s == pytest.approx(0.3)


def test_two_visits_in_flight_at_once_are_found_also_where_a_short_one_lies_between():
    long, short, late = visits((0.0, 5.0), (1.0, 1.1), (4.0, 4.1))
    assert [(one.first, one.second, one.overlaps) for one in breaches([long, short, late])] == [
        (long, short, True),
        (long, late, True),
    ]


def test_two_hosts_may_be_visited_at_once():
    assert breaches(visits((0.0, 0.2)) + visits((0.0, 0.2), host="b.example")) == []


def test_a_host_that_asked_for_a_longer_rest_is_owed_it_whatever_came_between():
    asked, early, late = (
        Visit("a", "1", 0.0, 0.2, 30.0),
        Visit("a", "2", 5.0, 5.2, 1.0),
        Visit("a", "3", 20.0, 20.2, 1.0),
    )
    assert [(one.first, one.second) for one in breaches([asked, early, late])] == [(asked, early), (asked, late)]


def test_what_the_clock_of_whole_ms_rounds_away_is_no_breach():
    assert breaches(visits((0.0, 0.2), (1.1995, 1.3))) == []


def test_an_item_claimed_twice_is_named():
    assert twice([*visits((0.0, 0.1), (1.1, 1.2)), *visits((2.2, 2.3))]) == ["a.example 0"]


def test_the_wait_for_others_of_the_host_is_not_an_items_own():
    late = lateness(visits((1.0, 2.0), (3.5, 4.0)), {"a.example 0": 0.5, "a.example 1": 0.5})
    assert (late.after_due_s, late.after_free_s, late.never) == ((0.5, 3.0), (0.5, 0.5), ())


def test_an_item_that_was_due_and_never_visited_is_named():
    assert lateness(visits((1.0, 2.0)), {"a.example 0": 0.0, "a.example 1": 0.0}).never == ("a.example 1",)


@pytest.mark.parametrize(("share", "expected"), [(0.5, 3), (0.99, 4), (1.0, 4)])
def test_a_percentile_is_a_value_that_was_seen(share: float, expected: int):
    assert percentile([1, 2, 3, 4], share) == expected


def test_a_catalogue_is_the_same_in_every_run_with_no_host_left_out_and_some_crowded():
    feeds = list(feeds_on(300, 1000))
    assert feeds == list(feeds_on(300, 1000))
    assert len({feed.id for feed in feeds}) == 1000
    sizes = Counter(feed.publisher for feed in feeds)
    assert (len(sizes), sizes.most_common(1)[0][1] > 10 * min(sizes.values())) == (300, True)


def test_entries_are_spread_over_their_hosts():
    (feed,) = feeds_on(1, 1)
    entries = entries_of(feed, 6, hosts=3, start=100)
    assert Counter(entry.link.split("/")[2] for entry in entries) == {f"www.pages-{n}.example": 2 for n in range(3)}
