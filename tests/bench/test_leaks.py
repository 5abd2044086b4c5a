import pytest
from lxml import html

from bench.reading.leaks import Seen, captions, related, strangers
from bench.reading.pages import Row

STORY = "The ferry sailed again on Monday after three weeks in the dock."
CAPTION = "The ferry Aurora at her berth in the old harbour"
TITLE = "Harbour master resigns over the long repair"


def seen(body: str) -> Seen:
    filler = "<p>The line will keep its winter timetable until the spring, its owners said.</p>" * 8
    return Seen(html.document_fromstring(f"<html><body><h1>Ferry is back</h1>{body}{filler}</body></html>"))


def a_row(reference: str = STORY) -> Row:
    return {"expected": {"text": reference}}


@pytest.mark.parametrize(
    "markup",
    [
        f"<figure><img><figcaption>{CAPTION}</figcaption></figure>",
        f'<div class="photo-credit">{CAPTION}</div>',
        f'<img alt="{CAPTION}"><p>{CAPTION}</p>',
        f'<script type="application/ld+json">{{"@type": "ImageObject", "caption": "{CAPTION}"}}</script>',
    ],
)
def test_words_that_the_page_shows_under_a_picture_are_a_caption(markup: str):
    assert captions(a_row(), f"{STORY}\n{CAPTION}", seen(markup)) == [CAPTION]


@pytest.mark.parametrize(
    "line",
    ["Photo: Ana Ruiz", "Foto: Ana Ruiz/Agentur", "The berth (Foto: Ana Ruiz)", "A berth. Ana Ruiz via Getty Images"],
)
def test_a_line_with_the_form_of_a_photo_credit_is_a_caption(line: str):
    assert captions(a_row(), line, seen("")) == [line]


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (f"<figure><p>{CAPTION}</p></figure><p>{CAPTION}</p>", "it is a paragraph too"),
        (f'<a href="/"><img alt="{CAPTION}"></a>', "a teaser's picture"),
        (f"<h2>{CAPTION}</h2><img alt='{CAPTION}'>", "a heading"),
    ],
)
def test_words_that_are_more_than_a_pictures_are_no_caption(markup: str, why: str):
    assert captions(a_row(), CAPTION, seen(markup)) == [], why


@pytest.mark.parametrize(
    "markup",
    [
        f'<div class="related-articles"><p>{TITLE}</p></div>',
        f'<ul><li><a href="/harbour">{TITLE}</a> 12/04</li></ul>',
    ],
)
def test_the_title_of_another_page_is_a_related_line_also_glued_to_others(markup: str):
    glued = f"| {TITLE} | 12/04 | 3 comments |"

    assert related(a_row(), f"{STORY}\n{TITLE}\n{glued}", seen(markup)) == [TITLE, glued]


@pytest.mark.parametrize("line", ["Read more: the long repair", "Lesen Sie auch", "À lire aussi : le port", "延伸閱讀"])
def test_an_invitation_to_read_something_else_is_a_related_line(line: str):
    assert related(a_row(), line, seen("")) == [line]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{TITLE}</p>",
        f'<p><a href="#top">{TITLE}</a></p>',
        f'<p>{TITLE} <a href="/x">here</a></p>',
        f'<div class="most-read"><h1>Ferry</h1><p>{TITLE}</p></div>',
    ],
)
def test_a_line_that_leads_nowhere_else_is_no_related_line(markup: str):
    assert related(a_row(), TITLE, seen(markup)) == []


def test_menus_and_invitations_to_subscribe_are_no_related_lines():
    markup = (
        '<p><a href="/a">Home</a> <a href="/b">Sport</a></p><p><a href="/c">Sign up to our daily harbour letter</a></p>'
    )

    assert related(a_row(), "Home Sport\nSign up to our daily harbour letter", seen(markup)) == []


def test_the_reference_is_the_judge_of_what_belongs():
    markup = f'<div class="related"><p>{TITLE}</p></div><figure>{CAPTION}</figure>'
    text = f"{TITLE}\n{CAPTION}"

    assert related(a_row(text), text, seen(markup)) == captions(a_row(text), text, seen(markup)) == []
    assert related({}, text, seen(markup)) == [TITLE]


def test_a_line_stands_in_the_reference_by_its_letters_or_by_most_of_its_words():
    changed = "“The ferry sailed again”, on Monday after three weeks in the dock"

    assert list(strangers(a_row(), f"{changed}\n{STORY} She had\nAnother line")) == ["Another line"]
