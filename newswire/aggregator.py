"""Links of aggregators, which name the publisher's page inside: taken out of them without a request.

Promises: what it does not know comes back as it was, and what comes back is an http or https address. It is pure: what
only a server can tell is left to redirects (FeedBurner's `/~r/`, t.co, bit.ly and their like) and to the page itself
(workers.page.interstitial). Google News' links of since July 2024 (`AU_yqL…` inside) name nothing: Google alone can
resolve them, by an interface that it does not document (SSujitX/google-news-url-decoder, issue 2); they stay, and
Google's page in their place is no article.

Each form stands with where it is described or was seen.
"""

import base64
import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from newswire.url import canonical

_MOST_LAYERS = 3  # google.com/url of an AMP cache of a page: two are seen

# Hosts that publish nothing themselves: an article that comes by their feeds is the publisher's, whose page it is.
_HOSTS = frozenset({
    "news.google.com", "google.com", "feedproxy.google.com", "feeds.feedburner.com", "feeds2.feedburner.com",
    "rss.feedsportal.com", "bing.com", "r.search.yahoo.com", "cdn.ampproject.org", "l.facebook.com", "t.co",
})  # fmt: skip

# An address in a parameter: host (with its subdomains), path, the parameters in the order in which they are asked.
_IN_PARAMETER = (
    (r"google\.\w{2,3}(\.\w\w)?", "/url", ("url", "q")),  # Google Alerts' feeds (url), search and documents (q)
    (r"news\.google\.com", "/news/url", ("url",)),  # Google News' feeds until 2015
    (r"bing\.com", "/news/apiclick.aspx", ("url",)),  # Bing News' feeds (format=rss)
    (r"facebook\.com", "/l.php", ("u",)),  # l.facebook.com, lm.facebook.com
    (r"youtube\.com", "/redirect", ("q",)),
    (r"duckduckgo\.com", "/l/", ("uddg",)),
    (r"getpocket\.com", "/redirect", ("url",)),  # Pocket's feeds
)
# The address without its scheme, after "/c/" or "/v/" (viewer), and "s/" where it is https
# (developers.google.com/amp/cache/overview).
_AMP_CACHE = re.compile(r"/(?:c|v|wp/c)/(s/)?([^/]+\..+)")
_AMP_VIEWER = re.compile(r"/amp/(s/)?([^/]+\..+)")  # google.com/amp/s/news.example/story
_ARCHIVE = re.compile(r"/web/\d{4,14}(?:[a-z]{2}_)?/(https?:/{1,2}.+)")  # the Wayback Machine, which keeps the scheme
_YAHOO = re.compile(r"/RU=([^/]+)/")  # r.search.yahoo.com/…/RU=https%3a%2f%2fnews.example%2fstory/RK=2/RS=…
_GOOGLE_NEWS = re.compile(r"/(?:__i/)?(?:rss/)?(?:rd/)?(?:articles|read)/(CB[\w-]{10,2000})")


def resolved(link: str) -> str:
    """The publisher's page that an aggregator's link names; any other link as it is.

    >>> resolved("https://www.google.com/url?rct=j&url=https://news.example/story&usg=x")
    'https://news.example/story'
    >>> resolved("https://news.example/url?q=https://elsewhere.example/")
    'https://news.example/url?q=https://elsewhere.example/'
    """
    for _ in range(_MOST_LAYERS):
        inner = _inner(link)
        if not inner:
            break
        link = inner
    return link


def is_aggregator(host: str) -> bool:
    """Whether a host only links to others' pages."""
    return host.removeprefix("www.") in _HOSTS


def _inner(link: str) -> str:
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").removeprefix("www.")
        found = next(filter(None, (form(host, parts) for form in _FORMS)), "")
        return found if found and canonical(found) else ""
    except ValueError:
        return ""


def _in_parameter(host: str, parts: SplitResult) -> str:
    for hosts, path, names in _IN_PARAMETER:
        if parts.path == path and re.fullmatch(rf"(?:[\w-]+\.)*{hosts}", host):
            given = parse_qs(parts.query, max_num_fields=100)
            return next((given[name][0] for name in names if name in given), "")
    return ""


def _in_amp_cache(host: str, parts: SplitResult) -> str:
    if not host.endswith(("cdn.ampproject.org", "bing-amp.com")):
        return ""
    return _without_scheme(_AMP_CACHE.match(parts.path), parts.query)


def _in_amp_viewer(host: str, parts: SplitResult) -> str:
    return _without_scheme(_AMP_VIEWER.match(parts.path), parts.query) if host == "google.com" else ""


def _without_scheme(found: re.Match[str] | None, query: str) -> str:
    if not found:
        return ""
    return f"http{'s' if found[1] else ''}://{found[2]}{'?' if query else ''}{query}"


def _in_yahoo(host: str, parts: SplitResult) -> str:
    found = _YAHOO.search(parts.path) if host.endswith("search.yahoo.com") else None
    return unquote(found[1]) if found else ""


def _in_archive(host: str, parts: SplitResult) -> str:
    found = _ARCHIVE.match(parts.path) if host == "web.archive.org" else None
    return found[1] + ("?" + parts.query if parts.query else "") if found else ""


def _in_google_news(host: str, parts: SplitResult) -> str:
    """A protocol buffer in base64: field 1 is a number, field 4 the address, and a later one that of its AMP page."""
    found = _GOOGLE_NEWS.match(parts.path) if host == "news.google.com" else None
    if not found:
        return ""
    packed = base64.urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4))
    if len(packed) < 5 or packed[0] != 0x08 or packed[2] != 0x22:
        return ""
    # A length over 127 takes two bytes, seven bits in each, the lower first.
    length, start = (packed[3], 4) if packed[3] < 0x80 else (packed[3] - 0x80 + 0x80 * packed[4], 5)
    address = packed[start : start + length].decode("utf-8")
    return address if address.startswith("http") else ""


_FORMS: tuple[Callable[[str, SplitResult], str], ...] = (
    _in_parameter,
    _in_amp_cache,
    _in_amp_viewer,
    _in_yahoo,
    _in_archive,
    _in_google_news,
)
