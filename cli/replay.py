"""`wirefold replay`: events once more, printed, or copied to a stream of one's own."""

import json
import re
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from cli.place import options, tools_at
from cli.plain import plain
from cli.tail import ENTRY_ID, stream_of
from newswire.event.envelope import decode
from storage.retention import order
from workers.bootstrap import Tools

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Place(click.ParamType[str]):
    """A place on a stream: an entry's id, a time (ISO 8601), or how long ago; read as an id."""

    name = "TIME|ID"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The id, which may be its time alone."""
        try:
            return place(value, datetime.now(UTC))
        except (ValueError, OverflowError) as error:
            self.fail(str(error), param, ctx)


def place(said: str, now: datetime) -> str:
    """The id that a place is. Raises ValueError, saying what is wanted.

    >>> place("2h", datetime(2026, 11, 24, 2, tzinfo=UTC)) == place("2026-11-24", datetime.max)
    True
    """
    if re.fullmatch(ENTRY_ID, said):
        return said
    ago = re.fullmatch(r"([0-9]{1,6})([mhd])", said)
    moment = now - timedelta(**{_UNITS[ago[2]]: int(ago[1])}) if ago else _moment(said)
    return str(max(0, int(moment.timestamp() * 1000)))


def _moment(said: str) -> datetime:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
            day = date.fromisoformat(said)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise ValueError(
            f"{plain(said)} is neither an entry's id nor a time: 2026-11-24, 2026-11-24T09:00:00Z, 90m, 2h, 3d"
        ) from None
    if moment.tzinfo is None:
        raise ValueError(f"{plain(said)} names no zone: {plain(said)}Z is UTC")
    return moment


@click.command(epilog="Example: wirefold replay copies --since 2h | jq -r .data.article.url")
@click.argument("stream", default="wirefold")
@click.option("--since", type=Place(), required=True, help="From there on: 2026-11-24T09:00:00Z, 2h, 3d, an id.")
@click.option("--until", type=Place(), help="As far as there, with it [the end].")
@click.option("--to", "target", metavar="STREAM", help="Copy to that stream, ids and all; may be done again.")
@click.option("--json", "as_json", is_flag=True, help="What was copied as one JSON document.")
@options
def replay(
    stream: str,
    since: str,
    until: str | None,
    target: str | None,
    redis_url: str | None,
    data: Path | None,
    *,
    as_json: bool,
) -> None:
    """Print the events of STREAM once more, one JSON document a line, or copy its entries to another stream.

    A copy that was cut off goes on where it was when it is done again, and appends nothing twice.
    """
    with tools_at(redis_url, data) as tools:
        name = stream_of(stream, tools)
        _tell_beginning(name, since, tools)
        if target is None:
            for page in tools.replay.pages(name, since, until or "+"):
                for document in map(tools.replay.document, page):
                    if decode(document):
                        click.echo(document)
            return
        start = tools.replay.goes_on(name, target, since)
        copied = 0
        for page in tools.replay.pages(name, start, until or "+"):
            tools.replay.append(target, page)
            copied += len(page)
            if sys.stderr.isatty():
                click.echo(f"\r{copied} …", nl=False, err=True)
    if sys.stderr.isatty():
        click.echo("\r", nl=False, err=True)
    if as_json:
        click.echo(json.dumps({"copied": copied, "to": target}))
    else:
        click.echo(f"{copied} copied to {plain(target)}")


def _tell_beginning(name: str, since: str, tools: Tools) -> None:
    """Say from when on there is something, where more was asked for."""
    first = tools.replay.first(name)
    if first is None:
        click.echo("wirefold: the stream is empty", err=True)
    elif order(since) < order(first[0]):
        entry_id, number = first
        begun = datetime.fromtimestamp(order(entry_id)[0] / 1000, UTC).isoformat(timespec="seconds")
        before = f"; the {number - 1} before it are gone" if number > 1 else ""
        click.echo(f"wirefold: the first entry is of {begun.removesuffix('+00:00')}Z ({entry_id}){before}", err=True)
