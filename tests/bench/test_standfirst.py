from lxml import html

from bench.reading.pagelines import page_lines
from bench.reading.pages import Row
from bench.reading.standfirst import is_present, longest_common, standfirst, standfirst_of, summary_of

LEAD = "After three weeks in the dock the ferry is back on her line."
FIRST = "The Aurora left the old harbour on Monday morning with forty passengers."
SECOND = "Her captain said that the new engine was quieter than the one it replaced."


def a_page(lead: str, head: str = f'<meta name="description" content="{LEAD}">') -> html.HtmlElement:
    return html.document_fromstring(
        f"<html><head>{head}</head><body><h1>Ferry is back</h1>{lead}<p>{FIRST}</p><p>{SECOND}</p></body></html>"
    )


def a_row(*paragraphs: str) -> Row:
    return {"title": "Ferry is back", "expected": {"text": "\n".join(paragraphs)}}


def found(row: Row, tree: html.HtmlElement) -> str:
    return standfirst_of(row, tree, page_lines(tree))


def test_a_description_that_the_page_shows_in_its_own_way_is_the_standfirst():
    row = a_row(LEAD, FIRST, SECOND)

    assert [found(row, a_page(lead)) for lead in (f"<h2>{LEAD}</h2>", f'<p class="x">{LEAD}</p>', "")] == [LEAD] * 3


def test_an_element_that_is_named_so_is_the_standfirst_also_without_a_description():
    assert found(a_row(LEAD, FIRST, SECOND), a_page(f'<div class="article-dek">{LEAD}</div>', head="")) == LEAD


def test_a_description_that_says_the_first_paragraph_again_is_a_summary_and_no_standfirst():
    page, row = a_page(f"<p>{LEAD}</p>"), a_row(LEAD, FIRST, SECOND)

    assert (found(row, page), summary_of(row, page)) == ("", LEAD.rstrip("."))


def test_a_reference_without_the_summary_has_no_standfirst():
    page, row = a_page(f"<h2>{LEAD}</h2>"), a_row(FIRST, SECOND)

    assert (standfirst(row, FIRST, page), summary_of(row, page)) == (None, "")


def test_the_headline_that_a_reference_begins_with_is_not_looked_at():
    assert found(a_row("Ferry is back", LEAD, FIRST, SECOND), a_page(f"<h2>{LEAD}</h2>")) == LEAD


def test_nine_tenths_of_its_words_in_their_order_at_the_beginning_make_it_present():
    shuffled = " ".join(reversed(LEAD.split()))
    late = f"{'word ' * 200}{LEAD}"

    assert [is_present(LEAD, text) for text in (LEAD.replace("three", "3"), shuffled, late)] == [True, False, False]


def test_the_longest_common_subsequence_is_counted_in_words():
    assert longest_common(["a", "b", "c", "d"], ["b", "x", "d", "a"]) == 2
