"""What counts as a right time, on an invented corpus."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from times import Said, Wanted, figures, is_right, is_same_day

EIGHT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
DAY = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "wanted", "right", "same_day"),
    [
        (Said(EIGHT, is_day=False), Wanted(EIGHT, is_day=False, is_zoned=True), True, True),
        (Said(EIGHT.replace(second=50), is_day=False), Wanted(EIGHT, is_day=False, is_zoned=True), True, True),
        (Said(EIGHT.replace(hour=9), is_day=False), Wanted(EIGHT, is_day=False, is_zoned=True), False, True),
        (Said(EIGHT.replace(hour=9), is_day=False), Wanted(EIGHT, is_day=False, is_zoned=False), True, True),
        (Said(EIGHT.replace(minute=7), is_day=False), Wanted(EIGHT, is_day=False, is_zoned=False), False, True),
        (Said(DAY, is_day=True), Wanted(EIGHT, is_day=False, is_zoned=True), False, True),
        (Said(DAY, is_day=True), Wanted(DAY, is_day=True, is_zoned=False), True, True),
        (Said(EIGHT, is_day=False), Wanted(DAY, is_day=True, is_zoned=False), True, True),
        (Said(DAY.replace(day=21), is_day=True), Wanted(DAY, is_day=True, is_zoned=False), False, False),
        (None, Wanted(DAY, is_day=True, is_zoned=False), False, False),
    ],
)
def test_right_is_the_minute_or_the_day_as_the_reference_has_it(said, wanted, right, same_day):
    assert (is_right(said, wanted), is_same_day(said, wanted)) == (right, same_day)


def test_shares_are_told_by_source_and_impossible_references_left_out(tmp_path):
    head = '<meta property="article:published_time" content="2026-11-22T08:00:00Z">'
    page = gzip.compress(f"<html><head>{head}</head><body><h1>Ferry</h1></body></html>".encode())
    (tmp_path / "pages").mkdir()
    rows = []
    for number, (repo, published, crawled) in enumerate((
        ("x/fundus", "2026-11-22 09:00:00+01:00", "2026-11-22"),
        ("x/fundus", "2026-12-11", "2026-11-22"),
        ("x/waddle", "2026-11-22", ""),
        ("x/htmldate", "2026-11-19T08:00:00Z", ""),
    )):  # fmt: skip
        (tmp_path / "pages" / f"{number}.gz").write_bytes(page)
        row = {"file": f"{number}.gz", "url": None, "source_repo": repo, "published": published, "crawl_date": crawled}
        rows.append(json.dumps(row | {"expected": None}))
    (tmp_path / "pages" / "pages.jsonl").write_text("\n".join(rows))
    found = figures(tmp_path)
    assert found["fundus"] == {"pages": 1, "impossible": 1, "time": 1.0, "day": 1.0}
    assert found["other"] == found["htmldate"] == {"pages": 1, "impossible": 0, "time": 0.0, "day": 0.0}
    assert "waddle" not in found
