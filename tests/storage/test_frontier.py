"""What waits, on a real Redis."""

import time

import pytest
from builders import NOON, an_entry
from redis import Redis

from newswire.event.telling import rejection
from newswire.event.types import EntryRejected
from newswire.feed import feed_from_url
from newswire.polling.state import FeedState
from storage.errors import Unavailable
from storage.feeds import BATCH, Feeds
from storage.frontier import MOVED_AT_ONCE, Claim, Frontier
from storage.keys import Keys
from storage.ledger import Ledger
from storage.stories import Lease

URL = "http://p.example/rss"
FEED = feed_from_url(URL)


@pytest.fixture
def frontier(redis: Redis) -> Frontier:
    Feeds(redis, Keys()).follow(FEED)
    return Frontier(redis, Keys(), window_s=432_000, host_gap_s=0.05)


def claim(frontier: Frontier) -> Claim:
    """The next claim, once its host may be asked."""
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        if claims := frontier.claim(limit=10):
            return claims[0]
        time.sleep(0.01)
    raise AssertionError("nothing came due")


def polled(frontier: Frontier, *entries, too_old: bool = False) -> int:
    """One poll of the feed that found these entries."""
    return frontier.absorb(
        claim(frontier).lease,
        FeedState(),
        address=URL,
        next_poll_s=1000,
        standing=[entry.id for entry in entries],
        entries=[(entry, too_old) for entry in entries],
    )


def test_a_followed_feed_is_due_at_once_and_only_once(redis, frontier):
    assert Feeds(redis, Keys()).follow(FEED) is False
    assert [(c.id, c.kind, c.host, c.url) for c in frontier.claim(limit=10)] == [(FEED.id, "feed", "p.example", URL)]
    assert frontier.claim(limit=10) == []


def test_one_host_has_one_request_in_flight_and_a_gap_after_it(frontier):
    polled(frontier, an_entry(1), an_entry(2))
    first = claim(frontier)
    assert frontier.claim(limit=10) == []
    assert frontier.hold(first.lease, release_host=True).entry.id == first.id
    assert frontier.claim(limit=10) == []  # the gap
    assert {first.id, claim(frontier).id} == {"e1", "e2"}


def test_no_more_is_claimed_than_there_is_room_for(frontier):
    polled(frontier, *(an_entry(i, host=f"h{i}.example") for i in range(5)))
    assert len(frontier.claim(limit=3)) == 3
    assert frontier.claim(limit=3) == []


def test_an_entry_is_counted_once_in_however_many_feeds_it_stands(redis, frontier):
    other = feed_from_url("http://p.example/world.rss")
    Feeds(redis, Keys()).follow(other)
    assert polled(frontier, an_entry(1)) == 1
    frontier.postpone(["e1"], 100)
    assert polled(frontier, an_entry(1)) == 0
    balance = Ledger(redis, Keys()).balance()
    assert (balance.entries, balance.waiting, balance.sightings, balance.balanced) == (1, 1, 1, True)


def test_an_entry_too_old_ends_at_once_and_is_not_fetched(redis, frontier):
    assert polled(frontier, an_entry(1), too_old=True) == 1
    balance = Ledger(redis, Keys()).balance()
    assert (balance.entries, balance.waiting, balance.reasons) == (1, 0, {"too_old": 1})


def test_a_lease_that_ended_comes_due_again_and_its_token_is_worth_nothing(redis, frontier):
    polled(frontier, an_entry(1))
    old = claim(frontier)
    redis.zadd("{wirefold}:frontier:leases", {old.id: 1})  # as if its worker had died long ago
    new = claim(frontier)
    assert new.id == old.id
    assert frontier.hold(old.lease) is None
    assert frontier.again(old.lease, delay_s=0, counts=True) is False
    assert frontier.hold(new.lease).attempts == 0  # the death of a worker is nobody's attempt


def test_a_message_that_comes_twice_begins_its_stage_once(frontier):
    polled(frontier, an_entry(1))
    lease = claim(frontier).lease
    assert frontier.begin(lease, "visit").url == "http://p.example/1"
    assert frontier.begin(lease, "visit") is None
    assert frontier.begin(lease, "ingest").url == "http://p.example/1"
    frontier.again(lease, delay_s=0, counts=False)
    assert frontier.begin(claim(frontier).lease, "visit").url == "http://p.example/1"


def test_a_host_waits_for_as_long_as_the_lease_of_its_request_though_that_was_long_in_coming(redis, frontier):
    lease = claim(frontier).lease
    redis.set("{wirefold}:frontier:slot:p.example", 1, px=10)  # what is left after 45 s in the queue
    frontier.begin(lease, "visit")
    slot = float(redis.get("{wirefold}:frontier:slot:p.example"))
    assert slot == redis.zscore("{wirefold}:frontier:leases", FEED.id)


def test_an_item_given_back_waits_its_delay_and_counts_only_what_it_is_told_to(frontier):
    polled(frontier, an_entry(1))
    assert frontier.again(claim(frontier).lease, delay_s=0.1, counts=True) is True
    assert frontier.claim(limit=10) == []
    lease = claim(frontier).lease
    assert frontier.hold(lease).attempts == 1
    frontier.again(lease, delay_s=0, counts=False)
    assert frontier.hold(claim(frontier).lease).attempts == 1


def test_a_host_that_asked_for_a_pause_is_left_alone(frontier):
    polled(frontier, an_entry(1), an_entry(2))
    frontier.again(claim(frontier).lease, delay_s=0, counts=True, host_delay_s=0.3)
    started = time.monotonic()
    claim(frontier)
    assert time.monotonic() - started > 0.25


def test_a_rejected_entry_leaves_its_host_alone_for_as_long_as_it_asked(frontier):
    entry = an_entry(1)
    polled(frontier, entry, an_entry(2))
    told = EntryRejected(
        entry=entry.id, feed=entry.feed, publisher=entry.publisher, url=entry.link, title=entry.title,
        reason="http_429", detail="", first_seen=NOON,
    )  # fmt: skip
    end = {"reason": "http_429", "detail": "", "event": rejection(told, NOON), "now": NOON}
    assert frontier.reject(claim(frontier).lease, entry, **end, host_delay_s=0.3) is True
    started = time.monotonic()
    claim(frontier)
    assert time.monotonic() - started > 0.25


def test_a_rejected_entry_is_told_once_and_leaves_the_frontier(redis, frontier):
    entry = an_entry(1)
    polled(frontier, entry)
    lease = claim(frontier).lease
    told = EntryRejected(
        entry=entry.id, feed=entry.feed, publisher=entry.publisher, url=entry.link, title=entry.title,
        reason="consent", detail="", first_seen=NOON,
    )  # fmt: skip
    end = {"reason": "consent", "detail": "", "event": rejection(told, NOON), "now": NOON}
    assert frontier.reject(lease, entry, **end) is True
    assert frontier.reject(lease, entry, **end) is False
    assert redis.xlen("{wirefold}:rejects") == 1
    assert frontier.in_hand() == (0, 0)
    balance = Ledger(redis, Keys()).balance()
    assert (balance.outcomes["rejected"], balance.balanced) == (1, True)


def test_an_end_that_cannot_be_told_is_none(redis, frontier):
    entry = an_entry(1)
    polled(frontier, entry)
    lease = claim(frontier).lease
    told = EntryRejected(
        entry=entry.id, feed=entry.feed, publisher=entry.publisher, url=entry.link, title=entry.title,
        reason="consent", detail="", first_seen=NOON,
    )  # fmt: skip
    end = {"reason": "consent", "detail": "", "event": rejection(told, NOON), "now": NOON}
    redis.set("{wirefold}:rejects", "not ours")
    with pytest.raises(Unavailable):
        frontier.reject(lease, entry, **end)
    frontier.hold(lease, release_host=True)
    frontier.hurry([FEED.id])
    feed = claim(frontier).lease
    with pytest.raises(Unavailable):
        frontier.absorb(feed, FeedState(ended=True), address=URL, next_poll_s=None, events=[rejection(told, NOON)])
    redis.delete("{wirefold}:rejects")
    assert frontier.absorb(feed, FeedState(), address=URL, next_poll_s=1000) == 0
    assert frontier.reject(lease, entry, **end) is True
    assert [fields[b"sequence"] for _, fields in redis.xrange("{wirefold}:rejects")] == [b"0000000000000001"]


def test_a_mark_lives_for_as_long_as_its_entry_stands_in_the_feed(redis, frontier):
    polled(frontier, an_entry(1), too_old=True)
    redis.expire("{wirefold}:entry:e1", 100)
    redis.hset(f"{{wirefold}}:feed:{FEED.id}", "touched", 1)
    frontier.hurry([FEED.id])
    frontier.absorb(claim(frontier).lease, FeedState(), address=URL, next_poll_s=1000)  # an unchanged poll
    assert redis.ttl("{wirefold}:entry:e1") == 8 * 86_400


def test_a_feed_that_ended_leaves_the_frontier_and_stays_in_the_catalogue(redis, frontier):
    frontier.absorb(claim(frontier).lease, FeedState(ended=True), address=URL, next_poll_s=None)
    frontier.hurry([FEED.id])
    assert frontier.claim(limit=10) == []
    assert Feeds(redis, Keys()).get(FEED.id) == (FEED, FeedState(ended=True))


def test_a_feed_that_ended_begins_anew_when_it_is_added_again(redis, frontier):
    frontier.absorb(claim(frontier).lease, FeedState(ended=True), address=URL, next_poll_s=None)
    feeds = Feeds(redis, Keys())
    assert feeds.follow(FEED) is True
    assert feeds.get(FEED.id) == (FEED, FeedState())
    assert claim(frontier).id == FEED.id


def test_a_feed_removed_while_it_is_asked_gives_its_host_no_second_request(redis, frontier):
    polled(frontier, an_entry(1))
    frontier.hurry([FEED.id])
    frontier.postpone(["e1"], 100)
    taken = claim(frontier)
    other = FEED.id if taken.id == "e1" else "e1"
    assert Feeds(redis, Keys()).unfollow(FEED.id) is True
    assert [c.id for c in frontier.claim(limit=10) if c.id == other] == []


def test_a_removed_feed_is_gone_with_its_state_while_its_entries_are_still_read(redis, frontier):
    polled(frontier, an_entry(1))
    feeds = Feeds(redis, Keys())
    assert feeds.unfollow(FEED.id) is True
    assert feeds.unfollow(FEED.id) is False
    assert feeds.all() == []
    assert claim(frontier).id == "e1"


def test_a_poll_under_a_stale_lease_brings_in_nothing(redis, frontier):
    assert (
        frontier.absorb(Lease(FEED.id, "999"), FeedState(), address=URL, next_poll_s=1, entries=[(an_entry(1), False)])
        == -1
    )
    assert Ledger(redis, Keys()).balance().entries == 0


def test_nothing_is_left_of_an_entry_but_its_mark(redis, frontier):
    entry = an_entry(1)
    polled(frontier, entry)
    told = EntryRejected(
        entry=entry.id, feed=entry.feed, publisher=entry.publisher, url=entry.link, title=entry.title,
        reason="empty", detail="", first_seen=NOON,
    )  # fmt: skip
    frontier.reject(claim(frontier).lease, entry, reason="empty", detail="", event=rejection(told, NOON), now=NOON)
    left = {key.decode() for key in redis.keys("*e1*")} | {key.decode() for key in redis.keys("*p.example*")}
    mark, next_poll, gap = "entry:e1", "frontier:host:p.example", "frontier:slot:p.example"
    assert left == {f"{{wirefold}}:{key}" for key in (mark, next_poll, gap)}
    assert 0 < redis.pttl("{wirefold}:frontier:slot:p.example") <= 50


def test_many_feeds_are_followed_as_one_is_and_only_the_new_are_counted(redis, frontier):
    feeds = Feeds(redis, Keys())
    more = [feed_from_url(f"http://h{i}.example/rss") for i in range(BATCH + 1)]
    assert feeds.follow_all([FEED, *more]) == BATCH + 1
    assert feeds.follow_all(iter(more)) == 0
    assert {c.id for c in frontier.claim(limit=2 * BATCH, most=2 * BATCH)} == {feed.id for feed in [FEED, *more]}


def test_every_feed_is_told_once_and_in_the_order_of_addresses(redis, frontier):
    feeds = Feeds(redis, Keys())
    more = [feed_from_url(f"http://h{i}.example/rss") for i in range(2 * BATCH)]
    feeds.follow_all(more)
    state = FeedState(etag='"a"', polled=NOON)
    (lease,) = [claim.lease for claim in frontier.claim(limit=BATCH * 3, most=BATCH * 3) if claim.id == FEED.id]
    frontier.absorb(lease, state, address=URL, next_poll_s=1000)
    expected = [(feed, FeedState()) for feed in more] + [(FEED, state)]
    assert feeds.all() == sorted(expected, key=lambda row: row[0].url)
    assert sorted(feeds.each(), key=lambda row: row[0].url) == feeds.all()


def test_more_feeds_than_one_step_moves_are_all_made_due(redis, frontier):
    feeds = [feed_from_url(f"http://h{i}.example/rss") for i in range(MOVED_AT_ONCE + 1)]
    Feeds(redis, Keys()).follow_all(feeds)
    ids = [feed.id for feed in feeds]
    frontier.postpone(ids, 100)
    assert {c.id for c in frontier.claim(limit=10, most=10)} == {FEED.id}
    frontier.hurry(ids)
    assert {c.id for c in frontier.claim(limit=10_000, most=10_000)} == set(ids)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b'{"etag":"1","interval_s":60.0}', FeedState(etag="1")),  # as it was before 2026-11-23
        (b"\xff", FeedState()),
        (b'{"etag":1}', FeedState()),
    ],
)
def test_a_state_of_another_version_is_read_as_far_as_it_can_be(redis, written, expected):
    Feeds(redis, Keys()).follow(FEED)
    redis.hset(f"{{wirefold}}:feed:{FEED.id}", "state", written)
    assert Feeds(redis, Keys()).get(FEED.id) == (FEED, expected)
