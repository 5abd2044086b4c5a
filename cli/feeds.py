"""`wirefold feeds`: the catalogue one follows."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from cli.check import because, check
from cli.condition import described
from cli.files import written
from cli.place import options, tools_at
from cli.plain import plain
from newswire.article import as_dict
from newswire.catalogue import read_feeds_toml
from newswire.decision import Merging
from newswire.feed import Feed, feed_from_url
from newswire.opml import Listed, read_opml, write_opml
from newswire.polling.health import judge
from workers.bootstrap import Tools
from workers.conclude import wake_echoes
from workers.errors import WirefoldError


@click.group()
def feeds() -> None:
    """Check, add, remove, list, import and export feeds; also while the service runs."""


feeds.add_command(check)


def feeds_from(source: str) -> tuple[Feed, ...]:
    """The feeds that an address, an .opml or a .toml file names; `UsageError` says what is wrong and where.

    Of an OPML list what is left out is told on standard error.
    """
    found, faults = _listed(source)
    _tell(source, faults)
    return found


def _listed(source: str) -> Listed:
    try:
        if source.startswith(("http://", "https://")):
            return Listed((feed_from_url(source),))
        if source.endswith((".opml", ".xml")):
            return read_opml(Path(source).read_bytes())
        if source.endswith(".toml"):
            return Listed(read_feeds_toml(Path(source).read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{source}: {error}") from error
    raise click.UsageError(f"{source}: neither a feed's address (http…) nor a .toml or .opml file")


def _tell(source: str, faults: tuple[str, ...]) -> None:
    for fault in faults:
        click.echo(f"wirefold: {plain(source)}: {plain(fault, 200)}", err=True)


@feeds.command(epilog="Example: wirefold feeds add https://paper.example --tag world")
@click.argument("url")
@click.option("--title", default="", help="A name for it [the feed's own].")
@click.option("--tag", "tags", multiple=True, help="May be given several times; World/Europe is a folder in a folder.")
@click.option(
    "--merging",
    type=click.Choice(list(Merging), case_sensitive=False),
    default=Merging.ANY,
    help="Which stories its entries may join: any, only those word for word the same (exact), or never one [any].",
)
@click.option("--all", "every", is_flag=True, help="Follow all the feeds that a page names.")
@click.option("--no-check", is_flag=True, help="Follow URL as it is, without asking the network.")
@options
def add(
    url: str,
    title: str,
    tags: tuple[str, ...],
    merging: Merging,
    redis_url: str | None,
    data: Path | None,
    *,
    every: bool,
    no_check: bool,
) -> None:
    """Follow the feed at URL, or the one that the page at URL names; one followed already is from now on as given here.

    It is fetched and read first. Where a page names several feeds they are listed, and none is followed without --all.
    """
    try:
        asked = feed_from_url(url)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with tools_at(redis_url, data) as tools:
        is_known = no_check or tools.feeds.get(asked.id) is not None
        named = {asked.url: ""} if is_known else _named(asked.url, tools, every=every)
        for address, own_title in named.items():
            feed = feed_from_url(address, title=title or own_title, tags=tags, merging=merging)
            said = "added" if tools.feeds.follow(feed) else "followed already; title, tags and merging are as given now"
            click.echo(said if address == asked.url else f"{said}: {plain(address)}")


def _named(url: str, tools: Tools, *, every: bool) -> dict[str, str]:
    """The feeds at an address, or named there, with their titles. `UsageError` where there is none, or a choice."""
    from workers.discover import Asker

    try:
        readings = Asker(tools.fetcher, tools.settings).feeds_at(url)
    except WirefoldError as error:
        raise click.UsageError(f"{plain(url)}: {because(error)}; --no-check follows it all the same") from error
    named = {reading.address: reading.document.title for reading in readings}
    if len(named) > 1 and not every:
        for address, title in named.items():
            click.echo(f"{plain(address)}  {plain(title, 80)}")
        raise click.UsageError(f"{plain(url)} names {len(named)} feeds: add one of them, or all of them with --all")
    return named


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
    unread: most of its pages cannot be read. unusual: yesterday's news were further from what its rhythm lets
    expect than two standard deviations.
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
    """Follow every feed of an OPML or TOML file; a folder is a tag, a folder in a folder the tag Outer/Inner.

    What an OPML file names that cannot be followed is told, the others are followed, and the exit status is 1.
    """
    found, faults = _listed(file)
    with tools_at(redis_url, data) as tools:
        added = tools.feeds.follow_all(found)
    _tell(file, faults)
    click.echo(f"{added} added, {len(found) - added} followed already" + (f"; faults: {len(faults)}" if faults else ""))
    sys.exit(1 if faults else 0)


@feeds.command(epilog="Example: wirefold feeds export my.opml")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@options
def export(file: Path | None, redis_url: str | None, data: Path | None) -> None:
    """Write the feeds followed as OPML to FILE [standard output]."""
    with tools_at(redis_url, data) as tools:
        opml = write_opml([feed for feed, _ in tools.feeds.all()])
    with written(file) as sink:
        sink.write(opml.decode())
