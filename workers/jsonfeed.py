"""JSON Feed 1.0 and 1.1, https://www.jsonfeed.org/version/1.1/."""

import html
from typing import Any

import msgspec

from workers.errors import Permanent
from workers.items import (
    MAX_ITEMS,
    MAX_TITLE_CHARS,
    Document,
    Item,
    as_guid,
    as_text,
    joined_names,
    language_tag,
    one_line,
    tables,
)


def read_json(body: bytes, url: str) -> Document:
    """The feed in a JSON document. Raises Permanent `not_a_feed`."""
    try:
        parsed = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Permanent("not_a_feed", url, f"JSON: {error}"[:200]) from error
    _, is_one, version = as_text(parsed.get("version")).partition("jsonfeed.org/version/")
    if not is_one:
        raise Permanent("not_a_feed", url, "JSON, but no JSON Feed")
    rows = list(tables(parsed.get("items")))
    read = rows if len(rows) <= MAX_ITEMS else rows[: MAX_ITEMS // 2] + rows[-MAX_ITEMS // 2 :]
    return Document(
        kind=f"JSON Feed {version}".strip()[:20],
        title=one_line(as_text(parsed.get("title")), MAX_TITLE_CHARS),
        language=language_tag(as_text(parsed.get("language"))),
        site=as_text(parsed.get("home_page_url")),
        items=[_item(row) for row in read],
        unread=len(rows) - len(read),
    )


def _item(row: dict[str, Any]) -> Item:
    paragraphs = "".join(
        f"<p>{html.escape(line)}</p>" for line in as_text(row.get("content_text")).splitlines() if line
    )
    bodies = (as_text(row.get("content_html")), paragraphs, html.escape(as_text(row.get("summary"))))
    return Item(
        link=as_text(row.get("url")) or as_text(row.get("external_url")),
        guid=as_guid(row.get("id")),
        title=html.escape(as_text(row.get("title"))),
        html=max(bodies, key=len),
        byline=joined_names(tables(row.get("authors") or [row.get("author")])),
        language=as_text(row.get("language")),
        published=as_text(row.get("date_published")),
        updated=as_text(row.get("date_modified")),
    )
