"""`wirefold split` and `wirefold merge`: decisions taken back by hand."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from cli.place import options, tools_at
from cli.plain import plain
from workers import takeback


@click.command(epilog="Example: wirefold split 1d671f8867f47bbb9")
@click.argument("article")
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
@options
def split(article: str, redis_url: str | None, data: Path | None, *, as_json: bool) -> None:
    """Take a printing out of its story: ARTICLE is the id that an event gives as data.article.id.

    It begins a story of its own, told by the event story.split; the matcher never puts the two together again. Where
    the article began a story that was merged, that story comes back with all the printings it had.
    """
    with tools_at(redis_url, data) as tools:
        try:
            story, left = takeback.split(article, tools.stories, datetime.now(UTC))
        except takeback.Refused as error:
            raise click.UsageError(plain(error)) from error
    if as_json:
        click.echo(json.dumps({"article": article, "story": story.id, "coverage": story.coverage, "out_of": left.id}))
        return
    click.echo(f"{plain(article)} is {story.id} now, with {_printings(story.printings)}")
    click.echo(f"{left.id} is left with {_printings(left.printings)}")


@click.command(epilog="Example: wirefold merge s1d671f8867f47bbb s9c33fb1b5dcd9c1f")
@click.argument("story")
@click.argument("other")
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
@options
def merge(story: str, other: str, redis_url: str | None, data: Path | None, *, as_json: bool) -> None:
    """Make two stories one: STORY and OTHER are ids that events give as data.story.id.

    The one seen first remains, with the printings of both, told by the event story.merged; the other's id stands for it
    from now on. `wirefold split` with the article that the other began with takes it back.
    """
    with tools_at(redis_url, data) as tools:
        try:
            remains = takeback.merge(story, other, tools.stories, datetime.now(UTC))
        except takeback.Refused as error:
            raise click.UsageError(plain(error)) from error
    if as_json:
        merged = [one for one in (story, other) if one != remains.id]
        click.echo(json.dumps({"story": remains.id, "coverage": remains.coverage, "merged": merged}))
        return
    click.echo(f"{remains.id} is both now, with {_printings(remains.printings)}")


def _printings(count: int) -> str:
    return "1 printing" if count == 1 else f"{count} printings"
