"""What `make bench-readers` holds against readers, and what its writers say."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.readers.judge import Sample, appended, gaps, handled, lags, older, taking, unread_when_trimmed
from bench.readers.ledger import Ledger, Row, rows
from bench.readers.news import Step, steps, story
from bench.readers.reading import STREAMS
from bench.readers.states import State, differing, facts_of, snapshot_of, states_of, written
from bench.readers.writers import write

MAIN = STREAMS[0]


def row(sequence: int, at_s: float = 0.0, more: str = "") -> Row:
    return Row(at_s, MAIN, f"v{sequence}", sequence, more)


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path):
    ledger = Ledger(tmp_path / "ledger")
    ledger.write(MAIN, "v1", b"0000000000000007", "said with blanks")
    ledger.write(MAIN, "v2")
    found = list(rows(tmp_path / "ledger"))
    assert [one[1:] for one in found] == [(MAIN, "v1", 7, "said with blanks"), (MAIN, "v2", 0, "")]
    assert list(rows(tmp_path / "nobody")) == []


def test_what_stood_on_a_stream_is_known_by_number_with_its_time():
    stood = appended([row(1, more="1500-0"), row(2, more="2500-1")])
    assert (stood[MAIN].events, stood[MAIN].at_s) == (("v1", "v2"), (1.5, 2.5))


def test_who_keeps_all_and_missed_one_is_no_witness():
    with pytest.raises(ValueError, match="number 3 came after 1"):
        appended([row(1, more="1500-0"), row(3, more="2500-0")])


def test_an_event_handled_twice_counts_from_the_first_time():
    did = handled([row(1, 1.0), row(2, 2.0), row(1, 9.0)])[MAIN]
    assert (did.first_s, did.times) == ({1: 1.0, 2: 2.0}, Counter({"v1": 2, "v2": 1}))


def test_gaps_are_counted_to_the_streams_end():
    assert gaps([1, 2, 4, 4], last=6) == 3


def test_an_entry_is_lost_when_it_was_gone_before_it_was_handled():
    samples = [Sample(10.0, first=1, length=3), Sample(20.0, first=3, length=1), Sample(30.0, first=4, length=0)]
    in_time, late = {1: 5.0, 2: 19.0, 3: 29.0}, {1: 5.0, 2: 21.0}
    assert (unread_when_trimmed(in_time, samples), unread_when_trimmed(late, samples)) == (0, 2)


def test_a_trimming_took_something_when_the_first_entry_is_a_later_one():
    assert taking([Sample(float(at), first, length=9) for at, first in enumerate((1, 1, 4, 4, 7))]) == 0.5
    assert taking([]) == 0.0


def test_a_reader_is_behind_by_what_was_appended_and_not_yet_handled():
    assert lags([1.0, 2.0, 3.0], [2.5, 3.5, 4.5], [0.5, 2.0, 3.0, 5.0]) == [0, 2, 2, 0]


def test_what_is_older_than_the_window_is_counted_among_what_is_there():
    appended_s = [float(second) for second in range(10)]
    assert older(appended_s, Sample(at_s=10.0, first=3, length=8), window_s=5.0) == 4


def test_writers_share_the_stories_and_each_story_comes_before_what_becomes_of_it():
    taken = [one for writer in (0, 1) for one in steps(writer, 2, 2000)]
    counts = Counter(one.step for one in taken)
    assert sorted(one.story for one in taken if one.step is Step.STORY) == list(range(2000))
    assert {step: counts[step] for step in (Step.COPY, Step.UPDATE, Step.WITHDRAWAL, Step.MERGE, Step.SPLIT)} == {
        Step.COPY: 500, Step.UPDATE: 50, Step.WITHDRAWAL: 4, Step.MERGE: 4, Step.SPLIT: 4
    }  # fmt: skip
    begun = set()
    for one in taken:
        begun |= {one.story} if one.step is Step.STORY else set()
        assert one.story in begun


def test_stories_are_the_same_in_every_run_and_no_two_are_alike():
    now = datetime(2026, 3, 4, tzinfo=UTC)
    texts = [story(number, 2, now).text for number in range(1000)]
    assert texts == [story(number, 2, now).text for number in range(1000)]
    assert len(set(texts)) == 1000


def test_a_writer_knows_what_it_told_without_looking(redis, redis_server: str, tmp_path: Path):
    write(redis_server, 0, 1, 240, tmp_path / "ledger")
    known = {(one.stream, one.event, one.more) for one in rows(tmp_path / "ledger")}
    on_streams = {
        (stream, fields[b"id"].decode(), fields[b"type"].decode())
        for stream in STREAMS
        for _, fields in redis.xrange(stream)
    }
    assert known == on_streams
    assert len({kind for _, _, kind in known}) == 10


def view(story: str, revision: int = 1, title: str = "T", *, withdrawn: bool = False) -> dict[str, object]:
    return {"id": story, "revision": revision, "title": title, "withdrawn": withdrawn}


def told(*data: dict[str, object]) -> list[str]:
    return [written(facts_of(one)) for one in data]


def test_a_reader_keeps_what_the_latest_revision_says_in_whatever_order_it_comes():
    events = told({"story": view("s1")}, {"story": view("s1", 3, "U", withdrawn=True)}, {"story": view("s1", 2)})
    assert states_of(events) == {"s1": State(3, "U", withdrawn=True)}


def test_a_merged_story_is_gone_and_comes_back_by_a_split():
    merge = {"story": view("s1", 2), "merged": ["s2"]}
    split = {"out_of": view("s1", 3), "story": view("s2", 2)}
    begun = [{"story": view("s1")}, {"story": view("s2")}]
    assert states_of(told(*begun, merge)).keys() == {"s1"}
    assert states_of(told(*begun, merge, split)).keys() == {"s1", "s2"}


def test_a_snapshot_says_where_to_read_on_and_one_that_was_cut_off_is_refused():
    lines = [b'{"snapshot": {"read_on_from": "7-0"}}', json.dumps({"story": view("s1"), "merged": ["s2"]}).encode()]
    end = b'{"end": {"stories": 1}}'
    assert snapshot_of([*lines, end]) == ("7-0", {"s1": State(1, "T", withdrawn=False)})
    with pytest.raises(ValueError, match="no end"):
        snapshot_of(lines)


def test_stories_that_are_told_otherwise_are_counted():
    one, other = {"s1": State(1, "T", withdrawn=False)}, {"s1": State(2, "T", withdrawn=False)}
    assert (differing(one, one), differing(one, other), differing(one, {})) == (0, 1, 1)
