"""The stories of the window as they stand, for a reader that begins: read beside whoever writes them.

Each story is as it is when it is read, and the stream's last id is read before all of them: who takes the snapshot and
then reads on from that id misses nothing, and passes over what a story's `revision` says that it knows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from newswire.decision import Relation
from newswire.event.snapshot import StoryState, state_of
from newswire.story import Story, centre_id, independent, origin_of
from storage.connection import Redis, text, unavailable
from storage.keys import Keys
from storage.packing import Kept, unpacked, unpacked_story
from storage.stories import Record, Stories, record_of

# Keys looked at in one round trip; of each batch a few hundred are stories, with their texts about a megabyte.
BATCH = 1000


class Snapshot:
    """Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys, stories: Stories, *, window_s: int) -> None:
        self._client = client
        self._keys = keys
        self._stories = stories
        self._window_s = window_s

    def last(self) -> tuple[str, int]:
        """The id and the number of the main stream's last entry; ("0", …) when nothing stands on it."""
        with unavailable():
            pipeline = self._client.pipeline(transaction=True)
            pipeline.xrevrange(self._keys.stream(), count=1)
            pipeline.hget(self._keys("sequences"), self._keys.stream())
            entries, number = pipeline.execute()
        return text(entries[0][0]) if entries else "0", int(number or 0)

    def states(self, now: datetime, *, batch: int = BATCH) -> Iterator[StoryState]:
        """Every story that was printed within the window, once each, in no order.

        Left out are those that were merged into another, and one whose first text was deleted by hand.
        """
        seen: set[str] = set()
        prefix, cursor = self._keys("story", ""), None
        while cursor != 0:
            with unavailable():
                found: Any = self._client.scan(cursor or 0, match=f"{prefix}*", count=batch)
            cursor, keys = int(found[0]), found[1]
            new = {text(key).removeprefix(prefix) for key in keys} - seen
            seen |= new
            yield from self._told(sorted(new), now)

    def _told(self, ids: Sequence[str], now: datetime) -> Iterator[StoryState]:
        since = int(now.timestamp()) - self._window_s
        records = {
            one: record for one, record in self._records(ids).items() if not record.into and record.seen >= since
        }
        stories = self._with_coverage({one: unpacked_story(record.state) for one, record in records.items()})
        wanted = {
            one: (story.root.article, *(records[one].printed if story.revision > 1 else ()))
            for one, story in stories.items()
        }
        kept = self._kept(sorted({article for articles in wanted.values() for article in articles}))
        coverages = self._origins(sorted({story.coverage for story in stories.values()}))
        for one, story in stories.items():
            said = _said(story, kept, wanted[one])
            if said:
                sources = independent({**coverages[story.coverage], one: origin_of(story)}.values())
                yield state_of(story, said.article, said.decision, sources=sources, now=now)

    def _records(self, ids: Sequence[str]) -> dict[str, Record]:
        found = self._all(self._keys("story", one) for one in ids)
        return {one: record_of(form) for one, form in zip(ids, found, strict=True) if form}

    def _with_coverage(self, stories: Mapping[str, Story]) -> dict[str, Story]:
        """The stories, each in the coverage that its own is by now: another where that one's first story was merged."""
        centres = self._records(sorted({centre_id(story.coverage) for story in stories.values()} - stories.keys()))
        merged = {centre for centre, record in centres.items() if record.into}
        return {
            one: (self._stories.story(one) or story) if centre_id(story.coverage) in merged else story
            for one, story in stories.items()
        }

    def _kept(self, articles: Sequence[str]) -> dict[str, Kept]:
        found = self._all(self._keys("article", article) for article in articles)
        return {article: unpacked(form) for article, form in zip(articles, found, strict=True) if form}

    def _origins(self, coverages: Sequence[str]) -> dict[str, dict[str, str]]:
        """Of each coverage: story → its origin."""
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            for coverage in coverages:
                pipeline.hgetall(self._keys("coverage", coverage))
            found = pipeline.execute()
        return {
            coverage: {text(one): text(origin) for one, origin in origins.items()}
            for coverage, origins in zip(coverages, found, strict=True)
        }

    def _all(self, keys: Iterable[str]) -> list[Any]:
        wanted = list(keys)
        with unavailable():
            found: Any = self._client.mget(wanted) if wanted else []
        return list(found)


def _said(story: Story, kept: Mapping[str, Kept], printed: Sequence[str]) -> Kept | None:
    """The printing whose text the story says now; None when not even its first text is kept.

    That of its latest update or correction, which gave it its title. What a story that was merged into it had said
    before was told of that one; and of an update that is not kept any more (it was no face, and is older than two
    windows) the first text stands in.
    """
    for article in reversed(printed):
        one = kept.get(article)
        if one and _says_anew(one, story):
            return one
    return kept.get(story.root.article)


def _says_anew(one: Kept, story: Story) -> bool:
    is_news = one.decision.relation in (Relation.UPDATE, Relation.CORRECTION)
    return is_news and one.decision.story == story.id and one.article.title == story.title
