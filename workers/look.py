"""The way of a page that is looked at again, top to bottom: what its publisher edited becomes a revision.

The entry keeps its outcome. A text that says nothing else is not written down: edits too small to tell add up, and are
told when together they say something. A page that its host says is gone takes its story back, unless the host is in
trouble: in doubt nothing is told.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

import structlog
from msgspec.structs import replace

from newswire.article import Article, Entry, version_id
from newswire.decision import PAGE_GONE, Decision, Relation
from newswire.event.envelope import BadEvent
from newswire.event.telling import events_of
from newswire.looks import MOST_MISSING, NOT_THERE, Look, LookResult, gone_for_good
from newswire.sameness.change import change_between
from newswire.sameness.finding import Finding
from newswire.sameness.reread import is_unchanged, reread
from newswire.story import fold
from storage.frontier import Item
from storage.packing import Kept
from storage.stories import Answer, Lease
from workers import failure
from workers.bootstrap import Tools
from workers.errors import Permanent, Transient
from workers.extract import extract
from workers.ingest import page_of, taken
from workers.settle import MAX_RACES

log = structlog.get_logger()


def look(lease: Lease, tools: Tools) -> Iterable[tuple[str, Lease]]:
    """Read a page again, hold it against what was told of it, and publish what it says now."""
    item, fetched = taken(lease, "look", tools)
    if item is None or fetched is None or item.look is None:
        return ()
    told = tools.stories.kept([item.look.article])
    if not told:  # it has left the window
        tools.frontier.looked(lease, LookResult.FAILED, None)
        return ()

    now = datetime.now(UTC)
    if fetched.status in NOT_THERE:
        _miss(lease, item, item.look, told[0], fetched.status, tools, now)
        return ()
    article = extract(page_of(fetched, now), _entry(lease, item, told[0].article))
    before = told[0].comparable()
    then = item.look.after(etag=fetched.etag, last_modified=fetched.last_modified)
    if not article.verdict.is_readable:
        tools.frontier.looked(lease, LookResult.UNREADABLE, then)
    elif found := reread(article, before):
        version = replace(article, id=version_id(lease.id, then.taken), first_seen=told[0].article.first_seen)
        again = item.look.anew(version.id, etag=fetched.etag, last_modified=fetched.last_modified)
        _tell(lease, item, version, told[0], found, again, tools, now)
    else:
        result = LookResult.UNCHANGED if is_unchanged(article, before) else LookResult.EDITED
        tools.frontier.looked(lease, result, then)
    return ()


def _entry(lease: Lease, item: Item, told: Article) -> Entry:
    """The page's entry, from what was read of it: its feed may speak of it no more."""
    return Entry(
        id=lease.id,
        feed="",
        publisher=told.publisher,
        link=item.url,
        guid=told.guid,
        title=told.title,
        byline=told.byline,
        language=told.language,
        published=told.published,
        tags=told.tags,
    )


def _miss(lease: Lease, item: Item, look: Look, told: Kept, status: int, tools: Tools, now: datetime) -> None:
    """Tell that the page is there no more, or wait whether it comes back."""
    missing = tools.hosts.missing(item.host, lease.id)
    said = gone_for_good(look, status, now)
    if not said:
        tools.frontier.looked(lease, LookResult.GONE, look.missing(now))
        return
    if missing > MOST_MISSING or not _answers(lease, tools):  # the host's trouble, not the story's
        log.warning("pages_missing", host=item.host, pages=missing)
        then = look.after(etag=look.etag, last_modified=look.last_modified)
        tools.frontier.looked(lease, LookResult.GONE, then)
        return
    story = tools.stories.story(told.decision.story)
    if story is None or story.withdrawn or story.again:  # told already, or its publisher has it at another address
        tools.frontier.looked(lease, LookResult.GONE, None)
        return
    version = replace(told.article, id=version_id(lease.id, look.taken + 1), fetched=now)
    found = Finding(relation=Relation.WITHDRAWAL, score=1.0, rule=PAGE_GONE, evidence=(said,))
    _tell(lease, item, version, told, found, look, tools, now)


def _answers(lease: Lease, tools: Tools) -> bool:
    """Whether the feed that brought the page was answered when it was last asked."""
    row = tools.ledger.entry(lease.id) or {}
    found = tools.feeds.get(row.get("feed", ""))
    return found is not None and not found[1].error


def _tell(
    lease: Lease, item: Item, version: Article, told: Kept, found: Finding, again: Look, tools: Tools, now: datetime
) -> None:
    try:
        _revise(lease, version, told, found, again, tools, now)
    except Transient as error:
        failure.end(lease, item, error, tools)
    except BadEvent as error:  # nothing was written
        failure.end(lease, item, Permanent("bad_event", item.url, str(error)), tools)


def _revise(
    lease: Lease, version: Article, told: Kept, found: Finding, again: Look, tools: Tools, now: datetime
) -> None:
    """Commit what the page says now; decided again when a printing came in between. Raises Transient and BadEvent."""
    is_withdrawn = found.relation is Relation.WITHDRAWAL
    change = change_between(version, told.comparable(), found.relation)
    for _ in range(MAX_RACES):
        before = tools.stories.story(told.decision.story)
        if before is None:  # it has left the window
            tools.frontier.looked(lease, LookResult.FAILED, None)
            return
        decision = Decision(
            relation=found.relation,
            story=before.id,
            coverage=before.coverage,
            score=found.score,
            rule=found.rule,
            against=told.article.id,
            evidence=found.evidence,
            face=not is_withdrawn,
        )
        # The same printing, with another text.
        story = replace(fold({before.id: before}, version, decision), printings=before.printings)
        sources = tools.stories.sources(story)
        (event,) = events_of(version, decision, story, sources=sources, now=now, change=change)
        answer = tools.stories.revise(
            lease,
            version,
            decision,
            story,
            before,
            result=LookResult.WITHDRAWN if is_withdrawn else LookResult.REVISED,
            then=None if is_withdrawn else again,
            event=event,
            now=now,
        )
        if answer is Answer.DONE:
            log.info("revised", story=story.id, relation=found.relation, rule=found.rule)
        if answer is not None:
            return
    raise Transient("lost_races", version.url, counts=False)
