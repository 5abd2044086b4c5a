import pytest

from bench.bars import Bar, falls_short, shown

BARS = (
    Bar("mt F1", least=0.95),
    Bar("quotes merged", most=2 / 60, said="2 of 60"),
    Bar("largest coverage", most=60),
)


def test_what_reaches_its_bar_exactly_does_not_fall_short():
    assert falls_short(BARS, {"mt F1": 0.95, "quotes merged": 2 / 60, "largest coverage": 60}) == []


def test_what_falls_short_is_named_with_what_is_missing():
    assert falls_short(BARS, {"mt F1": 0.931, "quotes merged": 5 / 60, "largest coverage": 61}) == [
        "mt F1: 0.931, ≥ 0.950 is wanted: 0.019 away",
        "quotes merged: 0.083, ≤ 2 of 60 is wanted: 0.050 away",
        "largest coverage: 61, ≤ 60 is wanted: 1 away",
    ]


def test_what_was_not_measured_falls_short():
    assert falls_short(BARS[:1], {}) == ["mt F1: not measured, ≥ 0.950 is wanted"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "–"),
        (0.98, "0.980"),
        (0.0, "0.000"),
        (1.0, "1.000"),
        (0.0005, "0.0005"),
        (7.14, "7.1"),
        (12345.6, "12,346"),
    ],
)
def test_a_figure_is_shown_as_finely_as_it_is_read(value: float | None, expected: str):
    assert expected == shown(value)
