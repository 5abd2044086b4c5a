"""The lines of pages written for these tests."""

import pytest

from workers.page.lines import lines
from workers.page.tree import parse


def lines_of(body: str):
    return lines(parse(f"<html><head><title>Bridge</title></head><body>{body}</body></html>"))


def texts_of(body: str) -> list[str]:
    return [line.text for line in lines_of(body)]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>The bridge <b>has</b> reopened.</p><p>Shops hope.</p>", ["The bridge has reopened.", "Shops hope."]),
        ("<p>The bridge<br>has reopened.</p>", ["The bridge", "has reopened."]),
        ("<p>The bridge<!-- an ad --> has reopened.</p>", ["The bridge has reopened."]),
        ("<div>Before <p>within</p> after</div>", ["Before", "within", "after"]),
        ("<p>Seen<script>var a = 1;</script><svg><text>icon</text></svg> twice.</p>", ["Seen twice."]),
        ("<noscript><p>Enable scripts</p></noscript><template><p>Later</p></template><p>Now.</p>", ["Now."]),
        ("<p> \n\t</p>", []),
    ],
)
def test_blocks_part_lines_and_what_is_never_shown_is_none(body, texts):
    assert texts_of(body) == texts


def test_a_line_knows_the_share_of_its_letters_in_links():
    (plain, half, whole) = lines_of("<p>no link</p><p>half <a>link</a></p><p><a>two</a> <a>links</a></p>")
    assert (plain.linked, half.linked, whole.linked) == (0, 0.5, 1)
    assert (plain.links, half.links, whole.links) == (0, 1, 2)


def test_a_link_round_blocks_is_a_link_of_each():
    assert [(line.linked, line.links) for line in lines_of("<a><h3>Title</h3><p>Teaser</p></a>")] == [(1, 1), (1, 1)]


@pytest.mark.parametrize(
    ("body", "photo", "aside"),
    [
        ("<p>x</p>", False, False),
        ("<figure><figcaption>x</figcaption></figure>", True, False),
        ("<div class='foto-legende'><p>x</p></div>", True, False),
        ("<div class='author-photo byline'><p>x</p></div>", False, False),
        ("<nav><ul><li>x</li></ul></nav>", False, True),
        ("<div id='related-stories'><p>x</p></div>", False, True),
        ("<div style='display: none'><p>x</p></div>", False, True),
        ("<div class='dialogue hidden'><p>x</p></div>", False, True),
        ("<div class='hidden md:block'><p>x</p></div>", False, False),
    ],
)
def test_a_line_knows_whether_it_stands_in_a_figure_or_beside_the_text(body, photo, aside):
    (line,) = lines_of(body)
    assert (bool(line.photo), bool(line.aside)) == (photo, aside)


def test_paragraphs_of_containers_of_one_name_share_a_home():
    body = "<div class='text part-1'><p>a</p></div><div class='ad'>b</div><div class='text part-2'><p>c</p></div>"
    first, ad, second = lines_of(body)
    assert first.home == second.home != ad.home


def test_containers_without_a_name_are_told_apart():
    first, second = lines_of("<div><p>a</p></div><div><p>b</p></div>")
    assert first.home != second.home


def test_the_items_of_a_list_live_where_the_list_stands():
    paragraph, item = lines_of("<div class='text'><p>a</p><ul><li>b</li></ul></div>")
    assert paragraph.home == item.home


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("The mayor of <a>Kyiv</a>The ferry", "The mayor of Kyiv The ferry"),
        ("<a>Ann Lee</a>said so, said Ann Lee", "Ann Lee said so, said Ann Lee"),
        ("<b>T</b>he bridge", "The bridge"),
        ("the <a>Lenne</a>s bank", "the Lennes bank"),
        ("Mc<i>Lee</i> and McLee", "McLee and McLee"),
        ("<a>莱讷河</a>大桥", "莱讷河大桥"),
    ],
)
def test_words_glued_at_an_inline_tag_are_parted_where_they_are_two(html, text):
    assert texts_of(f"<p>{html}</p>") == [text]
