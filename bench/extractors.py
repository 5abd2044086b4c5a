"""What others read from the same page: trafilatura in three modes, newspaper4k, readability-lxml.

Each takes the page's HTML, decoded as the service decodes it, and its address. None may ask the network: newspaper4k is
handed the HTML, its image look-ups are off, and its list of public suffixes is the one that it ships.
"""

import logging
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import lxml.html

# What ends a line, in readability's HTML.
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main"
    " nav ol p pre section table td th tr ul".split()
)


class Reading(NamedTuple):
    """A page's text, a paragraph a line, and who is said to have written it."""

    text: str
    author: str = ""


Extractor = Callable[[str, str], Reading]  # HTML, address


def reference(html: str) -> Any:
    """The call against which the service's CPU time is weighed."""
    from trafilatura import bare_extraction

    return bare_extraction(html, fast=True, with_metadata=True)


def _trafilatura(html: str, **options: bool) -> Reading:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(html, with_metadata=True, include_comments=False, **options)
    return Reading(found.text or "", found.author or "") if found is not None else Reading("")


def _fast(html: str, _url: str) -> Reading:
    return _trafilatura(html, fast=True)


def _default(html: str, _url: str) -> Reading:
    return _trafilatura(html)


def _precision(html: str, _url: str) -> Reading:
    return _trafilatura(html, favor_precision=True)


@cache
def _newspaper() -> Any:
    """The library, with all that would fetch turned off."""
    import newspaper
    import tldextract.tldextract

    tldextract.tldextract.TLD_EXTRACTOR.suffix_list_urls = ()
    return newspaper


def newspaper4k(html: str, url: str) -> Reading:
    """What newspaper4k's `Article.parse` finds; its keywords and summaries (`nlp`) are not asked for."""
    article = _newspaper().Article(url, fetch_images=False, memorize_articles=False)
    article.download(input_html=html)
    article.parse()
    return Reading(article.text or "", ", ".join(article.authors))


def readability(html: str, url: str) -> Reading:
    """What readability-lxml's `summary` keeps: its HTML as text, a line a block."""
    from readability import Document

    document = Document(html, url=url)
    summary = document.summary(html_partial=True)
    return Reading(text_by_block(summary), document.author() or "")


def text_by_block(html: str) -> str:
    """The text of a piece of HTML, a line for each block that has any."""
    tree = lxml.html.fromstring(html)
    for element in tree.iter():
        if element.tag in _BLOCKS:
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return "\n".join(line for line in lines if line)


EXTRACTORS: dict[str, Extractor] = {
    "fast": _fast,
    "default": _default,
    "precision": _precision,
    "newspaper4k": newspaper4k,
    "readability": readability,
}


def quiet() -> None:
    """Let the libraries keep their warnings about single pages to themselves."""
    for name in ("trafilatura", "newspaper", "readability", "readability.readability", "htmldate", "tldextract"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
