"""`wirefold tail`: events as they come."""

import json
import re
from pathlib import Path
from typing import Any

import click

from cli.place import options, tools_at
from cli.plain import plain
from newswire.event.types import PREFIX
from workers.bootstrap import Tools

ENTRY_ID = r"[0-9]{1,19}(-[0-9]{1,19})?"  # Redis' ids are two numbers of 64 bits


@click.command(epilog="Example: wirefold tail --from beginning --json | jq -r .data.content.title")
@click.argument("stream", default="wirefold")
@click.option(
    "--from",
    "start",
    metavar="beginning|ID",
    help="Events from there on, to the stream's end. [new ones, as they come]",
)
@click.option("--follow", is_flag=True, help="Go on at the stream's end.")
@click.option("--count", type=click.IntRange(min=1), help="Wait for this many, then stop.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document a line.")
@options
def tail(
    stream: str,
    start: str | None,
    count: int | None,
    redis_url: str | None,
    data: Path | None,
    *,
    follow: bool,
    as_json: bool,
) -> None:
    """Show the events of STREAM: wirefold (the stories), copies, rejects, or route:NAME."""
    with tools_at(redis_url, data) as tools:
        follow = follow or start is None or count is not None
        name = stream_of(stream, tools)
        position = {name: _position(start)} if start else tools.streams.last_ids((name,))
        shown = 0
        while (events := tools.streams.read((name,), position, block_ms=1000 if follow else None)) or follow:
            for _, _, document in events:
                click.echo(json.dumps(document, ensure_ascii=False) if as_json else line_of(document))
                shown += 1
                if shown == count:
                    return


def line_of(document: dict[str, Any]) -> str:
    """An event as one line for a person."""
    data = document["data"]
    article, story, match = data.get("article", {}), data.get("story", {}), data.get("match", {})
    if "centre" in data:  # coverage.linked; in its first version `story` was an id
        said = f"{document['subject']} is about the same happening as {data['centre']}"
    elif "reason" in data:
        said = f"{data['reason']}: {data['url']}"
    elif "merged" in data:
        said = f"is {', '.join(data['merged'])} too ({match['rule']})"
    elif "out_of" in data:
        said = f"{article['title']} · {article['publisher']} · taken out of {data['out_of']['id']}"
    else:
        agencies = ", ".join(mention["agency"] for mention in story["agencies"]) or "no agency"
        said = f"{article['title']} · {article['publisher']} · {agencies} · {match['relation']} ({match['rule']})"
    kind = document["type"].removeprefix(PREFIX).rpartition(".")[0]
    return f"{document['time'][:19]}Z  {kind:17} {plain(document['subject'])}  {plain(said, 160)}"


def stream_of(said: str, tools: Tools) -> str:
    """The name of the stream that somebody means. `BadParameter` names those there are."""
    name = tools.streams.named(said)
    if name is None:
        known = ", ".join(one or "wirefold" for one in tools.streams.names())
        raise click.BadParameter(f"{plain(said)} is none of {known}", param_hint="STREAM")
    return name


def _position(start: str) -> str:
    if start == "beginning":
        return "0"
    if not re.fullmatch(ENTRY_ID, start):
        raise click.BadParameter(f"{plain(start)} is neither 'beginning' nor an entry's id", param_hint="--from")
    return start
