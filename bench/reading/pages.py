"""The labelled pages of a corpus: its rows, their HTML and their reference texts."""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from workers.page.tree import decode

NO_URL = "http://file.invalid/"  # of a page whose address nobody named

Row = Mapping[str, Any]


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def write_rows(rows: Iterable[Row], path: Path) -> Path:
    """Write rows, one a line; the path again."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def bytes_of(row: Row, folder: Path) -> bytes:
    """A page as it was fetched."""
    body = (folder / row["file"]).read_bytes()
    return gzip.decompress(body) if row["file"].endswith(".gz") else body


def html_of(row: Row, folder: Path) -> str:
    """A page's HTML, decoded as the service decodes it."""
    return decode(bytes_of(row, folder), "")


def url_of(row: Row) -> str:
    """A page's address."""
    return row.get("url") or NO_URL


def reference_of(row: Row) -> str:
    """The text that the page should give, "" where the corpus has none."""
    return (row.get("expected") or {}).get("text") or ""


def is_whole(row: Row) -> bool:
    """Whether the reference has the whole text; of some the corpus says that only the beginning was kept."""
    return bool(reference_of(row)) and "prefix" not in str(row["expected"].get("quality") or "")


def is_of(row: Row, source: str) -> bool:
    """Whether the row is from a repository of that name or owner."""
    return source in row["source_repo"].split("/")
