"""The pages of the sample newsroom: a printing's text in its site's make, with what stands around it.

A page is the same whenever it is asked for: its bytes depend on the clock's start alone.
"""

import json
from collections.abc import Sequence
from html import escape
from itertools import groupby

from cli.sample.makes import CONSENT, MAKES, PLAIN, Markup
from cli.sample.programme import Clock, Printing, Publisher, newsroom

SUMMARY_CHARACTERS = 200
"""A summary longer than this is cut between two words, as most sites do somewhere: it must not stand for the text."""


def summary(item: Printing) -> str:
    """The standfirst or the first paragraph, cut between two words."""
    words = next(words for kind, words in item.body if kind in ("standfirst", "p"))
    if len(words) <= SUMMARY_CHARACTERS:
        return words
    return words[:SUMMARY_CHARACTERS].rsplit(" ", 1)[0] + " …"


def body_html(body: Sequence[tuple[str, str]], markup: Markup) -> str:
    """The body in a make's markup, one block a line; list items stand in a list."""
    blocks = []
    for kind, run in groupby(body, key=lambda block: block[0]):
        lines = [markup[kind].format(escape(words, quote=False)) for _, words in run]
        blocks += ["<ul>", *lines, "</ul>"] if kind == "li" else lines
    return "\n".join(blocks)


def plain_body(item: Printing) -> str:
    """The body as a feed carries it in `content:encoded`."""
    return body_html(item.body, PLAIN)


def page(publisher: Publisher, item: Printing, earlier: Sequence[Printing], clock: Clock) -> bytes:
    """The printing's page in its publisher's make and charset; `earlier` are its site's other printings, to link to."""
    if item.rejected == "consent":
        return CONSENT.substitute(charset=publisher.charset, site=publisher.name).encode(publisher.charset)
    words = newsroom().words[publisher.language]
    make = MAKES[publisher.page_make]
    date = clock.date(item.offset_s)
    plain = {
        "language": item.language,
        "charset": publisher.charset,
        "title": item.title,
        "site": publisher.name,
        "summary": summary(item),
        "link": item.link,
        "byline": item.byline,
        "iso": date.isoformat(),
        "day": f"{date:%d.%m.%Y %H:%M}",
        "section": words.sections[1],
        "share": words.share,
        "read_more": words.read_more,
        "newsletter": words.newsletter,
        "comments": words.comments,
        "legal": words.legal,
    }
    marked_up = {
        "body": body_html(item.body, make.markup),
        "sections": "".join(f'<li><a href="/s{number}">{name}</a></li>' for number, name in enumerate(words.sections)),
        "popular": "".join(f'<li><a href="/p{number}">{title}</a></li>' for number, title in enumerate(words.popular)),
        "related": "".join(f'<li><a href="{escape(e.link)}">{escape(e.title)}</a></li>' for e in earlier),
        "linked_data": _linked_data(publisher, item, date.isoformat()),
    }
    text = make.template.substitute({name: escape(value) for name, value in plain.items()} | marked_up)
    return text.encode(publisher.charset, "xmlcharrefreplace")


def _linked_data(publisher: Publisher, item: Printing, date: str) -> str:
    """The article as schema.org's NewsArticle."""
    document = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": item.title,
        "datePublished": date,
        "inLanguage": item.language,
        "mainEntityOfPage": item.link,
        "author": [
            {"@type": "Person" if " " in item.byline else "Organization", "name": item.byline or publisher.name}
        ],
        "publisher": {"@type": "NewsMediaOrganization", "name": publisher.name},
    }
    return json.dumps(document, ensure_ascii=False).replace("<", "\\u003c")
