"""Lists of feeds in OPML, the format in which feed readers hand them on (opml.org/spec2.opml; version 1 is alike).

Promises: what `write_opml` writes, `read_opml` reads back as the same feeds (but a comma in a tag becomes a blank).
Folders become tags, the outer one first; the same feed in several folders is one row with all its tags. Outlines
without an `xmlUrl` are folders, or ignored. No entities and no external documents: OPML comes from strangers.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ElementTree, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from msgspec.structs import replace

from newswire.decision import Merging
from newswire.feed import Feed, feed_from_url

# Deeper folders than a person makes: the reader of them is recursive.
_MAX_DEPTH = 20


def read_opml(text: bytes) -> tuple[Feed, ...]:
    """The feeds of an OPML document, each once, in its order. Raises ValueError that names the line or the outline."""
    try:
        root = fromstring(text)
    except ParseError as error:  # its text names line and column
        raise ValueError(f"not OPML: {error}") from error
    except (DefusedXmlException, LookupError) as error:
        raise ValueError(f"not OPML that is safe to read: {error}") from error
    body = root.find("body")
    if root.tag.lower() != "opml" or body is None:
        raise ValueError(f"not OPML: line 1 opens <{root.tag[:50]}>, not <opml> with a <body>")
    feeds: dict[str, Feed] = {}
    for feed in _outlines(body, (), 0):
        known = feeds.get(feed.id, feed)
        feeds[feed.id] = replace(known, tags=tuple(dict.fromkeys(known.tags + feed.tags)))
    return tuple(feeds.values())


def write_opml(feeds: Iterable[Feed], title: str = "Wirefold's feeds") -> bytes:
    """An OPML 2 document with the feeds in their order; tags stand in `category`, as the specification has it."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    for feed in feeds:
        text = feed.title or feed.url
        outline = SubElement(body, "outline", type="rss", text=text, xmlUrl=feed.url)
        if feed.title:
            outline.set("title", feed.title)
        if feed.merging is not Merging.ANY:
            outline.set("merging", feed.merging)  # our own attribute: others pass it over
        if feed.tags:
            outline.set("category", ",".join("/" + tag.replace(",", " ") for tag in feed.tags))
    indent(ElementTree(root))
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _outlines(parent: Element, folders: tuple[str, ...], depth: int) -> Iterator[Feed]:
    if depth > _MAX_DEPTH:
        raise ValueError(f"folders nested deeper than {_MAX_DEPTH}, in {folders[0]!r}")
    for outline in parent.findall("outline"):
        attributes = {name.lower(): value.strip() for name, value in outline.attrib.items()}  # xmlurl, xmlURL are seen
        url, text = attributes.get("xmlurl", ""), attributes.get("text", "")
        title = attributes.get("title", "") or text
        if url:
            tags = folders + _categories(attributes.get("category", ""))
            yield _feed(url, title, tags, attributes.get("merging", Merging.ANY))
        yield from _outlines(outline, (*folders, title) if title and not url else folders, depth + 1)


def _feed(url: str, title: str, tags: tuple[str, ...], merging: str) -> Feed:
    try:
        return feed_from_url(
            url, title="" if title == url else title, tags=tuple(dict.fromkeys(tags)), merging=Merging(merging)
        )
    except ValueError as error:
        raise ValueError(f"outline {title!r}: {error}") from error


def _categories(text: str) -> tuple[str, ...]:
    """`/world,/europe/east` as (world, europe/east): commas part categories, slashes lead into them."""
    return tuple(name for part in text.split(",") if (name := part.strip().removeprefix("/")))
