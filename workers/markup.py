"""What a page's markup says of the page: its own data about itself, in meta elements, links and JSON-LD.

No text is extracted here (workers.extract does that); nothing that a page may contain raises. Sources:
schema.org/Article, ogp.me.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import lxml.html
from msgspec import Struct

from newswire.characters import mended
from newswire.feeddate import parse_date
from workers.lines import squeeze

# Pages carry up to about 40 JSON-LD nodes; a page with more is an attack or a data base.
MAX_NODES = 300
_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report)$")


class Markup(Struct, frozen=True, kw_only=True):
    """What a page says of itself; each part "" or None where it is silent."""

    title: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()  # the article's own, JSON-LD's first
    sources: tuple[str, ...] = ()  # JSON-LD's source organisation, provider, copyright holder and publisher
    origins: tuple[str, ...] = ()  # addresses that the page names as the text's own
    language: str = ""
    canonical: str = ""
    robots: str = ""
    published: datetime | None = None
    is_free: bool | None = None
    is_article: bool = False  # says so itself, in JSON-LD or og:type


def read_markup(tree: lxml.html.HtmlElement) -> Markup:
    """What the page says of itself."""
    metas = _metas(tree)
    nodes = list(_json_nodes(tree))
    node: dict[str, Any] = next((one for one in nodes if _ARTICLE_TYPE.search(_type_of(one))), {})
    first_h1 = next((squeeze(h1.text_content()) for h1 in tree.iter("h1") if squeeze(h1.text_content())), "")
    title_tag = next((squeeze(one.text_content()) for one in tree.iter("title")), "")
    named = _names(node.get("author")) + _names(node.get("creator"))
    metas_named = [
        metas.get(key, "")
        for key in (
            "author",
            "article:author",
            "dc.creator",
            "parsely-author",
            "byl",
            "sailthru.author",
            "articleauthor",
        )
    ]
    dates = [_text(node.get("datePublished"))]
    dates += [
        metas.get(key, "")
        for key in ("article:published_time", "datepublished", "pubdate", "dc.date.issued", "date", "publish-date")
    ]
    dates += [str(time.get("datetime") or "") for time in tree.iter("time")][:1]
    free = node.get("isAccessibleForFree")
    return Markup(
        title=_text(node.get("headline")) or metas.get("og:title", "") or first_h1 or title_tag,
        description=_text(node.get("description")) or metas.get("og:description", "") or metas.get("description", ""),
        authors=tuple(dict.fromkeys(name for name in (*named, *metas_named) if name and "://" not in name)),
        sources=tuple(
            _names(node.get("sourceOrganization"))
            + _names(node.get("provider"))
            + _names(node.get("copyrightHolder"))
            + _names(node.get("publisher"))
            + [metas[key] for key in ("source", "article:source", "dc.source") if key in metas]
        ),
        origins=tuple(metas[key] for key in ("original-source", "syndication-source") if key in metas),
        language=str(
            tree.get("lang")
            or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
            or metas.get("content-language", "")
            or metas.get("og:locale", "")
        ),
        canonical=next(
            (
                str(link.get("href") or "")
                for link in tree.iter("link")
                if "canonical" in str(link.get("rel") or "").lower().split()
            ),
            "",
        ),
        robots=", ".join(value for key, value in metas.items() if key == "robots"),
        published=next((moment for moment in map(parse_date, filter(None, dates)) if moment), None),
        is_free=None if free is None else str(free).lower().rsplit("/", 1)[-1] not in ("false", "no", "0"),
        is_article=bool(node) or metas.get("og:type", "").lower() == "article",
    )


def _metas(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """The first non-empty content of each meta by its lower-case name, property, itemprop or http-equiv."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = squeeze(meta.get("content") or "")
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            key = str(meta.get(attribute) or "").strip().lower()
            if key and content:
                found.setdefault(key, content)
    return found


def _json_nodes(tree: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The nodes of the page's JSON-LD, breadth first through lists and @graph; never an image's or an author's own."""
    for script in tree.iter("script"):
        if "ld+json" not in str(script.get("type") or "").lower():
            continue
        try:
            queue: list[Any] = [json.loads((script.text or "").strip().rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(MAX_NODES):
            if not queue:
                break
            value = queue.pop(0)
            if isinstance(value, list):
                queue.extend(value)
            elif isinstance(value, dict):
                yield value
                queue.extend(value[key] for key in ("@graph", "mainEntity") if isinstance(value.get(key), list | dict))


def _type_of(node: dict[str, Any]) -> str:
    kind = node.get("@type")
    return str(kind[0] if isinstance(kind, list) and kind else kind)


def _names(value: Any) -> list[str]:
    """The names in an author's value: a string, a node, or a list of them."""
    names: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        name = _text(one.get("name") if isinstance(one, dict) else one)
        names += [name] if name else []
    return names[:20]


def _text(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return squeeze(unescape(mended(re.sub(r"<[^<>]{0,200}>", " ", value[:2000])))) if isinstance(value, str) else ""


def is_sane(moment: datetime, fetched: datetime) -> bool:
    """Whether an article may have appeared then: no earlier than the web, no later than a day after it was fetched."""
    return datetime(1990, 1, 1, tzinfo=UTC) <= moment <= fetched + timedelta(days=1)
