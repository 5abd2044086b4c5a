"""`wirefold ledger` and `wirefold explain`: what became of the entries, in sum and one by one."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from cli.place import options, tools_at
from cli.plain import plain
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
    click.echo("balanced" if balance.balanced else "NOT BALANCED: an entry is unaccounted for")


@click.command(epilog="Example: wirefold explain 1d671f8867f47bbb9")
@click.argument("article")
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
@options
def explain(article: str, redis_url: str | None, data: Path | None, *, as_json: bool) -> None:
    """Why an article went where it went: ARTICLE is the id that an event gives as data.article.id."""
    with tools_at(redis_url, data) as tools:
        row = tools.ledger.entry(article)
        if row is None:
            raise click.UsageError(f"no article {plain(article)} is known; it may have left the window")
        against = tools.ledger.entry(row["against"]) if row.get("against") else None
    if as_json:
        click.echo(json.dumps(row | {"against_title": against.get("title", "") if against else ""}, ensure_ascii=False))
        return
    for name in (
        "title",
        "publisher",
        "url",
        "outcome",
        "reason",
        "detail",
        "verdict",
        "agencies",
        "story",
        "relation",
    ):
        if row.get(name):
            click.echo(f"{name:10} {plain(row[name])}")
    if "rule" in row:
        click.echo(f"{'because':10} {plain(row['rule'])}, score {row['score']:.2f}")
        for line in row["evidence"]:
            click.echo(f"{'':10} {plain(line)}")
    if against:
        about = f"{row['against']}  {against.get('title', '')} · {against.get('publisher', '')}"
        click.echo(f"{'against':10} {plain(about)}")
    for name in ("first_seen", "at"):
        if name in row:
            click.echo(f"{name:10} {datetime.fromtimestamp(int(row[name]), UTC).isoformat()}")
