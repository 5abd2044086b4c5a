"""`wirefold fold`: articles through attribute → sign → match → commit, without the network."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import Struct

from cli.files import READ_ERRORS, open_plain, written
from cli.place import interruptible
from newswire.article import Article, as_dict
from newswire.credit import attribute
from newswire.dateline import read_dateline
from storage.embedded import throwaway
from storage.stories import Lease
from workers.bootstrap import Tools
from workers.errors import Permanent
from workers.settings import Settings
from workers.settle import settle

FEED = "fold"  # the feed that the ledger counts these articles under


_NOTHING = {"story": "", "coverage": "", "relation": "", "score": 0.0, "rule": "", "against": ""}


class Row(Struct, frozen=True, kw_only=True):
    """A line of the input."""

    id: str
    publisher: str
    url: str
    text: str
    lang: str = ""
    title: str = ""
    byline: str = ""
    published: datetime | None = None
    fetched: datetime


@click.command(epilog="Example: wirefold fold articles.jsonl.gz --out decisions.jsonl")
@click.argument("articles", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--redis", "redis_url", metavar="URL", help="Write there and emit events: the backfill. [a dry run]")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the rows go [standard output].")
def fold(articles: Path, redis_url: str | None, out: Path | None) -> None:
    """Tell the stories of articles that are at hand already.

    ARTICLES is JSON Lines (.gz allowed) in order of arrival, with id, publisher, url, lang, title, text, published,
    fetched (the clock) and, where known, byline. Each becomes one line: id, story, coverage, relation, score, rule,
    against, agencies. Story and coverage are as at the end, the rest as it was decided.

    Looks at neither environment nor data folder. Without --redis it works on a throw-away Redis and nothing stays.
    """
    rows = list(read_rows(articles))
    with interruptible(), written(out) as sink, _redis(redis_url) as url:
        tools = Tools(Settings.model_validate({"redis_url": url}))
        try:
            decided = _at_the_end([_decide(row, tools) for row in _with_progress(rows)], tools)
        finally:
            tools.close()
        sink.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in decided)


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file, each checked; the first that cannot be read is a `UsageError` that names its line."""
    seen: set[str] = set()
    decoder = msgspec.json.Decoder(Row)
    with open_plain(path) as file:
        try:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    row = decoder.decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    raise click.UsageError(f"{path}: line {number}: {error}") from error
                if not (1970 <= row.fetched.year < 9000 and (row.published is None or 1 < row.published.year < 9000)):
                    raise click.UsageError(f"{path}: line {number}: no news is from such a time")
                if row.id in seen:
                    raise click.UsageError(f"{path}: line {number}: the id {row.id!r} stands there twice")
                seen.add(row.id)
                yield row
        except READ_ERRORS as error:
            raise click.UsageError(f"{path}: {error}") from error


def article_of(row: Row) -> Article:
    """The article that a row is: with its dateline and credit read from the text."""
    dateline, _ = read_dateline(row.text)
    fetched = _utc(row.fetched)
    return Article(
        id=row.id,
        publisher=row.publisher,
        url=row.url,
        language=row.lang,
        title=row.title,
        text=row.text,
        byline=row.byline,
        dateline=dateline,
        published=_utc(row.published) if row.published else None,
        first_seen=fetched,
        fetched=fetched,
        credit=attribute(text=row.text, byline=row.byline, dateline=dateline),
    )


def _decide(row: Row, tools: Tools) -> dict[str, Any]:
    article = article_of(row)
    try:
        settled = settle(Lease(row.id), article, tools.stories, feed=FEED, now=article.fetched)
    except Permanent as error:  # it cannot be told: nothing of it was written
        return {"id": row.id, **_NOTHING, "agencies": [], "error": str(error)}
    decided = as_dict(settled.decision) if settled.decision else _told_before(row.id, tools)
    return {
        "id": row.id,
        **{name: decided[name] for name in ("story", "coverage", "relation")},
        "score": round(decided["score"], 4),
        **{name: decided[name] for name in ("rule", "against")},
        "agencies": list(article.credit.agencies),
    }


def _at_the_end(lines: list[dict[str, Any]], tools: Tools) -> list[dict[str, Any]]:
    """The lines with the stories and coverages as they are now: a later article may have shown that two are one."""
    now = {story: tools.stories.story(story) for story in {line["story"] for line in lines}}
    return [
        line | {"story": story.id, "coverage": story.coverage} if (story := now[line["story"]]) else line
        for line in lines
    ]


def _told_before(article: str, tools: Tools) -> dict[str, Any]:
    """What an earlier backfill decided of an article."""
    return {**_NOTHING, **(tools.ledger.entry(article) or {})}  # rejected, it has no story


@contextmanager
def _redis(url: str | None) -> Iterator[str]:
    if url:
        yield url
        return
    with throwaway() as own:
        yield own


def _with_progress(rows: list[Row]) -> Iterable[Row]:
    if not sys.stderr.isatty():
        return rows
    from rich.console import Console
    from rich.progress import track

    return track(rows, description="Folding", console=Console(stderr=True))


def _utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
