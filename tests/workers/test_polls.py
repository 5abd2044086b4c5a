"""How feeds are asked, on a real Redis and real sockets: redirects, refusals, silence, outages, deaths, echoes."""

import json
import time
from collections.abc import Iterator

import pytest
from msgspec import msgpack
from msgspec.structs import replace
from publishers import DEAD, Publishers, claimed, publishing, rss, tools_for
from redis import Redis

from newswire.feed import Feed, feed_from_url
from newswire.polling.state import FeedState
from storage.stories import Lease
from workers.bootstrap import Tools
from workers.conclude import wake_echoes
from workers.intake import intake
from workers.visit import visit

PAPER = "http://paper.example/rss"


@pytest.fixture
def world(redis: Redis, redis_server: str) -> Iterator[tuple[Publishers, Tools]]:
    assert redis.dbsize() == 0
    dead = {f"dead{number}.example": DEAD for number in range(8)}
    with (
        publishing("paper.example", "new.example", "other.example") as (publishers, hosts),
        tools_for(redis_server, hosts | dead, poll_min_s=1000, poll_max_s=3600) as tools,
    ):
        yield publishers, tools


def follow(tools: Tools, *urls: str) -> list[Feed]:
    feeds = [feed_from_url(url) for url in urls]
    for feed in feeds:
        tools.feeds.follow(feed)
        tools.hosts.put_rules(feed.publisher, "")
    return feeds


def poll(tools: Tools, feed: Feed) -> FeedState:
    """Ask a feed now, whatever was planned, and return its state; what else is due is put off."""
    tools.frontier.hurry([feed.id])
    is_polled = False
    while not is_polled and (claims := claimed(tools, within_s=0.5)):
        for claim in claims:
            if claim.id == feed.id:
                run(tools, claim.lease)
                is_polled = True
            else:
                tools.frontier.again(claim.lease, delay_s=1000, counts=False)
    return state_of(tools, feed)


def run(tools: Tools, lease: Lease) -> None:
    """One claim, to its end; a feed that is sent on or has to wait for robots.txt is claimed anew."""
    for name, handed in visit(lease, tools):
        assert name == "intake"
        for _, page in intake(handed, tools):
            tools.frontier.again(page, delay_s=1000, counts=False)


def state_of(tools: Tools, feed: Feed) -> FeedState:
    found = tools.feeds.get(feed.id)
    assert found is not None
    return found[1]


def given(redis: Redis, feed: Feed, state: FeedState) -> None:
    """A feed with a past."""
    redis.hset(f"{{wirefold}}:feed:{feed.id}", "state", msgpack.encode(state))


def rejects(redis: Redis) -> list[dict]:
    return [json.loads(fields[b"data"]) for _, fields in redis.xrange("{wirefold}:rejects")]


def test_a_feed_that_is_sent_on_waits_for_the_other_hosts_turn_and_rules_and_comes_home(world):
    publishers, tools = world
    publishers.says("paper.example/rss", status=301, Location="http://new.example/rss")
    publishers.says("new.example/rss", rss("one"))
    (feed,) = follow(tools, PAPER)
    for _ in range(3):  # the redirect, the other host's robots.txt, its feed
        run(tools, claimed(tools)[0].lease)
    assert publishers.asked == ["paper.example/rss", "new.example/robots.txt", "new.example/rss"]
    state = state_of(tools, feed)
    assert (state.error, state.moved_to, state.moved_polls) == ("", "http://new.example/rss", 1)
    tools.frontier.hurry([feed.id])
    assert [(c.host, c.url) for c in claimed(tools) if c.kind == "feed"] == [("paper.example", PAPER)]


def test_the_rules_of_the_host_that_a_feed_is_sent_to_hold(world):
    publishers, tools = world
    publishers.says("paper.example/rss", status=302, Location="http://new.example/rss")
    publishers.says("new.example/robots.txt", "User-agent: *\nDisallow: /")
    (feed,) = follow(tools, PAPER)
    for _ in range(3):
        run(tools, claimed(tools)[0].lease)
    assert (state_of(tools, feed).error, publishers.asked[-1]) == ("robots", "new.example/robots.txt")


def test_a_redirect_for_now_among_the_hops_makes_no_move(world):
    publishers, tools = world
    publishers.says("paper.example/rss", status=302, Location="http://new.example/rss")
    publishers.says("new.example/rss", rss("one"))
    (feed,) = follow(tools, PAPER)
    tools.hosts.put_rules("new.example", "")
    for _ in range(2):
        run(tools, claimed(tools)[0].lease)
    state = state_of(tools, feed)
    assert (state.last_news is None, state.moved_to) == (False, "")


def test_a_feed_is_asked_where_it_has_moved_once_that_is_believed_and_at_home_when_it_is_gone_there(world, redis):
    publishers, tools = world
    (feed,) = follow(tools, PAPER)
    publishers.says("new.example/rss", rss("one"))
    tools.hosts.put_rules("new.example", "")
    publishers.says("paper.example/rss", rss("one"))
    given(redis, feed, FeedState(address="http://new.example/rss"))
    poll(tools, feed)  # still at home: the next is asked there
    assert poll(tools, feed).error == ""
    assert publishers.asked == ["paper.example/rss", "new.example/rss"]
    publishers.says("new.example/rss", status=410)
    state = poll(tools, feed)
    assert (state.address, state.ended) == ("", False)
    assert poll(tools, feed).error == ""
    assert publishers.asked[2:] == ["new.example/rss", "paper.example/rss"]


def test_a_429_leaves_the_host_alone_and_counts_against_nobody(world, redis):
    publishers, tools = world
    (feed,) = follow(tools, PAPER)
    publishers.says("paper.example/rss", status=429)
    state = poll(tools, feed)
    assert (state.error, state.failures) == ("http_429", 0)
    assert 55_000 < redis.pttl("{wirefold}:frontier:slot:paper.example") <= 60_000
    tools.frontier.hurry([feed.id])
    assert claimed(tools, within_s=0.1) == []


def test_a_feed_that_was_taken_in_anew_and_dies_again_is_told_of_by_another_event(world, redis):
    publishers, tools = world
    publishers.says("paper.example/rss", status=410)
    for _ in range(2):
        (feed,) = follow(tools, PAPER)
        assert poll(tools, feed).ended is True
    assert len({event["id"] for event in rejects(redis)}) == 2


def test_a_breaker_closes_with_the_first_answer(world, redis):
    publishers, tools = world
    (feed,) = follow(tools, PAPER)
    publishers.says("paper.example/rss", status=403)
    for expected in (False, False, True):
        poll(tools, feed)
        slot = "{wirefold}:frontier:slot:paper.example"
        assert (redis.pttl(slot) > 50_000) is expected
        redis.delete(slot)
        tools.frontier.postpone([feed.id], 0.001)  # places the host anew
    publishers.says("paper.example/rss", rss("one"))
    assert poll(tools, feed).error == ""
    assert redis.exists("{wirefold}:frontier:refusals:paper.example") == 0


def test_a_host_that_refuses_its_pages_is_tried_with_its_feed_which_closes_the_breaker(world, redis):
    publishers, tools = world
    (feed,) = follow(tools, PAPER)
    names = [f"page{number}" for number in range(5)]
    publishers.says("paper.example/rss", rss(*names))
    poll(tools, feed)
    for name in names:
        publishers.says(f"paper.example/{name}", status=403)
    queue = "{wirefold}:frontier:host:paper.example"
    redis.zadd(queue, {one: 1 if one != feed.id.encode() else 2 for one in redis.zrange(queue, 0, -1)})
    redis.zadd("{wirefold}:frontier:hosts", {"paper.example": 1})
    for _ in range(2):
        (page,) = claimed(tools)
        assert page.kind == "page"
        tools.hosts.refused("paper.example")
        tools.hosts.refused("paper.example")
        run(tools, page.lease)
        redis.delete("{wirefold}:frontier:slot:paper.example")  # the rest is over
        redis.zadd("{wirefold}:frontier:hosts", {"paper.example": 1})
        (claim,) = claimed(tools)
        assert claim.id == feed.id
        run(tools, claim.lease)
        assert redis.exists("{wirefold}:frontier:refusals:paper.example") == 0
        redis.zadd(queue, {feed.id: 2})


def test_retry_after_is_kept_on_any_status(world):
    publishers, tools = world
    feeds = follow(tools, PAPER, "http://new.example/rss")
    publishers.says("paper.example/rss", rss("one"), Retry_After="7000")
    publishers.says("new.example/rss", status=404, Retry_After="7000")
    assert [poll(tools, feed).retry_after_s for feed in feeds] == [7000, 7000]


def test_a_dead_host_is_blamed_while_others_answer(world):
    publishers, tools = world
    publishers.says("paper.example/rss", rss("one"))
    dead, alive = follow(tools, "http://dead0.example/rss", PAPER)
    poll(tools, alive)
    state = poll(tools, dead)
    assert (state.error, state.failures) == ("refused", 1)


def test_in_an_outage_nobody_is_blamed_and_one_request_at_a_time_finds_out_when_it_is_over(world):
    publishers, tools = world
    publishers.says("paper.example/rss", rss("one"))
    feeds = follow(tools, *(f"http://dead{number}.example/rss" for number in range(8)), PAPER)
    tools.frontier.postpone([feeds[-1].id], 1000)
    for claim in claimed(tools):
        run(tools, claim.lease)
    assert sum(state_of(tools, feed).failures for feed in feeds) <= 2  # before three had been silent
    tools.frontier.hurry([feed.id for feed in feeds])
    assert len(claimed(tools)) == 1
    assert claimed(tools, within_s=0.1) == []
    tools.hosts.answered("paper.example")
    assert len(claimed(tools)) == 8


def test_a_host_that_lives_need_not_wait_until_all_the_dead_were_asked(world):
    tools = world[1]
    hosts = [f"dead{number}.example" for number in range(300)] + [f"living{number}.example" for number in range(100)]
    for host in hosts:
        tools.feeds.follow(feed_from_url(f"http://{host}/rss"))
    for host in hosts[:5]:
        tools.hosts.silent(host)
    asked = [""]
    while not asked[-1].startswith("living"):
        (claim,) = tools.frontier.claim(limit=64)
        asked.append(claim.host)
        tools.frontier.again(claim.lease, delay_s=100, counts=False)
        time.sleep(0.001)
    assert len(asked) < 200


def test_rules_that_are_known_hold_while_their_host_cannot_give_them_again(world, redis):
    publishers, tools = world
    (feed,) = follow(tools, PAPER)
    tools.hosts.put_rules("paper.example", "User-agent: *\nDisallow: /rss")
    redis.expire("{wirefold}:robots:paper.example", 28 * 86_400)  # read two days ago
    publishers.says("paper.example/robots.txt", status=500)
    poll(tools, feed)  # the host's turn went to robots.txt
    assert poll(tools, feed).error == "robots"
    assert publishers.asked == ["paper.example/robots.txt"]


def test_rules_that_another_host_gives_wait_for_that_hosts_turn(world):
    publishers, tools = world
    publishers.says("paper.example/robots.txt", status=301, Location="http://new.example/robots.txt")
    publishers.says("new.example/robots.txt", "User-agent: *\nDisallow: /rss")
    feed = feed_from_url(PAPER)
    tools.feeds.follow(feed)
    with tools.frontier.turn_of("new.example") as is_free:
        assert is_free
        poll(tools, feed)
        assert publishers.asked == ["paper.example/robots.txt"]
    poll(tools, feed)
    assert poll(tools, feed).error == "robots"
    assert publishers.asked == ["paper.example/robots.txt"] * 2 + ["new.example/robots.txt"]


def test_rules_that_lead_in_a_circle_are_no_rules(world):
    publishers, tools = world
    publishers.says("paper.example/robots.txt", status=301, Location="http://new.example/robots.txt")
    publishers.says("new.example/robots.txt", status=301, Location="http://paper.example/robots.txt")
    publishers.says("paper.example/rss", rss("one"))
    feed = feed_from_url(PAPER)
    tools.feeds.follow(feed)
    poll(tools, feed)
    assert poll(tools, feed).error == ""


def test_a_host_that_asks_for_rest_when_it_is_asked_for_its_rules_gets_it(world, redis):
    publishers, tools = world
    (feed,) = follow(tools, PAPER)
    redis.expire("{wirefold}:robots:paper.example", 86_400)  # stale
    publishers.says("paper.example/robots.txt", status=503, Retry_After="600")
    (claim,) = claimed(tools)
    run(tools, claim.lease)
    assert 590_000 < redis.pttl("{wirefold}:frontier:slot:paper.example") <= 600_000
    assert state_of(tools, feed).failures == 0


def test_without_rules_a_host_that_cannot_give_them_is_not_asked(world):
    publishers, tools = world
    publishers.says("paper.example/robots.txt", status=500)
    feed = feed_from_url(PAPER)
    tools.feeds.follow(feed)
    assert poll(tools, feed).error == "robots_unreachable"
    assert publishers.asked == ["paper.example/robots.txt"]


def test_after_a_failure_the_whole_document_is_asked_for(world):
    publishers, tools = world
    (feed,) = follow(tools, PAPER)
    publishers.says("paper.example/rss", rss("one"), ETag='"1"')
    poll(tools, feed)
    publishers.says("paper.example/rss", "no feed at all")
    assert poll(tools, feed).error == "not_a_feed"
    publishers.says("paper.example/rss", status=304)
    assert poll(tools, feed).error == "http_304"  # unasked: no proof of health
    assert ["If-None-Match" in headers for headers in publishers.headers] == [False, True, False]


def test_a_feed_that_is_gone_is_told_of_once_and_asked_no_more(world, redis):
    publishers, tools = world
    (feed,) = follow(tools, PAPER)
    publishers.says("paper.example/rss", status=410)
    assert poll(tools, feed).ended is True
    told = [(event["type"], event["subject"], event["data"]["reason"]) for event in rejects(redis)]
    assert told == [("org.wirefold.feed.died.v1", feed.id, "http_410")]
    tools.frontier.hurry([feed.id])
    assert claimed(tools, within_s=0.1) == []


def test_a_feed_that_is_redirected_for_now_to_a_page_that_is_gone_goes_on(world):
    publishers, tools = world
    (feed,) = follow(tools, PAPER)
    publishers.says("paper.example/rss", status=302, Location="/closed-today")
    publishers.says("paper.example/closed-today", status=410)
    state = poll(tools, feed)
    assert (state.error, state.missing, state.ended) == ("http_410", 1, False)


def test_a_feed_that_falls_silent_is_told_of_once(world, redis):
    publishers, tools = world
    (feed,) = follow(tools, PAPER)
    publishers.says("paper.example/rss", rss("one"))
    state = poll(tools, feed)
    long_ago = state.last_success.replace(year=2020)
    given(redis, feed, replace(state, last_news=long_ago, longest_pause_s=3600.0))
    assert poll(tools, feed).is_silent is True
    poll(tools, feed)
    told = [(event["type"], event["data"]["reason"], event["data"]["longest_pause_s"]) for event in rejects(redis)]
    assert told == [("org.wirefold.feed.silent.v1", "no_news", 3600.0)]


def test_a_gap_between_two_documents_is_counted(world):
    publishers, tools = world
    (feed,) = follow(tools, PAPER)
    gaps = []
    for names in (("a", "b"), ("b", "c"), ("d", "e")):
        publishers.says("paper.example/rss", rss(*names))
        gaps.append(poll(tools, feed).gaps)
    assert gaps == [0, 0, 1]


def echoing(publishers: Publishers, tools: Tools) -> tuple[Feed, Feed]:
    """Two feeds of one publisher with the same entries: the one that is asked for both, and its echo."""
    first, echo = sorted(follow(tools, PAPER, "http://paper.example/rss?all"), key=lambda feed: feed.id)
    for names in (("a",), ("a", "b"), ("a", "b", "c")):
        publishers.says("paper.example/rss", rss(*names))
        publishers.says("paper.example/rss?all", "\n" + rss(*names))
        for feed in (first, echo):
            poll(tools, feed)
    return first, echo


def test_of_feeds_with_the_same_entries_one_is_asked_for_all(world, redis):
    first, echo = echoing(*world)
    tools = world[1]
    assert (state_of(tools, first).is_echo, state_of(tools, echo).twin) == (False, first.id)
    waits = [
        redis.zscore("{wirefold}:frontier:host:paper.example", feed.id) / 1000 - redis.time()[0]
        for feed in (first, echo)
    ]
    assert 2.5 < waits[1] / waits[0] < 3.5


def test_an_echo_is_asked_again_when_the_feed_that_spoke_for_it_has_gone(world, redis):
    publishers, tools = world
    first, echo = echoing(publishers, tools)
    tools.feeds.unfollow(first.id)
    wake_echoes(first, tools)
    assert redis.zscore("{wirefold}:frontier:host:paper.example", echo.id) <= redis.time()[0] * 1000 + 1000
    publishers.says(echo.url.removeprefix("http://"), rss("a", "b", "c", "d"))
    assert poll(tools, echo).is_echo is False


def test_an_echo_stays_awake_though_it_has_no_news_when_it_is_woken(world):
    publishers, tools = world
    first, echo = echoing(publishers, tools)
    publishers.says(first.url.removeprefix("http://"), status=404)
    for _ in range(3):
        poll(tools, first)
    assert poll(tools, echo).is_echo is False


def test_a_feed_whose_entries_another_always_brings_first_is_not_silent(world, redis):
    publishers, tools = world
    whole, part = follow(tools, PAPER, "http://paper.example/sport")
    for names in (("a",), ("a", "b")):
        publishers.says("paper.example/rss", rss(*names, "x"))
        publishers.says("paper.example/sport", rss(*names))
        poll(tools, whole)
        given(redis, part, replace(state_of(tools, part), is_silent=True))
        state = poll(tools, part)
    assert (state.last_news, state.is_silent) == (state.polled, False)


def test_a_page_that_got_no_turn_while_it_was_news_ends_and_costs_its_host_none(world, redis):
    publishers, tools = world
    (feed,) = follow(tools, PAPER)
    publishers.says("paper.example/rss", rss("one"))
    poll(tools, feed)
    ((entry,),) = [redis.smembers("{wirefold}:frontier:pages")]
    redis.hset(b"{wirefold}:entry:" + entry, "first_seen", 1)
    redis.zadd("{wirefold}:frontier:host:paper.example", {entry: 0, feed.id: 10**14})
    redis.zadd("{wirefold}:frontier:hosts", {"paper.example": 0})
    (page,) = claimed(tools)
    run(tools, page.lease)
    assert tools.ledger.balance().reasons == {"too_late": 1}
    assert publishers.asked == ["paper.example/rss"]
