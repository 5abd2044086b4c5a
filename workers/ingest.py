"""The way of one page, from bytes to the stream, top to bottom."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec
import structlog

from newswire.article import Article, Entry, Page, is_too_old
from newswire.looks import Look
from storage.frontier import Item
from storage.stories import Lease
from workers import failure
from workers.bootstrap import Tools
from workers.errors import Permanent, Transient
from workers.extract import extract
from workers.fetch import Fetched
from workers.settle import settle

log = structlog.get_logger()


def ingest(lease: Lease, tools: Tools) -> Iterable[tuple[str, Lease]]:
    """Read a fetched page, know its story, and publish what follows."""
    item, fetched = taken(lease, "ingest", tools)
    if item is None or fetched is None or item.entry is None:
        return ()

    now = datetime.now(UTC)
    page = page_of(fetched, now)
    try:
        article = read(page, item.entry, item.first_seen, tools.settings.max_age_hours)
        settled = settle(
            lease,
            article,
            tools.stories,
            feed=item.entry.feed,
            now=now,
            merging=item.entry.merging,
            look=_first_look(article, fetched, tools),
        )
    except (Permanent, Transient) as error:
        failure.end(lease, item, error, tools)
        return ()
    if (decision := settled.decision) is not None:
        log.info("settled", story=decision.story, relation=decision.relation, rule=decision.rule)
    return ()


def taken(lease: Lease, stage: str, tools: Tools) -> tuple[Item | None, Fetched | None]:
    """The item whose stage begins, and what was fetched for it; a page whose body was lost is given back."""
    item = tools.frontier.begin(lease, stage)
    if item is None:
        return None, None
    fetched = tools.bodies.take(lease, Fetched)
    if fetched is None:  # the broker's Redis may lose what it holds
        failure.give_back(lease, Transient("body_lost", item.url, counts=False), tools)
    return item, fetched


def _first_look(article: Article, fetched: Fetched, tools: Tools) -> Look | None:
    if not tools.settings.looks_per_s:
        return None
    return Look(article=article.id, etag=fetched.etag, last_modified=fetched.last_modified)


def page_of(fetched: Fetched, now: datetime) -> Page:
    """What was fetched, as what it is read as."""
    return Page(
        url=fetched.url,
        body=fetched.body,
        content_type=fetched.content_type,
        robots=fetched.robots,
        tdm_reservation=fetched.tdm_reservation,
        tdm_policy=fetched.tdm_policy,
        fetched=now,
    )


def read(page: Page, entry: Entry, first_seen: datetime, max_age_hours: float) -> Article:
    """The article of a page. Raises Permanent when there is none to publish: the reason is its verdict, or its age."""
    article = extract(page, entry)
    if not article.verdict.is_readable:
        raise Permanent(article.verdict.value, article.url)
    latest = article.published + timedelta(days=article.is_dated_by_day) if article.published else None
    if is_too_old(latest, first_seen, max_age_hours):
        raise Permanent("too_old", article.url)
    return msgspec.structs.replace(article, first_seen=first_seen)
