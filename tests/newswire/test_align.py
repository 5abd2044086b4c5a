"""What the alignment tells of a translation, a cut, and a follow-up that repeats a paragraph."""

from itertools import combinations

import pytest

from newswire.sameness.align import align, best_case
from newswire.sameness.comparable import Comparable
from newswire.sameness.likelihood import WEIGHTS, Measures, likelihood, measures
from tests.newswire.printings import FERRY, FERRY_AR, FERRY_ES, FERRY_REWORDED, FERRY_RU, FOLLOW_UP, HARVEST, RIVAL, cut

ENGLISH = [Comparable("", text, "en") for text in (FERRY, FERRY_REWORDED, cut(FERRY, 4), FOLLOW_UP, RIVAL, HARVEST)]
OTHERS = [Comparable("", text, code) for text, code in ((FERRY_ES, "es"), (FERRY_RU, "ru"), (FERRY_AR, "ar"))]
RULES = {"same_language": WEIGHTS.same_language, "brief": WEIGHTS.brief, "translation": WEIGHTS.translation}


@pytest.mark.parametrize("rule", RULES)
def test_the_best_case_is_never_exceeded(rule: str):
    for one, other in combinations([*ENGLISH, *OTHERS], 2):
        same = rule != "translation"
        found, most = (how(one, other, same_language=same) for how in (align, best_case))
        assert found.evenly <= most.evenly + 1e-9
        assert found.holes >= most.holes - 1e-9
        scores = [likelihood(measures(how, one, other), RULES[rule]) for how in (found, most)]
        assert scores[0] <= scores[1] + 1e-9


@pytest.mark.parametrize("weights", RULES.values(), ids=RULES)
def test_what_depends_on_the_order_may_not_speak_against_and_holes_not_for(weights: Measures):
    ordered = ("anchors", "words", "longer", "evenly", "lengths", "steps", "rhythm", "order")
    assert all(weights.get(name, 0.0) >= 0 for name in ordered)
    assert weights.get("holes", 0.0) <= 0


@pytest.mark.parametrize("other", OTHERS, ids=lambda text: text.language)
def test_a_follow_up_that_repeats_a_paragraph_has_holes_and_a_translation_none(other: Comparable):
    whole, short, follow_up = ENGLISH[0], ENGLISH[2], ENGLISH[3]
    for translated in (whole, short):
        found = align(translated, other, same_language=False)
        assert found.holes == 0
        assert not found.is_background
    found = align(follow_up, other, same_language=False)
    assert found.holes > 0.2
    assert found.is_background
