"""A page's bytes made into an article: text, title, byline, times, credit, verdict. The only importer of trafilatura.

Promises: nothing that a page may hold raises, a page's text is its own words in their order, and nothing is remembered
from one page to the next (trafilatura's `deduplicate` stays off: with it pages vanish after others like them).
"""

import logging
from collections.abc import Sequence
from itertools import chain
from urllib.parse import urljoin

import lxml.html
from lxml import etree
from msgspec import Struct, structs
from trafilatura import bare_extraction
from trafilatura.settings import Document

from newswire import url as address
from newswire.aggregator import is_aggregator, resolved
from newswire.article import Article, Entry, Page, Verdict, entry_id
from newswire.byline import people, signatures
from newswire.credit import attribute
from newswire.dateline import read_dateline
from newswire.furniture import without_furniture
from newswire.language import spoken
from newswire.moments import Context, modified_at, published_at
from newswire.ownlink import own_link
from newswire.rights import joined
from newswire.verdict import count_words, is_long, judge
from workers.page.body import body
from workers.page.hints import hints_of
from workers.page.lines import LINKED, MAX_CHARS, MAX_LINES, Line, lines
from workers.page.markup import Markup, read_markup
from workers.page.shown import below_headline, beside_headline
from workers.page.signs import signs_of
from workers.page.tree import decode, tree_of

# trafilatura's precision mode loses whole articles now and then. Where it yields less than 1,200 characters, and the
# page shows more than twice as many in lines of 60 without links, the default is asked too (3 % of pages), and kept
# when precision has under a fifth of it. Asked for every short text (19 %), the outcome is the same.
SHORT_CHARS = 1200
SHOWN, SHOWN_CHARS = 2.0, 60
COLLAPSED = 0.2
# The feed's text is taken where it has so much more than the page's: feeds end in a line or two of their own.
FEED_GAIN = 1.2
FEED_WORDS = 40
# What a reader sees of a page is judged so far.
VISIBLE_CHARS = 20_000

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without a text is a verdict here, no log line


class _Read(Struct, frozen=True, kw_only=True):
    """What a page holds, before anything is made of it."""

    markup: Markup = Markup()
    seen: Sequence[Line] = ()
    body: Sequence[tuple[int, str]] = ()  # the lines of the text: numbers among `seen`, and words
    paragraphs: Sequence[str] = ()  # the text as printed, with its furniture
    verdict: Verdict = Verdict.EMPTY

    @property
    def text(self) -> str:
        return "\n".join(without_furniture(self.paragraphs))


def extract(page: Page, entry: Entry | None = None) -> Article:
    """The article of a page, and of its feed's entry where there is one."""
    link = _page_link(page.url, entry)
    read = _with_feed(_read(page, link), entry)
    markup, text = read.markup, read.text
    byline = ", ".join(markup.authors[:6]) or (entry.byline if entry else "")
    dateline, _ = read_dateline(text)
    language = spoken(f"{markup.title}\n{text}", [markup.language, entry.language if entry else ""])
    context = Context(link, language, page.fetched)
    shown = chain(markup.times, beside_headline(read.seen, markup.title))
    published = published_at(markup.published, shown, entry.published if entry else None, context)
    own = own_link(link, markup.canonical, markup.og_url)
    publisher = entry.publisher if entry and not is_aggregator(entry.publisher) else _publisher(own.url)
    hints = hints_of(markup, read.seen, [number for number, _ in read.body], entry, url=page.url)
    return Article(
        id=entry.id if entry else entry_id(_publisher(link), link),
        publisher=publisher,
        url=own.url,
        guid=entry.guid if entry else "",
        language=language,
        title=markup.title or (entry.title if entry else ""),
        text=text,
        byline=byline,
        authors=_authors(read, byline, publisher),
        dateline=dateline,
        published=published.at if published else None,
        is_dated_by_day=published is not None and published.is_day,
        modified=modified_at(markup.modified, published, context),
        first_seen=page.fetched,
        fetched=page.fetched,
        verdict=read.verdict,
        credit=attribute(text="\n".join(read.paragraphs), byline=byline, dateline=dateline, hints=hints),
        syndicated_from=own.syndicated_from,
        tags=entry.tags if entry else (),
        section=markup.section,
        image=next(filter(None, (_picture(named, link) for named in markup.images)), ""),
        rights=joined(
            markup.rights, robots=page.robots, tdm_reservation=page.tdm_reservation, tdm_policy=page.tdm_policy
        ),
    )


def _read(page: Page, link: str) -> _Read:
    """What the page holds."""
    tree = tree_of(decode(page.body, page.content_type))
    if tree is None:
        return _Read()
    markup = read_markup(tree, link)
    seen = lines(tree)
    chosen = body(_text_of(tree, seen), seen, titles=[markup.title], descriptions=markup.descriptions)
    paragraphs = [words for _, words in chosen]
    verdict = judge(
        text="\n".join(paragraphs),  # with its furniture: a wall's own words are some
        visible="\n".join(line.text for line in seen)[:VISIBLE_CHARS],
        title=markup.title,
        url=page.url,
        is_free=markup.is_free,
        is_article=markup.is_article,
        signs=signs_of(tree, is_short=not is_long("\n".join(paragraphs))),
    )
    return _Read(markup=markup, seen=seen, body=chosen, paragraphs=paragraphs, verdict=verdict)


def _with_feed(read: _Read, entry: Entry | None) -> _Read:
    """The feed's text in the page's place, where it has more; of a live report it has but a moment."""
    if entry is None or read.verdict is Verdict.LIVE_BLOG:
        return read
    paragraphs = _feed_text(entry.html)
    words = count_words("\n".join(without_furniture(paragraphs)))
    if words < FEED_WORDS or (read.verdict.is_readable and words <= FEED_GAIN * count_words(read.text)):
        return read
    return structs.replace(read, paragraphs=paragraphs, verdict=Verdict.FEED_TEXT)


def _authors(read: _Read, byline: str, publisher: str) -> tuple[str, ...]:
    """The people who wrote it: those that the markup names, else those of the line under the headline."""
    paper = {"site": read.markup.site, "publisher": publisher}
    return (
        people(read.markup.people, **paper)
        or people([*read.markup.authors, byline], **paper)
        or people(signatures(below_headline(read.seen, read.markup.title)), **paper)
    )


def _text_of(tree: lxml.html.HtmlElement, seen: Sequence[Line]) -> list[str]:
    """The paragraphs that trafilatura finds."""
    text = _extracted(tree, precise=True)
    shown = sum(len(line.text) for line in seen if len(line.text) >= SHOWN_CHARS and line.linked < LINKED)
    if len(text) < SHORT_CHARS and shown > SHOWN * len(text):
        default = _extracted(tree, precise=False)
        if len(text) < COLLAPSED * len(default):
            text = default
    # Old pages are laid out in tables, whose cells trafilatura parts by bars.
    paragraphs = text[:MAX_CHARS].split("\n", MAX_LINES)[:MAX_LINES]
    return [line for paragraph in paragraphs if (line := paragraph.strip("| \t\xa0"))]


def _extracted(tree: lxml.html.HtmlElement, *, precise: bool) -> str:
    try:
        document = bare_extraction(tree, include_comments=False, favor_precision=precise, with_metadata=False)
    except (AssertionError, RecursionError, etree.LxmlError):
        return ""
    return str(document.text or "") if isinstance(document, Document) else ""


def _feed_text(html: str) -> list[str]:
    """The lines of the body that a feed carries."""
    tree = tree_of(html)
    return [line.text for line in lines(tree) if not line.photo] if tree is not None else []


def _page_link(url: str, entry: Entry | None) -> str:
    try:
        return address.canonical(resolved(url))
    except ValueError:
        return entry.link if entry else url


def _picture(named: str, link: str) -> str:
    """The address of a picture, "" for one that stands in its own address (data:) or nowhere."""
    try:
        return address.requestable(urljoin(link, named))
    except ValueError:
        return ""


def _publisher(link: str) -> str:
    try:
        return address.publisher_of(link)
    except ValueError:
        return ""
