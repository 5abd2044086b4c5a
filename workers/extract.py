"""A page's bytes made into an article: text, title, byline, times, credit, verdict. The only importer of trafilatura.

Promises: nothing that a page may hold raises, a page's text is its own words in their order, and nothing is remembered
from one page to the next (trafilatura's `deduplicate` stays off: with it pages vanish after others like them).
"""

import logging
from collections.abc import Sequence
from itertools import chain, islice
from urllib.parse import urljoin

import lxml.html
from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document

from newswire import url as address
from newswire.aggregator import is_aggregator, resolved
from newswire.article import Article, Entry, Page, Verdict, entry_id
from newswire.byline import people
from newswire.credit import attribute
from newswire.dateline import read_dateline
from newswire.furniture import without_furniture
from newswire.language import spoken
from newswire.moments import Context, modified_at, published_at
from newswire.ownlink import own_link
from newswire.rights import joined
from newswire.verdict import Signs, count_words, is_long, judge
from workers.body import LINKED, body
from workers.hints import hints_of
from workers.lines import MAX_CHARS, MAX_LINES, Line, lines
from workers.markup import Markup, read_markup
from workers.shown import beside_headline
from workers.signs import signs_of
from workers.tree import decode, parse

# trafilatura's precision mode loses whole articles now and then. Where it yields less than 1,200 characters, and the
# page shows more than twice as many in lines of 60 without links, the default is asked too (3 % of pages), and kept
# when precision has under a fifth of it. Asked for every short text (19 %), the outcome is the same.
SHORT_CHARS = 1200
SHOWN, SHOWN_CHARS = 2.0, 60
COLLAPSED = 0.2
# The feed's text is taken where it has so much more than the page's: feeds end in a line or two of their own.
FEED_GAIN = 1.2
FEED_WORDS = 40
# The largest real page measured has 10,112 elements, the next 4,102; 26,000 paragraphs in 3 MB cost 25 s, and 18,000
# elements of a list 7 s, for trafilatura's last resort looks from each of them over all.
MAX_ELEMENTS = 15_000
# trafilatura reads a paragraph anew at each of the elements that set off its words: 14,000 in one took 15 s. The most
# on a real page are 456; beyond so many the words stand plain.
MAX_FORMATS = 2000
_FORMATS = (
    "b", "i", "em", "strong", "u", "sub", "sup", "tt", "kbd", "samp", "var", "del", "s", "strike", "q", "code", "font",
    "ins", "big", "small",
)  # fmt: skip
# The same of the links and spans that stand side by side in one element, at most 102 on a real page: 14,000 had not
# ended after 12 s.
_CROWDED = etree.XPath("//*[count(a) + count(span) > $most]")

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without a text is a verdict here, no log line


def extract(page: Page, entry: Entry | None = None) -> Article:
    """The article of a page, and of its feed's entry where there is one."""
    link = _page_link(page.url, entry)
    tree = _tree_of(decode(page.body, page.content_type))
    markup = read_markup(tree, link) if tree is not None else Markup()
    seen = lines(tree) if tree is not None else []
    found = _text_of(tree, seen) if tree is not None else []
    paragraphs = [words for _, words in body(found, seen, titles=[markup.title], descriptions=markup.descriptions)]
    text = "\n".join(without_furniture(paragraphs))
    verdict = judge(
        text="\n".join(paragraphs),  # with its furniture: a wall's own words are some
        visible="\n".join(line.text for line in seen)[:20_000],
        title=markup.title,
        url=page.url,
        is_free=markup.is_free,
        is_article=markup.is_article,
        signs=signs_of(tree, is_short=not is_long(text)) if tree is not None else Signs(),
    )
    if entry is not None and verdict is not Verdict.LIVE_BLOG:  # of which a feed's text is but a moment
        feed_paragraphs = _feed_text(entry.html)
        feed_text = "\n".join(without_furniture(feed_paragraphs))
        if count_words(feed_text) >= FEED_WORDS and (
            not verdict.is_readable or count_words(feed_text) > FEED_GAIN * count_words(text)
        ):
            verdict, text, paragraphs = Verdict.FEED_TEXT, feed_text, feed_paragraphs
    byline = ", ".join(markup.authors[:6]) or (entry.byline if entry else "")
    printed = "\n".join(paragraphs)
    dateline, _ = read_dateline(text)
    language = spoken(f"{markup.title}\n{text}", [markup.language, entry.language if entry else ""])
    context = Context(link, language, page.fetched)
    shown = chain(markup.times, beside_headline(seen, markup.title))
    published = published_at(markup.published, shown, entry.published if entry else None, context)
    own = own_link(link, markup.canonical, markup.og_url)
    publisher = entry.publisher if entry and not is_aggregator(entry.publisher) else _publisher(own.url)
    paper = {"site": markup.site, "publisher": publisher}
    return Article(
        id=entry.id if entry else entry_id(_publisher(link), link),
        publisher=publisher,
        url=own.url,
        guid=entry.guid if entry else "",
        language=language,
        title=markup.title or (entry.title if entry else ""),
        text=text,
        byline=byline,
        authors=people(markup.people, **paper) or people([*markup.authors, byline], **paper),
        dateline=dateline,
        published=published.at if published else None,
        is_dated_by_day=published is not None and published.is_day,
        modified=modified_at(markup.modified, published, context),
        first_seen=page.fetched,
        fetched=page.fetched,
        verdict=verdict,
        credit=attribute(
            text=printed,
            byline=byline,
            dateline=dateline,
            hints=hints_of(markup, seen, paragraphs, entry, url=page.url),
        ),
        syndicated_from=own.syndicated_from,
        section=markup.section,
        image=next(filter(None, (_picture(named, link) for named in markup.images)), ""),
        rights=joined(
            markup.rights, robots=page.robots, tdm_reservation=page.tdm_reservation, tdm_policy=page.tdm_policy
        ),
    )


def _tree_of(html: str) -> lxml.html.HtmlElement | None:
    """The page's tree, None where there is none, or where it is too large to be a page's."""
    tree = parse(html) if html.strip() else None
    if tree is None or next(islice(tree.iter(), MAX_ELEMENTS, None), None) is not None:
        return None
    is_set_off = next(islice(tree.iter(*_FORMATS), MAX_FORMATS, None), None) is not None
    crowded = _CROWDED(tree, most=MAX_FORMATS)
    if is_set_off or crowded:
        for element in crowded:
            etree.strip_tags(element, "a", "span")
        if is_set_off:
            etree.strip_tags(tree, *_FORMATS)
        return parse(lxml.html.tostring(tree, encoding="unicode"))  # which joins their pieces of text
    return tree


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
    tree = _tree_of(html)
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
