"""Everything that waits to be fetched, by host and due time: what is to be done lives here, never in the broker.

The classic crawler's frontier: hosts by the time they may be asked again, each with its items by due time. A claim is a
lease with a token: when the worker dies the item comes due again, and whoever holds an old token changes nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct

from newswire.article import Entry
from newswire.event import Event
from newswire.polling.state import FeedState
from newswire.url import host_of
from storage.connection import Redis, script, text, unavailable
from storage.keys import Keys
from storage.stories import Lease, mark_s
from storage.streams import REJECTS, fields_of

# Renewed when work begins and at the hand-over from io to cpu: longer than a fetch (20 s) and than a read (12 s).
LEASE_S = 45
# Longer than a lease and than the longest crawl-delay that is honoured (120 s).
RESTING_S = 150
# Feeds in one step: 100,000 in one took 1.7 s of the server (measured), which is 9 ms for so many.
MOVED_AT_ONCE = 500
# Redirects from host to host; on one host the fetcher follows them itself.
MOST_MOVES = 5


class Claim(Struct, frozen=True, kw_only=True):
    """An item leased to whoever holds its token."""

    id: str
    token: str
    kind: str  # feed or page
    host: str
    url: str

    @property
    def lease(self) -> Lease:
        """What proves the claim."""
        return Lease(self.id, self.token)


class Item(Struct, frozen=True, kw_only=True):
    """What is to be fetched."""

    kind: str
    host: str
    url: str
    attempts: int  # those that failed through the page's or its host's own doing
    entry: Entry | None  # of a page
    first_seen: datetime  # of a page, by Redis' clock


class Frontier:
    """Claims, leases and what a poll brings in. Raises `Unavailable` when Redis does not answer."""

    def __init__(
        self, client: Redis, keys: Keys, *, window_s: int, host_gap_s: float = 1.0, body_field: str = "data"
    ) -> None:
        self._client = client
        self._keys = keys
        self._mark_s = mark_s(window_s)
        self._gap_ms = int(host_gap_s * 1000)
        self._body_field = body_field
        self._claim = script(client, "frontier", "claim")
        self._hold = script(client, "frontier", "hold")
        self._again = script(client, "frontier", "again")
        self._absorb = script(client, "frontier", "ledger", "absorb")
        self._reject = script(client, "frontier", "ledger", "reject")
        self._due = script(client, "frontier", "due")
        self._move_on = script(client, "frontier", "move")

    def claim(self, *, limit: int, most: int = 100) -> list[Claim]:
        """Lease the first due item of each free host: at most `most`, and no more than `limit` leases in all."""
        with unavailable():
            claims: Any = self._claim(
                keys=[self._keys("frontier", "hosts")], args=[self._keys.prefix, LEASE_S * 1000, limit, most]
            )
        return [
            Claim(id=text(i), token=text(token), kind=text(kind), host=text(host), url=text(url))
            for i, token, kind, host, url in claims
        ]

    def begin(self, lease: Lease, stage: str) -> Item | None:
        """Renew a lease as a stage begins, and read its item.

        None when the lease is another's now, or when the stage has begun under it: the message came twice.
        """
        return self._renew(lease, stage=stage)

    def hold(self, lease: Lease, *, release_host: bool = False, host_delay_s: float = 0.0) -> Item | None:
        """Renew a lease and read its item; None when the lease is another's now.

        `release_host`: the network is done with, and the host may be asked again after its gap or a longer delay.
        """
        return self._renew(lease, release_host=release_host, host_delay_s=host_delay_s)

    def _renew(
        self, lease: Lease, *, stage: str = "", release_host: bool = False, host_delay_s: float = 0.0
    ) -> Item | None:
        args = [
            *(self._keys.prefix, lease.id, lease.token, LEASE_S * 1000),
            *("1" if release_host else "", self._host_gap_ms(host_delay_s), stage),
        ]
        with unavailable():
            found: Any = self._hold(keys=[self._keys("item", lease.id)], args=args)
        if not found:
            return None
        kind, host, url, data, attempts, first_seen = found
        entry = msgspec.msgpack.decode(data, type=Entry) if data else None
        return Item(
            kind=text(kind),
            host=text(host),
            url=text(url),
            attempts=int(attempts),
            entry=entry,
            first_seen=datetime.fromtimestamp(int(first_seen), UTC),
        )

    def again(self, lease: Lease, *, delay_s: float, counts: bool, host_delay_s: float = 0.0) -> bool:
        """Give an item back, to come due after a delay; `counts` makes it an attempt. False when the lease is stale."""
        args = [
            *(self._keys.prefix, lease.id, lease.token, int(delay_s * 1000), "1" if counts else ""),
            *(self._gap_ms, int(host_delay_s * 1000)),
        ]
        with unavailable():
            return bool(self._again(keys=[self._keys("item", lease.id)], args=args))

    def move(self, lease: Lease, url: str) -> bool:
        """Send an item on to the host of another url, whose turn it then waits for; False when it moved too often."""
        args: list[str | int] = [
            *(self._keys.prefix, lease.id, lease.token, host_of(url), url),
            *(self._gap_ms, MOST_MOVES),
        ]
        with unavailable():
            return int(self._move_on(keys=[self._keys("item", lease.id)], args=args)) >= 0

    def absorb(
        self,
        lease: Lease,
        state: FeedState,
        *,
        next_poll_s: float | None,
        host_delay_s: float = 0.0,
        standing: Sequence[str] | None = None,
        entries: Iterable[tuple[Entry, bool]] = (),
    ) -> int:
        """Take in what a poll found, in one step; returns the number of new entries, -1 when the lease is stale.

        `standing` are the ids of all entries in the document, None when it is unchanged; `entries` are those that may
        be new, each with whether it is too old to be read. `next_poll_s` is None for a feed that has ended.
        """
        args: list[str | bytes | int] = [
            *(self._keys.prefix, lease.id, lease.token, msgspec.msgpack.encode(state)),
            "" if next_poll_s is None else int(next_poll_s * 1000),
            self._host_gap_ms(host_delay_s),
            *(self._mark_s, "" if standing is None else "1", len(standing or ()), *(standing or ())),
        ]
        for entry, too_old in entries:
            data = b"" if too_old else msgspec.msgpack.encode(entry)
            args += [
                entry.id,
                "1" if too_old else "",
                host_of(entry.link),
                entry.link,
                data,
                entry.publisher,
                entry.title,
            ]
        with unavailable():
            return int(self._absorb(keys=[self._keys("feed", lease.id)], args=args))

    def reject(
        self,
        lease: Lease,
        entry: Entry,
        *,
        reason: str,
        detail: str,
        event: Event[Any],
        now: datetime,
        host_delay_s: float = 0.0,
    ) -> bool:
        """End an entry that could not be read; False when the lease is stale."""
        fields = ["reason", reason, "detail", detail]
        body = fields_of(event, self._body_field)
        args: list[str | bytes | int] = [
            *(self._keys.prefix, int(now.timestamp()), lease.id, lease.token, entry.feed, f"rejected:{reason}"),
            *(self._mark_s, self._host_gap_ms(host_delay_s)),
            *(len(fields), *fields, self._keys.stream(REJECTS), len(body), *body),
        ]
        with unavailable():
            return bool(self._reject(keys=[self._keys("entry", lease.id)], args=args))

    def unknown(self, ids: Sequence[str]) -> set[str]:
        """Those of the entries that no poll has announced."""
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            for entry_id in ids:
                pipeline.exists(self._keys("entry", entry_id))
            return {entry_id for entry_id, known in zip(ids, pipeline.execute(), strict=True) if not known}

    def hurry(self, feeds: Sequence[str]) -> None:
        """Make feeds that wait due now."""
        self._move(feeds, 0)

    def postpone(self, feeds: Sequence[str], delay_s: float) -> None:
        """Make feeds that wait due no sooner than after a delay."""
        self._move(feeds, delay_s)

    def _host_gap_ms(self, host_delay_s: float) -> int:
        """How long a host is left alone after a request: the gap, or longer where it asked for that."""
        return max(self._gap_ms, int(host_delay_s * 1000))

    def _move(self, feeds: Sequence[str], delay_s: float) -> None:
        with unavailable():
            for at in range(0, len(feeds), MOVED_AT_ONCE):
                args: list[str | int] = [self._keys.prefix, int(delay_s * 1000), *feeds[at : at + MOVED_AT_ONCE]]
                self._due(keys=[self._keys("frontier", "hosts")], args=args)

    def resting(self, hosts: Collection[str]) -> set[str]:
        """Those of the hosts that asked to be left alone for longer than any lease or crawl-delay lasts."""
        names = sorted(hosts)
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            for host in names:
                pipeline.pttl(self._keys("frontier", "slot", host))
            return {host for host, left_ms in zip(names, pipeline.execute(), strict=True) if left_ms > RESTING_S * 1000}

    def in_hand(self) -> tuple[int, int]:
        """The number of entries that wait or are being read, and of leases."""
        with unavailable():
            pipeline = self._client.pipeline(transaction=True)
            pipeline.scard(self._keys("frontier", "pages"))
            pipeline.zcard(self._keys("frontier", "leases"))
            waiting, leased = pipeline.execute()
        return int(waiting), int(leased)
