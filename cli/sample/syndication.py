"""The feeds of the sample newsroom, in the makes that one meets: RSS 2.0, Atom, RSS 1.0 (RDF), JSON Feed, a broken one.

A feed changes only when a printing appears in it: its validators may be made from its bytes.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import NamedTuple

import msgspec

from cli.sample.pages import plain_body, summary
from cli.sample.programme import Clock, Printing, Publisher


class Document(NamedTuple):
    """What a server sends."""

    content_type: str
    body: bytes


def feed(publisher: Publisher, items: Sequence[Printing], clock: Clock) -> Document:
    """The publisher's feed with these items, the newest first."""
    media_type, make = MAKES[publisher.feed_make]
    text = make(publisher, sorted(items, key=lambda item: -item.offset_s), clock)
    body = text.encode(publisher.charset, "xmlcharrefreplace")
    return Document(f"{media_type}; charset={publisher.charset}", body)


def _link(publisher: Publisher, item: Printing) -> str:
    return escape(item.link + publisher.tracking)


def _newest(items: Sequence[Printing], clock: Clock) -> datetime:
    return clock.date(items[0].offset_s if items else 0)


def _rss(publisher: Publisher, items: Sequence[Printing], clock: Clock, *, full: bool) -> str:
    """RSS 2.0 (rssboard.org/rss-specification); `full` adds the body by RSS 1.0's content module."""
    entries = "".join(
        f"""<item>
<title>{escape(item.title)}</title>
<link>{_link(publisher, item)}</link>
<guid isPermaLink="false">{item.guid}</guid>
<pubDate>{format_datetime(clock.date(item.offset_s), usegmt=True)}</pubDate>
{f"<dc:creator>{escape(item.byline)}</dc:creator>" if item.byline else ""}
<description>{escape(summary(item))}</description>
{f"<content:encoded><![CDATA[{plain_body(item)}]]></content:encoded>" if full else ""}
</item>
"""
        for item in items
    )
    return f"""<?xml version="1.0" encoding="{publisher.charset}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{escape(publisher.name)}</title>
<link>http://{publisher.host}/</link>
<description>{escape(publisher.name)}</description>
<language>{publisher.language}</language>
<lastBuildDate>{format_datetime(_newest(items, clock), usegmt=True)}</lastBuildDate>
{entries}</channel>
</rss>
"""


def _rss_summary(publisher: Publisher, items: Sequence[Printing], clock: Clock) -> str:
    return _rss(publisher, items, clock, full=False)


def _rss_content(publisher: Publisher, items: Sequence[Printing], clock: Clock) -> str:
    return _rss(publisher, items, clock, full=True)


def _atom(publisher: Publisher, items: Sequence[Printing], clock: Clock) -> str:
    """Atom (RFC 4287) with tag URIs (RFC 4151) and summaries."""
    entries = "".join(
        f"""<entry xml:lang="{item.language}">
<title type="text">{escape(item.title)}</title>
<link rel="alternate" type="text/html" href="{_link(publisher, item)}"/>
<id>tag:{publisher.host},2026:{escape(item.path)}</id>
<published>{clock.date(item.offset_s).isoformat()}</published>
<updated>{clock.date(item.offset_s).isoformat()}</updated>
<author><name>{escape(item.byline or publisher.name)}</name></author>
<summary type="html">{escape(f"<p>{escape(summary(item))}</p>")}</summary>
</entry>
"""
        for item in items
    )
    return f"""<?xml version="1.0" encoding="{publisher.charset}"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{publisher.language}">
<title>{escape(publisher.name)}</title>
<id>tag:{publisher.host},2026:/</id>
<link rel="alternate" href="http://{publisher.host}/"/>
<link rel="self" href="http://{publisher.host}{publisher.feed_paths[0]}"/>
<updated>{_newest(items, clock).isoformat()}</updated>
{entries}</feed>
"""


def _rdf(publisher: Publisher, items: Sequence[Printing], clock: Clock) -> str:
    """RSS 1.0 (web.resource.org/rss/1.0): the items stand beside the channel, dates are Dublin Core's."""
    contents = "".join(f'<rdf:li rdf:resource="{_link(publisher, item)}"/>' for item in items)
    entries = "".join(
        f"""<item rdf:about="{_link(publisher, item)}">
<title>{escape(item.title)}</title>
<link>{_link(publisher, item)}</link>
<description>{escape(summary(item))}</description>
<dc:date>{clock.date(item.offset_s).isoformat()}</dc:date>
<dc:creator>{escape(item.byline)}</dc:creator>
</item>
"""
        for item in items
    )
    return f"""<?xml version="1.0" encoding="{publisher.charset}"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://{publisher.host}{publisher.feed_paths[0]}">
<title>{escape(publisher.name)}</title>
<link>http://{publisher.host}/</link>
<description>{escape(publisher.name)}</description>
<dc:language>{publisher.language}</dc:language>
<items><rdf:Seq>{contents}</rdf:Seq></items>
</channel>
{entries}</rdf:RDF>
"""


def _json(publisher: Publisher, items: Sequence[Printing], clock: Clock) -> str:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publisher.name,
        "home_page_url": f"http://{publisher.host}/",
        "feed_url": f"http://{publisher.host}{publisher.feed_paths[0]}",
        "language": publisher.language,
        "items": [
            {
                "id": item.guid,
                "url": item.link + publisher.tracking,
                "title": item.title,
                "summary": summary(item),
                "content_html": f"<p>{escape(summary(item))}</p>",
                "date_published": clock.date(item.offset_s).isoformat(),
                "authors": [{"name": item.byline or publisher.name}],
                "language": item.language,
            }
            for item in items
        ],
    }
    return msgspec.json.encode(document).decode()


def _broken(_publisher: Publisher, _items: Sequence[Printing], _clock: Clock) -> str:
    """What a content management system sends when its database is away, since years, with status 200."""
    return """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Kurz & knapp</title><link>http://kurzundknapp.example/
<br />
<b>Fatal error</b>:  Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in lib/feed.php:42
Stack trace:
#0 lib/feed.php(42): PDO->__construct('mysql:host=db;d...', Object(SensitiveParameterValue))
#1 {main}
  thrown in <b>lib/feed.php</b> on line <b>42</b><br />
"""


MAKES: dict[str, tuple[str, Callable[[Publisher, Sequence[Printing], Clock], str]]] = {
    "rss_summary": ("application/rss+xml", _rss_summary),
    "rss_content": ("text/xml", _rss_content),
    "atom": ("application/atom+xml", _atom),
    "rdf": ("application/rdf+xml", _rdf),
    "json": ("application/feed+json", _json),
    "broken": ("application/rss+xml", _broken),
}
"""Each make with its media type; `text/xml` is what WordPress behind many hosts sends."""
