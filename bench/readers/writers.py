"""Processes that commit the news of `bench/readers` as the service does, and write down which events must have told it.

An event's id follows from its type, its subject and what caused it: a writer knows what he said without looking at a
stream.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from bench.readers.ledger import Ledger
from bench.readers.news import Step, Told, follow_up, steps, story, unreadable
from newswire.article import Article, identity
from newswire.decision import BY_HAND, Decision, Relation
from newswire.event.envelope import Event
from newswire.event.telling import rejection, trouble
from newswire.event.types import (
    TYPES,
    CoverageLinked,
    EntryRejected,
    FeedDied,
    FeedSilent,
    StoryCopied,
    StoryMerged,
    StoryPublished,
    StoryRevised,
    StorySplit,
    StoryWithdrawn,
    channel_of,
)
from newswire.feed import feed_from_url
from newswire.polling.state import FeedState
from newswire.story import centre_id, story_id
from storage.connection import close, connect
from storage.feeds import Feeds
from storage.frontier import Frontier
from storage.keys import Keys
from storage.stories import Lease, Stories
from workers import takeback
from workers.errors import Transient
from workers.settle import settle

WINDOW_S = 5 * 86_400
DAY_S = 86_400.0
LIMIT = 100  # leases at a time, of which there are two


def write(url: str, writer: int, writers: int, stories: int, path: Path) -> None:
    """Commit every so many-th story, and what becomes of it."""
    desk = Desk(url, writer, writers, path)
    for told in steps(writer, writers, stories):
        desk.do(told)
    desk.close()


class Desk:
    """One writer."""

    def __init__(self, url: str, writer: int, writers: int, path: Path) -> None:
        self._client, keys = connect(url), Keys()
        self._keys, self._writers = keys, writers
        self._stories = Stories(self._client, keys, window_s=WINDOW_S)
        self._frontier = Frontier(self._client, keys, window_s=WINDOW_S, host_gap_s=0.0)
        self._feed = feed_from_url(f"https://desk-{writer}.example/rss")
        self._ledger = Ledger(path)
        self._last: list[Article] = []  # the last two stories

    def do(self, told: Told) -> None:
        """Take one step, and write down what it told."""
        now = datetime.now(UTC)
        match told.step:
            case Step.STORY:
                self._last = [*self._last[-1:], story(told.story, self._writers, now)]
                self._settle(self._last[-1], now)
            case Step.COPY | Step.UPDATE | Step.WITHDRAWAL:
                self._settle(follow_up(told, self._last[-1], now), now)
            case Step.MERGE:
                one, other = (story_id(article.id) for article in self._last)
                remains = takeback.merge(one, other, self._stories, now)
                self._told(StoryMerged, remains.id, f"{BY_HAND} {remains.changes}")
            case Step.SPLIT:
                copy = follow_up(Told(Step.COPY, told.story), self._last[-1], now)
                moved, _ = takeback.split(copy.id, self._stories, now)
                self._told(StorySplit, moved.id, f"{BY_HAND} {moved.changes}")
            case Step.REJECT:
                self._reject(told.story, now)

    def close(self) -> None:
        """Give back the connection."""
        close(self._client)

    def _settle(self, article: Article, now: datetime) -> None:
        while True:
            try:
                settled = settle(Lease(article.id), article, self._stories, feed="bench", now=now)
            except Transient:  # too many races lost: the service gives the entry back, and it comes again
                continue
            if settled.decision is None:
                raise RuntimeError(f"{article.url} had been settled before")
            for data, subject in told_by(settled.decision):
                self._told(data, subject, article.id)
            return

    def _reject(self, number: int, now: datetime) -> None:
        """A poll that brings one entry, and says that the feed is silent or dead; the entry cannot be read."""
        feed, entry = self._feed, unreadable(number, self._feed.id)
        Feeds(self._client, self._keys).follow_all([feed])
        self._frontier.hurry([feed.id])
        for claim in self._frontier.claim(limit=LIMIT):
            event: Event[Any] = trouble(self._trouble(now, is_dead=bool(number // self._writers // 100 % 2)), now)
            self._frontier.absorb(
                claim.lease,
                FeedState(),
                address=feed.url,
                next_poll_s=DAY_S,
                standing=[entry.id],
                entries=[(entry, False)],
                events=[event],
            )
            self._told(type(event.data), feed.id, f"{now}")
        for claim in self._frontier.claim(limit=LIMIT):
            rejected = EntryRejected(
                entry=entry.id,
                feed=feed.id,
                publisher=entry.publisher,
                url=entry.link,
                title=entry.title,
                reason="teaser",
                detail="",
                first_seen=now,
            )
            told = rejection(rejected, now)
            self._frontier.reject(claim.lease, entry, reason="teaser", detail="", event=told, now=now)
            self._told(EntryRejected, entry.id, entry.id)

    def _trouble(self, now: datetime, *, is_dead: bool) -> FeedDied | FeedSilent:
        said: dict[str, Any] = {"feed": self._feed.id, "url": self._feed.url, "publisher": self._feed.publisher}
        said |= {"title": "", "reason": "no_news", "last_success": now, "last_news": now}
        return FeedDied(**said) if is_dead else FeedSilent(**said, longest_pause_s=DAY_S)

    def _told(self, data: type[Struct], subject: str, cause: str) -> None:
        stream = self._keys.channel(channel_of(data))
        self._ledger.write(stream, identity("v", TYPES[data], subject, cause), more=TYPES[data])


def told_by(decision: Decision) -> Iterator[tuple[type[Struct], str]]:
    """The events that a decision must have told of, each with its subject."""
    if decision.merges:
        yield StoryMerged, decision.story
    match decision.relation:
        case Relation.ORIGINAL | Relation.EXCERPT:
            yield StoryPublished, decision.story
        case Relation.UPDATE | Relation.CORRECTION:
            yield StoryRevised, decision.story
        case Relation.WITHDRAWAL:
            yield StoryWithdrawn, decision.story
        case _:
            yield StoryCopied, decision.story
    if decision.relation.begins_story and centre_id(decision.coverage) != decision.story:
        yield CoverageLinked, decision.story
