import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswire.decision import Relation
from newswire.story import Story, fold
from tests.newswire.printings import (
    FERRY,
    FERRY_AR,
    FERRY_ES,
    FERRY_REWORDED,
    FERRY_RU,
    FOLLOW_UP,
    FURNITURE_ABOVE,
    FURNITURE_BELOW,
    HARVEST,
    NORTH,
    RIVAL,
    SOUTH,
    a_story,
    against,
    an_article,
    cut,
)

EDITED = FERRY.replace("told reporters on the quay", "said").replace(
    "Nine people were treated for bruises at", "Nine went to"
)
UPDATED = FERRY.replace("Nine people were", "Fourteen people were").replace("214", "221").replace("27 crew", "34 crew")
BRIEF = (
    "The ferry Maren Holt grounded off the island of Lyrsund on Tuesday with 214 people aboard. "
    "Lifeboats and helicopters took 187 passengers to the harbour of Eskvik; the 27 crew stayed behind. "
    "The steering had failed 40 minutes after leaving port, captain Ingrid Solberg said."
)
OWN = (
    "At the school in Eskvik, where Ada Moen has been head for 31 years, neighbours cooked 90 litres of soup.",
    "The bakery in Havnegata gave 400 rolls, and the choir of Pastor Lid sang until 3 in the morning.",
    "Two classes of 26 pupils gave up their gymnasium, so that families from Oststad could sleep there.",
)
OWN_ES = (
    "En la escuela de Eskvik, que Ada Moen dirige desde hace 31 años, los vecinos cocinaron 90 litros de sopa.",
    "La panadería de Havnegata dio 400 panecillos, y el coro del pastor Lid cantó hasta las 3 de la mañana.",
    "Dos clases de 26 alumnos cedieron su gimnasio, para que familias de Oststad pudieran dormir allí.",
)
RENTS = """The housing minister, Tove Lind, said in Bergholm on Wednesday that rents would rise by 3 % at most in 2032.
Lind told deputies that the cap would help 340,000 households and would be renewed as long as it was needed.
The opposition speaker, Karl Aasen, answered that builders had left the market since the first limit."""
RESIGNATION = """Tove Lind ruled out stepping down on Wednesday over a contract that went to her brother's firm.
Lind spoke to reporters in a corridor in Bergholm, where she accused newspapers of a campaign against her family.
Prosecutors opened an inquiry on Monday into 6 invoices; Karl Aasen demanded her departure this week."""


@pytest.fixture(name="ferry")
def the_ferry_story() -> Story:
    return a_story(an_article(FERRY, title="Ferry runs aground off Lyrsund", publisher="root.example", agency="NTB"))


def test_the_same_text_elsewhere_is_a_copy(ferry):
    decision = against(an_article(FERRY.upper(), hours=1), ferry)
    assert (decision.relation, decision.story, decision.rule, decision.score) == (
        Relation.COPY,
        ferry.id,
        "same_text",
        1.0,
    )


def test_furniture_around_a_text_changes_nothing(ferry):
    decision = against(an_article(FURNITURE_ABOVE + FERRY + FURNITURE_BELOW, hours=1), ferry)
    assert (decision.relation, decision.rule) == (Relation.COPY, "same_text")


def test_a_few_reworded_sentences_leave_it_the_same_story(ferry):
    assert against(an_article(EDITED, hours=1), ferry).story == ferry.id


def test_a_cut_printing_joins_the_whole(ferry):
    decision = against(an_article(cut(FERRY, 3), hours=1), ferry)
    assert (decision.relation, decision.rule, decision.story) == (Relation.EDITED, "cut", ferry.id)


def test_the_whole_joins_a_cut_printing_that_came_first_and_becomes_a_face():
    story = a_story(an_article(cut(FERRY, 2), publisher="root.example"))
    decision = against(an_article(FERRY, hours=1), story)
    assert (decision.relation, decision.story, decision.face) == (Relation.EXTENDED, story.id, True)


def test_paragraphs_of_ones_own_extend_it(ferry):
    own = "\n".join(HARVEST.split("\n")[:2])
    decision = against(an_article(f"{FERRY}\n{own}", hours=1), ferry)
    assert (decision.relation, decision.story) == (Relation.EXTENDED, ferry.id)


def test_other_words_for_the_same_sentences_in_order_are_the_same_story(ferry):
    decision = against(an_article(FERRY_REWORDED, hours=3), ferry)
    assert (decision.rule, decision.story) == ("same_sentences", ferry.id)


@pytest.mark.parametrize(("language", "text"), [("es", FERRY_ES), ("ru", FERRY_RU), ("ar", FERRY_AR)])
def test_a_translation_is_one_whatever_the_script(ferry, language, text):
    assert against(an_article(text, hours=3, language=language), ferry).relation is Relation.TRANSLATION
    assert against(an_article(cut(text, 4), hours=3, language=language), ferry).relation is Relation.TRANSLATION


@pytest.mark.parametrize(("language", "text"), [("es", FERRY_ES), ("ru", FERRY_RU), ("ar", FERRY_AR)])
def test_the_same_sentences_with_other_figures_are_another_text(ferry, language, text):
    another = text.replace("214", "96").replace("187", "61").replace("27", "35").replace("40", "15").replace("18", "24")
    assert against(an_article(another, hours=3, language=language), ferry).relation is Relation.ORIGINAL


def test_a_translation_joins_the_story_and_becomes_its_face_in_that_language(ferry):
    decision = against(an_article(FERRY_ES, hours=3, language="es"), ferry)
    assert (decision.relation, decision.story, decision.face) == (Relation.TRANSLATION, ferry.id, True)


def test_a_copy_in_an_undeclared_language_is_no_face(ferry):
    assert not against(an_article(FERRY, hours=1, language=""), ferry).face


def test_an_undeclared_language_is_told_by_its_words(ferry):
    assert against(an_article(FERRY_REWORDED, hours=3, language=""), ferry).rule == "same_sentences"
    assert against(an_article(FERRY_ES, hours=3, language=""), ferry).relation is Relation.ORIGINAL


def test_a_translation_signed_by_another_agency_is_that_agencys_own_report(ferry):
    decision = against(an_article(FERRY_ES, hours=3, language="es", agency="EFE"), ferry)
    assert decision.relation is Relation.ORIGINAL


def test_a_rival_with_the_same_quotation_is_another_story_of_the_same_coverage(ferry):
    decision = against(an_article(RIVAL, hours=1), ferry)
    assert (decision.relation, decision.coverage) == (Relation.ORIGINAL, ferry.coverage)


def test_a_follow_up_that_repeats_the_background_is_another_story(ferry):
    decision = against(an_article(FOLLOW_UP, publisher="root.example", hours=20, agency="NTB"), ferry)
    assert decision.relation.begins_story


def test_another_match_in_the_same_words_is_another_story_and_another_coverage():
    story = a_story(an_article(NORTH, publisher="root.example", agency="NTB"))
    decision = against(an_article(SOUTH, publisher="root.example", hours=0.5, agency="NTB"), story)
    assert (decision.relation, decision.coverage != story.coverage) == (Relation.ORIGINAL, True)


def test_changed_figures_from_the_same_publisher_are_a_revision_and_a_face(ferry):
    decision = against(an_article(UPDATED, publisher="root.example", hours=2), ferry)
    assert (decision.relation.revises, decision.story, decision.face) == (True, ferry.id, True)


def test_more_text_from_the_same_publisher_is_an_update(ferry):
    decision = against(an_article(f"{FERRY}\n{FOLLOW_UP}", publisher="root.example", hours=2), ferry)
    assert (decision.relation, decision.rule) == (Relation.UPDATE, "text_added")


def test_a_marked_correction_is_one_at_any_publisher(ferry):
    fixed = FERRY.replace("187", "178")
    decision = against(an_article(fixed, title="CORRECTED - Ferry runs aground off Lyrsund", hours=2), ferry)
    assert (decision.relation, decision.story) == (Relation.CORRECTION, ferry.id)


def test_after_a_day_other_figures_are_no_update(ferry):
    changed = FERRY
    for old, new in (("214", "88"), ("187", "61"), ("27 crew", "19 crew"), ("40 min", "55 min"), ("1.2", "3.4")):
        changed = changed.replace(old, new)
    decision = against(an_article(changed, publisher="root.example", hours=30), ferry)
    assert decision.relation is Relation.ORIGINAL


def test_a_kill_withdraws_the_story_whose_title_it_names(ferry):
    text = 'Please kill and do not use the item "Ferry runs aground off Lyrsund", sent in error at 12:00 GMT today.'
    decision = against(an_article(text, title="MANDATORY KILL: Ferry runs aground off Lyrsund", hours=1), ferry)
    assert (decision.relation, decision.story) == (Relation.WITHDRAWAL, ferry.id)


def test_a_kill_of_another_title_leaves_the_story_alone(ferry):
    text = 'Please kill and do not use the item "Pear harvest fails in Aldana", sent in error at 12:00 GMT today.'
    decision = against(an_article(text, title="MANDATORY KILL: Pear harvest fails in Aldana", hours=1), ferry)
    assert decision.relation is Relation.ORIGINAL


def test_a_digest_of_two_stories_is_an_excerpt_and_begins_its_own(ferry):
    harvest = a_story(an_article(HARVEST, publisher="farm.example"))
    briefs = [a_story(an_article(cut(text, 2), publisher=f"{n}.example")) for n, text in enumerate((FERRY, HARVEST))]
    digest = an_article("Good evening.\n" + cut(FERRY, 2) + "\n" + cut(HARVEST, 2) + "\n" + SOUTH, hours=5)
    decision = against(digest, *briefs)
    assert (decision.relation, decision.story) not in {(Relation.COPY, ferry.id), (Relation.COPY, harvest.id)}
    assert (decision.relation, decision.story in {brief.id for brief in briefs}) == (Relation.EXCERPT, False)


def test_a_text_embedded_in_a_digest_does_not_join_it():
    digest = a_story(an_article("\n".join((HARVEST, SOUTH, cut(FERRY, 2))), publisher="evening.example"))
    assert against(an_article(cut(FERRY, 2), hours=1), digest).relation is Relation.EXCERPT


def test_a_short_text_in_other_words_merges_with_nothing(ferry):
    brief = (
        "The ferry Maren Holt stranded near Lyrsund with 214 aboard; 187 were brought to Eskvik, said Ingrid Solberg."
    )
    assert against(an_article(brief, hours=1), ferry).relation is Relation.ORIGINAL


def test_a_brief_of_the_same_agency_in_other_words_joins_the_whole(ferry):
    decision = against(an_article(BRIEF, hours=1, agency="NTB"), ferry)
    assert (decision.relation, decision.rule, decision.story) == (Relation.EDITED, "reworded_brief", ferry.id)


@pytest.mark.parametrize(("agency", "hours"), [("EFE", 1), ("NTB", 30)])
def test_a_brief_of_a_rival_or_of_another_day_is_its_own(ferry, agency, hours):
    assert against(an_article(BRIEF, hours=hours, agency=agency), ferry).relation is Relation.ORIGINAL


def test_a_page_with_paragraphs_of_its_own_leads_its_translation_to_the_story(ferry):
    page = an_article("\n".join((*FERRY.split("\n")[:3], *OWN)), publisher="local.example", hours=1)
    joined = against(page, ferry)
    assert (joined.story, joined.face) == (ferry.id, True)
    translated = an_article("\n".join((*FERRY_ES.split("\n")[:3], *OWN_ES)), hours=2, language="es")
    decision = against(translated, fold({ferry.id: ferry}, page, joined))
    assert (decision.relation, decision.story, decision.against) == (Relation.TRANSLATION, ferry.id, page.id)


def test_what_shares_only_a_pages_own_paragraphs_does_not_join_the_story(ferry):
    page = an_article("\n".join((*FERRY.split("\n")[:3], *OWN)), publisher="local.example", hours=1)
    story = fold({ferry.id: ferry}, page, against(page, ferry))
    neighbours = an_article("\n".join(OWN), publisher="parish.example", hours=2)
    assert against(neighbours, story).relation.begins_story


def test_two_statements_of_one_minister_on_one_day_are_two_coverages():
    rents = a_story(an_article(RENTS, publisher="root.example", agency="NTB"))
    decision = against(an_article(RESIGNATION, publisher="root.example", hours=2, agency="NTB"), rents)
    assert (decision.relation, decision.coverage != rents.coverage) == (Relation.ORIGINAL, True)


def test_a_shared_quotation_alone_merges_nothing():
    words = "“We shall build the bridge, we shall build it in two years, and nobody will ever queue for it again.”"
    one = a_story(an_article(f"{words}\nSo spoke Ada Lund in Warkby before the council voted on the loan for it."))
    other = an_article(f"The old crossing was shut by police after a lorry hit the rail.\n{words}", hours=1)
    assert against(other, one).relation.begins_story


def test_the_same_address_with_part_of_the_text_is_an_update(ferry):
    rewritten = cut(FERRY, 2) + "\n" + HARVEST
    decision = against(an_article(rewritten, publisher="root.example", hours=30), ferry, exact=1)
    assert decision.story == ferry.id


def test_the_same_address_with_another_text_is_another_story(ferry):
    assert against(an_article(HARVEST, publisher="root.example", hours=1), ferry, exact=1).relation is Relation.ORIGINAL


def test_a_text_that_joined_through_a_translation_is_not_held_against_later(ferry):
    spanish = an_article(FERRY_ES, hours=1, language="es", publisher="es.example")
    story = fold({ferry.id: ferry}, spanish, against(spanish, ferry))
    longer = an_article(cut(FERRY_ES, 2) + "\n" + HARVEST, hours=2, language="es", publisher="eco.example")
    assert not against(longer, story).face


def test_a_coverage_is_joined_only_through_its_centre(ferry):
    rival = an_article(RIVAL, hours=1)
    second = fold({}, rival, against(rival, ferry))
    follow_up = an_article(FOLLOW_UP, hours=20)
    assert against(follow_up, second).coverage != second.coverage


def test_every_merge_says_why(ferry):
    decision = against(an_article(cut(FERRY, 3), hours=1), ferry)
    assert decision.against == ferry.root.article
    assert decision.evidence == (
        "100 % of it stands in the earlier text, 43 % of the earlier text in it",
        "5 figures agree",
    )


def test_the_order_of_the_candidates_makes_no_difference(ferry):
    harvest = a_story(an_article(HARVEST, publisher="farm.example"))
    copy = an_article(EDITED, hours=1)
    assert against(copy, ferry, harvest) == against(copy, harvest, ferry)


def test_a_megabyte_of_one_letter_is_decided_at_once():
    started = time.perf_counter()
    for text in ("a" * 1_000_000, "a " * 500_000, "A. " * 350_000, "“a” " * 250_000, "1 2\n" * 250_000):
        against(an_article(text, hours=1), a_story(an_article(text + "b")))
    assert time.perf_counter() - started < 60


@settings(deadline=None, max_examples=60)
@given(st.text(), st.text(), st.text(), st.sampled_from(["en", "fr", "", "zz"]))
def test_any_two_texts_can_be_decided(one: str, other: str, title: str, language: str):
    story = a_story(an_article(one, title=title))
    decision = against(an_article(other, title=title, language=language, hours=1), story)
    assert 0 <= decision.score <= 1


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from((FERRY + "\n" + HARVEST + "\n" + RIVAL).split("\n")), min_size=1, unique=True))
def test_a_text_is_itself(paragraphs: list[str]):
    text = "\n".join(paragraphs)
    decision = against(an_article(text, hours=1), a_story(an_article(text)))
    assert decision.relation is Relation.COPY


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.integers(100, 999), min_size=8, max_size=8), st.lists(st.integers(1000, 9999), min_size=8, max_size=8)
)
def test_other_numbers_in_a_template_are_another_story(one: list[int], other: list[int]):
    template = (
        "The exchange in Warkby closed at {} points on a day when {} shares were traded, the operator said.\n"
        "Turnover reached {} crowns, the banks gained {} points and the shippers lost {} of them by the end.\n"
        "A barrel of oil cost {} crowns, an ounce of gold {} and a bushel of wheat {} in the evening."
    )
    story = a_story(an_article(template.format(*one), publisher="a.example"))
    decision = against(an_article(template.format(*other), publisher="b.example", hours=2), story)
    assert decision.relation is Relation.ORIGINAL
