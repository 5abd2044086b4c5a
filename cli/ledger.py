"""`wirefold ledger`: what became of the entries, in sum."""

import json
from pathlib import Path

import click

from cli.place import options, tools_at
from newswire.article import as_dict


@click.command(epilog="Example: wirefold ledger --json | jq .balanced")
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
@options
def ledger(redis_url: str | None, data: Path | None, *, as_json: bool) -> None:
    """Every entry and its outcome: entries = waiting + outcomes, or it says that it is not balanced."""
    with tools_at(redis_url, data) as tools:
        balance = tools.ledger.balance()
    if as_json:
        click.echo(json.dumps(as_dict(balance)))
        return
    click.echo(f"{balance.entries:8} entries announced")
    click.echo(f"{balance.waiting:8} waiting")
    for outcome, count in balance.outcomes.items():
        click.echo(f"{count:8} {outcome}")
    for reason, count in balance.reasons.items():
        click.echo(f"{count:16} {reason}")
    click.echo(f"{balance.sightings:8} further sightings of known entries, counted apart")
    click.echo(f"{balance.rereads:8} later readings of pages whose entries have ended, counted apart")
    for result, count in balance.looks.items():
        if count:
            click.echo(f"{count:16} {result}")
    click.echo("balanced" if balance.balanced else "NOT BALANCED: an entry is unaccounted for")
