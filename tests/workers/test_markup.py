"""What pages say of themselves, on pages written for these tests."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.page.lines import lines
from workers.page.markup import Markup, read_markup
from workers.page.shown import beside_headline
from workers.page.tree import parse

LINK = "https://www.lennepost.example/town/bridge"
NODE = {"@type": "NewsArticle", "headline": "Bridge reopens", "datePublished": "2026-11-22T08:00:00+01:00"}


def markup(head="", body="", link=LINK) -> Markup:
    tree = parse(f"<!doctype html><html><head>{head}</head><body>{body}<p>Text.</p></body></html>")
    assert tree is not None
    return read_markup(tree, link)


def script(text) -> str:
    return f'<script type="application/ld+json">{text if isinstance(text, str) else json.dumps(text)}</script>'


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([NODE]),
        json.dumps({"@graph": [{"@type": "WebSite"}, NODE]}),
        json.dumps({"@type": "WebPage", "mainEntity": NODE}),
        json.dumps({**NODE, "@type": ["Article", "ReportageNewsArticle"]}),
        json.dumps({**NODE, "@type": "LiveBlogPosting"}),
        f"<!-- {json.dumps(NODE)} -->",
        f"//<![CDATA[\n{json.dumps(NODE)}\n//]]>",
        f"/* <![CDATA[ */ {json.dumps(NODE)} /* ]]> */",
        json.dumps(NODE)[:-1] + ",\n}",
        json.dumps(NODE) + ";",
        json.dumps({**NODE, "description": "DESC"}).replace("DESC", "two\nlines\tand more"),
        json.dumps({"@type": "WebSite"}) + json.dumps(NODE),
        json.dumps(NODE).replace('"', "&quot;"),
    ],
)
def test_json_ld_is_read_as_it_is_written_in_the_world(text):
    found = markup(script(text))
    assert (found.title, found.published, found.is_article) == ("Bridge reopens", (NODE["datePublished"],), True)


@pytest.mark.parametrize("text", ["", "{", "[[[[", '{"@type": 5}', '"a"', "null", '{"@graph": {"@graph": null}}'])
def test_what_is_no_json_ld_says_nothing(text):
    assert not markup(script(text)).is_article


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=8),
        lambda one: (
            st.lists(one, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "@type",
                        "author",
                        "name",
                        "image",
                        "url",
                        "headline",
                        "datePublished",
                        "license",
                        "isAccessibleForFree",
                        "@graph",
                        "mainEntity",
                    ]
                ),
                one,
                max_size=4,
            )
        ),
    )
)
def test_no_json_ld_raises(value):
    markup(script(json.dumps({"@type": "Article", "x": value, "author": value, "image": value, "@graph": value})))


@pytest.mark.parametrize(
    "text",
    ["1 " * 1_000_000, "[" + "[]," * 1_000_000 + "[]]", "[" * 1_000_000, "," + " " * 1_000_000, '{"a":' * 500_000],
)
def test_no_json_ld_takes_long(text):
    assert not markup(script(text)).is_article


@pytest.mark.parametrize(
    "own",
    [
        {"url": "http://lennepost.example/town/bridge/?a=1"},
        {"mainEntityOfPage": {"@id": LINK}},
        {"mainEntityOfPage": LINK + "#text"},
        {"headline": "Bridge  reopens!"},
    ],
)
def test_of_several_articles_the_pages_own_is_read(own):
    teaser = {
        **NODE,
        "headline": "Another",
        "url": "https://www.lennepost.example/other",
        "datePublished": "2020-01-01",
    }
    node = {"@type": "NewsArticle", "datePublished": "2026-11-22", **own}
    found = markup(script([teaser, teaser, node]), "<h1>Bridge reopens</h1>")
    assert found.published == ("2026-11-22",)


def test_a_reference_to_an_author_is_followed():
    nodes = [{**NODE, "author": {"@id": "#1"}}, {"@id": "#1", "@type": "Person", "name": "Ann Lee"}]
    assert markup(script({"@graph": nodes})).authors == ("Ann Lee",)


def test_handles_and_addresses_are_no_authors():
    head = (
        script({**NODE, "author": ["Ann Lee", "https://lennepost.example/lee"]}) + '<meta name="author" content="@lee">'
    )
    assert markup(head).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="X">',
        '<meta itemprop="datePublished" content="X">',
        '<meta name="DC.date.issued" content="X">',
        '<meta name="parsely-pub-date" content="X">',
        '<meta name="sailthru.date" content="X">',
        '<meta name="citation_online_date" content="X">',
        '<meta name="pubdate" content="X">',
    ],
)
def test_the_date_has_many_names(head):
    assert markup(head).published == ("X",)


def test_dates_stand_in_the_order_of_trust_and_the_pages_own_after_the_articles():
    page = {"@type": "WebPage", "datePublished": "W", "dateModified": "V"}
    head = '<meta name="date" content="D"><meta property="article:published_time" content="A">'
    found = markup(head + script([page, {**NODE, "datePublished": "J", "dateCreated": "C", "dateModified": "M"}]))
    assert (found.published, found.modified) == (("J", "A", "D", "W", "C"), ("M", "V"))


@pytest.mark.parametrize(
    "element",
    [
        '<span itemprop="datePublished" content="X">today</span>',
        '<time itemprop="datePublished" datetime="X"></time>',
        '<b itemprop="datePublished">X</b>',
    ],
)
def test_microdata_is_read_where_the_head_is_silent(element):
    assert markup(body=element).published == ("X",)


def test_time_elements_count_below_the_headline_and_outside_lists():
    body = (
        "<time>1</time><h1>Bridge</h1><li><time>2</time></li><time datetime='3'>now</time><aside><time>4</time></aside>"
    )
    assert markup(body=body).times == ("3",)


def test_rights_are_told_as_the_page_words_them():
    head = (
        '<meta name="robots" content="index, noai"><meta name="googlebot" content="noarchive">'
        '<meta name="bingbot" content="index, noai"><meta name="tdm-reservation" content="1">'
        '<meta name="tdm-policy" content="https://lennepost.example/tdm.json">'
        '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">'
    )
    rights = markup(head + script({**NODE, "copyrightHolder": {"name": "Lenne Press"}})).rights
    assert rights.robots == "index, noai, googlebot: noarchive"
    assert (rights.tdm_reserved, rights.tdm_policy) == (True, "https://lennepost.example/tdm.json")
    assert (rights.licence, rights.copyright) == ("https://creativecommons.org/licenses/by/4.0/", "Lenne Press")


def test_section_and_pictures_are_the_articles():
    head = script({**NODE, "articleSection": ["Town", "News"], "image": [{"url": "/b.jpg"}]})
    found = markup(head + '<meta property="og:image" content="/a.jpg">')
    assert (found.section, found.images) == ("Town", ("/a.jpg", "/b.jpg"))


def beside(body, title="Bridge reopens"):
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    return list(beside_headline(lines(tree), title))


def test_the_nearest_lines_with_a_figure_stand_beside_a_headline():
    body = "<p>22 May</p><p>Town</p><h1>Bridge reopens</h1><p>By Ann Lee</p><p>21 May</p>"
    assert beside(body) == ["21 May", "22 May"]


def test_captions_and_menus_date_nothing():
    body = "<h1>Bridge reopens</h1><figure><p>In 2019</p></figure><div class='related'><p>3 May</p></div><p>21 May</p>"
    assert beside(body) == ["21 May"]


def test_without_a_headline_only_a_label_tells_the_date():
    assert beside("<p>22 May</p><p>Elsewhere</p><p>Date: 21 May</p>") == ["Date: 21 May"]
