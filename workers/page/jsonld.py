"""A page's JSON-LD: its nodes, and which of them is the article of this page.

Nothing that a page may contain raises. Read are lists, `@graph`, `mainEntity`, `mainEntityOfPage` and references by
`@id`; never what stands inside an image or an author. What editorial systems write that is no JSON is mended: CDATA and
comments round it (krautreporter.de, techcrunch.com), line breaks and tabs in strings, trailing commas and semicolons,
several documents in one script (hawaiinewsnow.com).

Sources: JSON-LD 1.1, schema.org/Article.
"""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from typing import Any

import msgspec

from newswire.characters import mended
from workers.page.lines import letters, squeeze

# Pages carry up to about 40 nodes; a page with more is an attack or a data base. Of values that are none, so many more
# are looked at, and so many documents of a script.
MAX_NODES = 300
MAX_STEPS = 2000  # through lists of lists
MAX_DOCUMENTS = 20  # in one script
MAX_SCRIPTS = 100
MAX_NAMES = 20
# An address is read so far (newswire.url takes none that is longer).
MAX_ADDRESS = 2000
# Article, NewsArticle and their kinds (schema.org has 14 news kinds); LiveBlogPosting and BlogPosting; Report.
_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report)$")
_PAGE_TYPE = re.compile(r"WebPage$")
_MARKS = " \t\r\n;/*"  # of script and style comments, round CDATA
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
_TAG = re.compile(r"<[^<>]{0,200}>")
_GAP = re.compile(r"[\s,;]*")
_decode = msgspec.json.Decoder().decode
_tolerant = json.JSONDecoder(strict=False)  # takes line breaks in strings

Node = dict[str, Any]


def nodes_of(scripts: Iterable[str]) -> list[Node]:
    """The nodes of all scripts, breadth first."""
    found: list[Node] = []
    for script in islice(scripts, MAX_SCRIPTS):
        for document in _documents(script):
            found += _nodes(document)
        if len(found) >= MAX_NODES:
            break
    return found[:MAX_NODES]


def article_nodes(nodes: list[Node], is_own: set[str], headlines: set[str]) -> list[Node]:
    """The nodes that speak of this page's article, the surest first: lists of teasers are articles too.

    `is_own` are the addresses of the page as `bare` spells them, `headlines` its headlines in letters alone.
    """
    articles = [node for node in nodes if any(map(_ARTICLE_TYPE.search, _types(node)))]
    if len(articles) < 2:
        return articles
    named = [node for node in articles if is_own & set(map(bare, _addresses(node)))]
    titled = [node for node in articles if letters(text_of(node.get("headline") or node.get("name"))) in headlines]
    return [*named, *(node for node in titled if node not in named)] or articles[:1]


def page_nodes(nodes: list[Node]) -> list[Node]:
    """The nodes of the page itself, which WordPress dates where the article's own node is missing."""
    return [node for node in nodes if any(map(_PAGE_TYPE.search, _types(node)))][:1]


def bare(address: object) -> str:
    """An address without what two spellings of it differ in: scheme, `www.`, query, fragment, a closing slash."""
    text = address.strip()[:MAX_ADDRESS] if isinstance(address, str) else ""
    return re.sub(r"^(?:https?:)?//(?:www\.)?|[?#].*", "", text, flags=re.DOTALL).rstrip("/").casefold()


def _documents(script: str) -> Iterator[Any]:
    text = script.strip()
    try:
        yield _decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        pass
    else:
        return
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>")):
        text = text.strip(_MARKS).removeprefix(opening).removesuffix(closing).strip(_MARKS)
    text = _TRAILING_COMMA.sub("", unescape(text) if "&quot;" in text[:100] else text)
    start = 0
    for _ in range(MAX_DOCUMENTS):
        try:
            document, start = _tolerant.raw_decode(text, start)
        except (ValueError, RecursionError):
            return
        yield document
        start = _GAP.match(text, start).end()  # type: ignore[union-attr]  # it matches nothing as well


def _nodes(document: Any) -> list[Node]:
    found: list[Node] = []
    queue: deque[Any] = deque([document])
    for _ in range(MAX_STEPS):
        if not queue or len(found) >= MAX_NODES:
            break
        value = queue.popleft()
        if isinstance(value, list):
            queue.extend(value[:MAX_NODES])
        elif isinstance(value, dict):
            found.append(value)
            queue.extend(value[key] for key in _INSIDE if isinstance(value.get(key), list | dict))
    return found


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _addresses(node: Node) -> Iterator[object]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = node.get(key)
        yield (value.get("@id") or value.get("url")) if isinstance(value, dict) else value


def names_of(value: Any, nodes: list[Node], *, people: bool = False) -> list[str]:
    """The names in an author's value: a string, a node, a reference to one, or a list of them.

    `people` leaves out what says that it is an organisation.
    """
    names: list[str] = []
    for one in value[:MAX_NAMES] if isinstance(value, list) else [value]:
        found = one
        if isinstance(one, dict) and "name" not in one and "@id" in one:
            found = next((node for node in nodes if node.get("@id") == one["@id"] and "name" in node), one)
        if people and isinstance(found, dict) and any(kind.endswith("Organization") for kind in _types(found)):
            continue
        name = text_of(found.get("name") if isinstance(found, dict) else found)
        names += [name] if name else []
    return names


def address_of(value: Any) -> str:
    """The address in a value: a string, a node, or the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("url") or value.get("@id") or value.get("contentUrl")
    return mended(value.strip()[:MAX_ADDRESS]) if isinstance(value, str) else ""


def text_of(value: Any) -> str:
    """A value as a line of text, the first of a list; "" where it is none."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return ""
    return squeeze(unescape(mended(_TAG.sub(" ", value[:2000]))))
