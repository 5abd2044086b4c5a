"""`wirefold snapshot`: every story as it stands, for a reader that begins."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from cli.files import written
from cli.place import options, tools_at


@click.command(
    epilog="Example: wirefold snapshot --out stories.jsonl && head -1 stories.jsonl | jq .snapshot.read_on_from"
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the lines go [standard output].")
@options
def snapshot(out: Path | None, redis_url: str | None, data: Path | None) -> None:
    """Write every story of the window as it stands, one JSON document a line.

    The first line says from which id of the stream on a reader goes on, the last how many stories there were: without
    it the snapshot was cut off. `wirefold schemas` has the lines between them as org.wirefold.snapshot.story.v1.
    """
    now = datetime.now(UTC)
    with tools_at(redis_url, data) as tools, written(out) as sink:
        read_on_from, number = tools.snapshot.last()
        head = {
            "stream": tools.settings.name,
            "read_on_from": read_on_from,
            "sequence": f"{number:016}",
            "taken": now.isoformat(),
            "window_days": tools.settings.window_days,
        }
        sink.write(json.dumps({"snapshot": head}) + "\n")
        stories = 0
        for state in tools.snapshot.states(now):
            stories += 1
            sink.write(msgspec.json.encode(state).decode() + "\n")
        sink.write(json.dumps({"end": {"stories": stories}}) + "\n")
