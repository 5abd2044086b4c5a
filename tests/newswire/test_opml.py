"""Lists of feeds: OPML in and out, TOML in."""

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from newswire.catalogue import read_feeds_toml
from newswire.decision import Merging
from newswire.feed import feed_from_url
from newswire.opml import read_opml, write_opml


def opml(outlines, version="2.0"):
    return f'<?xml version="1.0"?><opml version="{version}"><head/><body>{outlines}</body></opml>'.encode()


PAPER = '<outline type="rss" text="The Paper" xmlUrl="https://paper.example/rss"/>'


def feeds_of(document):
    feeds, faults = read_opml(document)
    assert faults == ()
    return feeds


def test_folders_in_folders_become_one_tag():
    document = opml(f'<outline text="World"><outline text="Europe">{PAPER}</outline></outline>')
    assert feeds_of(document) == (feed_from_url("https://paper.example/rss", "The Paper", ("World/Europe",)),)


def test_a_feed_in_two_folders_is_one_with_both_tags():
    document = opml(
        '<outline text="World"><outline text="P" xmlUrl="https://paper.example/rss"/></outline>'
        '<outline text="Daily"><outline text="Q" xmlUrl="HTTPS://Paper.example:443/rss"/></outline>'
    )
    assert feeds_of(document) == (feed_from_url("https://paper.example/rss", "P", ("World", "Daily")),)


def test_categories_are_tags_as_well():
    document = opml('<outline text="P" xmlUrl="https://paper.example/rss" category="/world, daily,/europe/east"/>')
    assert feeds_of(document)[0].tags == ("world", "daily", "europe/east")


def test_version_1_with_other_capitals_is_read():
    document = opml('<outline title="P" xmlurl="https://paper.example/rss"/><outline text="a note"/>', version="1.0")
    assert feeds_of(document) == (feed_from_url("https://paper.example/rss", "P"),)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Bread & butter", "Bread & butter"),
        ("Q&A", "Q&A"),
        ("Q&amp;A &lt;3&#33;", "Q&A <3!"),
        ("Caf&eacute;&nbsp;News", "Café\xa0News"),
        ("a&nosuch;b", "a&nosuch;b"),
    ],
)
def test_an_ampersand_that_is_none_is_mended(title, expected):
    assert feeds_of(opml(f'<outline text="{title}" xmlUrl="https://paper.example/rss"/>'))[0].title == expected


@pytest.mark.parametrize("text", ['The "Paper"', "<p>The <a href='/'>Paper</a></p>"])
def test_markup_and_quotes_in_an_attribute_are_told_and_cost_no_feed(text):
    feeds, faults = read_opml(
        opml(f'<outline text="World"><outline text="{text}" xmlUrl="https://a.example/"/>{PAPER}</outline>')
    )
    assert [(feed.url, feed.tags) for feed in feeds] == [
        ("https://a.example/", ("World",)),
        ("https://paper.example/rss", ("World",)),
    ]
    assert [fault.partition(":")[0] for fault in faults] == ["not well-formed (invalid token)"]


def test_a_list_that_is_cut_gives_its_feeds_and_says_so():
    feeds, faults = read_opml(opml(PAPER).partition(b"</body>")[0])
    assert (len(feeds), [fault.partition(":")[0] for fault in faults]) == (1, ["no element found"])


def test_an_address_with_a_bare_ampersand_is_whole():
    document = opml('<outline text="P" xmlUrl="https://paper.example/rss?a=1&b=2&amp;c=3"/>')
    assert feeds_of(document)[0].url == "https://paper.example/rss?a=1&b=2&c=3"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_declared_charset_is_believed(charset):
    document = f'<?xml version="1.0" encoding="{charset.removesuffix("-sig")}"?><opml><body>{PAPER}</body></opml>'
    assert feeds_of(document.replace("The", "Thé").encode(charset))[0].title == "Thé Paper"


def test_an_undeclared_windows_charset_is_known_by_its_bytes():
    assert feeds_of(f"\n<opml><body>{PAPER}</body></opml>".replace("The", "“Thé”").encode("cp1252"))[0].title == (
        "“Thé” Paper"
    )


def test_what_cannot_be_followed_is_named_and_costs_no_other_its_place():
    bad = '<outline text="Files" xmlUrl="file:///etc/hostname"/><outline xmlUrl="rss" text=""/>'
    feeds, faults = read_opml(opml(bad + PAPER))
    assert [feed.title for feed in feeds] == ["The Paper"]
    assert [fault.partition(":")[0] for fault in faults] == ["Files", "rss"]


def test_other_readers_find_each_feed_in_its_folders():
    feeds = [
        feed_from_url("https://a.example/", "A", ("World/Europe", "Daily")),
        feed_from_url("https://b.example/", "B"),
        feed_from_url("https://c.example/", "C", ("Daily",)),
    ]
    body = fromstring(write_opml(feeds)).find("body")
    names = {one.get("text"): [inner.get("text") for inner in one] for one in body}
    assert names == {"World": ["Europe"], "Daily": ["A", "C"], "B": []}


TAG = st.lists(st.from_regex(r"\w[\w ,-]{0,5}\w", fullmatch=True), min_size=1, max_size=3).map("/".join)


@given(
    st.lists(
        st.builds(
            feed_from_url,
            st.from_regex(r"https?://[a-z]{1,9}\.example/[a-z?=&]{0,9}", fullmatch=True),
            st.text(st.characters(min_codepoint=32, exclude_categories=["C", "Z"])),
            st.lists(TAG, unique=True),
            st.sampled_from(Merging),
        ),
        unique_by=lambda feed: feed.id,
    )
)
def test_what_is_written_is_read_back(feeds):
    def in_no_order(found):
        return {feed.id: replace(feed, tags=tuple(sorted(feed.tags))) for feed in found}

    assert in_no_order(feeds_of(write_opml(feeds))) == in_no_order(feeds)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"", "line 1"),
        (b"<opml>\n<body>", "line 2"),
        (b"<html><body/></html>", "<html>"),
        (b'<!DOCTYPE o [<!ENTITY a "b">]><opml><body>&a;</body></opml>', "safe"),
        (b'<?xml version="1.0" encoding="no-such"?><opml><body/></opml>', "unknown encoding"),
        (opml('<outline text="d">' * 30 + "</outline>" * 30), "deeper"),
    ],
)
def test_what_is_no_opml_is_refused_with_its_place(document, message):
    with pytest.raises(ValueError, match=message):
        read_opml(document)


def test_toml_names_feeds():
    text = (
        '[[feed]]\nurl = "https://paper.example/rss"\ntitle = "P"\ntags = ["w"]\n[[feed]]\nurl = "http://b.example/"\n'
    )
    assert read_feeds_toml(text) == (
        feed_from_url("https://paper.example/rss", "P", ("w",)),
        feed_from_url("http://b.example/"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[feed]\n", "line 1"),
        ("[feeds]\n", "'feeds'"),
        ("[feed]\nurl='http://a.example/'\n", "two brackets"),
        ("[[feed]]\nurl='http://a.example/'\n[[feed]]\nulr='x'\n", "number 2: unknown key 'ulr'"),
        ("[[feed]]\ntitle='x'\n", "number 1: url"),
        ("[[feed]]\nurl='http://a.example/'\ntitle=1\n", "title"),
        ("[[feed]]\nurl='http://a.example/'\ntags='world'\n", "tags"),
        ("[[feed]]\nurl='paper.example'\n", "number 1: not an http"),
        ("[[feed]]\nurl='http://a.example/'\n[[feed]]\nurl='http://A.example'\n", "twice"),
    ],
)
def test_bad_toml_is_refused_with_its_place(text, message):
    with pytest.raises(ValueError, match=message):
        read_feeds_toml(text)
