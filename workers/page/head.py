"""What a page's head holds, read in one walk over the page: each walk takes as long as all else that is read of it.

Many heads stand in the body: lxml closes a head at the first element that belongs there no more.
"""

import lxml.html
from msgspec import Struct

from workers.page.lines import squeeze

_TAGS = ("meta", "link", "script", "title", "h1", "time")
# Read of a content, an address or a heading. The longest on a real page is an h1 of 2,433 characters.
MAX_CHARS = 4000
_NAMING = ("name", "property", "itemprop", "http-equiv")


class Head(Struct, frozen=True, kw_only=True):
    """The elements by which a page speaks of itself."""

    metas: dict[str, str]  # the first non-empty content by lower-case name, property, itemprop or http-equiv
    links: dict[str, str]  # the first address by relation
    scripts: list[str]  # of JSON-LD
    title: str
    h1: str
    times: list[lxml.html.HtmlElement]  # the time elements below the headline

    def said(self, names: tuple[str, ...]) -> list[str]:
        """The contents of these meta elements, in the order of the names."""
        return [self.metas[name] for name in names if name in self.metas]


def read_head(tree: lxml.html.HtmlElement) -> Head:
    """The elements by which a page speaks of itself."""
    metas: dict[str, str] = {}
    links: dict[str, str] = {}
    scripts: list[str] = []
    texts = {"title": "", "h1": ""}
    times: list[lxml.html.HtmlElement] = []
    for element in tree.iter(*_TAGS):
        tag = element.tag
        if tag == "meta":
            _read_meta(element, metas)
        elif tag == "link":
            for relation in element.get("rel", "").lower().split():
                links.setdefault(relation, element.get("href", "").strip()[:MAX_CHARS])
        elif tag == "script":
            if "ld+json" in element.get("type", "").lower():
                scripts.append(element.text or "")
        elif tag == "time":
            times.append(element)
        elif not texts[tag]:
            texts[tag] = squeeze(element.text_content())[:MAX_CHARS]
            times.clear()
    return Head(metas=metas, links=links, scripts=scripts, times=times, **texts)


def _read_meta(element: lxml.html.HtmlElement, metas: dict[str, str]) -> None:
    attributes = dict(element.items())
    content = squeeze(attributes.get("content", ""))[:MAX_CHARS]
    if content:
        for naming in _NAMING:
            if name := attributes.get(naming):
                metas.setdefault(name.strip().lower(), content)
