"""Aggregators' links, and the pages that they name."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.aggregator import is_aggregator, resolved
from newswire.ownlink import OwnLink, own_link

STORY = "https://www.lennepost.example/town/bridge?id=7"
QUOTED = "https%3A%2F%2Fwww.lennepost.example%2Ftown%2Fbridge%3Fid%3D7"


def google_news(address: str, amp: str = "") -> str:
    """The form in use until July 2024."""

    def field(tag: bytes, text: str) -> bytes:
        size = len(text)
        return tag + (bytes([size]) if size < 128 else bytes([size % 128 + 128, size // 128])) + text.encode()

    packed = b"\x08\x13" + field(b"\x22", address) + field(b"\xd2\x01", amp)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


@pytest.mark.parametrize(
    "link",
    [
        f"https://www.google.com/url?rct=j&sa=t&url={QUOTED}&ct=ga",
        f"https://www.google.co.uk/url?q={QUOTED}&sa=U",
        f"http://news.google.com/news/url?sa=t&fd=R&url={QUOTED}",
        f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&url={QUOTED}&c=1",
        f"https://l.facebook.com/l.php?u={QUOTED}&h=x",
        f"https://www.youtube.com/redirect?q={QUOTED}",
        f"https://duckduckgo.com/l/?uddg={QUOTED}",
        f"https://r.search.yahoo.com/_ylt=A0/RV=2/RE=1/RO=10/RU={QUOTED}/RK=2/RS=x",
        "https://www-lennepost-example.cdn.ampproject.org/c/s/www.lennepost.example/town/bridge?id=7",
        "https://cdn.ampproject.org/v/s/www.lennepost.example/town/bridge?id=7",
        "https://www.google.com/amp/s/www.lennepost.example/town/bridge?id=7",
        f"https://web.archive.org/web/20261122080000/{STORY}",
        f"https://news.google.com/rss/articles/{google_news(STORY)}?oc=5",
        f"https://news.google.com/__i/rss/rd/articles/{google_news(STORY, 'https://amp.lennepost.example/b')}?oc=5",
        f"https://news.google.com/articles/{google_news(STORY)}?hl=de",
        f"https://www.google.com/url?url=https%3A%2F%2Fwww.google.com%2Famp%2Fs%2F{QUOTED[14:]}",
    ],
)
def test_the_publishers_page_is_taken_out_of_the_link(link):
    assert resolved(link) == STORY


def test_a_long_address_stands_in_google_news_links_too():
    long = STORY + "x" * 200
    assert resolved(f"https://news.google.com/rss/articles/{google_news(long)}") == long


@pytest.mark.parametrize(
    "link",
    [
        STORY,
        f"https://lennepost.example/url?q={QUOTED}",
        f"https://google.com.evil.example/url?q={QUOTED}",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://www.google.com/url?q=file:///etc/passwd",
        f"https://news.google.com/rss/articles/{google_news('AU_yqLM14juFi6')}",
        "https://news.google.com/rss/articles/CBMi____",
        "https://feedproxy.google.com/~r/lenne/~3/x/",
        "https://cdn.ampproject.org/i/s/www.lennepost.example/a.jpg",
        "http://[",
    ],
)
def test_every_other_link_is_left_as_it_is(link):
    assert resolved(link) == link


@given(
    st.from_regex(r"https://(news\.google\.com/rss/articles/CB[\w-]{10,40}|www\.google\.com/(url\?q=|amp/s/).{0,20})")
)
def test_nothing_raises(link):
    assert resolved(link)


def test_hosts_that_only_link_are_known():
    assert [is_aggregator(host) for host in ("www.bing.com", "news.google.com", "lennepost.example")] == [
        True,
        True,
        False,
    ]


LINK = "https://www.lennepost.example/town/bridge"


@pytest.mark.parametrize(
    ("canonical", "og_url", "expected"),
    [
        ("https://lennepost.example/b/7?utm_source=x", "", OwnLink("https://lennepost.example/b/7")),
        ("", "/b/7", OwnLink("https://www.lennepost.example/b/7")),
        ("https://agency.example/b/7", "", OwnLink(LINK, "https://agency.example/b/7")),
        ("https://agency.example/b/7", LINK + "-1", OwnLink(LINK + "-1", "https://agency.example/b/7")),
        ("https://agency.example/", "https://agency.example/b", OwnLink(LINK)),
        ("https://www.lennepost.example/", "", OwnLink(LINK)),
        ("https://www.lennepost.example/de/", "", OwnLink(LINK)),
        ("/index.html", "", OwnLink(LINK)),
        (
            "https://www-lennepost-example.cdn.ampproject.org/c/s/lennepost.example/b",
            "",
            OwnLink("https://lennepost.example/b"),
        ),
        ("https://[", "mailto:desk@lennepost.example", OwnLink(LINK)),
    ],
)
def test_a_page_is_known_by_what_it_names_on_its_own_site(canonical, og_url, expected):
    assert own_link(LINK, canonical, og_url) == expected


def test_a_programs_pages_are_not_made_one():
    link = "https://paper.example/news.php?id=7"
    assert own_link(link, "https://paper.example/news.php").url == link


def test_a_page_in_an_aggregators_place_is_known_by_what_it_names():
    assert own_link("https://feedproxy.google.com/~r/lenne/~3/x/", LINK) == OwnLink(LINK)
