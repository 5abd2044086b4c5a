"""Extractions held against the lines of their pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.page.hold import NOWHERE, hold
from workers.page.lines import Line

MAYOR = "The mayor opened the bridge on Monday morning."
SHOPS = "Shops on the east bank hope for their customers."
FERRY = "The ferry makes its last crossing in March."


def seen(*texts: str) -> list[Line]:
    return [Line(text) for text in texts]


@pytest.mark.parametrize(
    ("paragraphs", "page", "held"),
    [
        pytest.param([MAYOR, SHOPS], [MAYOR, SHOPS], [(0, MAYOR), (1, SHOPS)], id="as they stand"),
        pytest.param([SHOPS], [MAYOR, SHOPS, FERRY], [(1, SHOPS)], id="one of several"),
        pytest.param(["The mayor opened the on Monday morning."], [MAYOR], [(0, MAYOR)], id="a link left out within"),
        pytest.param([f"{MAYOR} {SHOPS}"], [MAYOR, SHOPS], [(0, MAYOR), (1, SHOPS)], id="two lines glued"),
        pytest.param(["The mayor opened the", "bridge on Monday morning."], [MAYOR], [(0, MAYOR)], id="one line split"),
        pytest.param(["Not on this page at all."], [MAYOR], [(NOWHERE, "Not on this page at all.")], id="not there"),
        pytest.param([MAYOR], [MAYOR, SHOPS, MAYOR], [(0, MAYOR)], id="the first of two"),
        pytest.param([SHOPS, MAYOR], [MAYOR, SHOPS, MAYOR], [(1, SHOPS), (2, MAYOR)], id="the next of two"),
        pytest.param(
            ["The mayor opened the old market instead, and was late for it."],
            [MAYOR],
            [(NOWHERE, "The mayor opened the old market instead, and was late for it.")],
            id="the same beginning alone",
        ),
    ],
)
def test_a_paragraph_is_its_lines_or_itself(paragraphs, page, held):
    assert hold(paragraphs, seen(*page)) == held


@given(st.lists(st.text(max_size=60), max_size=8), st.lists(st.text(max_size=60), max_size=12))
def test_every_line_held_is_a_line_of_the_page_or_a_paragraph(paragraphs, page):
    for number, text in hold(paragraphs, seen(*page)):
        assert text in paragraphs if number == NOWHERE else text == page[number]


@given(st.lists(st.sampled_from([MAYOR, SHOPS, FERRY]), unique=True))
def test_what_stands_on_the_page_is_held_in_order(page):
    assert hold(page, seen(*page)) == list(enumerate(page))
