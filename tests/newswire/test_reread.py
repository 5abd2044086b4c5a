"""A page held against what it said before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.decision import Relation
from newswire.sameness.comparable import Comparable
from newswire.sameness.reread import is_unchanged, reread
from tests.newswire.printings import FERRY, HARVEST, an_article, cut

TITLE = "Ferry runs aground off Lyrsund"
PARAGRAPHS = FERRY.split("\n")
NEWS = (
    "A tug from Oststad reached the wreck at dawn and put salvage workers aboard, its owner Salvo Nord said, and they "
    "began to pump the water out of the engine room before the wind turned."
)


def told(text: str = FERRY, title: str = TITLE) -> Comparable:
    return Comparable(title, text, "en")


def again(text: str = FERRY, title: str = TITLE):
    return an_article(text, title=title)


def named(text: str, before: str = FERRY, title: str = TITLE) -> tuple[str, str] | None:
    found = reread(again(text, title), told(before))
    return (found.relation.value, found.rule) if found else None


def test_a_first_report_that_was_written_through_is_an_update():
    assert named(FERRY, before=PARAGRAPHS[0]) == ("update", "text_added")


def test_news_at_the_end_is_one_too():
    assert named(f"{FERRY}\n{NEWS}") == ("update", "text_added")


def test_another_toll_with_more_text_is_an_update_and_alone_a_correction():
    changed = FERRY.replace("214 people", "221 people")
    assert named(f"{changed}\n{NEWS}") == ("update", "figures_changed")
    assert named(changed) == ("correction", "figures_changed")


@pytest.mark.parametrize(
    "text",
    [
        FERRY,
        FERRY.replace(", ", " "),
        cut(FERRY, 3),
        f"{FERRY}\nRead more: pears are ripe",
        f"Updated 3 hours ago\n{FERRY}",
        f"{FERRY}\n12 comments",
        HARVEST,
        "",
    ],
)
def test_what_says_nothing_else_is_none(text):
    assert named(text) is None


def test_a_clock_on_its_own_line_leaves_the_text_unchanged_and_a_comma_does_too():
    assert is_unchanged(again(f"Updated 3 hours ago\n{FERRY}"), told(f"Updated 5 minutes ago\n{FERRY}"))
    assert is_unchanged(again(FERRY.replace(", ", " ")), told())
    assert not is_unchanged(again(FERRY.replace("wind", "storm").replace("the", "a")), told())


def test_a_title_is_no_revision_unless_it_says_that_it_corrects():
    assert named(FERRY, title="All saved as ferry strikes a rock") is None
    assert named(FERRY, title="UPDATE 1-All saved as ferry strikes a rock") is None
    assert named(FERRY, title=f"CORRECTED-{TITLE}") == ("correction", "says_so")


def test_a_correction_that_was_there_before_is_none_again():
    title = f"CORRECTED-{TITLE}"
    assert reread(again(title=title), told(title=title)) is None


def test_a_kill_withdraws_once():
    kill = an_article("The report was sent in error. Take it off your pages.", title=f"KILL: {TITLE}")
    found = reread(kill, told())
    assert found is not None
    assert found.relation is Relation.WITHDRAWAL
    assert reread(kill, told(kill.text, kill.title)) is None


@given(st.text(max_size=400), st.text(max_size=400))
def test_it_never_raises_and_a_text_says_nothing_else_than_itself(text, before):
    reread(again(text), told(before))
    assert reread(again(text), told(text)) is None
    assert is_unchanged(again(text), told(text))
