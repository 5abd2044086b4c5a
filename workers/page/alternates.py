"""The feeds that a page names.

Promises: addresses that can be requested, absolute, each once, in the page's order; whether they are feeds is for
whoever fetches them to find out. Comments' feeds are left out. Sources: RSS autodiscovery 1.0 (rssboard.org) and the
HTML standard's `alternate`.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urljoin

import lxml.html

from newswire.url import requestable
from workers.page.tree import decode, tree_of

TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"})
# More feeds than that are a directory of them, for a person to choose from.
MAX_FEEDS = 10
# WordPress, Drupal, Ghost, Jekyll, Hugo, Blogger: where a site's feed lies when its page does not say so.
USUAL = ("/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
# What a link to a feed looks like: /rss, /world/feed/, /news.rss, /atom.xml
_LOOKS_LIKE_ONE = re.compile(
    r"/(?:rss|feed|atom|rdf|index)(?:\.xml|\.rss|\.json)?/?$|\.(?:rss|atom|rdf)$", re.IGNORECASE
)
# WordPress has /comments/feed/ and ?feed=comments-rss2, Blogger /feeds/comments/default.
_OF_COMMENTS = re.compile(r"/comments?(?:/|\.|$)|comments-rss", re.IGNORECASE)


def is_page(body: bytes) -> bool:
    """Whether these are the bytes of an HTML page; servers' types say so of feeds as well."""
    return bool(_PAGE.search(body[:4096]))


class Named(NamedTuple):
    """Where a page's feeds may be, the surest first."""

    declared: tuple[str, ...]  # in its head
    linked: tuple[str, ...]  # by links that look like feeds
    usual: tuple[str, ...]  # where a site like it would have one


def feeds_named(body: bytes, url: str, content_type: str = "") -> Named:
    """The addresses of a page's feeds; `url` is its own."""
    tree = tree_of(decode(body, content_type))
    base, declared, linked = url, [], []
    for element in tree.iter("base", "link", "a") if tree is not None else ():
        href = element.get("href", "").strip()
        if element.tag == "base":
            base = _address(href, url) or base
        elif element.tag == "link":
            if _declares(element):
                declared.append(href)
        elif _LOOKS_LIKE_ONE.search(re.split("[?#]", href, maxsplit=1)[0]):
            linked.append(href)
    return Named(_absolute(declared, base), _absolute(linked, base), _absolute(USUAL, url))


def _declares(link: lxml.html.HtmlElement) -> bool:
    kind = link.get("type", "").partition(";")[0].strip().lower()
    return "alternate" in link.get("rel", "").lower().split() and kind in TYPES


def _absolute(hrefs: Iterable[str], base: str) -> tuple[str, ...]:
    found = dict.fromkeys(_address(href, base) for href in hrefs)
    return tuple(address for address in found if address and not _OF_COMMENTS.search(address))[:MAX_FEEDS]


def _address(href: str, base: str) -> str:
    try:
        return requestable(urljoin(base, href)) if href else ""
    except ValueError:
        return ""
