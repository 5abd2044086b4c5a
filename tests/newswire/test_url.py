"""Addresses: one spelling for one page, and never one for two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.url import canonical, host_of, publisher_of, requestable, same_site


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://News.Example/Story", "https://news.example/Story"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example/a#comments", "https://news.example/a"),
        ("https://news.example/a?", "https://news.example/a"),
        ("https://news.example/a/./b/../c", "https://news.example/a/c"),
        ("https://news.example/../../a/..", "https://news.example/"),
        ("https://news.example//a//b", "https://news.example//a//b"),
        ("https://news.example/a?b=2&a=1&b=3", "https://news.example/a?b=2&a=1&b=3"),
        ("https://news.example/a?utm_source=rss&id=7&UTM_Medium=x", "https://news.example/a?id=7"),
        ("https://news.example/a?%75tm_source=rss", "https://news.example/a"),
        ("https://news.example/a?ref=b&mod=c", "https://news.example/a?ref=b&mod=c"),
        ("https://news.example/%7euser/%c3%a9t%C3%A9", "https://news.example/~user/%C3%A9t%C3%A9"),
        ("https://news.example/été d'or", "https://news.example/%C3%A9t%C3%A9%20d'or"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("https://news.example/%2541", "https://news.example/%2541"),
        ("  https://news.example/a\n", "https://news.example/a"),
        ("https://news.example\\a\\b", "https://news.example/a/b"),
        ("https://Zürich.example/", "https://xn--zrich-kva.example/"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://user:secret@news.example/a", "https://news.example/a"),
        ("http://[2001:DB8::0:1]/a", "http://[2001:db8::1]/a"),
    ],
)
def test_a_url_has_one_spelling(url, expected):
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/a",
        "/a",
        "mailto:desk@news.example",
        "file:///etc/hostname",
        "javascript:alert(1)",
        "https://",
        "https:///a",
        "https://news.example:99999/",
        "https://news example/",
        "https://a..b/",
        "https://" + "a" * 64 + ".example/",
        "https://[::1/",
        "https://[v1.x]/",
        "https://news%2eexample/",
        "https://news.example/\ud800",
        "https://news.example/" + "a" * 2000,
    ],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ValueError, match=r"url|host"):
        canonical(url)


@given(st.text(), st.text(), st.text())
def test_canonical_is_idempotent(host, path, query):
    try:
        once = canonical(f"http://{host}/{path}?{query}")
    except ValueError:
        return
    assert canonical(once) == once


@given(st.text(alphabet="ab./%2eE\\?&=#;:@~ é", max_size=40))
def test_canonical_is_idempotent_on_what_has_a_meaning_in_urls(rest):
    once = canonical(f"http://news.example/{rest}")
    assert canonical(once) == once


def test_what_is_sent_keeps_every_parameter():
    assert requestable("HTTPS://news.example/a?utm_source=rss&&b") == "https://news.example/a?utm_source=rss&&b"


def test_a_publisher_is_a_host_without_www():
    assert publisher_of("https://WWW.News.Example:8443/feed") == "news.example"


def test_a_politeness_budget_belongs_to_host_and_port():
    assert [host_of(f"http://a.example{port}/x") for port in ("", ":80", ":8080")] == [
        "a.example",
        "a.example",
        "a.example:8080",
    ]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("https://www.paper.example/", "https://rss.paper.example/", True),
        ("https://a.paper.co.uk/", "https://b.paper.co.uk/", True),
        ("https://paper.co.uk/", "https://rival.co.uk/", False),
        ("https://paper.com.br/", "https://rival.com.br/", False),
        ("https://one.substack.com/", "https://two.substack.com/", False),
        ("https://one.blogspot.de/", "https://two.blogspot.de/", False),
        ("https://one.blogspot.com.br/", "https://two.blogspot.com.br/", False),
        ("https://m.one.blogspot.com.br/", "https://one.blogspot.com.br/", True),
        ("https://haber.gen.tr/", "https://rakip.gen.tr/", False),
        ("https://co.example/", "https://a.co.example/", True),
        ("http://192.0.2.1/", "http://198.51.2.1/", False),
        ("http://192.0.2.1/", "https://192.0.2.1:8443/", True),
    ],
)
def test_a_site_is_a_registered_domain(a, b, expected):
    assert same_site(a, b) is expected
