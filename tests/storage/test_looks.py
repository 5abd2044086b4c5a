"""Looks at pages that were read, on a real Redis: what hosts and budget leave them."""

import time

import pytest
from builders import an_article, an_entry
from msgspec.structs import replace
from redis import Redis

from newswire.article import version_id
from newswire.decision import Relation
from newswire.event.telling import events_of
from newswire.feed import feed_from_url
from newswire.looks import Look, LookResult
from newswire.polling.state import FeedState
from newswire.story import fold
from storage.feeds import Feeds
from storage.frontier import LOOKS_LATE_S, Claim, Frontier
from storage.keys import Keys
from storage.ledger import Ledger
from storage.stories import Answer, Stories
from workers.settle import settle

LOOKS = "{wirefold}:frontier:looks"
URL = "http://p.example/rss"
FEED = feed_from_url(URL)


@pytest.fixture
def frontier(redis: Redis) -> Frontier:
    Feeds(redis, Keys()).follow(FEED)
    made = Frontier(redis, Keys(), window_s=432_000, host_gap_s=0.0)
    made.absorb(claim(made).lease, FeedState(), address=URL, next_poll_s=1000)
    return made


def claim(frontier: Frontier) -> Claim:
    (found,) = frontier.claim(limit=10)
    return found


def read_pages(redis: Redis, frontier: Frontier, count: int, *, host: str = "") -> None:
    """Announce pages, one a host where none is named, and read them: their looks wait."""
    stories = Stories(redis, Keys(), window_s=432_000)
    entries = [an_entry(n, host=host or f"h{n}.example") for n in range(count)]
    frontier.hurry([FEED.id])
    frontier.absorb(
        claim(frontier).lease, FeedState(), address=URL, next_poll_s=1000, entries=[(one, False) for one in entries]
    )
    for _ in entries:
        (page,) = frontier.claim(limit=10, most=1)
        frontier.hold(page.lease, release_host=True)
        text = f"Of the {page.id} ship nothing is known in the harbour, " * 20
        article = an_article(1, id=page.id, url=page.url, text=text, publisher=page.host)
        settle(page.lease, article, stories, feed=FEED.id, now=article.fetched, look=Look(article=page.id))


def make_due(redis: Redis) -> None:
    """As if the time of every look had come, those of lower numbers first."""
    for at, one in enumerate(sorted(redis.zrange(LOOKS, 0, -1)), 1):
        redis.zadd(LOOKS, {one: at})


def dropped(redis: Redis) -> int:
    balance = Ledger(redis, Keys()).balance()
    assert balance.balanced
    return balance.looks["dropped"]


def test_a_burst_is_bounded_and_after_it_the_budget_gives_so_many_a_second(redis, frontier):
    read_pages(redis, frontier, 30)
    make_due(redis)
    first = len(frontier.claim_looks(limit=200, per_s=2))
    assert first == 10  # what five seconds give
    begun = time.monotonic()
    taken = 0
    while time.monotonic() - begun < 1.6:
        taken += len(frontier.claim_looks(limit=200, per_s=2))
        time.sleep(0.05)
    assert taken == 3


def test_a_budget_of_less_than_one_in_five_seconds_still_gives_one(redis, frontier):
    read_pages(redis, frontier, 2)
    make_due(redis)
    assert [len(frontier.claim_looks(limit=100, per_s=0.01)) for _ in range(2)] == [1, 0]


def test_of_what_may_be_in_flight_looks_are_no_more_than_an_eighth(redis, frontier):
    read_pages(redis, frontier, 4)
    make_due(redis)
    assert [len(frontier.claim_looks(limit=16, per_s=2)) for _ in range(2)] == [2, 0]


def test_looks_are_claimed_only_where_there_is_room(redis, frontier):
    read_pages(redis, frontier, 1)
    frontier.hurry([FEED.id])
    claim(frontier)
    make_due(redis)
    assert frontier.claim_looks(limit=1, per_s=2) == []


def test_a_host_with_anything_else_due_has_no_turn_for_a_look(redis, frontier):
    read_pages(redis, frontier, 1, host="p.example")
    make_due(redis)
    frontier.hurry([FEED.id])
    assert frontier.claim_looks(limit=10, per_s=2) == []
    assert claim(frontier).kind == "feed"
    make_due(redis)
    assert frontier.claim_looks(limit=10, per_s=2) == []  # a request is in flight


def test_a_look_holds_its_host_like_any_request(redis, frontier):
    read_pages(redis, frontier, 2, host="p.example")
    make_due(redis)
    assert len(frontier.claim_looks(limit=10, per_s=2)) == 1
    frontier.hurry([FEED.id])
    assert frontier.claim(limit=10) == []


def test_each_look_may_be_sent_on_as_often_as_any_request(redis, frontier):
    read_pages(redis, frontier, 1)
    for _ in range(2):
        for _ in range(3):
            make_due(redis)
            (look,) = frontier.claim_looks(limit=10, per_s=1000)
            assert frontier.move(look.lease, look.url) is True
        make_due(redis)
        (look,) = frontier.claim_looks(limit=10, per_s=1000)
        frontier.looked(look.lease, LookResult.UNCHANGED, Look(article=look.id))


def test_a_look_passed_by_for_half_an_hour_is_dropped(redis, frontier):
    read_pages(redis, frontier, 1, host="p.example")
    frontier.hurry([FEED.id])
    for _ in range(61):
        assert dropped(redis) == 0
        make_due(redis)
        assert frontier.claim_looks(limit=10, per_s=2) == []
    assert (dropped(redis), redis.zcard(LOOKS), redis.keys("{wirefold}:item:e*")) == (1, 0, [])


def test_what_the_budget_cannot_keep_up_with_is_dropped_and_counted(redis, frontier):
    read_pages(redis, frontier, 8)
    make_due(redis)
    per_s = 5 / LOOKS_LATE_S
    (taken,) = frontier.claim_looks(limit=10, per_s=per_s)
    assert (taken.id, dropped(redis)) == ("e3", 3)  # those that waited longest


def test_without_a_budget_what_is_due_is_dropped_and_the_rest_waits(redis, frontier):
    read_pages(redis, frontier, 2)
    redis.zadd(LOOKS, {"e0": 1})
    assert frontier.claim_looks(limit=10, per_s=0) == []
    assert (dropped(redis), redis.zcard(LOOKS)) == (1, 1)


def test_a_look_under_an_old_lease_changes_nothing(redis, frontier):
    read_pages(redis, frontier, 1)
    make_due(redis)
    (look,) = frontier.claim_looks(limit=10, per_s=2)
    then = Look(article="e0", taken=1, quiet=1)
    assert frontier.looked(look.lease, LookResult.UNCHANGED, then)
    assert not frontier.looked(look.lease, LookResult.UNCHANGED, then)
    assert Ledger(redis, Keys()).balance().rereads == 1


def test_a_revision_is_refused_when_its_story_has_changed(redis, frontier):
    read_pages(redis, frontier, 1)
    stories = Stories(redis, Keys(), window_s=432_000)
    make_due(redis)
    (look,) = frontier.claim_looks(limit=10, per_s=2)
    (told,) = stories.kept([look.id])
    seen = stories.story(told.decision.story)
    version = replace(told.article, id=version_id(look.id, 1), text=told.article.text + "Now it was seen.")
    decision = replace(told.decision, relation=Relation.UPDATE, against=look.id, face=True)
    story = fold({seen.id: seen}, version, decision)
    (event,) = events_of(version, decision, story, sources=1, now=version.fetched)

    def revise(before):
        return stories.revise(
            look.lease, version, decision, story, before,
            result=LookResult.REVISED, then=None, event=event, now=version.fetched,
        )  # fmt: skip

    keys = sorted(redis.keys())
    assert revise(replace(seen, changes=seen.changes + 1)) is None
    assert (sorted(redis.keys()), redis.xlen("wirefold")) == (keys, 1)
    assert [revise(seen), revise(seen)] == [Answer.DONE, Answer.STALE]
    assert (redis.xlen("wirefold"), stories.story(seen.id).revision) == (2, 2)


def test_only_what_tells_of_its_story_is_looked_at_again(redis, frontier):
    read_pages(redis, frontier, 1)
    stories = Stories(redis, Keys(), window_s=432_000)
    frontier.hurry([FEED.id])
    entry = an_entry(9)
    frontier.absorb(claim(frontier).lease, FeedState(), address=URL, next_poll_s=1000, entries=[(entry, False)])
    copy = an_article(9, id="e9", text="Of the e0 ship nothing is known in the harbour, " * 20)
    settled = settle(claim(frontier).lease, copy, stories, feed=FEED.id, now=copy.fetched, look=Look(article="e9"))
    assert (settled.decision.relation, redis.zrange(LOOKS, 0, -1)) == ("copy", [b"e0"])
