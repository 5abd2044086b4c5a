"""`wirefold groups`: who reads, how far behind, and what was trimmed before it was read."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from msgspec import Struct

from cli.condition import span
from cli.place import options, tools_at
from cli.plain import plain
from newswire.article import as_dict
from storage.retention import Limits, Stream, held_back, is_full, is_idle, order, room

NONE = "no group reads a stream; `redis-cli XGROUP CREATE wirefold NAME $` makes one that reads what is new (0: all)"
COLUMNS = ("stream", "group", "lag", "pending", "oldest pending", "idle", "consumers", "state")


class Row(Struct, frozen=True, kw_only=True):
    """A group as it is told."""

    stream: str
    group: str
    lag: int
    pending: int
    oldest_pending_s: float | None  # since it was appended
    idle_s: float
    consumers: int
    state: str  # live, held_back (it soon loses something), or idle (it holds nothing)
    room: int  # entries that may be appended before it loses the first
    lost: int


class Loss(Struct, frozen=True, kw_only=True):
    """A group from which entries were trimmed."""

    stream: str
    group: str
    lost: int


class Trouble(Struct, frozen=True, kw_only=True):
    """What somebody should look at."""

    held_back: tuple[Row, ...]
    idle: tuple[Row, ...]
    lost: tuple[Loss, ...]
    full: tuple[str, ...]  # streams that do not reach back over the window any more


@click.command(epilog="Example: wirefold groups --json | jq -r 'select(.lost > 0) | .group'")
@click.option("--json", "as_json", is_flag=True, help="One JSON document a line.")
@options
def groups(redis_url: str | None, data: Path | None, *, as_json: bool) -> None:
    """Every group of readers: how far behind it is, and whether it holds entries back or has lost some."""
    with tools_at(redis_url, data) as tools:
        rows = [row for stream in tools.groups.streams() for row in rows_of(stream, tools.limits)]
    if as_json:
        for row in rows:
            click.echo(json.dumps(as_dict(row), ensure_ascii=False))
    elif rows:
        _table(rows)
    else:
        click.echo(NONE)


def rows_of(stream: Stream, limits: Limits) -> Iterator[Row]:
    """The groups of a stream."""
    in_danger = held_back(stream, limits)
    for group in stream.groups:
        oldest_ms = order(group.oldest_pending)[0] if group.oldest_pending else None
        state = "idle" if is_idle(group, limits) else "held_back" if group in in_danger else "live"
        yield Row(
            stream=group.stream,
            group=group.name,
            lag=group.lag,
            pending=group.pending,
            oldest_pending_s=None if oldest_ms is None else (stream.now_ms - oldest_ms) / 1000,
            idle_s=group.idle_ms / 1000,
            consumers=group.consumers,
            state=state,
            room=room(stream, group, limits),
            lost=group.lost,
        )


def trouble_of(streams: Iterable[Stream], limits: Limits) -> Trouble:
    """What `wirefold status` says of readers."""
    streams = tuple(streams)
    rows = [row for stream in streams for row in rows_of(stream, limits)]
    return Trouble(
        held_back=tuple(row for row in rows if row.state == "held_back"),
        idle=tuple(row for row in rows if row.state == "idle"),
        lost=tuple(Loss(stream=row.stream, group=row.group, lost=row.lost) for row in rows if row.lost),
        full=tuple(stream.key for stream in streams if is_full(stream, limits)),
    )


def said_of(trouble: Trouble) -> Iterator[str]:
    """The same as lines for a person; none when all is well."""
    for row in trouble.held_back:
        needs = f"is {row.lag} entries behind and has {row.pending} pending"
        yield f"ALARM     {_who(row)} {needs}: it loses the first after {row.room} more"
    for row in trouble.idle:
        yield f"readers   {_who(row)} is idle for {span(row.idle_s)} and holds nothing, {row.lag} entries behind"
    for loss in trouble.lost:
        yield f"readers   {_who(loss)} lost {loss.lost}: trimmed before they were read and acknowledged"
    for stream in trouble.full:
        yield f"ALARM     {stream} is full: entries go before their window is over (WIREFOLD_STREAM_MAX_ENTRIES)"


def _who(row: Row | Loss) -> str:
    return f"{plain(row.group)} on {row.stream}"


def _table(rows: Iterable[Row]) -> None:
    lines = [COLUMNS, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cells(row: Row) -> tuple[str, ...]:
    state = {"idle": "idle: holds nothing", "held_back": f"live, loses the first after {row.room} more"}.get(
        row.state, row.state
    )
    return (
        row.stream,
        plain(row.group, 40),
        str(row.lag),
        str(row.pending),
        "-" if row.oldest_pending_s is None else span(row.oldest_pending_s),
        span(row.idle_s),
        str(row.consumers),
        state + (f", lost {row.lost}" if row.lost else ""),
    )
