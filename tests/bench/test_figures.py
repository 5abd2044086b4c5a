import json
from pathlib import Path

from bench.sameness.figures import BARS, of_newsroom, of_stream, write

RATE = {"n": 4, "rate": 0.25}
KINDS = {
    "edited": ("brief",),
    "mt": ("mt_copy",),
    "translation": ("translation", "translation_truncated"),
    "natural": ("quote_only", "boilerplate"),
    "template": ("template",),
    "background": ("unrelated",),
}


def a_suite(kinds: tuple[str, ...]) -> dict[str, object]:
    rates = dict.fromkeys(kinds, RATE)
    return {"pos": 4, "f1": 0.5, "recall_by_kind": rates, "false_merge": rates}


def a_score() -> dict[str, object]:
    """What a score.py of the labelled stream says, as far as it is read."""
    overall = {"macro_f1": 0.5, "precision": 0.5, "recall": 0.5, "recall_by_kind": {}, "unscored_merged": {}}
    return {
        "suites": {name: a_suite(kinds) for name, kinds in KINDS.items()},
        "overall": overall | {"false_merge": {"same_event": RATE}},
        "event_link": {"f1": 0.5, "precision": None, "recall": 0.5, "torn": 0, "given": True},
        "named": dict.fromkeys(("update", "correction", "translation", "excerpt", "digest"), RATE),
        "stories": {"largest": 3},
    }


def saying(path: Path, told: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"print({json.dumps(told)!r})")
    return path


def test_every_bar_is_for_a_figure_that_is_measured(tmp_path: Path):
    saying(tmp_path / "score.py", a_score())
    link = {"precision": 0.5, "recall": 0.5}
    saying(tmp_path / "newsroom" / "score.py", {"merge": link, "link": link, "relation": 0.5})
    rows = write([{"id": "a", "story": "s1", "coverage": "c1"}], tmp_path / "rows.jsonl")

    found = of_stream(tmp_path, rows) | of_newsroom(tmp_path / "newsroom", rows)

    assert {bar.figure for bar in BARS} - found.keys() == set()
    assert "event link precision" not in found  # nothing was linked: there is none


def test_the_largest_coverage_is_counted_in_articles(tmp_path: Path):
    saying(tmp_path / "score.py", a_score())
    coverages = ["c1", "c2", "c1", None]
    rows = [{"id": at, "story": f"s{at}", "coverage": one} for at, one in enumerate(coverages)]

    assert of_stream(tmp_path, write(rows, tmp_path / "rows.jsonl"))["largest coverage"] == 2
