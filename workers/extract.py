"""A page's bytes made into an article: text, title, byline, times, credit, verdict. The only importer of trafilatura.

Promises: nothing that a page may hold raises, a page's text is its own words in their order, and nothing is remembered
from one page to the next (trafilatura's `deduplicate` stays off: with it pages vanish after others like them).
"""

import logging
import re
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document

from newswire import url as address
from newswire.article import Article, Entry, Page, Verdict, entry_id
from newswire.credit import attribute
from newswire.dateline import read_dateline
from newswire.furniture import without_furniture
from newswire.language import language_of
from newswire.verdict import count_words, judge
from workers.hints import hints_of
from workers.lines import Line, letters, lines
from workers.markup import Markup, is_sane, read_markup
from workers.tree import decode, parse

# trafilatura's precision mode has the better text (token F1 .907 against .894 of the default on 565 pages), but loses
# whole articles now and then. Where it yields less than 1,200 characters (one page in five) the default is asked too,
# and kept when precision has under a fifth of it: .914.
SHORT_CHARS = 1200
COLLAPSED = 0.2
# The feed's text is taken where it has so much more than the page's: feeds end in a line or two of their own.
FEED_GAIN = 1.2
FEED_WORDS = 40
# The largest real page measured has 4,102 elements; 26,000 paragraphs in 3 MB cost 25 s.
MAX_ELEMENTS = 20_000

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without a text is a verdict here, no log line


def extract(page: Page, entry: Entry | None = None) -> Article:
    """The article of a page, and of its feed's entry where there is one."""
    link = _page_link(page.url, entry)
    tree = _tree_of(decode(page.body, page.content_type))
    markup = read_markup(tree) if tree is not None else Markup()
    seen = lines(tree) if tree is not None else []
    paragraphs = _text_of(tree) if tree is not None else []
    paragraphs = _with_standfirst(_without_headline(paragraphs, markup, seen), markup, seen)
    text = "\n".join(without_furniture(paragraphs))
    verdict = judge(
        text="\n".join(paragraphs),  # with its furniture: a wall's own words are some
        visible="\n".join(line.text for line in seen)[:6000],
        title=markup.title,
        url=page.url,
        is_free=markup.is_free,
        is_article=markup.is_article,
    )
    if entry is not None:
        feed_paragraphs = _feed_text(entry.html)
        feed_text = "\n".join(without_furniture(feed_paragraphs))
        if count_words(feed_text) >= FEED_WORDS and (
            not verdict.is_readable or count_words(feed_text) > FEED_GAIN * count_words(text)
        ):
            verdict, text, paragraphs = Verdict.FEED_TEXT, feed_text, feed_paragraphs
    byline = ", ".join(markup.authors[:6]) or (entry.byline if entry else "")
    printed = "\n".join(paragraphs)
    dateline, _ = read_dateline(text)
    published = _published(markup, entry, page.fetched)
    url = _own_link(markup.canonical, link)
    return Article(
        id=entry.id if entry else entry_id(_publisher(link), link),
        publisher=entry.publisher if entry else _publisher(link),
        url=url,
        guid=entry.guid if entry else "",
        language=_language(markup.language, entry, text),
        title=markup.title or (entry.title if entry else ""),
        text=text,
        byline=byline,
        dateline=dateline,
        published=published,
        first_seen=page.fetched,
        fetched=page.fetched,
        verdict=verdict,
        credit=attribute(
            text=printed,
            byline=byline,
            dateline=dateline,
            hints=hints_of(markup, seen, paragraphs, entry, url=page.url),
        ),
        robots=", ".join(filter(None, (page.robots, markup.robots))),
    )


def _tree_of(html: str) -> lxml.html.HtmlElement | None:
    """The page's tree, None where there is none, or where it is too large to be a page's."""
    tree = parse(html) if html.strip() else None
    if tree is None or next(islice(tree.iter(), MAX_ELEMENTS, None), None) is not None:
        return None
    return tree


def _text_of(tree: lxml.html.HtmlElement) -> list[str]:
    """The paragraphs that trafilatura finds."""
    text = _extracted(tree, precise=True)
    if len(text) < SHORT_CHARS:
        default = _extracted(tree, precise=False)
        if len(text) < COLLAPSED * len(default):
            text = default
    # Old pages are laid out in tables, whose cells trafilatura parts by bars.
    return [line for paragraph in text.split("\n") if (line := paragraph.strip("| \t\xa0"))]


def _extracted(tree: lxml.html.HtmlElement, *, precise: bool) -> str:
    try:
        document = bare_extraction(tree, include_comments=False, favor_precision=precise, with_metadata=False)
    except (AssertionError, RecursionError, etree.LxmlError):
        return ""
    return str(document.text or "") if isinstance(document, Document) else ""


def _without_headline(paragraphs: list[str], markup: Markup, seen: Sequence[Line]) -> list[str]:
    """The paragraphs less the headline that trafilatura sets before them on some pages."""
    headlines = {letters(markup.title), *(letters(line.text) for line in seen if line.tag == "h1")}
    while paragraphs and letters(paragraphs[0]) in headlines:
        paragraphs = paragraphs[1:]
    return paragraphs


def _with_standfirst(paragraphs: list[str], markup: Markup, seen: Sequence[Line]) -> list[str]:
    """The paragraphs, with the description before them where the page shows it as a line and the text lacks it."""
    key = letters(markup.description)
    if len(key) < 40 or not paragraphs or any(key[:40] in letters(paragraph) for paragraph in paragraphs[:6]):
        return paragraphs
    shown = next((line.text for line in seen if not line.aside and letters(line.text) == key), "")
    return [shown, *paragraphs] if shown else paragraphs


def _feed_text(html: str) -> list[str]:
    """The lines of the body that a feed carries."""
    tree = _tree_of(html)
    return [line.text for line in lines(tree) if not line.photo] if tree is not None else []


def _published(markup: Markup, entry: Entry | None, fetched: datetime) -> datetime | None:
    moments = (markup.published, entry.published if entry else None)
    return next((moment for moment in moments if moment and is_sane(moment, fetched)), None)


def _language(declared: str, entry: Entry | None, text: str) -> str:
    for tag in (declared, entry.language if entry else ""):
        code = re.match(r"\s*([A-Za-z]{2})(?:[-_]|\s*$)", tag)
        if code:
            return code[1].lower()
    return language_of(text)


def _page_link(url: str, entry: Entry | None) -> str:
    try:
        return address.canonical(url)
    except ValueError:
        return entry.link if entry else url


def _own_link(canonical: str, link: str) -> str:
    """The canonical link that the page names, where it is of the page's own site; else the page's address."""
    try:
        named = address.canonical(urljoin(link, canonical)) if canonical else link
        # A home page named by every page of a broken site is no article's address.
        return named if address.same_site(named, link) and urlsplit(named).path not in ("", "/") else link
    except ValueError:
        return link


def _publisher(link: str) -> str:
    try:
        return address.publisher_of(link)
    except ValueError:
        return ""
