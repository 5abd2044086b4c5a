from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswire.sameness.explain import Explanation, Sameness, explain
from newswire.sameness.passages import Likeness, places
from tests.newswire.printings import (
    FERRY,
    FERRY_ES,
    FERRY_REWORDED,
    FOLLOW_UP,
    HARVEST,
    NORTH,
    RIVAL,
    SOUTH,
    a_story,
    against,
    an_article,
    cut,
)

RECOUNTED = (
    FERRY.replace("214", "231").replace("187", "196").replace("27 crew", "35 crew").replace("40 minutes", "55 minutes")
).replace("Nine", "Fourteen")
DIGEST = "\n".join((cut(FERRY, 2), HARVEST, SOUTH))
TEXTS = (FERRY, FERRY_REWORDED, FOLLOW_UP, RIVAL, HARVEST, NORTH, SOUTH, RECOUNTED, DIGEST, cut(FERRY, 1), FERRY_ES)
# Not refusals of what is too little.
COUNTED_DOWN = ("time", "blocks")


def first(text: str = FERRY, **more: str):
    return an_article(text, publisher="root.example", **more)


def gates(found: Explanation) -> list[str]:
    return [reason.gate for reason in found.reasons]


def test_a_copy_is_one_story_word_for_word_and_needs_no_reasons():
    found = explain(first(), an_article(FERRY, hours=1))
    assert (found.same, found.rule, found.reasons) == (Sameness.STORY, "same_text", ())
    assert [passage.likeness for passage in found.passages] == [Likeness.WORD_FOR_WORD] * 8


def test_the_later_is_held_against_the_earlier_in_whatever_order_they_are_named():
    earlier, later = first(), an_article(cut(FERRY, 3), hours=1)
    found = explain(later, earlier)
    assert found == explain(earlier, later)
    assert (found.earlier, found.later, found.rule) == (earlier.id, later.id, "cut")


def test_a_changed_figure_stands_in_its_passage_on_both_sides():
    later = an_article(FERRY.replace("214", "221"), publisher="root.example", hours=1)
    passage, *others = explain(first(), later).passages
    assert (passage.likeness, passage.changed) == (Likeness.ALIKE, ("214 → 221",))
    assert (passage.earlier.own, passage.later.own) == (("214",), ("221",))
    assert "lyrsund" in passage.shared
    assert {other.changed for other in others} == {()}


def test_a_translation_goes_sentence_by_sentence_with_its_quotations():
    found = explain(first(), an_article(FERRY_ES, language="es", hours=1))
    assert (found.same, found.rule) == (Sameness.STORY, "translated")
    assert [passage.later.text for passage in found.passages] == FERRY_ES.split("\n")
    assert [passage.earlier.text for passage in found.passages] == FERRY.split("\n")
    assert found.passages[1].shared == ("187", "27", "3", "eskvik")


def test_other_words_for_a_sentence_stand_beside_it():
    found = explain(first(), an_article(FERRY_REWORDED, hours=1))
    assert [passage.later.text for passage in found.passages] == FERRY_REWORDED.split("\n")


def test_a_template_is_refused_for_its_figures_and_names():
    found = explain(first(NORTH), an_article(SOUTH, hours=1))
    assert (found.same, gates(found)) == (Sameness.NEITHER, ["figures", "names", "happening"])
    figures = found.reasons[0]
    assert (round(figures.seen, 2), figures.asked) == (0.33, 0.6)
    assert "7843 → 4120" in figures.said
    assert "7843 → 4120" in found.passages[-1].changed


def test_a_second_agency_that_signs_has_a_report_of_its_own():
    found = explain(first(agency="NTB"), an_article(FERRY_ES, language="es", agency="EFE", hours=1))
    assert (found.same, gates(found)) == (Sameness.COVERAGE, ["text", "agencies"])
    assert "NTB and EFE" in found.reasons[1].said


def test_unrelated_texts_are_refused_everywhere_and_have_no_passages():
    found = explain(first(), an_article(HARVEST, hours=1))
    assert (found.same, found.passages) == (Sameness.NEITHER, ())
    assert {"text", "words", "alignment", "happening"} <= set(gates(found))


def test_a_translation_full_of_quotations_is_shown_sentence_by_sentence():
    spoken, hablado = "“We shall raise the ferry.”\n" * 6, "«Levantaremos el transbordador».\n" * 6
    found = explain(
        an_article(spoken + FERRY, publisher="root.example"),
        an_article(hablado + FERRY_ES, language="es", hours=1),
    )
    assert found.relation == "translation"
    assert len(found.passages) >= 8


def test_what_only_the_hour_or_the_hand_refused_says_so():
    update = explain(first(), an_article(RECOUNTED, publisher="root.example", hours=2))
    late = explain(first(), an_article(RECOUNTED, publisher="root.example", hours=40))
    elsewhere = explain(first(), an_article(RECOUNTED, hours=2))
    assert (update.same, gates(late), gates(elsewhere)) == (
        Sameness.STORY,
        ["figures", "time"],
        ["figures", "hand", "embedded"],
    )
    assert (late.reasons[1].seen, late.reasons[1].asked) == (40, 24)


def test_one_publisher_prints_its_own_words_again():
    found = explain(first(), an_article(FERRY_REWORDED, publisher="root.example", hours=1))
    assert gates(found) == ["text", "publisher"]


def test_a_few_words_are_too_few():
    found = explain(first("Maren Holt ran aground off Lyrsund."), an_article("Maren Holt ran aground there.", hours=1))
    assert "length" in gates(found)


def test_who_holds_it_among_other_things_is_no_printing_of_it():
    found = explain(first(cut(FERRY, 2)), an_article(DIGEST, hours=1))
    assert (found.relation, gates(found)) == ("excerpt", ["embedded"])


@pytest.mark.parametrize(("one", "other"), [*combinations(TEXTS, 2)])
def test_it_says_what_the_matcher_says_and_every_refusal_has_a_gate(one, other):
    earlier, later = first(one, agency="NTB"), an_article(other, hours=30)
    decision = against(later, a_story(earlier))
    found = explain(earlier, later)
    assert (found.relation, found.evidence) == (decision.relation, decision.evidence)
    assert bool(found.reasons) is decision.relation.begins_story
    assert "rules" not in gates(found)
    counted = [one for one in found.reasons if one.asked is not None and one.gate not in COUNTED_DOWN]
    assert all(one.seen < one.asked for one in counted)


@pytest.mark.parametrize(
    ("text", "values", "marked"),
    [
        ("Nine of 1,200 in Tarnes", ("9", "1200", "tarnes"), ["Nine", "1,200", "Tarnes"]),
        ("1 900 of Зеленский's 12", ("1900", "zelenskii"), ["1 900", "Зеленский"]),
        ("The ship and the mill in May", ("the", "may"), ["The", "May"]),
        ("", ("9",), []),
    ],
)
def test_figures_and_names_are_found_as_they_are_printed(text, values, marked):
    assert [text[start:end] for start, end in places(text, values)] == marked


@settings(deadline=None, max_examples=40)
@given(st.text(), st.text(), st.sampled_from(["en", "fr", "", "zz"]), st.booleans())
def test_any_two_texts_can_be_explained(one: str, other: str, language: str, around: bool):
    if around:
        one, other = f"{FERRY}\n{one}", f"{FERRY_ES}\n{other}"
    found = explain(first(one), an_article(other, language=language, hours=1))
    assert bool(found.reasons) is (found.same is not Sameness.STORY)
    for passage in found.passages:
        for side in (passage.earlier, passage.later):
            assert all(start < end for start, end in places(side.text, side.own))
