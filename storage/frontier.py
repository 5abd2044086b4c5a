"""Everything that waits to be fetched, by host and due time: what is to be done lives here, never in the broker.

The classic crawler's frontier: hosts by the time they may be asked again, each with its items by due time. A claim is a
lease with a token: when the worker dies the item comes due again, and whoever holds an old token changes nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct

from newswire.article import Entry
from newswire.event.envelope import Event
from newswire.looks import Look, LookResult
from newswire.polling.manners import OUTAGE_HOSTS
from newswire.polling.price import NO_DEMAND, Demand
from newswire.polling.state import FeedState
from newswire.url import host_of
from storage.connection import Redis, script, text, unavailable
from storage.feeds import units
from storage.keys import Keys
from storage.outbox import Outbox
from storage.stories import Lease, look_args, mark_s

# Renewed when work begins and at the hand-over from io to cpu: longer than a fetch (20 s) and than a read (12 s).
LEASE_S = 45
# Longer than a lease and than the longest crawl-delay that is honoured (120 s).
RESTING_S = 150
# Feeds in one step: 100,000 in one took 1.7 s of the server (measured), which is 9 ms for so many.
MOVED_AT_ONCE = 500
# Redirects from host to host; on one host the fetcher follows them itself.
MOST_MOVES = 5
# What the budget for looks gives in this time may be due; whatever is beyond would come ever later, and is dropped.
LOOKS_LATE_S = 600


class Claim(Struct, frozen=True, kw_only=True):
    """An item leased to whoever holds its token."""

    id: str
    token: str
    kind: str  # feed, page, or look
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
    was_moved: bool = False  # redirected to this host by another
    was_moved_for_good: bool = False  # and every redirect on the way was a permanent one
    look: Look | None = None  # at a page that was read before


class Frontier:
    """Claims, leases and what a poll brings in. Raises `Unavailable` when Redis does not answer."""

    def __init__(
        self, client: Redis, keys: Keys, *, window_s: int, host_gap_s: float = 1.0, outbox: Outbox | None = None
    ) -> None:
        self._client = client
        self._keys = keys
        self._mark_s = mark_s(window_s)
        self._gap_ms = int(host_gap_s * 1000)
        self._outbox = outbox or Outbox(keys)
        self._claim = script(client, "frontier", "claim")
        self._claim_looks = script(client, "frontier", "ledger", "claim_looks")
        self._sooner = script(client, "frontier", "sooner")
        self._looked = script(client, "frontier", "ledger", "look", "looked")
        self._reserve = script(client, "frontier", "reserve")
        self._free = script(client, "frontier", "free")
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
                keys=[self._keys("frontier", "hosts")],
                args=[self._keys.prefix, LEASE_S * 1000, limit, most, OUTAGE_HOSTS],
            )
        return _claims(claims)

    def claim_looks(self, *, limit: int, per_s: float) -> list[Claim]:
        """Lease looks that are due, at hosts that have nothing else due: at most `per_s` a second, over all callers.

        What would come too late by that is dropped, and counted; with 0 everything that is due.
        """
        pause_ms = int(1000 / per_s) if per_s else LOOKS_LATE_S * 1000
        with unavailable():
            claims: Any = self._claim_looks(
                keys=[self._keys("frontier", "looks")],
                args=[
                    *(self._keys.prefix, LEASE_S * 1000, limit if per_s else 0),
                    *(pause_ms, int(per_s * LOOKS_LATE_S), OUTAGE_HOSTS),
                ],
            )
        return _claims(claims)

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
        kind, host, url, data, attempts, first_seen, moves, astray = found
        is_look = kind == b"look"
        return Item(
            kind=text(kind),
            host=text(host),
            url=text(url),
            attempts=int(attempts),
            entry=msgspec.msgpack.decode(data, type=Entry) if data and not is_look else None,
            first_seen=datetime.fromtimestamp(int(first_seen), UTC),
            was_moved=int(moves) > 0,
            was_moved_for_good=int(moves) > 0 and not astray,
            look=msgspec.msgpack.decode(data, type=Look) if is_look else None,
        )

    def looked(self, lease: Lease, result: LookResult, then: Look | None, *, host_delay_s: float | None = 0.0) -> bool:
        """End a look that told nothing; `then` is the next. False when the lease is stale."""
        args = [
            *(self._keys.prefix, lease.id, lease.token, result),
            *(*look_args(then), self._host_gap_ms(host_delay_s)),
        ]
        with unavailable():
            return bool(self._looked(keys=[self._keys("item", lease.id)], args=args))

    def again(self, lease: Lease, *, delay_s: float, counts: bool, host_delay_s: float = 0.0) -> bool:
        """Give an item back, to come due after a delay; `counts` makes it an attempt. False when the lease is stale."""
        args = [
            *(self._keys.prefix, lease.id, lease.token, int(delay_s * 1000), "1" if counts else ""),
            *(self._gap_ms, int(host_delay_s * 1000)),
        ]
        with unavailable():
            return bool(self._again(keys=[self._keys("item", lease.id)], args=args))

    def move(self, lease: Lease, url: str, *, for_good: bool = False, host_delay_s: float = 0.0) -> bool:
        """Send an item on to the host of another url, whose turn it then waits for; False when it moved too often."""
        args: list[str | int] = [
            *(self._keys.prefix, lease.id, lease.token, host_of(url), url),
            *(self._host_gap_ms(host_delay_s), MOST_MOVES, "1" if for_good else ""),
        ]
        with unavailable():
            return int(self._move_on(keys=[self._keys("item", lease.id)], args=args)) >= 0

    @contextmanager
    def turn_of(self, host: str) -> Iterator[bool]:
        """Within it, the turn of a host for a request that no item of its own makes; False when it is not free."""
        key, prefix = self._keys("frontier", "slot", host), self._keys.prefix
        with unavailable():
            is_free = bool(self._reserve(keys=[key], args=[prefix, host, LEASE_S * 1000]))
        try:
            yield is_free
        finally:
            if is_free:
                with unavailable():
                    self._free(keys=[key], args=[prefix, host, self._gap_ms])

    def absorb(
        self,
        lease: Lease,
        state: FeedState,
        *,
        address: str,
        next_poll_s: float | None,
        demand: Demand = NO_DEMAND,
        condition: str = "",
        host_delay_s: float | None = 0.0,
        standing: Sequence[str] | None = None,
        entries: Sequence[tuple[Entry, bool]] = (),
        events: Iterable[Event[Any]] = (),
    ) -> int:
        """Take in what a poll found, in one step; returns the number of new entries, -1 when the lease is stale.

        `address` is where the feed is asked next, `next_poll_s` is None when it has ended, `demand` is what it adds to
        the demand of all, and it is counted under its `condition`. `standing` are the ids of all entries in the
        document, None when it is unchanged; `entries` are those that may be new, each with whether it is too old to be
        read. Raises BadEvent for an event that its schema would refuse.
        """
        delay_ms = "" if next_poll_s is None else str(int(next_poll_s * 1000))
        args: list[str | bytes | int] = [
            *(self._keys.prefix, lease.id, lease.token, msgspec.msgpack.encode(state), delay_ms),
            *(self._host_gap_ms(host_delay_s), self._mark_s, "" if standing is None else "1"),
            *(address, host_of(address), units(demand.priced), units(demand.turnover), condition),
        ]
        args += [len(standing or ()), *(standing or ()), len(entries)]
        for entry, too_old in entries:
            data = b"" if too_old else msgspec.msgpack.encode(entry)
            too_old_flag = "1" if too_old else ""
            args += [entry.id, too_old_flag, host_of(entry.link), entry.link, data, entry.publisher, entry.title]
        args += self._outbox.packed(events)
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
        host_delay_s: float | None = 0.0,
    ) -> bool:
        """End an entry that could not be read; False when the lease is stale.

        `host_delay_s` is None when its host was not asked: then it need not be left alone. Raises
        BadEvent.
        """
        fields = ["reason", reason, "detail", detail]
        args: list[str | bytes | int] = [
            *(self._keys.prefix, int(now.timestamp()), lease.id, lease.token, entry.feed, f"rejected:{reason}"),
            *(self._mark_s, self._host_gap_ms(host_delay_s)),
            *(len(fields), *fields, *self._outbox.packed([event])),
        ]
        with unavailable():
            return bool(self._reject(keys=[self._keys("entry", lease.id)], args=args))

    def hurry(self, feeds: Sequence[str]) -> None:
        """Make feeds that wait due now."""
        self._move(feeds, 0)

    def look_sooner(self, changed: Iterable[tuple[str, datetime]]) -> None:
        """Make the looks at entries' pages due now that were changed, by what their feeds say, since they were read."""
        pairs = [part for entry, at in changed for part in (entry, int(at.timestamp()))]
        if pairs:
            with unavailable():
                self._sooner(keys=[self._keys("frontier", "looks")], args=[self._keys.prefix, *pairs])

    def postpone(self, feeds: Sequence[str], delay_s: float) -> None:
        """Make feeds that wait due no sooner than after a delay."""
        self._move(feeds, delay_s)

    def _host_gap_ms(self, host_delay_s: float | None) -> int:
        """How long a host is left alone after a request: the gap, or longer where it asked for that; 0 without one."""
        return 0 if host_delay_s is None else max(self._gap_ms, int(host_delay_s * 1000))

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
        """The number of entries that wait or are being read, and of leases; those on looks are nobody's to wait for."""
        with unavailable():
            pipeline = self._client.pipeline(transaction=True)
            pipeline.scard(self._keys("frontier", "pages"))
            pipeline.zcard(self._keys("frontier", "leases"))
            pipeline.scard(self._keys("frontier", "looking"))
            waiting, leased, looking = pipeline.execute()
        return int(waiting), int(leased) - int(looking)


def _claims(found: Iterable[Any]) -> list[Claim]:
    return [
        Claim(id=text(i), token=text(token), kind=text(kind), host=text(host), url=text(url))
        for i, token, kind, host, url in found
    ]
