"""The way of one feed, from its bytes into the frontier."""

from collections.abc import Iterable
from datetime import UTC, datetime

import structlog
import xxhash

from newswire.article import is_too_old
from newswire.polling.state import Reading
from storage.stories import Lease
from workers import failure
from workers.bootstrap import Tools
from workers.conclude import conclude
from workers.errors import Permanent
from workers.fetch import Fetched
from workers.poll import parse

log = structlog.get_logger()


def intake(lease: Lease, tools: Tools) -> Iterable[tuple[str, Lease]]:
    """Parse a fetched feed; its new entries enter the frontier in the step that moves the feed's state on.

    What follows are visits: entries whose host is free need not wait for the next tick.
    """
    item = tools.frontier.begin(lease, "intake")
    found = tools.feeds.get(lease.id)
    if item is None or found is None:
        return ()
    feed, state = found
    fetched = tools.bodies.take(lease, Fetched)
    if fetched is None:  # the broker's Redis may lose what it holds
        tools.frontier.again(lease, delay_s=tools.settings.retry_s, counts=False)
        return ()

    now = datetime.now(UTC)
    try:
        document = parse(fetched.body, feed=feed, url=fetched.url, content_type=fetched.content_type, now=now)
    except Permanent as error:
        failure.end(lease, item, error, tools)
        return ()
    ids = [entry.id for entry in document.entries]
    known = tools.feeds.known(feed.id, ids)
    reading = Reading(
        new=len(known.unknown),
        shared=max(known.arrived - len(known.unknown), 0),
        dates=[entry.published for entry in document.entries if entry.published and entry.id in known.unknown],
        standing=len(ids),
        hints=document.hints,
        undated=document.undated,
        surplus=document.surplus,
        has_gap=known.has_gap,
        twin=tools.feeds.twin(feed.publisher, feed.id, _digest(ids)) if ids else "",
    )
    fresh = [
        (entry, is_too_old(entry.published, now, tools.settings.max_age_hours))
        for entry in document.entries
        if entry.id in known.unknown
    ]
    count = conclude(lease, feed, state, fetched, reading, tools, standing=ids, entries=fresh)
    tools.frontier.look_sooner(
        (entry.id, entry.updated) for entry in document.entries if entry.updated and entry.id not in known.unknown
    )
    log.info("polled", url=feed.url, entries=len(document.entries), new=count)
    return [("visit", claim.lease) for claim in tools.frontier.claim(limit=tools.settings.in_flight)]


def _digest(ids: list[str]) -> str:
    """Tells whether two documents hold the same entries, in whatever order."""
    return xxhash.xxh3_64_hexdigest(" ".join(sorted(ids)).encode())
