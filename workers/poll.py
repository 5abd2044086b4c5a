"""The only feedparser: a feed's bytes in, its entries out.

Promises: whatever the bytes are, `parse` returns a FeedDocument or raises Permanent `not_a_feed`; a feed cut in the
middle gives its whole entries; what is left out is counted. RSS 0.9x, 1.0 and 2.0, Atom, and JSON Feed 1.x.

It ignores: the HTML inside entries (neither cleaned nor resolved: trafilatura reads text out of it, nobody shows it),
the feed's validators and its address (`workers.fetch` knows them).

feedparser is given a file object, always: a `bytes` or `str` that looks like a path or a url would be opened.
"""

import html
import io
import re
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin
from xml.sax import SAXParseException

import feedparser
import msgspec
from msgspec import Struct

from newswire.aggregator import resolved
from newswire.article import Entry, entry_id
from newswire.characters import mend_references, mended
from newswire.feed import Feed, FeedHints
from newswire.feeddate import parse_date
from newswire.url import canonical
from workers.errors import Permanent
from workers.items import (
    MAX_ITEMS,
    MAX_NAME_CHARS,
    MAX_TITLE_CHARS,
    Document,
    Item,
    as_guid,
    as_text,
    joined_names,
    language_tag,
    one_line,
)
from workers.jsonfeed import read_json

# The longest news feeds hold 100 to 300 items; beyond are archives and podcasts (Feedbin takes 300).
_MAX_ENTRIES = 500
# Real feeds have up to 6 KB before their first item; to look for skips among unclosed ones took 2.4 s a megabyte.
_MAX_HEAD_BYTES = 64 * 1024
_FUTURE = timedelta(days=1)

# What feedparser raised on go-fuzz's XML corpus, feedvalidator's cases and hypothesis: it is not "never raises".
_FEEDPARSER_ERRORS = (
    ValueError,  # with UnicodeError
    LookupError,
    ArithmeticError,
    RecursionError,
    TypeError,
    AttributeError,
    AssertionError,
)
_CLOSED_ENTRY = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_CLOSED_ROOT = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_SKIP = re.compile(rb"<skip(hours|days)>(.{0,2000}?)</skip", re.IGNORECASE | re.DOTALL)
_FIRST_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_PERIODS_S = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
# feedparser's names of what it read.
_KINDS = {
    "rss090": "RSS 0.90", "rss091n": "RSS 0.91", "rss091u": "RSS 0.91", "rss092": "RSS 0.92", "rss093": "RSS 0.93",
    "rss094": "RSS 0.94", "rss20": "RSS 2.0", "rss10": "RSS 1.0", "rss": "RSS", "atom01": "Atom 0.1",
    "atom02": "Atom 0.2", "atom03": "Atom 0.3", "atom10": "Atom 1.0", "atom": "Atom", "cdf": "CDF",
}  # fmt: skip
_DAYS = {name: day for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}


class FeedDocument(Struct, frozen=True, kw_only=True):
    """One reading of a feed, and what of it was left out."""

    kind: str = ""  # "RSS 2.0", "Atom 1.0", "JSON Feed 1.1"; "" where it does not say
    title: str = ""
    language: str = ""  # BCP 47, as declared
    site: str = ""  # the page that it says it is the feed of, absolute
    entries: tuple[Entry, ...] = ()  # newest first; those without a date follow, in the feed's order
    hints: FeedHints = FeedHints()
    undated: int = 0  # entries that carry no date that can be read
    linkless: int = 0  # items dropped as they lead nowhere
    repeated: int = 0  # items dropped as they stand in the feed twice
    surplus: int = 0  # entries dropped as the feed holds more than 500
    cut: bool = False  # the last item was dropped as it is not whole
    fault: str = ""  # where and how it is ill-formed


def parse(body: bytes, *, feed: Feed, url: str, content_type: str = "", now: datetime) -> FeedDocument:
    """Read a feed.

    `url` is where the bytes came from, for relative links; `content_type` the header as sent, for its charset; no entry
    is dated more than a day after `now`. Raises Permanent `not_a_feed`.
    """
    text = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise Permanent("not_a_feed", url, "empty")
    # Blank lines before the declaration are an error in XML; 11 of 97 real files begin so.
    begun = text if text.startswith(b"<?xml") else body
    document = read_json(text, url) if text.startswith(b"{") else _read_xml(begun, url, content_type)
    found = [entry for item in document.items if (entry := _entry(item, document.language, feed, url, now))]
    linked = _with_guids_that_name(found, feed.publisher)
    entries = list({entry.id: entry for entry in reversed(linked)}.values())[::-1]  # of equal ones the first
    dated = sorted((entry for entry in entries if _date(entry)), key=_date, reverse=True)  # type: ignore[arg-type]
    ordered = dated + [entry for entry in entries if not _date(entry)]
    return FeedDocument(
        kind=document.kind,
        title=document.title,
        language=document.language,
        site=_link(document.site, url),
        entries=tuple(ordered[:_MAX_ENTRIES]),
        hints=document.hints,
        undated=len(entries) - len(dated),
        linkless=len(document.items) - len(found),
        repeated=len(linked) - len(entries),
        surplus=max(len(ordered) - _MAX_ENTRIES, 0) + document.unread,
        cut=document.cut,
        fault=document.fault,
    )


def _entry(item: Item, language: str, feed: Feed, url: str, now: datetime) -> Entry | None:
    link = _link(item.link, url) or (_link(item.guid, url) if item.guid.startswith(("http://", "https://")) else "")
    if not link:
        return None
    return Entry(
        id=entry_id(feed.publisher, item.guid or link),
        feed=feed.id,
        publisher=feed.publisher,
        link=link,
        guid=item.guid,
        title=one_line(item.title, MAX_TITLE_CHARS),
        html=mended(item.html),
        byline=one_line(item.byline, MAX_NAME_CHARS),
        source=one_line(item.source, MAX_NAME_CHARS),
        language=language_tag(item.language) or language,
        published=_moment(item.published, now),
        updated=_moment(item.updated, now),
        merging=feed.merging,
        tags=feed.tags,
    )


def _link(link: str, url: str) -> str:
    if not link:
        return ""
    # "?a=1&amp;b=2" after the XML was read: the feed's maker escaped it twice (seen at golem.de).
    try:
        return canonical(resolved(urljoin(url, html.unescape(link.strip()) if "&amp;" in link else link.strip())))
    except ValueError:
        return ""


def _with_guids_that_name(entries: list[Entry], publisher: str) -> list[Entry]:
    """Entries whose guid also stands at another link of the feed (its home page, "0") are named by their link."""
    links = defaultdict(set)
    for entry in entries:
        links[entry.guid].add(entry.link)
    return [
        entry
        if len(links[entry.guid]) == 1 or not entry.guid
        else msgspec.structs.replace(entry, id=entry_id(publisher, entry.link), guid="")
        for entry in entries
    ]


def _date(entry: Entry) -> datetime | None:
    return entry.published or entry.updated


def _moment(text: str, now: datetime) -> datetime | None:
    moment = parse_date(text)
    return now if moment and moment > now + _FUTURE else moment


def _read_xml(body: bytes, url: str, content_type: str) -> Document:
    body = mend_references(body.decode("latin-1")).encode("latin-1")  # byte for byte: references are ASCII
    body, unread = _without_middle(body)
    known = "application/xml; charset=utf-8" if _is_utf8(body) else content_type
    headers = {"content-type": known} if known else {}
    try:
        parsed = feedparser.parse(
            io.BytesIO(body), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except _FEEDPARSER_ERRORS as error:
        raise Permanent("not_a_feed", url, f"{type(error).__name__}: {error}"[:200]) from error
    rows = [dict(row) for row in parsed.entries]
    if not parsed.version and not rows:
        raise Permanent("not_a_feed", url, "no RSS, Atom or JSON Feed in it")
    fault = _fault(parsed.bozo_exception) if parsed.bozo else ""
    is_cut = bool(parsed.bozo and len(rows) > len(_CLOSED_ENTRY.findall(body.replace(b"\0", b""))))  # NUL: UTF-16
    if is_cut:
        rows = rows[:-1]
    if parsed.bozo and not rows and not _CLOSED_ROOT.search(body):
        raise Permanent("not_a_feed", url, f"no whole entry: {fault}"[:200])
    channel = dict(parsed.feed)
    return Document(
        kind=_KINDS.get(parsed.version, ""),
        title=one_line(as_text(channel.get("title")), MAX_TITLE_CHARS),
        language=language_tag(as_text(channel.get("language"))),
        site=as_text(channel.get("link")),
        items=[_xml_item(row) for row in rows],
        hints=_hints(channel, body),
        unread=unread,
        cut=is_cut,
        fault=fault,
    )


def _without_middle(body: bytes) -> tuple[bytes, int]:
    """The body without the items in the middle of too long a list, and how many these are."""
    ends = [found.end() for found in _CLOSED_ENTRY.finditer(body)]
    if len(ends) <= MAX_ITEMS:
        return body, 0
    half = MAX_ITEMS // 2
    return body[: ends[half - 1]] + body[ends[-half - 1] :], len(ends) - MAX_ITEMS


def _fault(error: Exception) -> str:
    """`<unknown>:9:17: undefined entity` in words; what feedparser says of declared charsets and types is none."""
    if not isinstance(error, SAXParseException):
        return ""
    return f"line {error.getLineNumber()}: {error.getMessage()}"


def _is_utf8(body: bytes) -> bool:
    """Whether the bytes are UTF-8 by their form: never an accident, where a server's default charset often lies."""
    if body.isascii() or b"\0" in body:  # would fit ISO-2022-JP and UTF-16 as well
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _xml_item(row: dict[str, Any]) -> Item:
    bodies = [as_text(part.get("value")) for part in row.get("content") or ()]
    source = row.get("source") or {}
    return Item(
        # FeedBurner and Pheedo put a counting redirect in the link, and the page's own address beside it.
        link=as_text(row.get("feedburner_origlink")) or as_text(row.get("pheedo_origlink")) or as_text(row.get("link")),
        guid=as_guid(row.get("id")),
        title=as_text(row.get("title")),
        html=max([*bodies, as_text(row.get("summary"))], key=len),
        byline=joined_names(row.get("authors") or ()) or as_text(row.get("author")),
        source=as_text(source.get("title")) or as_text(source.get("href")),
        language=as_text((row.get("title_detail") or {}).get("language")),
        published=as_text(row.get("published")),
        updated=as_text(row.get("updated")),
    )


def _hints(channel: dict[str, Any], body: bytes) -> FeedHints:
    period_s = _PERIODS_S.get(as_text(channel.get("sy_updateperiod")).strip().lower(), 0)
    head = body[:_MAX_HEAD_BYTES]
    head = head[: first.start()] if (first := _FIRST_ENTRY.search(head)) else head
    # feedparser keeps the last <hour> and <day> only.
    skips = {kind.lower(): re.findall(rb">\s*(\w+)\s*<", inner) for kind, inner in _SKIP.findall(head)}
    hours = {int(hour) % 24 for hour in skips.get(b"hours", ()) if hour.isdigit() and len(hour) <= 2}
    days = {_DAYS.get(day[:3].decode("ascii", "ignore").lower(), -1) for day in skips.get(b"days", ())} - {-1}
    return FeedHints(
        ttl_s=_number(channel.get("ttl")) * 60,
        update_period_s=period_s // max(_number(channel.get("sy_updatefrequency")), 1),
        skip_hours=tuple(sorted(hours)),
        skip_days=tuple(sorted(days)),
    )


def _number(value: object) -> int:
    text = as_text(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 8 else 0
