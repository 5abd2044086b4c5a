"""`wirefold schemas`: the contract, as JSON Schema and AsyncAPI."""

import json
from pathlib import Path

import click

from newswire.event.contract import asyncapi, files
from newswire.event.contract import schemas as event_schemas


@click.command(epilog="Example: wirefold schemas | jq keys")
@click.option("--asyncapi", "as_asyncapi", is_flag=True, help="The AsyncAPI 3.0 document of the streams instead.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write both there instead: asyncapi.json, and a file a type.",
)
def schemas(out: Path | None, *, as_asyncapi: bool) -> None:
    """JSON Schema of every event type and of a snapshot's lines, as one JSON object by type."""
    if out and as_asyncapi:
        raise click.UsageError("--out writes the AsyncAPI document too")
    if not out:
        click.echo(json.dumps(asyncapi() if as_asyncapi else event_schemas(), indent=2))
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (out / name).write_text(text, encoding="utf-8")
