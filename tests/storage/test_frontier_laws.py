"""What holds of the frontier after any steps in any order, on a real Redis: nothing is lost, doubled, left behind."""

from collections import Counter

from builders import NOON, an_entry
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from redis import Redis

from newswire.event.telling import rejection
from newswire.event.types import EntryRejected
from newswire.feed import feed_from_url
from newswire.looks import Look, LookResult
from newswire.polling.price import Demand
from newswire.polling.state import FeedState
from storage.feeds import Feeds
from storage.frontier import Claim, Frontier
from storage.keys import Keys
from storage.ledger import Ledger

P = "{wirefold}:"
HOSTS = ("a.example", "b.example", "c.example")
FEEDS = [feed_from_url(f"http://{host}/{name}") for host in HOSTS[:2] for name in ("rss", "all")]
GAPS = st.sampled_from([0.0, 0.0, 500.0])
PICKS = st.integers(0, 999)  # of what there is: which item comes first is the clock's, and no draw may depend on it


class Frontiers(RuleBasedStateMachine):
    """Workers that do what workers do, or die, with leases of now and of before."""

    redis: Redis

    @initialize()
    def _begin(self) -> None:
        self.redis.flushall()
        keys = Keys()
        self.feeds, self.ledger = Feeds(self.redis, keys), Ledger(self.redis, keys)
        self.frontier = Frontier(self.redis, keys, window_s=432_000, host_gap_s=0.0)
        self.claims: list[Claim] = []  # all that were ever given
        self.followed: set[str] = set()
        self.ended: set[str] = set()
        for feed in FEEDS:
            self.follow(feed)

    @rule(feed=st.sampled_from(FEEDS))
    def follow(self, feed):
        is_new = feed.id not in self.followed or feed.id in self.ended
        assert self.feeds.follow(feed) == is_new
        self.followed.add(feed.id)
        self.ended.discard(feed.id)

    @rule(feed=st.sampled_from(FEEDS))
    def unfollow(self, feed):
        assert self.feeds.unfollow(feed.id) == (feed.id in self.followed)
        self.followed.discard(feed.id)

    @rule(feed=st.sampled_from(FEEDS), delay_s=st.sampled_from([0, 100]))
    def put_off(self, feed, delay_s):
        self.frontier.postpone([feed.id], delay_s) if delay_s else self.frontier.hurry([feed.id])

    @rule(limit=st.integers(1, 4), later=st.booleans())
    def claim(self, limit, later):
        if later:
            self.pass_time()
        self.claims += self.frontier.claim(limit=limit)
        assert self.redis.zcount(P + "frontier:leases", "-inf", 1) == 0  # what died has come back

    @rule()
    def claim_looks(self):
        """As a tick does, which first takes back the leases that ended."""
        self.claims += self.frontier.claim(limit=1)
        self.claims += self.frontier.claim_looks(limit=100, per_s=1000)

    @rule()
    def pass_time(self):
        """All that waits comes due, no host rests but those that are being asked, and leases have five seconds left."""
        held = set()
        for one, left_ms in self.redis.zrange(P + "frontier:leases", 0, -1, withscores=True):
            ends = min(int(left_ms), self.redis.time()[0] * 1000 + 5000)
            self.redis.zadd(P + "frontier:leases", {one: ends})
            host, holds = self.redis.hmget(P + f"item:{one.decode()}", "host", "holds")
            if holds == b"1":
                held.add(host)
                self.redis.set(P + f"frontier:slot:{host.decode()}", ends, px=5000)
                if self.redis.exists(P + f"frontier:host:{host.decode()}"):
                    self.redis.zadd(P + "frontier:hosts", {host: ends})
        for key in [*self.redis.keys(P + "frontier:host:*"), P + "frontier:looks"]:
            for one in self.redis.zrange(key, 0, -1):
                self.redis.zadd(key, {one: 1})
        for host in HOSTS:
            if host.encode() not in held:
                self.redis.delete(P + f"frontier:slot:{host}")
                if self.redis.exists(P + f"frontier:host:{host}"):
                    self.redis.zadd(P + "frontier:hosts", {host: 1})

    @rule(pick=PICKS)
    def die(self, pick):
        """A worker dies: its lease comes to its end."""
        if leased := sorted(self.redis.zrange(P + "frontier:leases", 0, -1)):
            self.redis.zadd(P + "frontier:leases", {leased[pick % len(leased)]: 1})

    @rule(pick=PICKS, gap_s=GAPS, holds=st.booleans())
    def begin(self, pick, gap_s, holds):
        if (claim := self._any(pick)) is not None:
            self.frontier.begin(claim.lease, "visit")
            if holds:
                self.frontier.hold(claim.lease, release_host=True, host_delay_s=gap_s)

    @rule(pick=PICKS, delay_s=GAPS, gap_s=GAPS)
    def again(self, pick, delay_s, gap_s):
        if (claim := self._any(pick)) is not None:
            self.frontier.again(claim.lease, delay_s=delay_s, counts=True, host_delay_s=gap_s)

    @rule(pick=PICKS, host=st.sampled_from(HOSTS), gap_s=GAPS, for_good=st.booleans())
    def move(self, pick, host, gap_s, for_good):
        if (claim := self._any(pick)) is not None:
            self.frontier.move(claim.lease, f"http://{host}/moved", for_good=for_good, host_delay_s=gap_s)

    @rule(
        pick=PICKS,
        host=st.sampled_from(HOSTS),
        numbers=st.sets(st.integers(1, 4)),
        ends=st.booleans(),
        condition=st.sampled_from(["well", "silent"]),
        demand=st.integers(0, 9),
    )
    def poll(self, pick, host, numbers, ends, condition, demand):
        if (claim := self._any(pick, "feed")) is not None:
            entries = [an_entry(n, host=HOSTS[n % 3], feed=claim.id) for n in numbers]
            found = self.frontier.absorb(
                claim.lease,
                FeedState(),
                address=f"http://{host}/rss",
                next_poll_s=None if ends else 100,
                demand=Demand(demand / 7, demand / 3),
                condition="dead" if ends else condition,
                standing=[entry.id for entry in entries],
                entries=[(entry, entry.id == "e4") for entry in entries],
            )
            if found >= 0 and ends:
                self.ended.add(claim.id)

    @rule(pick=PICKS, gap_s=GAPS)
    def reject(self, pick, gap_s):
        claim = self._any(pick, "page")
        if claim is not None and self.frontier.hold(claim.lease) is not None:
            entry = an_entry(int(claim.id[1:]))
            told = EntryRejected(
                entry=entry.id,
                feed="f",
                publisher="p",
                url=entry.link,
                title="",
                reason="http_404",
                detail="",
                first_seen=NOON,
            )
            event = rejection(told, NOON)
            self.frontier.reject(
                claim.lease, entry, reason="http_404", detail="", event=event, now=NOON, host_delay_s=gap_s
            )

    @rule(pick=PICKS, ends=st.booleans())
    def look(self, pick, ends):
        if (claim := self._any(pick, "look")) is not None:
            then = None if ends else Look(article=claim.id)
            self.frontier.looked(claim.lease, LookResult.UNCHANGED, then)

    @rule(number=st.integers(5, 8))
    def publish(self, number):
        """A page that was read, as commit leaves it."""
        key = P + f"item:e{number}"
        if not self.redis.exists(key):
            self.redis.hset(key, mapping={"kind": "look", "host": HOSTS[number % 3], "url": f"http://p/{number}"})
            self.redis.hset(key, mapping={"data": b"\x91\xa1a", "seen": 1})
            self.redis.zadd(P + "frontier:looks", {f"e{number}": 1})

    def _any(self, pick, kind=""):
        """A claim, mostly one whose lease still holds."""
        found = [claim for claim in self.claims if kind in ("", claim.kind)]
        current = [one for one in found if self.redis.hget(P + f"item:{one.id}", "token") == one.token.encode()]
        wanted = current if current and pick % 5 else found
        return wanted[pick // 5 % len(wanted)] if wanted else None

    @invariant()
    def each_item_waits_once_or_is_leased(self):
        waiting, queues = Counter(), set()
        for key in self.redis.keys(P + "frontier:host:*"):
            host = key.decode().removeprefix(P + "frontier:host:")
            queues.add(host)
            for one in self.redis.zrange(key, 0, -1):
                item = self.redis.hgetall(P + f"item:{one.decode()}")
                assert (item[b"host"], b"token" in item) == (host.encode(), False)
                waiting[one.decode()] += 1
            slot = float(self.redis.get(P + f"frontier:slot:{host}") or 0)
            (first,) = self.redis.zrange(key, 0, 0, withscores=True)
            assert self.redis.zscore(P + "frontier:hosts", host) == max(slot, first[1])
        assert {host.decode() for host in self.redis.zrange(P + "frontier:hosts", 0, -1)} == queues
        waiting.update(one.decode() for one in self.redis.zrange(P + "frontier:looks", 0, -1))
        leased = {one.decode() for one in self.redis.zrange(P + "frontier:leases", 0, -1)}
        waiting.update(leased)
        items = {key.decode().removeprefix(P + "item:") for key in self.redis.keys(P + "item:*")}
        assert waiting == Counter(items)
        kinds = {one: self.redis.hget(P + f"item:{one}", "kind").decode() for one in items}
        assert {one for one in items if kinds[one] == "feed"} == self.followed - self.ended
        assert {one for one in items if self.redis.hexists(P + f"item:{one}", "token")} == leased
        pages = {one.decode() for one in self.redis.smembers(P + "frontier:pages")}
        assert pages == {one for one in items if kinds[one] == "page"}
        looking = {one.decode() for one in self.redis.smembers(P + "frontier:looking")}
        assert looking == {one for one in leased if kinds[one] == "look"}
        holding = [one for one in items if self.redis.hget(P + f"item:{one}", "holds") == b"1"]
        hosts = [self.redis.hget(P + f"item:{one}", "host") for one in holding]
        assert len(hosts) == len(set(hosts))
        assert set(holding) <= leased
        for one, host in zip(holding, hosts, strict=True):
            until = float(self.redis.get(P + f"frontier:slot:{host.decode()}") or 0)
            assert until >= self.redis.zscore(P + "frontier:leases", one)

    @invariant()
    def sums_are_the_sums(self):
        asked, _ = self.feeds.demand()
        accounts = [self.redis.hget(P + f"feed:{one}", "account") or b"0 0 " for one in self.followed]
        rows = [account.decode().split(" ") for account in accounts]
        assert asked == Demand(*(sum(int(row[n]) for row in rows) / 1_000_000_000 for n in (0, 1)))
        assert self.feeds.conditions() == Counter(row[2] for row in rows if row[2])
        assert self.ledger.balance().balanced

    @invariant()
    def nothing_is_left_of_feeds_that_are_not_followed(self):
        left = {key.decode().split(":")[2] for key in self.redis.keys(P + "feed:*")}
        assert left <= self.followed


def test_whatever_workers_do_everything_waits_once_and_adds_up(redis):
    class Machine(Frontiers):
        pass

    Machine.redis = redis
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # a server cannot be brought back to where it was for less than all steps anew
            suppress_health_check=list(HealthCheck),
        ),
    )
