"""Labelled pairs of real pages: each pair is decided alone, the first page first, the second an hour later.

A page's text is what the service would extract; pairs without pages have their texts in texts.jsonl.gz.
"""

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from cli.fold import Row, article_of
from newswire.article import Article, Page
from workers.extract import extract

MERGE = ("copy", "edited_copy", "same_page")
APART = ("same_source", "same_event", "unrelated")
TOLD = ("excerpt",)
FIRST = datetime(2024, 1, 1, tzinfo=UTC)

Decide = Callable[[list[Article]], list[str]]  # articles in order of arrival → their stories


def tally(folder: Path, decide: Decide) -> dict[str, float]:
    """The share of the pairs of each label that were found one story, and of the joint labels.

    A pair with a page that the service would not match (a teaser, a wall) is two stories: one of them is rejected.
    """
    count: Counter[str] = Counter()
    merged: Counter[str] = Counter()
    for label, articles in read_pairs(folder):
        count[label] += 1
        readable = [article for article in articles if article.verdict.is_readable]
        merged[label] += len(readable) == len(articles) and len(set(decide(readable))) == 1
    shares = {
        f"pages {label} merged": merged[label] / count[label] for label in (*MERGE, *APART, *TOLD) if count[label]
    }
    for name, labels in (("pages: one text, merged", MERGE), ("pages: two texts, merged", APART)):
        if total := sum(count[label] for label in labels):
            shares[name] = sum(merged[label] for label in labels) / total
    return shares


def read_pairs(folder: Path) -> Iterator[tuple[str, list[Article]]]:
    """The label of each pair and its articles."""
    pages = {row["id"]: row for row in _rows(folder / "pages.jsonl")}
    texts = {row["id"]: row for row in _rows(folder / "texts.jsonl.gz")}

    @cache
    def article(one: str) -> Article:
        return _of_page(pages[one], folder) if one in pages else _of_text(texts[one])

    for row in _rows(folder / "copies.jsonl"):
        first, second = article(row["a"]), article(row["b"])
        later = FIRST + timedelta(hours=1)
        yield row["label"], [first, replace(second, first_seen=later, fetched=later)]


def _of_page(row: dict[str, Any], folder: Path) -> Article:
    body = gzip.decompress((folder / row["file"]).read_bytes())
    # No two pages may share an address that nobody knows: it would make them one page.
    url = row["url"] or f"http://{row['publisher'] or 'unknown.invalid'}/{row['id']}"
    page = Page(url=url, body=body, fetched=FIRST)
    return replace(extract(page), id=row["id"])


def _of_text(row: dict[str, Any]) -> Article:
    return article_of(
        Row(
            id=row["id"],
            publisher=row["publisher"] or "",
            url=row["url"] or "",
            lang=row["language"] or "",
            title=row["title"] or "",
            text=row["text"],
            fetched=FIRST,
        )
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
