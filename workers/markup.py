"""What a page's markup says: its charset, its own data about itself, and its lines in the order in which they are read.

No text is extracted here (workers.extract does that); nothing that a page may contain raises. The only importer of lxml
beside it. Sources: the HTML standard on charsets, schema.org/Article, ogp.me.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import lxml.html
from charset_normalizer import from_bytes
from lxml import etree
from msgspec import Struct

from newswire.characters import mend_references, mended
from newswire.feeddate import parse_date

# The fetcher's cap, not trusted: trafilatura takes 25 s for 10 MB of paragraphs (measured).
MAX_BYTES = 3_000_000
# A line that is compared with the text or read as a credit; the rest of a longer one says nothing more.
MAX_LINE = 400
# Pages carry up to about 40 JSON-LD nodes; a page with more is an attack or a data base.
MAX_NODES = 300

# What the labels name in truth (HTML standard, "names and labels"): old pages declare the subset of what they use.
_SUPERSETS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,30})""", re.IGNORECASE)
# libxml2 compares each attribute of a tag with all before it: 150,000 of them in 1.5 MB took minutes. Real tags of this
# length are pictures written out in their address.
_MONSTER_TAG = re.compile(r"<[^<>]{20000,}>")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "button",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "time",
        "tr",
        "ul",
        "video",
    ]
)
_UNSEEN = frozenset(["script", "style", "noscript", "template", "svg", "iframe", "select", "textarea", "head"])
_PHOTO_TAGS = frozenset(("figure", "figcaption", "picture", "video"))
_BYLINE_CLASS = re.compile(r"byline|author|autor", re.IGNORECASE)
_ASIDE_TAGS = frozenset(("nav", "footer", "aside"))
_PHOTO_CLASS = re.compile(
    r"caption|photo|(?<![a-z])foto|image|(?:^|[\s_-])img|picture|gallery|galerie|galeria|slide|media|video|bild|legende|(?:^|\s)pic",
    re.IGNORECASE,
)
_ASIDE_CLASS = re.compile(
    r"related|teaser|recommend|sidebar|footer|(?:^|[\s_-])nav|menu|comment|newsletter|widget|promo|trending|most-?read|ticker|more-",
    re.IGNORECASE,
)
_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report)$")


class Line(Struct, frozen=True):
    """A line as a reader sees it."""

    text: str
    tag: str = ""  # the block it stands in
    # The number of the outermost container that looks like a figure or a gallery, and of that which looks like a menu,
    # a footer or a list of other articles; 0 where there is none. A container that also holds the text is none.
    photo: int = 0
    aside: int = 0


class Markup(Struct, frozen=True, kw_only=True):
    """What a page says of itself; each part "" or None where it is silent."""

    title: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()  # the article's own, JSON-LD's first
    sources: tuple[str, ...] = ()  # JSON-LD's source organisation and provider
    language: str = ""
    canonical: str = ""
    robots: str = ""
    published: datetime | None = None
    is_free: bool | None = None
    is_article: bool = False  # says so itself, in JSON-LD or og:type


def decode(body: bytes, content_type: str) -> str:
    """The page's text: by its byte order mark, as UTF-8, by what header or meta declare, else by detection."""
    body = body[:MAX_BYTES]
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    header = re.search(r"charset\s*=\s*[\"']?([\w:.-]{2,30})", content_type, re.IGNORECASE)
    meta = _CHARSET.search(body[:8192])
    declared = [header[1]] if header else []
    declared += [meta[1].decode("ascii", "replace")] if meta else []
    # Valid UTF-8 that is something else does not occur; a wrong declaration does.
    for label in ("utf-8", *declared):
        try:
            return body.decode(_SUPERSETS.get(label.lower(), label))
        except (LookupError, UnicodeError):
            continue
    if declared:  # a byte or two out of place
        try:
            text = body.decode(_SUPERSETS.get(declared[0].lower(), declared[0]), "replace")
        except LookupError:
            text = "\ufffd" * len(body)
        if text.count("\ufffd") < len(text) / 100:
            return text
    best = from_bytes(body[:50_000]).best()
    return body.decode(best.encoding if best else "cp1252", "replace")


def parse(text: str) -> lxml.html.HtmlElement | None:
    """The tree of a page, None where there is none."""
    text = _MONSTER_TAG.sub("", mend_references(text.replace("\x00", "")))
    try:
        # As bytes, for lxml refuses strings that declare an encoding of their own.
        return lxml.html.document_fromstring(
            text.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def read_markup(tree: lxml.html.HtmlElement) -> Markup:
    """What the page says of itself."""
    metas = _metas(tree)
    nodes = list(_json_nodes(tree))
    node: dict[str, Any] = next((one for one in nodes if _ARTICLE_TYPE.search(_type_of(one))), {})
    first_h1 = next((_squeeze(h1.text_content()) for h1 in tree.iter("h1") if _squeeze(h1.text_content())), "")
    title_tag = next((_squeeze(one.text_content()) for one in tree.iter("title")), "")
    named = _names(node.get("author")) + _names(node.get("creator"))
    metas_named = [
        metas.get(key, "")
        for key in ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author")
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
            + [metas[key] for key in ("source", "article:source") if key in metas]
        ),
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


def lines(tree: lxml.html.HtmlElement) -> list[Line]:  # noqa: C901 - one walk, and its state
    """The page's lines in the order of reading, with where each stands."""
    found: list[Line] = []
    words: list[str] = []
    unseen = 0
    stack: list[tuple[str, int, int]] = [("", 0, 0)]
    containers = 0

    def end_line() -> None:
        text = _squeeze("".join(words))
        words.clear()
        if text:
            found.append(Line(text[:MAX_LINE], *stack[-1]))

    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            words.append(element.tail or "" if not unseen else "")
            continue
        tag = element.tag
        is_block = tag in _BLOCKS
        if event == "start":
            unseen += tag in _UNSEEN
            if is_block:
                end_line()
                containers += 1
                _, photo, aside = stack[-1]
                names = f"{element.get('class') or ''} {element.get('id') or ''}"
                pictured = _PHOTO_CLASS.search(names) and not _BYLINE_CLASS.search(names)
                if not photo and (tag in _PHOTO_TAGS or pictured):
                    photo = containers
                if not aside and (tag in _ASIDE_TAGS or _ASIDE_CLASS.search(names)):
                    aside = containers
                stack.append((tag, photo, aside))
            if not unseen:
                words.append(element.text or "")
        else:
            unseen -= tag in _UNSEEN
            if is_block:
                end_line()
                stack.pop()
            if not unseen:
                words.append(element.tail or "")
    end_line()
    return found


def _metas(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """The first non-empty content of each meta by its lower-case name, property, itemprop or http-equiv."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = _squeeze(meta.get("content") or "")
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
    return _squeeze(unescape(mended(re.sub(r"<[^<>]{0,200}>", " ", value[:2000])))) if isinstance(value, str) else ""


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def is_sane(moment: datetime, fetched: datetime) -> bool:
    """Whether an article may have appeared then: no earlier than the web, no later than a day after it was fetched."""
    return datetime(1990, 1, 1, tzinfo=UTC) <= moment <= fetched + timedelta(days=1)
