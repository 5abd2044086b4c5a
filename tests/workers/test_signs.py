"""What a page's markup betrays, on markup written for these tests."""

import pytest

from workers.page.signs import signs_of
from workers.page.tree import parse


def signs(body: str, *, head: str = "", is_short: bool = True):
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return signs_of(tree, is_short=is_short)


@pytest.mark.parametrize(
    ("maker", "body"),
    [
        ("Cloudflare", "<script>window._cf_chl_opt={};</script>"),
        ("DataDome", "<script src='https://ct.captcha-delivery.com/c.js'></script>"),
        ("HUMAN", "<div id='px-captcha'></div>"),
        ("Imperva", "<iframe src='/_Incapsula_Resource?SWUDNSAI=31&xinfo=9'></iframe>"),
        ("Anubis", "<script id='anubis_challenge' type='application/json'>{}</script>"),
        ("Yandex", "<form action='/checkcaptcha?key=1'></form>"),
        ("", "<script src='/_Incapsula_Resource?SWJIYLWA=719d'></script>"),
        ("", "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"),
        ("", "<script src='https://js.datadome.co/tags.js'></script>"),
        ("", "<div id='px-captcha'></div>" + "<a href='/'>one of many links</a>" * 60),
    ],
)
def test_a_maker_is_named_by_what_stands_on_its_wall_alone(maker, body):
    assert signs(body).challenge == maker


def test_the_makers_are_not_looked_for_under_a_long_text():
    assert signs("<div id='px-captcha'></div>", is_short=False).challenge == ""


@pytest.mark.parametrize(
    ("selector", "words"),
    [(".paid", 4), ("#paid", 4), ("article .paid", 4), ("div.paid", 4), ("[data-paid]", 4), (".x", 0)],
)
def test_the_words_of_the_paid_part_are_counted(selector, words):
    head = (
        '<script type="application/ld+json">{"isAccessibleForFree": "False", "hasPart": {"@type": "WebPageElement", '
        f'"isAccessibleForFree": "False", "cssSelector": "{selector}"}}}}</script>'
    )
    assert (
        signs(
            "<article><div class='a paid' id='paid' data-paid>Four words are here</div></article>", head=head
        ).given_words
        == words
    )


def test_where_nothing_is_marked_as_paid_there_is_no_number():
    assert signs("<p>text</p>").given_words is None


def test_an_element_that_holds_the_page_is_no_consent_managers():
    page = "<div class='cmp-root'><article>The bridge reopens.</article></div>"
    assert (signs(page).consent_text, signs("<div id='didomi-host'>Cookies?</div>").consent_text) == ("", "Cookies?")


def test_a_large_element_named_for_a_paywall_is_the_article():
    texts = [signs(f"<div class='paywall'>{'word ' * count}</div>").paywall_text for count in (3, 200)]
    assert texts == ["word word word", ""]


def test_headlines_with_times_are_no_live_blog():
    entry = "<li class='live-ticker-item'><time>9:15</time> {}</li>"
    assert [signs(entry.format(text) * 6).updates for text in ("Headline", "word " * 40)] == [0, 6]
