"""The lines of a page that are its text, on pages written for these tests."""

import pytest

from workers.page.body import body
from workers.page.lines import lines
from workers.page.tree import parse

PARAGRAPHS = [
    "The bridge over the Lenne has reopened after two years of work, the mayor of the town said on Monday morning.",
    "Work had been delayed twice, by a flood in the spring and by a strike, and it cost some 40 million euros in all.",
    "Shops on the east bank, which lost half of their customers, will be helped by a fund until the end of the year.",
]
FERRY = "The ferry that stood in for the bridge makes its last crossing in March, and the ferryman will then retire."


def chosen(html: str, found=PARAGRAPHS, *, titles=("Bridge reopens",), descriptions=()) -> list[str]:
    seen = lines(parse(f"<html><body>{html}</body></html>"))
    return [text for _, text in body(found, seen, titles=titles, descriptions=descriptions)]


def story(*extra: str, kind="text") -> str:
    return f"<div class='{kind}'>{''.join(f'<p>{paragraph}</p>' for paragraph in (*PARAGRAPHS, *extra))}</div>"


def test_a_sentence_that_was_left_out_is_put_back():
    assert chosen(story(FERRY)) == [*PARAGRAPHS, FERRY]


def test_a_text_in_pieces_is_put_together():
    html = (
        f"{story(kind='text part-1')}<div class='ad'>Advertisement</div><div class='text part-2'><p>{FERRY}</p></div>"
    )
    assert chosen(html) == [*PARAGRAPHS, FERRY]


def test_the_next_article_of_an_endless_page_is_not_this_ones():
    following = f"<article><h1>Ferryman retires</h1><div class='text'><p>{FERRY}</p></div></article>"
    assert chosen(f"<article>{story()}</article>{following}") == PARAGRAPHS


def test_menus_before_and_lists_after_are_left_off():
    menu = "".join(f"<p><a href=/{n}>Section number {n}</a></p>" for n in range(4))
    more = "".join(f"<p><a href=/{n}>Another story of the day, number {n}</a></p>" for n in range(4))
    html = f"<div id='top'>{menu}</div>{story()}<div id='end'>{more}</div>"
    found = [line.text for line in lines(parse(f"<html><body>{html}</body></html>"))]
    assert chosen(html, found) == PARAGRAPHS


@pytest.mark.parametrize(
    "box",
    [
        "<figure><img src=a.jpg><figcaption>The mayor at the bridge on Monday.</figcaption></figure>",
        "<aside class='infobox'><h3>The bridge</h3><p>It is 80 metres long, and it was built in 1912.</p></aside>",
        "<ul><li><a href=/2>Ferryman of the Lenne retires</a></li><li><a href=/3>East bank hopes</a></li></ul>",
        "<ul><li><a href=/2>Ferryman of the Lenne</a> Lenne Post 22/11</li><li><a href=/3>Hope</a> Post</li></ul>",
        "<p>Read also: <a href=/2>Ferryman of the Lenne retires</a></p>",
        "<p><a href=/2>Ferryman of the Lenne retires in the spring</a></p>",
    ],
)
def test_what_stands_among_the_paragraphs_and_is_no_text_is_taken_out(box):
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = f"<div class='text'>{first}{box}{''.join(rest)}</div>"
    found = [line.text for line in lines(parse(f"<html><body>{html}</body></html>"))]
    assert chosen(html, found) == PARAGRAPHS


def test_a_list_that_is_text_stays():
    items = ["Cars cross from Monday.", "Lorries cross from March."]
    html = f"<div class='text'>{story()}<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul></div>"
    assert chosen(html, [*PARAGRAPHS, *items]) == [*PARAGRAPHS, *items]


STANDFIRST = "After two years the two banks of the town are joined again, and the shops hope for their customers."


@pytest.mark.parametrize(
    ("shown", "description"),
    [
        ("<p>{}</p>", STANDFIRST),
        ("<p>Lenne. {}</p>", STANDFIRST),
        ("<div class='article-teaser'><p>{}</p></div>", STANDFIRST[:70]),
        ("<p class='standfirst'>{}</p>", ""),
        ("<div class='chapo'><p>{}</p></div>", ""),
    ],
)
def test_the_standfirst_is_put_before_the_text(shown, description):
    html = f"<h1>Bridge reopens</h1>{shown.format(STANDFIRST)}<p class='by'>By Ann Lee</p>{story()}"
    text = chosen(html, descriptions=[description] if description else [])
    assert text[0].endswith(STANDFIRST)
    assert text[1:] == PARAGRAPHS


def test_a_description_that_is_the_pictures_caption_is_no_standfirst():
    html = f"<h1>Bridge reopens</h1><div class='image-description'>{STANDFIRST}</div>{story()}"
    assert chosen(html, descriptions=[STANDFIRST]) == PARAGRAPHS


def test_the_headline_is_no_paragraph():
    assert chosen(f"<h1>Bridge reopens</h1>{story()}", ["Bridge reopens", *PARAGRAPHS]) == PARAGRAPHS


def test_words_that_the_extraction_dropped_within_a_paragraph_come_back():
    html = story().replace("the mayor of the town", "<a href=/mayor>the mayor of the town</a>")
    assert chosen(html, [PARAGRAPHS[0].replace("the mayor of the town", ""), *PARAGRAPHS[1:]]) == PARAGRAPHS


def test_a_text_that_is_nowhere_on_the_page_stays():
    assert chosen("<p>Elsewhere</p>") == PARAGRAPHS


def test_no_text_is_none():
    assert chosen(story(), []) == []
