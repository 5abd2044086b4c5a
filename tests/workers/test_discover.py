"""Finding the feeds of an address. Real sockets; the sites are invented."""

import time
from contextlib import closing, contextmanager

import publishers
import pytest
from serving import Pages, serving

from workers.discover import Asker
from workers.errors import Permanent, Transient
from workers.fetch import Fetcher
from workers.page.alternates import MAX_FEEDS, feeds_named, is_page
from workers.settings import Settings

HOME = "http://paper.example/"


def rss(name, title="The Paper"):
    return publishers.rss(name, title=title).encode()


def page(*elements):
    return f"<!doctype html><html><head><title>The Paper</title></head><body>{''.join(elements)}</body></html>".encode()


def link(href, kind="application/rss+xml", rel="alternate"):
    return f'<link rel="{rel}" type="{kind}" href="{href}">'


def a_fetcher(place):
    return Fetcher(user_agent="Wirefold/1", allow_hosts={"paper.example": place})


@contextmanager
def an_asker(pages):
    site = Pages(pages)
    with serving(site) as place, closing(a_fetcher(place)) as fetcher:
        yield Asker(fetcher, Settings(host_gap_s=0.0, allow_hosts={})), site


def found(pages, url=HOME):
    with an_asker(pages) as (asker, _):
        return [(reading.address, reading.document.title) for reading in asker.feeds_at(url)]


def refused(pages, url=HOME):
    with an_asker(pages) as (asker, _), pytest.raises((Permanent, Transient)) as raised:
        asker.feeds_at(url)
    return raised.value.reason


def test_a_feed_is_itself():
    assert found({"/rss": rss("1")}, HOME + "rss") == [("http://paper.example/rss", "The Paper")]


def test_a_feed_that_moved_for_good_is_followed_where_it_is():
    assert found({"/rss": "/feed", "/feed": rss("1")}, HOME + "rss") == [("http://paper.example/feed", "The Paper")]


def test_a_page_leads_to_the_feed_it_declares():
    assert found({"/": page(link("/news.xml")), "/news.xml": rss("1")}) == [
        ("http://paper.example/news.xml", "The Paper")
    ]


def test_all_that_are_declared_and_can_be_read_are_found():
    pages = {
        "/": page(link("/world"), link("/sport"), link("/gone"), link("/wp-json/", "application/json")),
        "/world": rss("1", title="World"),
        "/sport": rss("2", title="Sport"),
        "/wp-json/": b'{"name": "The Paper"}',
    }
    assert [title for _, title in found(pages)] == ["World", "Sport"]


def test_of_one_feed_in_two_formats_the_first_is_found():
    atom = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><link href="/1"/></entry></feed>'
    pages = {"/": page(link("/rss"), link("/atom", "application/atom+xml")), "/rss": rss("1"), "/atom": atom}
    assert found(pages) == [("http://paper.example/rss", "The Paper")]


def test_a_link_that_looks_like_a_feed_is_tried_where_none_is_declared():
    pages = {"/": page('<a href="/world/feed/">RSS</a>'), "/world/feed/": rss("1"), "/feed": rss("2")}
    assert found(pages) == [("http://paper.example/world/feed/", "The Paper")]


def test_the_usual_places_are_tried_where_a_page_names_none():
    assert found({"/": page(), "/feed.xml": rss("1")}) == [("http://paper.example/feed.xml", "The Paper")]


def test_why_a_declared_feed_cannot_be_read_is_told():
    with an_asker({"/": page(link("/gone"))}) as (asker, _), pytest.raises(Permanent, match=r"/gone \(http_404\)"):
        asker.feeds_at(HOME)


def test_a_page_without_any_feed_says_so():
    assert refused({"/": page()}) == "not_a_feed"


def test_what_is_neither_feed_nor_page_is_asked_nothing_more():
    with an_asker({"/": b"%PDF-1.7"}) as (asker, site), pytest.raises(Permanent):
        asker.feeds_at(HOME)
    assert site.asked == ["/robots.txt", "/"]


def test_robots_txt_is_asked_once_and_obeyed():
    pages = {"/robots.txt": b"User-agent: *\nDisallow: /news.xml", "/": page(link("/news.xml")), "/news.xml": rss("1")}
    with an_asker(pages) as (asker, site), pytest.raises(Permanent):
        asker.feeds_at(HOME)
    assert site.asked.count("/robots.txt") == 1
    assert "/news.xml" not in site.asked


def test_a_page_that_robots_txt_forbids_is_not_asked_for():
    assert refused({"/robots.txt": b"User-agent: *\nDisallow: /", "/": rss("1")}) == "robots"


@pytest.mark.parametrize(
    ("url", "expected"),
    [("http://127.0.0.1:9/", "inside_address"), ("http://10.0.0.1/feed", "inside_address")],
)
def test_an_inside_address_is_refused(url, expected):
    assert refused({}, url) == expected


def test_a_page_cannot_lead_inside():
    inner = Pages({"/feed": rss("1")})
    with serving(inner) as place:
        assert refused({"/": page(link(f"http://{place}/feed"))}) == "not_a_feed"
    assert inner.asked == []


def test_a_server_that_fails_is_told():
    assert refused({"/": 503}) == "http_503"


def test_a_host_has_its_rest_between_two_requests():
    with serving(Pages({"/": rss("1")})) as place, closing(a_fetcher(place)) as fetcher:
        asker = Asker(fetcher, Settings(host_gap_s=0.3))
        began = time.monotonic()
        asker.read(HOME)
    assert time.monotonic() - began >= 0.3


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (link("/a.xml", "application/ATOM+xml; charset=utf-8", "ALTERNATE home"), "http://paper.example/a.xml"),
        (link("/a.json", "application/feed+json"), "http://paper.example/a.json"),
        (link("a", rel="stylesheet"), ""),
        (link("/es", "text/html"), ""),
        (link("/comments/feed/"), ""),
        (link("/?feed=comments-rss2"), ""),
        (link("javascript:alert(1)"), ""),
        (link("http://[::1"), ""),
        (f'<base href="http://[">{link("a")}', "http://paper.example/a"),
        (link(""), ""),
        (f'<base href="http://cdn.example/x/">{link("a")}', "http://cdn.example/x/a"),
    ],
)
def test_what_a_page_declares(element, expected):
    assert feeds_named(page(element), HOME).declared == ((expected,) if expected else ())


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/feed", True),
        ("/world/rss/", True),
        ("/news.rss", True),
        ("/rss.xml", True),
        ("/feeds-explained", False),
        ("/rss-reader/review", False),
        ("/sitemap.xml", False),
        ("http://[::1/feed", False),
    ],
)
def test_what_a_link_to_a_feed_looks_like(href, expected):
    assert bool(feeds_named(page(f'<a href="{href}">x</a>'), HOME).linked) is expected


def test_a_directory_of_feeds_is_not_asked_through():
    named = feeds_named(page(*(link(f"/{number}") for number in range(100))), HOME)
    assert len(named.declared) == MAX_FEEDS


def test_bytes_that_are_no_page_name_none_but_the_usual():
    assert feeds_named(b"\x00\xff<<< http://[", HOME)[:2] == ((), ())


def test_a_page_is_told_from_a_feed_by_its_bytes():
    assert [is_page(body) for body in (page(), b"<BODY>hello", rss("1"), b"{}")] == [True, True, False, False]
