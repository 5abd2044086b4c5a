"""A set of the corpus as articles in order of arrival, made as `wirefold fold` makes them."""

import sys
from pathlib import Path

import msgspec

from cli.fold import article_of, read_rows
from newswire.article import Article


def read(folder: Path, run: str) -> list[Article]:
    """The articles of a folder with articles.jsonl or articles.jsonl.gz; says on standard error for which run.

    Credits and datelines are read from the texts, at 5 ms an article: runs of one stream share it (`keep`, `kept`).
    """
    print(f"{run}: reading {folder.name}", file=sys.stderr, flush=True)
    articles = map(article_of, read_rows(next(folder.glob("articles.jsonl*"))))
    return sorted(articles, key=lambda article: article.first_seen)


def keep(articles: list[Article], path: Path) -> None:
    """Write articles as they were read."""
    path.write_bytes(msgspec.msgpack.encode(articles))


def kept(path: Path) -> list[Article]:
    """Articles that were kept."""
    return msgspec.msgpack.decode(path.read_bytes(), type=list[Article])
