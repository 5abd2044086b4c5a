"""The stories in the window: what an article may be a printing of, and the one atomic step that settles what it is."""

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from newswire.article import Article
from newswire.event import Event
from newswire.fingerprint import Signature
from newswire.match import Candidate, Decision
from newswire.story import Story
from storage.connection import Redis, script, text, unavailable
from storage.keys import Keys
from storage.streams import fields_of

# Anchors weigh 1 when unique in the window and 0 in a hundred stories. With 1.0 the best eight hold 97 % of the machine
# translations and 95 % of the translations of a labelled stream, with 2.0 94 and 90 %.
LEAST_ANCHORS = 1.0
# Best by shingles and best by anchors, each: sampled 5-grams bring 4 candidates a query on 12,000 articles (measured).
MOST = 8

# A feed may rest for a day, and skip the days it names: its entries' marks must live until it is asked again.
_LONGEST_PAUSE_S = 8 * 86400

_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Story).decode


class View(Struct, frozen=True):
    """What a decision relies on. `token` changes when any of it does."""

    token: bytes
    candidates: tuple[Candidate, ...]
    origins: Mapping[str, Mapping[str, str]]  # coverage → story → its origin

    def sources(self, coverage: str, story: str, origin: str) -> int:
        """The number of independent origins in a coverage, once `story` is in it with its origin."""
        stories = {**self.origins.get(coverage, {}), story: origin}
        return len({name for names in stories.values() for name in names.split(",")})


class Lease(Struct, frozen=True):
    """A claim on an item of the frontier; the token is "" for a backfill, which has none."""

    id: str
    token: str = ""


class Answer(StrEnum):
    """What became of a commit."""

    DONE = "done"
    STALE = "stale"  # the lease is another's now
    ALREADY = "already"  # the entry had its outcome: the step was done before


class Stories:
    """Reads candidates and commits decisions. Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys, *, window_s: int, body_field: str = "data") -> None:
        self._client = client
        self._keys = keys
        self._window_s = window_s
        self._body_field = body_field
        self._candidates = script(client, "index", "candidates")
        self._commit = script(client, "frontier", "ledger", "index", "commit")

    def candidates(self, signature: Signature, now: datetime) -> View:
        """What shares something with the signature; writes nothing."""
        with unavailable():
            token, found = self._candidates(keys=[self._keys("ledger")], args=self._query(signature, now))
        return _view(token, found)

    def commit(
        self,
        lease: Lease,
        article: Article,
        signature: Signature,
        decision: Decision,
        story: Story,
        view: View,
        *,
        feed: str,
        outcome: str,
        events: Iterable[tuple[str, Event[Any]]],
        now: datetime,
    ) -> Answer | View:
        """Write story, index, ledger and events, and take the entry off the frontier; all of it or nothing.

        Returns the new view when what the decision relied on has moved: decide again. `events` are pairs of a stream's
        name and an event. Deterministic ids make a second call with the same article `ALREADY`.
        """
        is_face = any(face.article == article.id for face in story.faces)
        entry = entry_fields(article, decision)
        args: list[str | bytes | int | float] = [
            *self._query(signature, now),
            view.token,
            article.id,
            lease.token,
            feed,
            outcome,
            mark_s(self._window_s),
            story.id,
            story.changes,
            story.coverage,
            zlib.compress(_pack(story)),
            "1" if is_face else "",
            origin_of(story),
            len(entry),
            *entry,
        ]
        for stream, event in events:
            fields = fields_of(event, self._body_field)
            args += [self._keys.stream(stream), len(fields), *fields]
        with unavailable():
            answer, *rest = self._commit(keys=[self._keys("story", story.id)], args=args)
        if answer == b"moved":
            return _view(*rest)
        return Answer(text(answer))

    def story(self, story_id: str) -> Story | None:
        """A story by its id, or None when it is unknown or has left the window."""
        with unavailable():
            state: Any = self._client.hget(self._keys("story", story_id), "state")
        return _unpack(zlib.decompress(state)) if state else None

    def _query(self, signature: Signature, now: datetime) -> list[str | bytes | int | float]:
        return [
            self._keys.prefix,
            int(now.timestamp()),
            self._window_s,
            _hashes(signature.exact),
            _hashes(signature.shingles),
            _hashes(signature.anchors),
            LEAST_ANCHORS,
            MOST,
        ]


def origin_of(story: Story) -> str:
    """Who a story comes from: its agencies, sorted and joined by commas, else the publisher it was first seen at."""
    return ",".join(sorted({mention.agency for mention in story.agencies})) or story.root.publisher


def entry_fields(article: Article, decision: Decision) -> list[str | float]:
    """What the ledger keeps of a settled entry, as names and values: enough to explain it."""
    return [
        *("story", decision.story, "relation", decision.relation.value, "score", decision.score),
        *(
            "rule",
            decision.rule,
            "against",
            decision.against,
            "evidence",
            msgspec.json.encode(decision.evidence).decode(),
        ),
        *("publisher", article.publisher, "url", article.url, "title", article.title),
        *("verdict", article.verdict.value, "agencies", ",".join(article.credit.agencies)),
    ]


def mark_s(window_s: int) -> int:
    """How long an entry's mark lives after its outcome, in seconds; while it stands in its feed it is renewed."""
    return max(window_s * 3 // 2, _LONGEST_PAUSE_S)


def _hashes(values: Sequence[int]) -> bytes:
    return struct.pack(f">{len(values)}Q", *values)


def _view(token: bytes, found: list[Any]) -> View:
    candidates, coverages = found
    return View(
        token,
        tuple(
            Candidate(
                story=_unpack(zlib.decompress(state)), exact=int(exact), shingles=int(shingles), anchors=float(anchors)
            )
            for _, exact, shingles, anchors, state in candidates
        ),
        {
            text(coverage): {text(story): text(origin) for story, origin in zip(pairs[::2], pairs[1::2], strict=True)}
            for coverage, pairs in coverages
        },
    )
