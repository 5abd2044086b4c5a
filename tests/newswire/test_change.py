"""What a revision changed, on invented texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.decision import Relation
from newswire.event.parts import Change, ChangeClass
from newswire.sameness.change import MAX_CHARS, MAX_SENTENCES, change_between
from newswire.sameness.comparable import Comparable
from tests.newswire.printings import FERRY, FERRY_ES, FERRY_REWORDED, HARVEST, an_article

TITLE = "Ferry runs aground off Lyrsund"
PARAGRAPHS = FERRY.split("\n")
NEWS = (
    "A tug from Oststad reached the wreck at dawn and put salvage workers aboard, its owner Salvo Nord said.",
    "They began to pump the water out of the engine room before the wind turned to the west.",
)


def change(
    text: str, before: str = FERRY, *, title: str = TITLE, relation: Relation = Relation.UPDATE, language: str = "en"
) -> Change:
    found = change_between(an_article(text, title=title), Comparable(TITLE, before, language), relation)
    assert found is not None
    return found


def test_an_update_lists_the_sentences_that_came_as_they_are_printed():
    found = change("\n".join((PARAGRAPHS[0], " ".join(NEWS), *PARAGRAPHS[1:])))
    assert found == Change(kind=ChangeClass.UPDATE, kept=0.975, added=NEWS)  # four of its runs of five words are parted


def test_an_update_lists_the_sentences_that_went():
    found = change("\n".join((*PARAGRAPHS[:-1], NEWS[0])))
    assert (found.added, found.removed) == ((NEWS[0],), (PARAGRAPHS[-1],))
    assert 0.8 < found.kept < 0.9


def test_a_correction_says_which_figure_stands_for_which():
    found = change(FERRY.replace("214 people", "221 people"), relation=Relation.CORRECTION)
    assert (found.kind, found.figures) == (ChangeClass.CORRECTION, ("214 → 221",))
    assert (found.added, found.removed, found.title_before) == ((), (), "")


def test_a_text_sent_anew_with_nothing_new_in_it_is_a_republication():
    assert change(FERRY, title=f"UPDATE 1-{TITLE}").kind is ChangeClass.REPUBLICATION
    assert change(FERRY.replace(", and the", " and the"), title=TITLE).kind is ChangeClass.REPUBLICATION


@pytest.mark.parametrize(
    "text",
    [
        f"{FERRY}\n{NEWS[0]}",
        "\n".join(PARAGRAPHS[:-1]),
        FERRY.replace("214 people", "221 people"),
        FERRY.replace("Petter Aune", "Jonas Kvalheim"),
        FERRY_REWORDED,
    ],
)
def test_what_adds_drops_or_changes_anything_is_no_republication(text):
    assert change(text).kind is ChangeClass.UPDATE


def test_a_correction_that_changes_nothing_that_is_seen_is_one_all_the_same():
    assert change(FERRY, relation=Relation.CORRECTION).kind is ChangeClass.CORRECTION


def test_the_title_before_is_told_where_it_is_another():
    assert change(FERRY, title="All saved as ferry strikes a rock").title_before == TITLE
    assert change(FERRY, title=TITLE.upper()).title_before == ""
    assert change(FERRY, title="").title_before == ""


def test_the_day_of_a_dateline_is_no_figure_that_changed():
    dated = "ESKVIK, Norway, May {} (Reuters) - " + FERRY
    assert change(dated.format(7), dated.format(6)).figures == ()


def test_clocks_and_counters_of_a_page_came_and_went_with_nothing():
    before, now = "Published 5 minutes ago, 3 minutes to read", "Published 2 hours ago, 3 minutes to read"
    found = change(f"{now}\n{FERRY}", f"{before}\n{FERRY}")
    assert (found.added, found.removed, found.figures) == ((), (), ())


def test_between_two_languages_only_the_kind_is_told():
    assert change(FERRY, FERRY_ES, language="es") == Change(kind=ChangeClass.UPDATE)


def test_against_a_text_that_is_not_kept_only_the_kind_is_told():
    found = change_between(an_article(FERRY, title=TITLE), None, Relation.CORRECTION)
    assert found == Change(kind=ChangeClass.CORRECTION)


@pytest.mark.parametrize("relation", [one for one in Relation if one not in (Relation.UPDATE, Relation.CORRECTION)])
def test_what_is_no_new_version_has_none(relation):
    assert change_between(an_article(HARVEST), Comparable(TITLE, FERRY, "en"), relation) is None


def test_the_lists_are_bounded():
    long = ["The pears of the valley " + f"number {at} ripen in the sun of the month " * 10 for at in range(30)]
    found = change(f"{FERRY}\n" + "\n".join(f"{one.strip()}." for one in long))
    assert len(found.added) == MAX_SENTENCES
    assert {len(one) for one in found.added} == {MAX_CHARS}


@given(st.text(max_size=400), st.text(max_size=400))
def test_it_never_raises_and_a_text_changes_nothing_in_itself(text, before):
    change(text, before, relation=Relation.CORRECTION)
    found = change(text, text)
    assert (found.added, found.removed, found.figures, found.title_before) == ((), (), (), "")
