"""`wirefold explain`: why an article went where it went, and why two articles are or are not one story."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from cli import pair
from cli.place import options, tools_at
from cli.plain import plain
from newswire.article import as_dict
from workers.bootstrap import Tools

NAMES = ("title", "publisher", "url", "outcome", "reason", "detail", "verdict", "agencies", "story", "relation")


@click.command(epilog="Example: wirefold explain 1d671f8867f47bbb9 19c33fb1b5dcd9c1f")
@click.argument("article")
@click.argument("other", required=False)
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
@options
def explain(article: str, other: str | None, redis_url: str | None, data: Path | None, *, as_json: bool) -> None:
    """Why an article went where it went: ARTICLE is the id that an event gives as data.article.id.

    With OTHER, a second article's id: why the two are or are not one story. First how the service holds them, then what
    the matcher finds in the two texts alone, then the sentences that go together, side by side.
    """
    with tools_at(redis_url, data) as tools:
        row = _row(article, tools) if other is None else {}
        two = pair.of(article, other, tools.stories) if other is not None else None
    if as_json:
        click.echo(json.dumps(as_dict(two) if two else row, ensure_ascii=False))
    elif two:
        pair.show(two)
    else:
        click.echo("\n".join(_lines(row)))


def _row(article: str, tools: Tools) -> dict[str, Any]:
    """What is known of an article, and of its story by now."""
    row = tools.ledger.entry(article)
    if row is None:
        raise click.UsageError(f"no article {plain(article)} is known; it may have left the window")
    against = tools.ledger.entry(row["against"]) if row.get("against") else None
    story = tools.stories.story(row["story"]) if row.get("story") else None
    return row | {
        "against_title": against.get("title", "") if against else "",
        "against_publisher": against.get("publisher", "") if against else "",
        "story_now": story.id if story else "",
        "apart": list(story.apart) if story else [],
    }


def _lines(row: dict[str, Any]) -> Iterator[str]:
    yield from (_line(name, row[name]) for name in NAMES if row.get(name))
    if row["story_now"] not in ("", row.get("story")):
        yield _line("now", f"part of {row['story_now']}: the two stories turned out to be one")
    if "rule" in row:
        yield _line("because", f"{row['rule']}, score {row['score']:.2f}")
        yield from (_line("", line) for line in row["evidence"])
    if row["against_title"] or row["against_publisher"]:
        yield _line("against", f"{row['against']}  {row['against_title']} · {row['against_publisher']}")
    if row["apart"]:
        yield _line("apart", f"from {', '.join(row['apart'])}: somebody said that they are not one story")
    for name in ("first_seen", "at"):
        if name in row:
            yield _line(name, datetime.fromtimestamp(int(row[name]), UTC).isoformat())


def _line(name: str, said: object) -> str:
    return f"{name:10} {plain(said)}"
