"""What others read from the same page: trafilatura in three modes, newspaper4k, readability-lxml.

Each takes the page's HTML, decoded as the service decodes it, and its address, and is called as its own documentation
does for the text alone. None may ask the network: newspaper4k is handed the HTML, its image look-ups are off, and its
list of public suffixes is the one that it ships; `no_network` holds them to it.

They find no agencies. What stands for that is the common way: a known agency's name in the first 300 or the last 200
characters of the text, or in the author.
"""

import logging
import sys
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import lxml.html
from lxml import etree

from newswire.agencies import find

OPENING, CLOSING = 300, 200  # characters in which an agency's name is taken for the credit
# What ends a line, in readability's HTML.
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
])  # fmt: skip


class Reading(NamedTuple):
    """A page's text, a paragraph a line, who is said to have written it, and when."""

    text: str
    author: str = ""
    published: str = ""  # as far as it is known: a day, or a time

    def agencies(self) -> set[str]:
        """The agencies that are named where credits stand."""
        found = [*find(self.text[:OPENING]), *find(self.text[-CLOSING:]), *find(self.author, any_case=True)]
        return {name.id for name in found}


Extractor = Callable[[str, str], Reading]  # HTML, address


def reference(html: str) -> Any:
    """The call against which the service's CPU time is weighed."""
    from trafilatura import bare_extraction

    return bare_extraction(html, fast=True, with_metadata=True)


def _trafilatura(html: str, *, fast: bool = False, precise: bool = False) -> Reading:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(html, fast=fast, favor_precision=precise, with_metadata=True, include_comments=False)
    return Reading(found.text or "", found.author or "", found.date or "") if found is not None else Reading("")


def _fast(html: str, _url: str) -> Reading:
    return _trafilatura(html, fast=True)


def _default(html: str, _url: str) -> Reading:
    return _trafilatura(html)


def _precision(html: str, _url: str) -> Reading:
    return _trafilatura(html, precise=True)


@cache
def _newspaper() -> Any:
    """The library, with all that would fetch turned off."""
    import newspaper
    import tldextract.tldextract

    tldextract.tldextract.TLD_EXTRACTOR.suffix_list_urls = ()
    return newspaper


def _newspaper4k(html: str, url: str) -> Reading:
    """What `Article.parse` finds; keywords and summaries (`nlp`) are not asked for.

    Some languages need word lists of further packages, without which it raises: their pages are read as English ones.
    """
    try:
        return _parsed(html, url)
    except ImportError:
        return _parsed(html, url, language="en")


def _parsed(html: str, url: str, **options: str) -> Reading:
    article = _newspaper().Article(url, fetch_images=False, memorize_articles=False, **options)
    article.download(input_html=html)
    article.parse()
    published = article.publish_date
    return Reading(article.text or "", ", ".join(article.authors), published.isoformat() if published else "")


def _readability(html: str, url: str) -> Reading:
    """What readability-lxml's `summary` keeps: its HTML as text, a line a block."""
    from readability import Document

    document = Document(html, url=url)
    summary = document.summary(html_partial=True)
    return Reading(text_by_block(summary), document.author() or "")


def text_by_block(html: str) -> str:
    """The text of a piece of HTML, a line for each block that has any."""
    lines: list[list[str]] = [[]]
    events = ("start", "end", "comment", "pi")
    for event, element in etree.iterwalk(lxml.html.fromstring(html), events=events):
        if element.tag in _BLOCKS:
            lines.append([])
        lines[-1].append((element.text if event == "start" else element.tail) or "")
    found = (" ".join("".join(words).split()) for words in lines)
    return "\n".join(line for line in found if line)


EXTRACTORS: dict[str, Extractor] = {
    "trafilatura fast": _fast,
    "default": _default,
    "precision": _precision,
    "newspaper4k": _newspaper4k,
    "readability-lxml": _readability,
}


def quiet() -> None:
    """Let the libraries keep their warnings about single pages to themselves."""
    warnings.simplefilter("ignore")
    for name in ("trafilatura", "newspaper", "readability", "htmldate", "tldextract"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def no_network() -> None:
    """From now on let this process fail where it would ask the network; it cannot be undone."""

    def refuse(event: str, _arguments: tuple[object, ...]) -> None:
        if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
            raise ConnectionRefusedError("the bench asks no network")

    sys.addaudithook(refuse)
