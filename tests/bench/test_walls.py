"""The bench of walls, on its pages made by hand: it needs no corpus."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from bench.reading.walls import FOLDER, Reading, main, measure, of_corpus, rows, summed
from newswire.article import Verdict

MADE = list(rows(FOLDER / "walls.jsonl"))


def test_the_pages_made_by_hand_span_kinds_makers_and_languages():
    walls = [row for row in MADE if row["kind"] in ("consent", "paywall", "bot_wall")]
    assert len(walls) >= 60
    assert len({row["language"] for row in walls}) >= 12
    assert min(Counter(row["kind"] for row in walls).values()) >= 20
    assert sum(row["kind"] == "good" for row in MADE) >= 25
    assert len({row["id"] for row in MADE}) == len(MADE)


def test_a_maker_is_in_one_half_alone():
    halves = {(row["maker"], row["half"]) for row in MADE if row["maker"] != "none"}
    assert len(halves) == len({maker for maker, _ in halves})


def test_no_wall_made_by_hand_is_let_through_and_no_good_page_refused():
    found = measure()
    assert (found.let_through_rate, found.refused_rate, found.misses) == (0.0, 0.0, ())


def test_a_corpus_that_is_absent_changes_nothing(tmp_path: Path):
    assert measure(tmp_path) == measure()


def test_the_rates_are_of_walls_and_of_good_pages():
    verdicts = [
        (Verdict.CONSENT, Verdict.FULL),
        (Verdict.PAYWALL, Verdict.TEASER),  # not what it is, but not let through
        (Verdict.FULL, Verdict.TEASER),
        (Verdict.FULL, Verdict.FULL),
        (Verdict.LIVE_BLOG, Verdict.FULL),
    ]
    found = summed(Reading(str(at), "g", *pair) for at, pair in enumerate(verdicts))
    assert (found.let_through_rate, found.refused_rate) == (0.5, 0.5)
    assert [miss.id for miss in found.misses] == ["0", "1", "2", "4"]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A corpus of a page that is found, one that is not, and one with too short a reference to be told."""
    text = " ".join(f"word{at}" for at in range(80))
    body = f"<html><body><article><h1>Words</h1><p>{text}.</p></article></body></html>"
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(body.encode()))
    expected = {"found": text, "lost": "other " * 80, "short": "word1 word2"}
    lines = [
        json.dumps({"id": name, "file": "page.html.gz", "url": None, "expected": {"text": reference}})
        for name, reference in expected.items()
    ]
    (tmp_path / "pages.jsonl").write_text("\n".join(lines))
    return tmp_path


def test_a_good_page_is_one_whose_reference_was_found(pages):
    assert [(one.id, one.right, one.got) for one in of_corpus(pages)] == [("found", Verdict.FULL, Verdict.FULL)]


def test_what_was_read_already_is_not_read_again(pages):
    read = {name: (Verdict.TEASER, " ".join(f"word{at}" for at in range(80))) for name in ("found", "lost")}
    assert [one.is_refused for one in of_corpus(pages, read)] == [True]


def test_the_table_names_the_sets(capsys):
    assert main(None) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["set", "made, tune", "made, held", "all"]
