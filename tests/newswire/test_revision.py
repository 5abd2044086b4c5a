from datetime import timedelta

import pytest
from msgspec.structs import replace

from newswire.decision import Relation
from newswire.story import fold
from tests.newswire.printings import FERRY, HARVEST, NOW, a_story, against, an_article, cut

TITLE = "Ferry runs aground off Lyrsund"
NEWS = (
    "A tug from Oststad reached the wreck at dawn and put 12 salvage workers aboard, its owner Salvo Nord said.\n"
    "Weather forecasters expect gusts of 70 kilometres an hour over the strait tonight."
)
PARAGRAPHS = FERRY.split("\n")
ON_TOP = "\n".join((*PARAGRAPHS[:2], NEWS, *PARAGRAPHS[2:]))
AT_THE_END = f"{FERRY}\n{NEWS}"


@pytest.fixture(name="ferry")
def the_ferry_story():
    return a_story(replace(an_article(FERRY, title=TITLE, publisher="root.example"), published=NOW))


def test_news_under_the_lead_is_an_update_at_any_publisher(ferry):
    decision = against(an_article(ON_TOP, title=TITLE, hours=2), ferry)
    assert (decision.relation, decision.rule, decision.story) == (Relation.UPDATE, "news_on_top", ferry.id)


def test_a_publishers_own_paragraphs_at_the_end_are_none(ferry):
    assert against(an_article(AT_THE_END, title=TITLE, hours=2), ferry).relation is Relation.EXTENDED


def test_another_toll_in_the_same_sentence_is_an_update_at_any_publisher(ferry):
    decision = against(an_article(FERRY.replace("Nine people", "17 people").replace("214", "221"), hours=2), ferry)
    assert (decision.relation, decision.rule) == (Relation.UPDATE, "figures_changed")
    assert "another figure in the same sentence: 214 → 221, 9 → 17" in decision.evidence


def test_another_toll_in_the_lead_is_one(ferry):
    decision = against(an_article(FERRY.replace("214 people", "221 people"), hours=2), ferry)
    assert (decision.relation, decision.rule) == (Relation.UPDATE, "figures_changed")


def test_another_day_in_the_dateline_is_none():
    story = a_story(an_article(f"ESKVIK, May 25 - {FERRY}", publisher="root.example"))
    decision = against(an_article(f"ESKVIK, May 26 - {FERRY}", hours=2), story)
    assert not decision.relation.revises


def test_an_older_version_that_comes_later_is_edited():
    update = replace(an_article(ON_TOP.replace("214", "221"), hours=2), published=NOW + timedelta(hours=2))
    older = replace(an_article(FERRY, title=TITLE, hours=3), published=NOW)
    assert not against(older, a_story(update)).relation.revises


def test_an_older_version_of_the_same_publisher_with_other_figures_stays_in_the_story(ferry):
    changed = FERRY
    for old, new in (("214", "88"), ("187", "61"), ("27 crew", "19 crew"), ("40 min", "55 min"), ("1.2", "3.4")):
        changed = changed.replace(old, new)
    older = replace(an_article(changed, publisher="root.example", hours=1), published=NOW - timedelta(hours=1))
    decision = against(older, ferry)
    assert (decision.relation, decision.rule, decision.story) == (Relation.EDITED, "older", ferry.id)


def test_a_text_that_says_it_is_an_update_is_one_also_after_a_day(ferry):
    decision = against(an_article(cut(FERRY, 7) + "\n" + NEWS, title=f"UPDATE 1-{TITLE}", hours=40), ferry)
    assert (decision.relation, decision.story) == (Relation.UPDATE, ferry.id)


def test_another_printing_of_an_update_is_a_copy_and_the_next_update_is_one(ferry):
    first = an_article(ON_TOP, title=f"UPDATE 1-{TITLE}", hours=2)
    story = fold({ferry.id: ferry}, first, against(first, ferry))
    again = an_article(ON_TOP + "\nOur newsroom is on the quay.", title=f"UPDATE 1-{TITLE}", hours=3)
    second = an_article(AT_THE_END, title=f"UPDATE 2-{TITLE}", hours=4)
    assert not against(again, story).relation.revises
    assert against(second, story).relation is Relation.UPDATE


def test_a_corrected_headline_over_the_same_text_is_a_correction(ferry):
    decision = against(an_article(FERRY, title="CORRECTED-Ferry runs aground near Lyrsund", hours=2), ferry)
    assert (decision.relation, decision.rule) == (Relation.CORRECTION, "same_text")


def test_a_note_at_the_end_is_a_correction(ferry):
    fixed = FERRY.replace("Solberg", "Soelberg") + "\n(This story has been corrected: her name has an e in it.)"
    assert against(an_article(fixed, title=TITLE, hours=2), ferry).relation is Relation.CORRECTION


def test_a_mark_on_another_story_makes_no_version_of_this_one(ferry):
    decision = against(an_article(HARVEST, title="UPDATE 1-Pears", hours=2), ferry)
    assert decision.relation is Relation.ORIGINAL
