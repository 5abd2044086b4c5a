"""Lists of feeds: OPML in and out, TOML in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.catalogue import read_feeds_toml
from newswire.feed import feed_from_url
from newswire.opml import read_opml, write_opml


def opml(outlines, version="2.0"):
    return f'<?xml version="1.0"?><opml version="{version}"><head/><body>{outlines}</body></opml>'.encode()


def test_nested_folders_become_tags():
    document = opml(
        '<outline text="World"><outline text="Europe">'
        '<outline type="rss" text="The Paper" xmlUrl="https://paper.example/rss"/></outline></outline>'
    )
    assert read_opml(document) == (feed_from_url("https://paper.example/rss", "The Paper", ("World", "Europe")),)


def test_a_feed_in_two_folders_is_one_with_both_tags():
    document = opml(
        '<outline text="World"><outline text="P" xmlUrl="https://paper.example/rss"/></outline>'
        '<outline text="Daily"><outline text="Q" xmlUrl="HTTPS://Paper.example:443/rss"/></outline>'
    )
    assert read_opml(document) == (feed_from_url("https://paper.example/rss", "P", ("World", "Daily")),)


def test_version_1_with_other_capitals_is_read():
    document = opml('<outline title="P" xmlurl="https://paper.example/rss"/><outline text="a note"/>', version="1.0")
    assert read_opml(document) == (feed_from_url("https://paper.example/rss", "P"),)


@given(
    st.lists(
        st.builds(
            feed_from_url,
            st.from_regex(r"https?://[a-z]{1,9}\.example/[a-z?=&]{0,9}", fullmatch=True),
            st.text(st.characters(min_codepoint=32, exclude_categories=["C", "Z"])),
            st.lists(st.from_regex(r"[\w-]{1,9}", fullmatch=True), unique=True),
        ),
        unique_by=lambda feed: feed.id,
    )
)
def test_what_is_written_is_read_back(feeds):
    assert read_opml(write_opml(feeds)) == tuple(feeds)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"", "line 1"),
        (b"\n<opml><body>", "line 2"),
        (b"<html><body/></html>", "<html>"),
        (opml('<outline text="Files" xmlUrl="file:///etc/hostname"/>'), "Files"),
        (b'<!DOCTYPE o [<!ENTITY a "b">]><opml><body>&a;</body></opml>', "safe"),
        (opml('<outline text="d">' * 30 + "</outline>" * 30), "deeper"),
    ],
)
def test_bad_opml_is_refused_with_its_place(document, message):
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
