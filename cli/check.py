"""`wirefold feeds check`: what the service makes of a feed, or why it makes nothing of it."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.files import READ_ERRORS, open_plain
from cli.plain import plain
from newswire.feed import FeedHints, feed_from_url
from newswire.polling.cadence import freshness_s
from newswire.polling.reasons import in_words
from workers.errors import WirefoldError
from workers.settings import load

if TYPE_CHECKING:
    from workers.discover import Reading  # with feedparser and lxml behind it, and a second of loading them

NO_URL = "http://file.invalid/"  # for a file whose address nobody named (RFC 6761)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@click.command(epilog="Example: wirefold feeds check https://paper.example/rss --json")
@click.argument("source", metavar="URL|FILE")
@click.option("--url", default=NO_URL, help="The address of a FILE: its links are read by it.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
def check(source: str, url: str, *, as_json: bool) -> None:
    """Read a feed and say what it is: kind, entries, what is left out, hints, validators, redirects.

    Where it cannot be read one line says why, and the exit status is 1. Nothing is followed and nothing kept.
    """
    try:
        row = row_of(_reading(source, url), datetime.now(UTC))
    except WirefoldError as error:
        if as_json:
            told = {"url": error.url or source, "error": error.reason, "detail": error.detail}
            click.echo(json.dumps({**told, "said": in_words(error.reason)}, ensure_ascii=False))
        else:
            click.echo(f"wirefold: {plain(source)}: {because(error)}", err=True)
        sys.exit(1)
    if as_json:
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    for name, value in row.items():
        if words := _in_words(name, value):
            click.echo(f"{name.removesuffix('_s').replace('_', ' '):15} {plain(words)}")


def because(error: WirefoldError) -> str:
    """Why an address could not be read, in words, with what the error knows besides."""
    return in_words(error.reason) + (f" ({plain(error.detail, 200)})" if error.detail else "")


def row_of(reading: "Reading", now: datetime) -> dict[str, Any]:
    """What is told of a feed."""
    document, fetched = reading.document, reading.fetched
    dates = [date for entry in document.entries if (date := entry.published or entry.updated)]
    return {
        "url": "" if fetched.url == NO_URL else fetched.url,
        "moved_for_good": fetched.permanent_url,
        "redirected_from": reading.asked if fetched.url != reading.asked else "",
        "kind": document.kind,
        "title": document.title,
        "language": document.language,
        "site": document.site,
        "entries": len(document.entries),
        "newest_age_s": int((now - max(dates)).total_seconds()) if dates else None,
        "undated": document.undated,
        "linkless": document.linkless,
        "repeated": document.repeated,
        "surplus": document.surplus,
        "cut": document.cut,
        "fault": document.fault,
        "hints": _hints(document.hints),
        "fresh_s": freshness_s(fetched.cache_control, fetched.expires, now),
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
        "robots": "" if reading.crawl_delay_s is None else "allowed",
        "crawl_delay_s": reading.crawl_delay_s or 0.0,
        "content_type": fetched.content_type,
        "bytes": len(fetched.body),
    }


def _reading(source: str, url: str) -> "Reading":
    """The feed at an address or in a file. Raises WirefoldError; `UsageError` for what is neither."""
    if not source.startswith(("http://", "https://")):
        return _from_file(source, url)
    from workers.discover import Asker
    from workers.fetch import Fetcher

    try:
        address = feed_from_url(source).url
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    settings = load()
    fetcher = Fetcher(
        user_agent=settings.user_agent, allow_hosts=settings.allow_hosts, timeout_s=settings.fetch_timeout_s
    )
    try:
        return Asker(fetcher, settings).read(address)
    finally:
        fetcher.close()


def _from_file(source: str, url: str) -> "Reading":
    from workers.discover import Reading
    from workers.fetch import Fetched
    from workers.poll import parse

    try:
        with open_plain(Path(source)) as file:
            body = file.read()
        feed = feed_from_url(url)
    except (*READ_ERRORS, ValueError) as error:
        raise click.UsageError(f"{source}: {error}") from error
    document = parse(body, feed=feed, url=feed.url, now=datetime.now(UTC))
    return Reading(asked=feed.url, fetched=Fetched(url=feed.url, status=200, body=body), document=document)


def _hints(hints: FeedHints) -> dict[str, Any]:
    told = {
        "ttl_s": hints.ttl_s,
        "update_period_s": hints.update_period_s,
        "skip_hours": list(hints.skip_hours),
        "skip_days": [DAYS[day] for day in hints.skip_days],
    }
    return {name: value for name, value in told.items() if value}


def _in_words(name: str, value: Any) -> str:
    """A value for people, "" for what is nothing to tell; the number of entries is always told."""
    if name == "entries":
        return str(value)
    if isinstance(value, dict):
        return "; ".join(
            f"{hint.removesuffix('_s').replace('_', ' ')} {_in_words(hint, one)}" for hint, one in value.items()
        )
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name.endswith("_s") and value:
        return _age(value)
    return "yes" if value is True else str(value or "")


def _age(seconds: float) -> str:
    """A length of time as one says it: the largest unit of which there are two."""
    for unit, length_s in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if abs(seconds) >= 2 * length_s:
            return f"{seconds / length_s:.0f} {unit}"
    return f"{seconds:.0f} seconds"
