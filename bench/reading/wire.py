"""Read agencies' own wire files and print whom each credits: `python -m bench.reading.wire CORPUS`.

CORPUS/pages holds wire.jsonl (the labels), agencies.json (the agencies' other names) and the files, gzip. Agency copy
may not be published, hence a corpus apart. IPTC-7901 and ANPA are text with control characters, NITF, NewsML and the
houses' own formats are XML, AP's newest is JSON. Exits with 2 when the corpus is absent.
"""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree
from msgspec import Struct

from newswire.article import Credit, Dateline
from newswire.credit import Hint, attribute
from newswire.dateline import read_dateline

# In which elements the formats keep who wrote it, who has the rights, and the text (local names, small letters).
BYLINES = frozenset(
    ["byline", "bylinetext", "byttl", "person", "newslines", "by", "author", "source", "creator", "credit"]
)
SOURCES = frozenset(
    [
        "copyrightline",
        "creditline",
        "provider",
        "distributor",
        "origin",
        "bureau",
        "doc.copyright",
        "copyright",
        "copyrightholder",
        "providerid",
    ]
)
BODIES = (
    "body.content",
    "block",
    "datacontent",
    "inlinexml",
    "body",
    "content",
    "articletext",
    "text",
    "news",
    "bodytext",
)
# A line of a wire file that is no part of the text: its header, its codes, its notes to editors.
ANPA_NOTE = re.compile(r"^\^(?!By )|^\s*$|^[a-z] [a-z]\b")


class Wire(Struct, frozen=True):
    """One wire file: what it says of its author, and its text."""

    byline: str
    sources: tuple[str, ...]
    paragraphs: tuple[str, ...]


def main(corpus: Path) -> int:
    """Print a line a file and how many agree with their labels; the exit status."""
    pages = corpus / "pages"
    if not (pages / "wire.jsonl").exists():
        print(f"no wire files at {corpus}: it needs pages/wire.jsonl")
        return 2
    canonical = _names(json.loads((pages / "agencies.json").read_text("utf-8"))["agencies"])
    agreeing = dated = count = 0
    for row in map(json.loads, (pages / "wire.jsonl").read_text("utf-8").splitlines()):
        wire = read_wire(gzip.decompress((pages / row["file"]).read_bytes()))
        dateline, credit = credited(wire)
        found = {canonical.get(one.casefold(), one) for one in credit.agencies}
        agrees = bool(found & set(row["text_agencies"])) if row["text_agencies"] else not found
        agreeing, count, dated = agreeing + agrees, count + 1, dated + bool(dateline.place or dateline.agency)
        print(
            f"{'' if agrees else '!':1} {row['format']:14} {dateline.place or '-':20.20} {dateline.date or '-':12.12} "
            f"{dateline.agency or '-':10.10} credited {', '.join(sorted(found)) or '-':16} "
            f"labelled {', '.join(row['text_agencies']) or '-':14} {row['file'].rsplit('/', 1)[-1]}"
        )
    print(json.dumps({"files": count, "agreeing": agreeing, "with_dateline": dated}))
    return 0


def credited(wire: Wire) -> tuple[Dateline, Credit]:
    """The dateline and the credit of a wire file, read as a page's would be."""
    text = "\n".join(wire.paragraphs)
    hints = [Hint(source, where) for source in wire.sources for where in ("meta", "site")]
    return read_dateline(text)[0], attribute(text=text, byline=wire.byline, hints=hints)


def read_wire(data: bytes) -> Wire:
    """The text of a wire file in whatever format, and who it names beside it."""
    text = _decoded(data)
    if text.lstrip().startswith("{"):
        return _of_json(json.loads(text))
    if text.lstrip("\ufeff \r\n").startswith("<"):
        return _of_xml(data)
    return _of_plain(text)


def _of_plain(text: str) -> Wire:
    """IPTC-7901 and ANPA: header, headlines, notes that begin with ^, then the text in indented paragraphs."""
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "\n", text.replace("\r", "").replace("\\/", "/"))
    notes = re.findall(r"^\^([^\n<]+?)[=<]\s*$", text, re.MULTILINE)
    body = re.split(r"\n(?=[ \t]{3,}\S)", text, maxsplit=1)[-1]
    paragraphs = (" ".join(one.split()) for one in re.split(r"\n\s*\n|\n(?=[ \t]{3,}\S)", body))
    kept = tuple(one for one in paragraphs if one and not ANPA_NOTE.match(one))
    by = ", ".join(
        one for at, one in enumerate(notes) if one.startswith("By ") or (at and notes[at - 1].startswith("By "))
    )
    return Wire(by, (), kept)


def _of_json(item: dict[str, Any]) -> Wire:
    """AP's media API: the body is a file of its own, beside the item."""
    item = item.get("data", {}).get("item", item.get("item", item))
    names = [str(item.get(key) or "") for key in ("copyrightnotice", "creditline", "copyrightline")]
    names += [str(one.get("name") or "") for one in item.get("sources") or [] if isinstance(one, dict)]
    names += [str(one.get("name") or "") for one in item.get("providers") or [] if isinstance(one, dict)]
    by = str(item.get("byline") or (item.get("bylines") or [{}])[0].get("by") or "")
    return Wire(by, tuple(filter(None, names)), tuple(filter(None, [str(item.get("headline_extended") or "")])))


def _of_xml(data: bytes) -> Wire:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(data.lstrip(b"\xef\xbb\xbf \r\n"), parser)
    named = [(_local(element.tag), _words(element), element) for element in root.iter() if isinstance(element.tag, str)]
    by = next((words for tag, words, _ in named if tag in BYLINES and 0 < len(words) < 120), "")
    sources = tuple(
        words
        for tag, inner, element in named
        if tag in SOURCES and 0 < len(words := inner or element.get("holder", "")) < 200
    )
    bodies = [element for tag, _, element in named if tag in BODIES]
    body = max(bodies, key=lambda element: len(_words(element)), default=root)
    return Wire(by, sources, tuple(_paragraphs(body)))


def _paragraphs(body: Any) -> Iterator[str]:
    """The body's paragraphs: its p elements, else the lines of its text, which may hold HTML as text."""
    own = [
        _words(one) for one in body.iter() if isinstance(one.tag, str) and _local(one.tag) in ("p", "paragraph", "hl1")
    ]
    if not any(own):
        text = "".join(body.itertext())
        if "<p" in unescape(text):
            own = [" ".join(one.text_content().split()) for one in lxml.html.fromstring(unescape(text)).iter("p")]
        else:
            own = [" ".join(line.split()) for line in text.split("\n")]
    yield from filter(None, own)


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1].lower()


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _names(agencies: list[dict[str, Any]]) -> dict[str, str]:
    return {name.casefold(): row["id"] for row in agencies for name in (row["id"], *row["aliases"])}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m bench.reading.wire CORPUS")
    sys.exit(main(Path(sys.argv[1])))
