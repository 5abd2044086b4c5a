"""The weighing of articles for `bench/speed`: what each takes of the CPU, here and in the server, step by step.

CPU time is what the kernel counts for either process (Linux), whatever else the machine does; the weighing itself is
left out of it.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec import Struct

import newswire.sameness.likelihood
import newswire.sameness.match
import workers.settle
from bench.speed.crowd import WINDOW_S, name_of
from newswire.article import Article
from newswire.decision import Decision
from newswire.story import coverage_id, story_id
from storage.connection import Redis
from storage.keys import Keys
from storage.stories import Lease, Stories

# The server's last microseconds, after its reply, are counted when it sleeps again.
SETTLES_S = 0.0003
STEPS = {
    "sign": ("sign",),
    "look up": ("candidates",),
    "decide": ("shortlist", "texts", "decide"),
    "fold, events": ("fold", "sources", "events_of"),
    "commit": ("commit",),
}
STEP_OF = {name: step for step, names in STEPS.items() for name in names}
ON_SERVER = ("candidates", "texts", "sources", "commit")


class Cost(Struct, kw_only=True):
    """What one article cost, in ms by step, and what was looked at."""

    article: str
    client: dict[str, float]
    server: dict[str, float]
    counts: Counter[str]
    decision: Decision | None = None

    @property
    def both(self) -> float:
        """All of it."""
        return sum(self.client.values()) + sum(self.server.values())


class Run:
    """Articles settled one after the other in one window, each weighed; what they wrote can be taken back."""

    def __init__(self, client: Redis, keys: Keys, worlds: int = 0) -> None:
        self._client = client
        self._keys = keys
        self._stories = Stories(client, keys, window_s=WINDOW_S)
        pid = client.info("server")["process_id"]
        self._clock = Path(f"/proc/{pid}/schedstat")
        self._worlds = worlds
        self._before: dict[str, bytes | None] = {}
        self._own: set[str] = set()  # the article at hand as it is told in the crowd
        self.costs: list[Cost] = []

    def settle(self, articles: Iterable[Article]) -> None:
        """Settle and weigh them."""
        with self._watched():
            for article in articles:
                self.costs.append(
                    Cost(
                        article=article.id,
                        client=dict.fromkeys(STEPS, 0.0),
                        server=dict.fromkeys(STEPS, 0.0),
                        counts=Counter(),
                    )
                )
                self._own = {name_of(article, world) for world in range(self._worlds)}
                settled = workers.settle.settle(
                    Lease(article.id), article, self._stories, feed="bench", now=article.first_seen
                )
                self.costs[-1].decision = settled.decision

    def take_back(self) -> None:
        """Leave the window as it was; the epoch of these articles is the caller's to close."""
        for key, before in self._before.items():
            if before is None:
                self._client.delete(key)
            else:
                self._client.set(key, before, ex=2 * WINDOW_S)
        for cost in self.costs:
            story = story_id(cost.article)
            names = ("article", cost.article), ("entry", cost.article), ("coverage", coverage_id(story))
            self._client.delete(*(self._keys(*name) for name in names))
            if cost.decision:
                self._client.hdel(self._keys("coverage", cost.decision.coverage), story)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        with ExitStack() as stack:
            for name in STEP_OF:
                home: Any = self._stories if name in ON_SERVER else workers.settle
                stack.enter_context(patch.object(home, name, self._timed(name, getattr(home, name))))
            for home, name in ((newswire.sameness.match, "_hold"), (newswire.sameness.likelihood, "align")):
                stack.enter_context(patch.object(home, name, self._counted(name, getattr(home, name))))
            yield

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        step = STEP_OF[name]

        def timed(*args: Any, **named: Any) -> Any:
            cost = self.costs[-1]
            if name == "texts":
                cost.counts["texts"] += len(args[0])
            if name == "commit":
                self._remember(args[3])
            served = self._served_ms()
            start = time.process_time()
            result = function(*args, **named)
            cost.client[step] += 1000 * (time.process_time() - start)
            if name in ON_SERVER:
                time.sleep(SETTLES_S)
                cost.server[step] += self._served_ms() - served
            if name == "candidates":
                cost.counts["candidates"] += len(result.candidates)
                cost.counts["own"] += sum(one.story.root.article in self._own for one in result.candidates)
            return result

        return timed

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **named: Any) -> Any:
            self.costs[-1].counts[name] += 1
            return function(*args, **named)

        return counted

    def _served_ms(self) -> float:
        return int(self._clock.read_text().split()[0]) / 1e6

    def _remember(self, decision: Decision) -> None:
        for story in (decision.story, *decision.merges):
            key = self._keys("story", story)
            if key not in self._before:
                before: Any = self._client.get(key)
                self._before[key] = before
