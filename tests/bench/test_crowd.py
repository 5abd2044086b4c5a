"""The crowd of `make bench-speed`: other texts, as common words."""

import pytest
from builders import an_article

from bench.speed import crowd

TEXTS = (
    "Grain ships left Odessa on Monday with 12 tons, and grain ships will follow.",
    "Grain trains left Warsaw on Friday with 37 tons; nobody knows when Warsaw will see another 48.",
)
GROUPED = crowd.bands([an_article(n, title="", text=text) for n, text in enumerate(TEXTS)])
RENAMED = crowd.renaming(GROUPED, 1)


def test_a_form_becomes_one_of_its_language_kind_and_band() -> None:
    kind_of = {
        (language, form): (language, kind, band) for (language, kind, band), forms in GROUPED.items() for form in forms
    }
    assert {key: kind_of[key[0], other] for key, other in RENAMED.items()} == kind_of


def test_no_two_forms_become_one() -> None:
    assert len(set(RENAMED.values())) == len(RENAMED)


def test_worlds_differ_and_are_the_same_in_every_run() -> None:
    assert crowd.renaming(GROUPED, 1) == RENAMED
    assert crowd.renaming(GROUPED, 2) != RENAMED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ships, SHIPS and ships", "Trains, TRAINS and trains"),
        ("12 tons by the sea", "37 tons by the sea"),
        ("what nobody knows", "what nobody knows"),
    ],
)
def test_capitals_and_all_between_the_words_stay(text: str, expected: str) -> None:
    assert crowd.retold(text, "en", {("en", "ships"): "trains", ("en", "12"): "37"}) == expected
