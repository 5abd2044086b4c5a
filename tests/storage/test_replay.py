"""Entries copied to another stream, on a real Redis."""

import pytest
from redis import Redis
from streams import append, numbers

from storage.errors import BadTarget
from storage.keys import Keys
from storage.replay import Replay


@pytest.fixture
def replay(redis: Redis) -> Replay:
    return Replay(redis, Keys())


def copy(replay: Replay, since: str = "0", until: str = "+", *, pages: int = 100) -> int:
    """Copy to `archive`, so many pages at most; returns how many entries."""
    copied = 0
    start = replay.goes_on("", "archive", since)
    for _, page in zip(range(pages), replay.pages("", start, until), strict=False):
        replay.append("archive", page)
        copied += len(page)
    return copied


def test_a_copy_has_the_same_entries_and_ids(redis, replay):
    ids = append(redis, 20)
    redis.xadd("wirefold", {"note": "not ours"})
    assert copy(replay, ids[5]) == 16
    assert redis.xrange("archive") == redis.xrange("wirefold", ids[5])


def test_the_first_entry_may_be_somebody_elses(redis, replay):
    assert replay.first("") is None
    redis.xadd("wirefold", {"sequence": "seventh"}, id="7-0")
    assert replay.first("") == ("7-0", 0)


def test_a_copy_ends_where_it_is_told_to_with_that_entry(redis, replay):
    ids = append(redis, 20)
    copy(replay, ids[5], ids[9])
    assert numbers(redis, "archive") == [6, 7, 8, 9, 10]


def test_a_copy_done_again_appends_nothing_twice(redis, replay):
    append(redis, 1200)
    assert copy(replay) == 1200
    assert copy(replay) == 0
    append(redis, 3)
    assert copy(replay) == 3
    assert numbers(redis, "archive") == list(range(1, 1204))


def test_a_copy_that_was_cut_off_is_gone_on_with(redis, replay):
    append(redis, 1200)
    assert copy(replay, pages=1) == 500
    assert copy(replay) == 700
    assert redis.xrange("archive") == redis.xrange("wirefold")


def test_a_copy_is_gone_on_with_though_its_reader_took_entries_off(redis, replay):
    append(redis, 10)
    copy(replay)
    redis.xtrim("archive", maxlen=0)
    append(redis, 2)
    assert copy(replay) == 2
    assert numbers(redis, "archive") == [11, 12]


def test_a_copy_is_gone_on_with_though_its_last_entry_was_trimmed_here(redis, replay):
    ids = append(redis, 10)
    copy(replay, until=ids[4])
    redis.xtrim("wirefold", minid=ids[7], approximate=False)
    copy(replay)
    assert numbers(redis, "archive") == [1, 2, 3, 4, 5, 8, 9, 10]


def test_earlier_entries_of_something_else_stay_before_the_copy(redis, replay):
    redis.xadd("archive", {"note": "theirs"}, id="5-0")
    append(redis, 3)
    assert copy(replay, "6") == 3
    assert redis.xlen("archive") == 4


@pytest.mark.parametrize(
    "target", ["wirefold", "{wirefold}:copies", "{wirefold}:route:x", "{wirefold}:story:s1", "{wirefold}:anything"]
)
def test_nothing_is_copied_into_what_is_our_own(redis, replay, target):
    append(redis, 1)
    with pytest.raises(BadTarget, match="the service's own"):
        replay.goes_on("", target, "0")


def test_nothing_is_copied_behind_later_entries_of_something_else(redis, replay):
    ids = append(redis, 10)
    redis.xadd("archive", {"note": "theirs"})
    with pytest.raises(BadTarget, match="later entries that are not of wirefold"):
        replay.goes_on("", "archive", "0")
    redis.delete("archive")
    redis.xadd("archive", {"note": "theirs, and the id is ours"}, id=ids[4])
    with pytest.raises(BadTarget, match="later entries that are not of wirefold"):
        replay.goes_on("", "archive", "0")


def test_nothing_is_copied_into_what_is_no_stream(redis, replay):
    redis.set("archive", "a string")
    with pytest.raises(BadTarget, match="no stream but a string"):
        replay.goes_on("", "archive", "0")


def test_of_two_copies_at_once_one_is_refused_and_nothing_stands_there_twice(redis, replay):
    append(redis, 10)
    (page,) = replay.pages("", "0")
    replay.append("archive", page)
    with pytest.raises(BadTarget, match="somebody else"):
        replay.append("archive", page)
    assert redis.xrange("archive") == redis.xrange("wirefold")
