"""The link by which a page is known, and whose page it says it is a copy of.

Promises: the link is on the site that the page was fetched from, whatever the page claims: nobody can publish in
another's name. A canonical link to another site is what syndication asks for (developers.google.com/search, "canonical
URLs"), and is told as a fact of its own.
"""

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from newswire import url as address
from newswire.aggregator import is_aggregator, resolved

# The front page, in one of its spellings: no article's address, though broken sites name it on every page.
_FRONT = re.compile(r"/?(?:index\.\w{2,5}|home|[a-z]{2}(?:-[a-z]{2})?)?/?", re.IGNORECASE)
# Programs that tell their pages apart by the query: a canonical link without it would make them one.
_PROGRAM = re.compile(r"\.(?:php\d?|aspx?|jsp|cgi|do|cfm)$", re.IGNORECASE)


class OwnLink(NamedTuple):
    """A page's link, and the other publisher's page that it names as the original, or ""."""

    url: str
    syndicated_from: str = ""


def own_link(link: str, canonical: str, og_url: str = "") -> OwnLink:
    """The page's own link: what it names in its link element, else in og:url, else where it was fetched.

    `canonical` and `og_url` are as printed; a page that an aggregator shows in its own place is known by what it names.

    >>> own_link("http://a.example/x?id=7", "https://www.a.example/bridge").url
    'https://www.a.example/bridge'
    >>> own_link("http://a.example/x", "https://b.example/bridge")
    OwnLink(url='http://a.example/x', syndicated_from='https://b.example/bridge')
    """
    named, shared = _named(canonical, link), _named(og_url, link)
    if _is_aggregators(link):  # which publishes nothing: what it shows is the page that it names
        return OwnLink(named or shared or link)
    if named and address.same_site(named, link):
        return OwnLink(named)
    url = shared if shared and address.same_site(shared, link) else link
    return OwnLink(url, named)


def _is_aggregators(link: str) -> bool:
    try:
        return is_aggregator(address.publisher_of(link))
    except ValueError:
        return False


def _named(claim: str, link: str) -> str:
    """The address that a page claims, "" where it cannot be an article's."""
    try:
        named = address.canonical(resolved(urljoin(link, claim))) if claim else ""
        address.publisher_of(link)
    except ValueError:
        return ""
    here, there = urlsplit(link), urlsplit(named)
    is_less = here.path == there.path and here.query and not there.query and _PROGRAM.search(here.path)
    return "" if is_less or _FRONT.fullmatch(there.path) else named
