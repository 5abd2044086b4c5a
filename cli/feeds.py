"""`wirefold feeds`: the catalogue one follows."""

import json
from pathlib import Path

import click

from cli.files import written
from cli.place import options, tools_at
from cli.plain import plain
from newswire.article import as_dict
from newswire.catalogue import read_feeds_toml
from newswire.decision import Merging
from newswire.feed import Feed, feed_from_url
from newswire.opml import read_opml, write_opml


@click.group()
def feeds() -> None:
    """Add, remove, list, import and export the feeds that are followed; also while the service runs."""


def feeds_from(source: str) -> tuple[Feed, ...]:
    """The feeds that an address, an .opml or a .toml file names; `UsageError` says what is wrong and where."""
    try:
        if source.startswith(("http://", "https://")):
            return (feed_from_url(source),)
        if source.endswith((".opml", ".xml")):
            return read_opml(Path(source).read_bytes())
        if source.endswith(".toml"):
            return read_feeds_toml(Path(source).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{source}: {error}") from error
    raise click.UsageError(f"{source}: neither a feed's address (http…) nor a .toml or .opml file")


@feeds.command(epilog="Example: wirefold feeds add https://paper.example/rss --tag world")
@click.argument("url")
@click.option("--title", default="", help="A name for it.")
@click.option("--tag", "tags", multiple=True, help="May be given several times.")
@click.option(
    "--merging",
    type=click.Choice(list(Merging), case_sensitive=False),
    default=Merging.ANY,
    help="Which stories its entries may join: any, only those word for word the same (exact), or never one [any].",
)
@options
def add(
    url: str, title: str, tags: tuple[str, ...], merging: Merging, redis_url: str | None, data: Path | None
) -> None:
    """Follow the feed at URL; one followed already is from now on as given here."""
    try:
        feed = feed_from_url(url, title=title, tags=tags, merging=merging)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with tools_at(redis_url, data) as tools:
        click.echo(
            "added" if tools.feeds.follow(feed) else "followed already; title, tags and merging are as given now"
        )


@feeds.command(epilog="Example: wirefold feeds remove https://paper.example/rss")
@click.argument("url")
@options
def remove(url: str, redis_url: str | None, data: Path | None) -> None:
    """No longer follow the feed at URL; its entries that wait are still read."""
    try:
        feed = feed_from_url(url)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with tools_at(redis_url, data) as tools:
        if not tools.feeds.unfollow(feed.id):
            raise click.UsageError(f"{plain(url)} is not followed; `wirefold feeds list` shows what is")
    click.echo("removed")


@feeds.command(name="list", epilog="Example: wirefold feeds list --json | jq -r .url")
@click.option("--json", "as_json", is_flag=True, help="One JSON document a line.")
@options
def list_(redis_url: str | None, data: Path | None, *, as_json: bool) -> None:
    """The feeds followed, and how each is."""
    with tools_at(redis_url, data) as tools:
        rows = tools.feeds.all()
    for feed, state in rows:
        if as_json:
            click.echo(json.dumps({**as_dict(feed), "state": as_dict(state)}, ensure_ascii=False))
        else:
            polled = state.polled.strftime("%Y-%m-%d %H:%M:%SZ") if state.polled else "not polled yet"
            click.echo(f"{plain(feed.url)}  {polled}  {plain(state.error) or 'well'}")


@feeds.command(name="import", epilog="Example: wirefold feeds import my.opml")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@options
def import_(file: str, redis_url: str | None, data: Path | None) -> None:
    """Follow every feed of an OPML or TOML file."""
    found = feeds_from(file)
    with tools_at(redis_url, data) as tools:
        added = tools.feeds.follow_all(found)
    click.echo(f"{added} added, {len(found) - added} followed already")


@feeds.command(epilog="Example: wirefold feeds export my.opml")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@options
def export(file: Path | None, redis_url: str | None, data: Path | None) -> None:
    """Write the feeds followed as OPML to FILE [standard output]."""
    with tools_at(redis_url, data) as tools:
        opml = write_opml([feed for feed, _ in tools.feeds.all()])
    with written(file) as sink:
        sink.write(opml.decode())
