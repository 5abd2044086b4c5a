"""What becomes of an item whose stage failed: it comes due again, or it ends with its reason."""

from datetime import UTC, datetime

import structlog

from newswire.article import is_too_old
from newswire.characters import mended
from newswire.event.telling import rejection
from newswire.event.types import EntryRejected
from newswire.looks import Look, LookResult
from storage.frontier import Item
from storage.stories import Lease
from workers.bootstrap import Tools
from workers.conclude import conclude_failed
from workers.errors import UNSENT, Permanent, Transient

log = structlog.get_logger()

# Each further attempt waits four times as long: with 30 s, a page has two and a half minutes to recover.
BACKOFF = 4


def give_back(lease: Lease, error: Transient, tools: Tools) -> None:
    """The same, for a stage that no longer knows its item; a stale lease changes nothing."""
    if (item := tools.frontier.hold(lease)) is not None:
        end(lease, item, error, tools)


def end(lease: Lease, item: Item, error: Permanent | Transient, tools: Tools, *, gap_s: float = 0.0) -> None:
    """Act on the error of an item: a page is tried again or rejected, a feed or a known page is asked again later.

    Its host is left alone for `gap_s`, or for longer where the error asks for that; not if it was not asked at all.
    """
    was_asked = error.reason not in UNSENT or error.url != item.url  # a redirect of the host's may lead to such a url
    host_delay_s = max(gap_s, error.retry_after_s) if was_asked else None
    log.info("failed", url=item.url, reason=error.reason, detail=error.detail, attempts=item.attempts)
    if item.look is not None:
        _end_look(lease, item, item.look, error, tools, host_delay_s)
    elif item.entry is None:
        if (found := tools.feeds.get(lease.id)) is not None:  # else it was removed meanwhile
            conclude_failed(lease, *found, error, tools, host_delay_s=host_delay_s)
    elif isinstance(error, Transient) and _may_come_again(error, item, tools):
        delay_s = tools.settings.retry_s * (BACKOFF**item.attempts if error.counts else 1)
        tools.frontier.again(
            lease,
            delay_s=max(delay_s, error.retry_after_s),
            counts=error.counts,
            host_delay_s=host_delay_s or 0.0,
        )
    else:
        _reject(lease, item, error, tools, host_delay_s)


def _may_come_again(error: Transient, item: Item, tools: Tools) -> bool:
    """Whether attempts are left; what is nobody's fault uses none up, but nothing waits longer than news is news."""
    if error.counts:
        return item.attempts + 1 < tools.settings.attempts
    return not is_too_old(item.first_seen, datetime.now(UTC), tools.settings.max_age_hours)


def _reject(lease: Lease, item: Item, error: Permanent | Transient, tools: Tools, host_delay_s: float | None) -> None:
    assert item.entry is not None  # noqa: S101 - only a page is rejected
    now = datetime.now(UTC)
    detail = mended(error.detail)  # an error may quote what its host sent
    told = EntryRejected(
        entry=item.entry.id,
        feed=item.entry.feed,
        publisher=item.entry.publisher,
        url=item.entry.link,
        title=item.entry.title,
        tags=item.entry.tags,
        reason=error.reason,
        detail=detail,
        first_seen=item.first_seen,
    )
    tools.frontier.reject(
        lease,
        item.entry,
        reason=error.reason,
        detail=detail,
        event=rejection(told, now),
        now=now,
        host_delay_s=host_delay_s,
    )


def _end_look(
    lease: Lease, item: Item, look: Look, error: Permanent | Transient, tools: Tools, host_delay_s: float | None
) -> None:
    """End a look that failed: the next one is its second attempt, unless the fault was our own."""
    if isinstance(error, Transient) and not error.counts and _may_come_again(error, item, tools):
        tools.frontier.again(lease, delay_s=tools.settings.retry_s, counts=False, host_delay_s=host_delay_s or 0.0)
    else:
        then = look.after(etag=look.etag, last_modified=look.last_modified)
        tools.frontier.looked(lease, LookResult.FAILED, then, host_delay_s=host_delay_s)
