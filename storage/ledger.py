"""The ledger: every entry ends in exactly one counted outcome, and it can be asked."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from newswire.article import printing_of
from newswire.looks import LookResult
from storage.connection import Redis, text, unavailable
from storage.keys import Keys
from storage.packing import Kept, unpacked

OUTCOMES = ("published", "copied", "revised", "unchanged", "rejected")


class Balance(Struct, frozen=True, kw_only=True):
    """Entries announced, those that wait, and those that ended, by outcome; rejections also by reason."""

    balanced: bool  # entries = waiting + the sum of the outcomes
    entries: int
    waiting: int
    outcomes: dict[str, int]
    reasons: dict[str, int]
    sightings: int  # of known entries, in this or another feed of their publisher: counted apart
    rereads: int  # later readings of pages whose entries have ended: counted apart
    looks: dict[str, int]  # what became of the looks at such pages (newswire.looks)


class Ledger:
    """Reads what the atomic steps wrote. Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys) -> None:
        self._client = client
        self._keys = keys

    def balance(self) -> Balance:
        """The whole ledger, read in one step."""
        with unavailable():
            pipeline = self._client.pipeline(transaction=True)
            pipeline.hgetall(self._keys("ledger"))
            pipeline.scard(self._keys("frontier", "pages"))
            counts, waiting = pipeline.execute()
        counted = Counter({text(name): int(value) for name, value in counts.items()})
        outcomes: Counter[str] = Counter()
        reasons: Counter[str] = Counter()
        for name, value in counted.items():
            outcome, _, reason = name.partition(":")
            if outcome in OUTCOMES:
                outcomes[outcome] += value
                if reason:
                    reasons[reason] += value
        return Balance(
            balanced=counted["entries"] == waiting + outcomes.total(),
            entries=counted["entries"],
            waiting=int(waiting),
            outcomes={name: outcomes[name] for name in OUTCOMES},
            reasons=dict(sorted(reasons.items())),
            sightings=counted["sightings"],
            rereads=sum(counted[f"looks:{result}"] for result in LookResult if result.is_reread),
            looks={result.value: counted[f"looks:{result}"] for result in LookResult},
        )

    def of_feeds(self, feeds: Sequence[str]) -> list[dict[str, int]]:
        """What was counted of each feed's entries: outcomes, with their reasons, and `entries`, `sightings`."""
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            for feed in feeds:
                pipeline.hgetall(self._keys("ledger", "feed", feed))
            return [{text(name): int(count) for name, count in row.items()} for row in pipeline.execute()]

    def last_day(self, name: str) -> int:
        """How often an outcome (with its reason: `rejected:alike`) was counted in this hour and the 23 before it."""
        with unavailable():
            now: Any = self._client.time()
            pipeline = self._client.pipeline(transaction=False)
            for hours_ago in range(24):
                pipeline.hget(self._keys("ledger", "hour", int(now[0]) // 3600 - hours_ago), name)
            return sum(int(count) for count in pipeline.execute() if count)

    def entry(self, entry_id: str) -> dict[str, Any] | None:
        """What is known of an entry: names and values as written by its outcome; None when there is none.

        Of a version of its text (`newswire.article.version_id`) what was decided of that.
        """
        with unavailable():
            found: Any = self._client.hgetall(self._keys("entry", printing_of(entry_id)))
            form: Any = self._client.get(self._keys("article", entry_id))
        if not found:
            return None
        row: dict[str, Any] = {"id": entry_id} | {text(name): text(value) for name, value in found.items()}
        row.setdefault("outcome", "waiting")
        return row | (_told(unpacked(form)) if form else {})


def _told(kept: Kept) -> dict[str, Any]:
    """What the row says of a settled entry; the story is the entry's own, which may have changed since."""
    article, decision = kept.article, kept.decision
    return {
        **{name: getattr(article, name) for name in ("publisher", "url", "title", "verdict")},
        "agencies": ",".join(article.credit.agencies),
        **{name: getattr(decision, name) for name in ("relation", "score", "rule", "against", "evidence")},
    }
