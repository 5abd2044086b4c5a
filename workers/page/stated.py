"""The dates that a page states of itself, as it words them: JSON-LD, meta elements, microdata, time elements.

newswire.moments reads them. The names are those that publishers' own systems use: Open Graph, Dublin Core, Highwire and
PRISM, Parse.ly, Sailthru, Cxense, WordPress, and the many forms of "pubdate".
"""

from itertools import islice
from typing import Any

import lxml.html
from lxml import etree

from workers.page.head import Head
from workers.page.jsonld import Node, text_of
from workers.page.lines import squeeze

# In the order of trust. JSON-LD stands before them: of 171 pages with both 20 differ, and where the page shows the time
# too JSON-LD is right at kleinezeitung.at and divyabhaskar.co.in, the meta element at slashgear.com. Creation comes
# last: drafts are older than what is printed.
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "article:published",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "published_at",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dc:date", "dcterms.date",
    "prism.publicationdate", "citation_online_date", "citation_publication_date", "citation_date", "pubdate",
    "pub_date", "publishdate", "publish-date", "publish_date", "publisheddate", "published", "published-date",
    "publication_date", "originalpublicationdate", "article_date_original", "vr:published-time", "date.release",
    "og:release_date", "content:publishdate", "uploaddate", "date", "article:created_time", "datecreated", "created",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "article:modified", "article_date_updated", "last-modified", "lastmod", "last_updated_date",
    "updated-date", "revised", "updated",
)  # fmt: skip
# The most that a page of the development corpus states is 4; each may be held against all others (newswire.moments).
MAX_STATED = 40
_ITEMPROPS = etree.XPath("descendant::*/@itemprop")
_LISTS = ("aside", "nav", "li", "footer")


def dates_of(
    tree: lxml.html.HtmlElement, head: Head, own: list[Node], pages: list[Node]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """When a page says that it was published and modified, in all its words, the most trusted first."""
    published = [text_of(node.get("datePublished")) for node in own] + head.said(_PUBLISHED)
    modified = [text_of(node.get("dateModified")) for node in own] + head.said(_MODIFIED)
    for node in pages:
        published.append(text_of(node.get("datePublished")))
        modified.append(text_of(node.get("dateModified")))
    if not any(published):
        marked = _ITEMPROPS(tree)  # as long as all else, so only where all else is silent
        published += _microdata(marked, "datePublished")
        modified += _microdata(marked, "dateModified")
    published += [text_of(node.get(key)) for node in own for key in ("dateCreated", "uploadDate")]
    return _distinct(published), _distinct(modified)


def _distinct(stated: list[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(filter(None, stated)), MAX_STATED))


def _microdata(marked: list[Any], name: str) -> list[str]:
    return [_stated(value.getparent()) for value in islice((one for one in marked if one == name), 5)]


def times_of(head: Head) -> tuple[str, ...]:
    """What the time elements below the headline name, but for those of lists and menus: teasers are dated too."""
    own = (time for time in head.times if next(time.iterancestors(*_LISTS), None) is None)
    return tuple(map(_stated, islice(own, 5)))


def _stated(element: lxml.html.HtmlElement) -> str:
    return squeeze(element.get("content") or element.get("datetime") or element.text_content())[:60]
