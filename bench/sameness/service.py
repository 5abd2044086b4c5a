"""The service's own decisions on articles at hand: each is settled on a throw-away Redis, as a worker would.

What the decisions cost is counted beside them: time, the texts that they look at, and memory by kind of key.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

from msgspec import Struct

from newswire.article import Article
from newswire.decision import Decision
from newswire.sameness.comparable import Comparable
from newswire.sameness.fingerprint import Signature
from newswire.sameness.shortlist import shortlist
from storage import connection
from storage.embedded import throwaway
from storage.keys import Keys
from storage.stories import Lease, Stories, View
from storage.streams import ALL
from workers.settle import settle

WINDOW_S = 5 * 86400  # WIREFOLD_WINDOW_DAYS, where nobody sets it
TOLD_EVERY = 500  # articles
KEYS_AT_ONCE = 1000


class Settled(Struct, frozen=True):
    """What became of an article; story and coverage as they stand at the end."""

    article: Article
    decision: Decision
    story: str
    coverage: str

    def row(self) -> dict[str, Any]:
        """As the corpus's score.py wants it."""
        return {
            "id": self.article.id,
            "story": self.story,
            "coverage": self.coverage,
            **{name: getattr(self.decision, name) for name in ("relation", "score", "rule", "against")},
            "agencies": list(self.article.credit.agencies),
        }


class Counting(Stories):
    """Counts what decisions look at."""

    texts_read = 0  # those of the faces held against, and of the first texts of coverages
    pairs_held = 0  # an article and a face of a story
    _view: View

    def candidates(self, signature: Signature, now: datetime) -> View:
        """As ever; the view is remembered for `count_pairs`."""
        self._view = super().candidates(signature, now)
        return self._view

    def texts(self, articles: Sequence[str]) -> dict[str, Comparable]:
        """As ever, and counted."""
        self.texts_read += len(articles)
        return super().texts(articles)

    def count_pairs(self, article: Article) -> None:
        """Count the faces that the article just settled was held against: alone on its Redis, it was decided once."""
        listed = shortlist(article, self._view.candidates, article.first_seen)
        self.pairs_held += sum(len(candidate.story.faces) for candidate in listed.held)


class Service:
    """A Redis and what it spends; each name is a namespace of its own."""

    def __init__(self, client: connection.Redis) -> None:
        self._client = client

    def stories(self, name: str) -> Counting:
        """The stories of a namespace."""
        return Counting(self._client, Keys(name), window_s=WINDOW_S)

    def cpu_s(self) -> float:
        """Seconds of processor time spent so far, by this process and the server."""
        spent: Any = self._client.info("cpu")
        return time.process_time() + float(spent["used_cpu_user"]) + float(spent["used_cpu_sys"])

    def bytes_by_kind(self, name: str) -> Counter[str]:
        """The memory of a namespace's keys, names included: `index`, `streams`, and `kept` for all else.

        Kept are stories, articles with their texts, coverages, ledger and marks.
        """
        keys = Keys(name)
        streams = {keys.stream(stream).encode() for stream in ALL}
        found: Counter[str] = Counter()
        scan = self._client.scan_iter(match=f"*{name}*", count=KEYS_AT_ONCE)
        while batch := list(islice(scan, KEYS_AT_ONCE)):
            pipeline = self._client.pipeline(transaction=False)
            for key in batch:
                pipeline.memory_usage(key, samples=0)
            for key, size in zip(batch, pipeline.execute(), strict=True):
                is_index = key.startswith(keys("index").encode())
                found["streams" if key in streams else "index" if is_index else "kept"] += size or 0
        return found


@contextmanager
def service() -> Iterator[Service]:
    """A service on a Redis of its own, which is gone after the block."""
    with throwaway() as url, closing(connection.connect(url)) as client:
        yield Service(client)


def settle_all(articles: Sequence[Article], stories: Stories, progress: str = "") -> list[Settled]:
    """Settle articles in order of arrival; `progress` is what lines on standard error begin with."""
    decided = []
    started = time.monotonic()
    for count, article in enumerate(articles, 1):
        settled = settle(Lease(article.id), article, stories, feed="bench", now=article.first_seen)
        if isinstance(stories, Counting):
            stories.count_pairs(article)
        if settled.decision:
            decided.append((article, settled.decision))
        if progress and (count % TOLD_EVERY == 0 or count == len(articles)):
            passed_s = time.monotonic() - started
            print(f"{progress}: {count} of {len(articles)} articles in {passed_s:.0f} s", file=sys.stderr, flush=True)
    living = {story: stories.story(story) for story in {decision.story for _, decision in decided}}
    return [
        Settled(
            article, decision, story.id if story else decision.story, story.coverage if story else decision.coverage
        )
        for article, decision in decided
        for story in (living[decision.story],)
    ]
