"""The damage done to feeds, and the ear for what their reading reaches out for."""

import pytest

from bench.feeds.cases import File, damaged
from bench.feeds.reading import hearing, prepare, read

FILES = [File(name, "real", name.encode() * 100, "") for name in ("first", "second")]
FEED = b"<rss version='2.0'><channel><item><link>http://paper.example/1</link></item></channel></rss>"


@pytest.fixture(scope="module", autouse=True)
def _prepared():
    prepare()


def test_a_case_is_the_same_whichever_were_made_before_it():
    expected = [damaged(FILES, 0, number) for number in range(50)]
    assert [damaged(FILES, 0, number) for number in reversed(range(50))] == expected[::-1]


def test_another_seed_does_other_damage():
    assert [damaged(FILES, 0, number).body for number in range(9)] != [
        damaged(FILES, 1, number).body for number in range(9)
    ]


def test_an_opened_file_is_heard(tmp_path):
    (tmp_path / "note").write_text("")
    with hearing() as heard:
        (tmp_path / "note").read_bytes()
    assert heard == [f"open {tmp_path / 'note'}"]


def test_a_reading_tells_what_came_of_it():
    good, bad = read(FEED, ""), read(b"no feed", "")
    assert (len(good.document.entries), good.refused, good.raised, good.reached) == (1, "", "", ())
    assert (bad.document, bad.refused) == (None, "no RSS, Atom or JSON Feed in it")
