"""A feed as its document says it, before anything is judged: what the readers of all formats give.

The helpers take whatever stands in the place of a value: neither parsers nor JSON promise its type.
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from newswire.characters import mended
from newswire.feed import FeedHints

# Of longer lists the first and the last half of so many are read, as the newest stand at one end. 227,000 items in
# 10 MB took feedparser 14 s.
MAX_ITEMS = 2000
# A guid longer than this is a text, not a name; the link is a better one.
_MAX_GUID_CHARS = 500
MAX_TITLE_CHARS = 1000
MAX_NAME_CHARS = 300

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


class Item(Struct):
    """An item before its link and its dates are judged."""

    link: str
    guid: str = ""
    title: str = ""
    html: str = ""
    byline: str = ""
    source: str = ""
    language: str = ""
    published: str = ""
    updated: str = ""


class Document(Struct, kw_only=True):
    """A feed before its entries are judged."""

    kind: str
    title: str
    language: str
    site: str
    items: list[Item]
    hints: FeedHints = FeedHints()
    unread: int = 0  # items beyond those that are read
    cut: bool = False
    fault: str = ""


def joined_names(authors: Iterable[dict[str, Any]]) -> str:
    """The names of authors, each once."""
    return ", ".join(dict.fromkeys(name for author in authors if (name := as_text(author.get("name")).strip())))


def as_guid(value: object) -> str:
    """An item's own name, "" where it has none, or one as long as a text."""
    guid = str(value).strip() if isinstance(value, str | int) else ""
    return guid if len(guid) <= _MAX_GUID_CHARS else ""


def tables(value: object) -> Iterator[dict[str, Any]]:
    """Those of a list's members that are tables, none of what is no list."""
    return (row for row in (value if isinstance(value, list) else ()) if isinstance(row, dict))


def as_text(value: object) -> str:
    """A text as it is, "" for whatever else stands in its place."""
    return value if isinstance(value, str) else ""


def one_line(text: str, max_chars: int) -> str:
    """A title or a name without markup, on one line."""
    return mended(" ".join(html.unescape(_TAG.sub("", text)).split())[:max_chars])


def language_tag(text: str) -> str:
    """A declared language in BCP 47's form, "" for what is none."""
    tag = text.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""
