"""`wirefold status` and `wirefold health`: how the service is."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from cli.groups import said_of, trouble_of
from cli.place import options, tools_at
from newswire.article import as_dict
from newswire.polling.manners import OUTAGE_HOSTS

# The canary sings every 10 s; a stalled broker shows as a silent one while every process still answers.
STALE_HEARTBEAT_S = 60


@click.command(epilog="Example: wirefold status --json | jq .waiting")
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
@options
def status(redis_url: str | None, data: Path | None, *, as_json: bool) -> None:
    """Feeds, entries, streams and signs of life."""
    with tools_at(redis_url, data) as tools:
        conditions = tools.feeds.conditions()
        silence = tools.hosts.silence()
        waiting, leased = tools.frontier.in_hand()
        used, limit = tools.health.memory()
        streams = tools.groups.streams()
        trouble = trouble_of(streams, tools.limits)
        report: dict[str, Any] = {
            "feeds": len(tools.feeds),
            "feeds_by_condition": conditions,
            "silent_hosts": silence.hosts,
            "waiting": waiting,
            "leases": leased,
            "streams": {stream.key: stream.entries for stream in streams},
            "readers": as_dict(trouble),
            "ledger": as_dict(tools.ledger.balance()),
            "alike_last_day": tools.ledger.last_day("rejected:alike"),
            "heartbeat_age_s": tools.health.heartbeat_age_s(),
            "redis_bytes": used,
            "redis_bytes_limit": limit,
        }
    if as_json:
        click.echo(json.dumps(report))
        return
    age = report["heartbeat_age_s"]
    told = ", ".join(f"{count} {name}" for name, count in conditions.items()) or "none polled yet"
    click.echo(f"feeds     {report['feeds']} followed: {told}")
    click.echo(f"entries   {report['ledger']['entries']} announced, {waiting} waiting, {leased} leases")
    click.echo("outcomes  " + ", ".join(f"{count} {name}" for name, count in report["ledger"]["outcomes"].items()))
    if silence.hosts >= OUTAGE_HOSTS:
        click.echo(
            f"ALARM     {silence.hosts} hosts one after the other did not answer: this looks like our own network. One "
            "request at a time is made until one answers; nobody is blamed"
        )
    if report["alike_last_day"]:
        click.echo(
            f"ALARM     {report['alike_last_day']} pages of the last day rejected: a publisher's look all alike, "
            "and may be a wall (`wirefold tail rejects` names it)"
        )
    for line in said_of(trouble):
        click.echo(line)
    click.echo("streams   " + ", ".join(f"{name} {length}" for name, length in report["streams"].items()))
    click.echo(f"heartbeat {'none within the hour: the service is not running' if age is None else f'{age:.0f} s ago'}")
    click.echo(f"redis     {used / 1e6:.1f} MB" + (f" of {limit / 1e6:.1f} MB" if limit else ""))


@click.command(epilog="Example (a container's health check): wirefold health")
@options
def health(redis_url: str | None, data: Path | None) -> None:
    """Exit 0 when a canary came through beat, broker, io and cpu within the last minute, else 1."""
    with tools_at(redis_url, data) as tools:
        age = tools.health.heartbeat_age_s()
    click.echo("no canary within the hour" if age is None else f"a canary came through {age:.0f} s ago")
    sys.exit(0 if age is not None and age <= STALE_HEARTBEAT_S else 1)
