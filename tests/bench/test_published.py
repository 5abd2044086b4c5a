import pytest

from bench.reading.published import is_right


@pytest.mark.parametrize(
    ("said", "reference", "expected"),
    [
        ("2026-03-01T10:00:59+00:00", "2026-03-01T11:00:30+01:00", True),
        ("2026-03-01T10:02:00+00:00", "2026-03-01T10:00:00+00:00", False),
        ("2026-03-01", "2026-03-01T23:30:00-05:00", True),
        ("2026-03-02", "2026-03-01T23:30:00-05:00", False),
        ("2026-03-01T22:00:00+00:00", "2026-03-01 00:00:00", True),
        ("2026-03-01T00:00:00+00:00", "2026-03-01T12:00:00+02:00", True),
        ("2026-03-02T00:00:00+00:00", "2026-03-01T12:00:00+02:00", False),
        ("2026-03-03T10:00:00+00:00", "2026-03-01 00:00:00", False),
        (None, "2026-03-01T10:00:00+00:00", False),
    ],
)
def test_a_time_is_right_to_the_minute_and_a_day_to_the_day(said: str | None, reference: str, expected: bool):
    assert is_right(said, reference) == expected
