"""`wirefold schemas`: the contract, as JSON Schema."""

import json

import click

from newswire.event.contract import schemas as event_schemas


@click.command(epilog="Example: wirefold schemas | jq keys")
def schemas() -> None:
    """JSON Schema of every event type and of a snapshot's lines, as one JSON object by type."""
    click.echo(json.dumps(event_schemas(), indent=2))
