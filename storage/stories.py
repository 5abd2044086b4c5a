"""The stories in the window: what an article may be a printing of, and the one atomic step that settles what it is."""

import struct
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newswire.article import Article
from newswire.decision import Decision
from newswire.event.envelope import Event
from newswire.looks import Look, LookResult
from newswire.sameness.comparable import Comparable
from newswire.sameness.fingerprint import Signature, sign
from newswire.sameness.shortlist import Candidate
from newswire.story import Story, centre_id, coverage_id, independent, origin_of
from storage.connection import Redis, script, text, unavailable
from storage.keys import Keys
from storage.outbox import Outbox
from storage.packing import Kept, packed, packed_story, text_of, unpacked, unpacked_story

# Anchors weigh 1 when unique in the window and 0 in a hundred stories. With 1.0 the best eight hold 292 of 296 whole
# translations of a labelled stream, 264 of 273 cut ones and 391 of 393 machine translations.
LEAST_ANCHORS = 0.7
# Best by shingles and best by anchors, each: sampled 5-grams bring 4 candidates a query on 12,000 articles (measured).
MOST = 8

# A feed may rest for a day, and skip the days it names: its entries' marks must live until it is asked again.
_LONGEST_PAUSE_S = 8 * 86400


class View(Struct, frozen=True):
    """What a decision relies on. `token` changes when any of it does."""

    token: bytes
    candidates: tuple[Candidate, ...]


class Lease(Struct, frozen=True):
    """A claim on an item of the frontier; the token is "" for a backfill, which has none."""

    id: str
    token: str = ""


class Answer(StrEnum):
    """What became of a commit."""

    DONE = "done"
    STALE = "stale"  # the lease is another's now
    ALREADY = "already"  # the entry had its outcome: the step was done before


class Part(Struct, frozen=True, kw_only=True):
    """One of the two stories that a split leaves: what it is, and its printings."""

    story: Story
    printed: tuple[str, ...]


class Record(Struct, frozen=True, kw_only=True):
    """A story as it is kept (storage/lua/story.lua)."""

    seen: int  # s since 1970: when it was last printed
    into: str  # the story it was merged into, or ""
    printed: tuple[str, ...]
    state: bytes


class Stories:
    """Reads candidates and commits decisions. Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys, *, window_s: int, outbox: Outbox | None = None) -> None:
        self._client = client
        self._keys = keys
        self._window_s = window_s
        self._outbox = outbox or Outbox(keys)
        self._candidates = script(client, "story", "index", "candidates")
        self._commit = script(client, "frontier", "ledger", "story", "index", "commit")
        self._revise = script(client, "frontier", "ledger", "story", "index", "look", "revise")
        self._merge = script(client, "frontier", "ledger", "story", "index", "merge")
        self._split = script(client, "frontier", "ledger", "story", "index", "split")

    def candidates(self, signature: Signature, now: datetime) -> View:
        """What shares something with the signature; writes nothing."""
        with unavailable():
            token, found = self._candidates(keys=[self._keys("ledger")], args=self._query(signature, now))
        return _view(token, found)

    def texts(self, articles: Sequence[str]) -> dict[str, Comparable]:
        """The texts of printings by their ids, ready to be compared; those that are not kept any more are left out."""
        if not articles:
            return {}
        with unavailable():
            found: Any = self._client.mget([self._keys("article", article) for article in articles])
        return {article: text_of(form) for article, form in zip(articles, found, strict=True) if form}

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
        events: Iterable[Event[Any]],
        now: datetime,
        look: Look | None = None,
    ) -> Answer | View:
        """Write story, index, article, ledger and events, and take the entry off the frontier; all of it or nothing.

        `look` is the first that is taken at its page afterwards. Returns the new view when what the decision relied on
        has moved: decide again. Deterministic ids make a second call with the same article `ALREADY`. Raises BadEvent
        for an event that its schema would refuse.
        """
        events = tuple(events)
        story = self._outbox.routed(story, events)
        is_face = any(face.article == article.id for face in story.faces)
        args: list[str | bytes | int | float] = [
            *self._query(signature, now),
            view.token,
            article.id,
            lease.token,
            feed,
            outcome,
            mark_s(self._window_s),
            *(story.id, story.changes, story.coverage, packed_story(story)),
            "1" if is_face else "",
            origin_of(story),
            packed(article, decision),
            _faces(story),
            " ".join(decision.merges),
            *look_args(look),
            *self._outbox.packed(events, story.routes),
        ]
        with unavailable():
            answer, *rest = self._commit(keys=[self._keys("story", story.id)], args=args)
        if answer == b"moved":
            return _view(*rest)
        return Answer(text(answer))

    def revise(
        self,
        lease: Lease,
        article: Article,
        decision: Decision,
        story: Story,
        seen: Story,
        *,
        result: LookResult,
        then: Look | None,
        event: Event[Any],
        now: datetime,
    ) -> Answer | None:
        """Write down what a page says when it is looked at again, and end that look; all of it or nothing.

        `seen` is the story before, `then` the next look. None when the story has changed meanwhile: decide again.
        """
        story = self._outbox.routed(story, [event])
        signature = sign(article)
        is_face = any(face.article == article.id for face in story.faces)
        hashes = [signature.exact, signature.shingles, signature.anchors] if is_face else []
        args: list[str | bytes | int] = [
            *(self._keys.prefix, int(now.timestamp()), self._window_s, _as_seen([seen]), lease.id, lease.token),
            *(story.id, story.changes, story.coverage, packed_story(story), origin_of(story), _faces(story)),
            *(article.id, packed(article, decision), b"".join(map(_hashes, hashes))),
            *(result, *look_args(then)),
            *self._outbox.packed([event], story.routes),
        ]
        with unavailable():
            answer = text(self._revise(keys=[self._keys("story", story.id)], args=args))
        return None if answer == "moved" else Answer(answer)

    def merge(self, story: Story, seen: Sequence[Story], event: Event[Any], now: datetime) -> bool:
        """Make the stories that were `seen` the one that is given; False when one of them has changed meanwhile."""
        story = self._outbox.routed(story, [event])
        args: list[str | bytes | int] = [
            *(self._keys.prefix, int(now.timestamp()), self._window_s),
            *(story.id, story.changes, story.coverage, packed_story(story), origin_of(story), _faces(story)),
            " ".join(other.id for other in seen if other.id != story.id),
            _as_seen(seen),
            *self._outbox.packed([event], story.routes),
        ]
        with unavailable():
            return bool(self._merge(keys=[self._keys("story", story.id)], args=args))

    def split(
        self, left: Part, moved: Part, kept: Sequence[Kept], seen: Sequence[Story], event: Event[Any], now: datetime
    ) -> bool:
        """Make two stories of one; False when what was `seen` has changed meanwhile.

        `kept` are the printings that move, the one that their story begins with first.
        """
        left = replace(left, story=self._outbox.routed(left.story, [event]))
        moved = replace(moved, story=replace(moved.story, routes=left.story.routes))  # who was told of one, was of both
        signatures = [sign(one.article) for one in kept]
        args: list[str | bytes | int] = [
            *(self._keys.prefix, int(now.timestamp()), self._window_s, _as_seen(seen)),
            *_part(left),
            *_part(moved),
            *(_hashes(signatures[0].exact), _hashes(signatures[0].shingles), _hashes(signatures[0].anchors)),
            b"".join(_hashes(signature.exact) for signature in signatures),
            len(kept),
            *(part for one in kept for part in (one.article.id, packed(one.article, one.decision))),
            *self._outbox.packed([event], moved.story.routes),
        ]
        with unavailable():
            return bool(self._split(keys=[self._keys("story", left.story.id)], args=args))

    def kept(self, articles: Sequence[str]) -> list[Kept]:
        """Printings with what was decided of them, by their ids; those that are not kept any more are left out."""
        with unavailable():
            found: Any = self._client.mget([self._keys("article", article) for article in articles]) if articles else ()
        return [unpacked(form) for form in found if form]

    def sources(self, story: Story, merged: Collection[str] = ()) -> int:
        """The number of independent origins in a story's coverage, once it is as given, with the merged ones in it.

        Echoes are none, but a coverage of nothing else has one.
        """
        coverages = [story.coverage] if story.coverage != coverage_id(story.id) or story.changes > 1 else []
        with unavailable():
            found: Any = [
                self._client.hgetall(self._keys("coverage", coverage))
                for coverage in (*coverages, *map(coverage_id, merged))
            ]
        origins = {text(one): text(origin) for coverage in found for one, origin in coverage.items()}
        kept = {one: origin for one, origin in origins.items() if one not in merged} | {story.id: origin_of(story)}
        return independent(kept.values())

    def story(self, story_id: str) -> Story | None:
        """The story that an id stands for by now, or None when it is unknown or has left the window."""
        record = self._record(story_id)
        while record and record.into:
            record = self._record(record.into)
        if record is None:
            return None
        story = unpacked_story(record.state)
        centre = self.story(centre_id(story.coverage)) if centre_id(story.coverage) != story.id else None
        return replace(story, coverage=centre.coverage) if centre else story

    def before_merging(self, story_id: str) -> Part | None:
        """What a story was when it was merged into another; None when it was not."""
        record = self._record(story_id)
        return Part(story=unpacked_story(record.state), printed=record.printed) if record and record.into else None

    def printed(self, story: Story) -> tuple[str, ...]:
        """The ids of a story's printings, in the order of their coming."""
        record = self._record(story.id)
        return record.printed if record else ()

    def _record(self, story_id: str) -> Record | None:
        with unavailable():
            found: Any = self._client.get(self._keys("story", story_id))
        return record_of(found) if found else None

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


def record_of(form: bytes) -> Record:
    """A story's record, as it is kept."""
    head, printed, state = form.split(b"\n", 2)
    _, _, seen, into = text(head).split(" ")
    return Record(seen=int(seen), into=into, printed=tuple(text(printed).split()), state=state)


def mark_s(window_s: int) -> int:
    """How long an entry's mark lives after its outcome, in seconds; while it stands in its feed it is renewed."""
    return max(window_s * 3 // 2, _LONGEST_PAUSE_S)


def look_args(look: Look | None) -> tuple[int | str, bytes]:
    """The next look at a page as the scripts take it: ms until then, "" for none, and what is known of it."""
    delay_s = look.delay_s if look else None
    return ("", b"") if delay_s is None else (delay_s * 1000, msgspec.msgpack.encode(look))


def _hashes(values: Sequence[int]) -> bytes:
    return struct.pack(f">{len(values)}Q", *values)


def _faces(story: Story) -> str:
    return " ".join(face.article for face in story.faces)


def _as_seen(stories: Iterable[Story]) -> str:
    return " ".join(f"{story.id}:{story.changes}" for story in stories)


def _part(part: Part) -> tuple[str | bytes | int, ...]:
    story, printed = part.story, "".join(f"{article} " for article in part.printed)
    return (story.id, story.changes, story.coverage, packed_story(story), origin_of(story), _faces(story), printed)


def _view(token: bytes, found: list[Any]) -> View:
    return View(
        token,
        tuple(
            Candidate(
                story=replace(unpacked_story(state), coverage=text(coverage)),
                exact=int(exact),
                shingles=int(shingles),
                anchors=float(anchors),
            )
            for coverage, exact, shingles, anchors, state in found
        ),
    )
