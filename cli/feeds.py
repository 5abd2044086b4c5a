"""`wirefold feeds`: the catalogue one follows."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from cli.condition import described
from cli.files import written
from cli.place import options, tools_at
from cli.plain import plain
from newswire.article import as_dict
from newswire.catalogue import read_feeds_toml
from newswire.decision import Merging
from newswire.feed import Feed, feed_from_url
from newswire.opml import read_opml, write_opml
from newswire.polling.health import judge
from workers.cadence import wake_echoes


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
        wake_echoes(feed, tools)
    click.echo("removed")


@feeds.command(name="list", epilog="Example: wirefold feeds list --unhealthy --json | jq -r .url")
@click.option("--unhealthy", is_flag=True, help="Only those that somebody should look at.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document a line.")
@options
def list_(redis_url: str | None, data: Path | None, *, unhealthy: bool, as_json: bool) -> None:
    """The feeds followed, and how each is, judged by its own past.

    dead: gone, not asked any more. failing: the last poll failed. silent: no news for three times its longest pause.
    unread: most of its pages cannot be read. unusual: yesterday's news left the mean of the weeks before by more than
    two standard deviations.
    """
    now = datetime.now(UTC)
    with tools_at(redis_url, data) as tools:
        rows = tools.feeds.all()
        outcomes = tools.ledger.of_feeds([feed.id for feed, _ in rows])
    urls = {feed.id: feed.url for feed, _ in rows}
    for (feed, state), counts in zip(rows, outcomes, strict=True):
        health = judge(state, counts, now)
        if unhealthy and not health.condition.is_unhealthy:
            continue
        if as_json:
            known = msgspec.to_builtins(msgspec.structs.asdict(state))  # with what is at its default
            told = {**as_dict(feed), "health": as_dict(health), "state": known, "outcomes": counts}
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            said = described(health, state, urls.get(state.twin, state.twin), now)
            click.echo(f"{plain(feed.url)}  {health.condition}: {plain(said)}")


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
