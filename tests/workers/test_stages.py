"""The stages one after the other, as the tasks call them: real Redis, real sockets, the sample newsroom's server."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from builders import an_article
from click.testing import CliRunner
from publishers import STAGES, claimed, publishing, rss, run_all, tools_for
from redis import Redis
from structlog.testing import capture_logs

from cli.sample import programme
from cli.status import status
from newswire.alike import MOST_PRINTINGS
from newswire.feed import feed_from_url
from storage.stories import Lease
from workers import failure
from workers.bootstrap import Tools
from workers.errors import Transient
from workers.ingest import ingest
from workers.intake import intake
from workers.settle import settle
from workers.visit import visit


@pytest.fixture(scope="module")
def newsroom() -> Iterator[dict[str, str]]:
    """The newsroom's hosts, its programme long over: host → address."""
    with subprocess.Popen(
        [sys.executable, "-m", "cli.sample.server", "--port", "0", "--elapsed", "100"], stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        said = json.loads(server.stdout.readline())
        yield dict.fromkeys(said["hosts"], said["address"])
        server.terminate()


@pytest.fixture
def tools(redis: Redis, redis_server: str, newsroom: dict[str, str]) -> Iterator[Tools]:
    assert redis.dbsize() == 0
    with tools_for(redis_server, newsroom) as made:
        yield made


def follow(tools: Tools, host: str) -> Lease:
    """Follow the sample feed of a host; the claim on it, its robots.txt read."""
    feed = next(feed for feed in programme.feeds() if host in feed.url)
    tools.feeds.follow(feed)
    assert list(visit(claim(tools), tools)) == []  # robots.txt was this host's one request
    return claim(tools)


def claim(tools: Tools) -> Lease:
    (found,) = claimed(tools, within_s=5, most=1)
    return found.lease


def a_claimed_page(tools: Tools) -> Lease:
    """The first page of a feed, claimed by the feed's intake."""
    ((_, handed),) = visit(follow(tools, "economiaatlantica"), tools)
    ((_, page), *_) = intake(handed, tools)
    return page


def test_a_feed_goes_all_the_way_to_the_stream(tools, redis):
    run_all(tools, follow(tools, "economiaatlantica"))
    balance = tools.ledger.balance()
    assert balance.balanced
    assert balance.outcomes["published"] == redis.xlen("wirefold") == 1


def test_a_feed_that_did_not_change_is_not_parsed_again(tools):
    lease = follow(tools, "economiaatlantica")
    run_all(tools, lease)
    tools.frontier.hurry([lease.id])
    assert list(visit(claim(tools), tools)) == []  # 304: no message to the cpu
    _, state = tools.feeds.get(lease.id)
    assert (state.not_modified, state.error) == (1, "")


def test_a_consent_wall_and_a_forbidden_page_end_with_their_reasons(tools, redis):
    for host in ("stader-anzeiger", "gazettedulimousin"):
        run_all(tools, follow(tools, host))
    assert tools.ledger.balance().reasons == {"consent": 1, "robots": 1}
    assert redis.xlen("{wirefold}:rejects") == 2


def test_a_page_that_fails_at_first_is_tried_again(tools):
    run_all(tools, follow(tools, "gazettedulimousin"))  # its article answers 503 to the first request
    outcomes = tools.ledger.balance().outcomes
    assert outcomes["published"] + outcomes["copied"] == 1


def test_a_broken_feed_says_so_and_is_asked_again_later(tools):
    lease = follow(tools, "kurzundknapp")
    run_all(tools, lease)
    _, state = tools.feeds.get(lease.id)
    assert (state.error, state.failures, state.ended) == ("not_a_feed", 1, False)


def test_a_host_that_cannot_be_reached_costs_its_feed_a_failure(tools):
    feed = feed_from_url("http://127.0.0.1:9/rss")
    tools.feeds.follow(feed)
    run_all(tools, claim(tools))
    _, state = tools.feeds.get(feed.id)
    assert state.error == "inside_address"


def test_a_body_that_the_broker_lost_gives_the_item_back_uncounted(tools, redis):
    lease = follow(tools, "economiaatlantica")
    ((name, handed),) = visit(lease, tools)
    redis.delete(*redis.keys("{wirefold}:body:*"))
    assert list(STAGES[name](handed, tools)) == []
    again = claim(tools)
    assert again.id == lease.id
    assert tools.frontier.hold(again).attempts == 0


def test_a_message_that_comes_twice_changes_nothing_the_second_time(tools, redis):
    messages = list(visit(follow(tools, "economiaatlantica"), tools))
    (page,) = (lease for name, lease in STAGES[messages[0][0]](messages[0][1], tools) if name == "visit")
    ((_, handed),) = visit(page, tools)
    assert list(ingest(handed, tools)) == []
    before = redis.xlen("wirefold"), tools.ledger.balance()
    assert list(visit(page, tools)) == []
    assert list(ingest(handed, tools)) == []
    assert (redis.xlen("wirefold"), tools.ledger.balance()) == before


def test_a_page_is_rejected_with_its_reason_after_three_attempts(tools):
    lease = a_claimed_page(tools)
    for _ in range(2):
        failure.give_back(lease, Transient("killed_worker"), tools)
        lease = claim(tools)
    failure.give_back(lease, Transient("killed_worker"), tools)
    assert tools.ledger.balance().reasons == {"killed_worker": 1}
    assert tools.frontier.in_hand() == (0, 0)


def test_what_is_nobodys_fault_never_uses_up_the_attempts(tools):
    lease = a_claimed_page(tools)
    for _ in range(5):
        failure.give_back(lease, Transient("lost_races", counts=False), tools)
        lease = claim(tools)
    assert tools.frontier.hold(lease).attempts == 0


@pytest.fixture
def moved(redis: Redis, redis_server: str) -> Iterator[tuple[Tools, list[str]]]:
    """Tools that follow a site whose pages have moved to another host, and the requests that both saw."""
    assert redis.dbsize() == 0
    with publishing("old.example", "new.example") as (publishers, hosts), tools_for(redis_server, hosts) as tools:
        publishers.says("old.example/rss", rss("1", "2", "3", "4", host="old.example"))
        for page in ("1", "2", "3"):
            publishers.says(f"old.example/{page}", status=302, Location=f"http://new.example/{page}")
        publishers.says("new.example/3", status=302, Location="http://old.example/3")
        publishers.says("old.example/4", '<meta http-equiv="refresh" content="0;url=http://new.example/4">')
        publishers.says("new.example/robots.txt", "User-agent: *\nDisallow: /2")
        for page, sentence in (("1", "The bridge opened. "), ("4", "A ferry sank in the fog at noon. ")):
            text = f"<html><body><article><p>{sentence * 60}</p></article></body></html>"
            publishers.says(f"new.example/{page}", text)
        tools.feeds.follow(feed_from_url("http://old.example/rss"))
        yield tools, publishers.asked


def test_a_page_that_moved_waits_for_the_other_hosts_turn_and_rules(moved):
    tools, asked = moved
    run_all(tools, claim(tools))
    run_all(tools, claim(tools))
    balance = tools.ledger.balance()
    assert balance.balanced
    assert balance.outcomes["published"] == 2  # by its status, and by a page that only sends on
    assert balance.reasons == {"robots": 1, "too_many_redirects": 1}
    assert "new.example/2" not in asked
    assert asked.index("new.example/robots.txt") < asked.index("new.example/1")


@pytest.fixture
def patient(redis: Redis, redis_server: str) -> Iterator[Tools]:
    """Tools that follow a site that wants five seconds between two requests, and whose feed fails."""
    assert redis.dbsize() == 0

    with publishing("patient.example") as (publishers, hosts), tools_for(redis_server, hosts) as tools:
        publishers.says("patient.example/robots.txt", "User-agent: *\nCrawl-delay: 5")
        publishers.says("patient.example/rss", status=503)
        tools.feeds.follow(feed_from_url("http://patient.example/rss"))
        yield tools


def test_a_crawl_delay_holds_from_the_reading_of_the_rules_on_and_after_a_failure(redis, patient):
    slot = "{wirefold}:frontier:slot:patient.example"
    assert list(visit(claim(patient), patient)) == []  # robots.txt
    assert 4000 < redis.pttl(slot) <= 5000
    redis.delete(slot)  # as if they had passed
    ((feed, _),) = patient.feeds.all()
    patient.frontier.hurry([feed.id])
    assert list(visit(claim(patient), patient)) == []
    ((_, state),) = patient.feeds.all()
    assert state.error == "http_503"
    assert 4000 < redis.pttl(slot) <= 5000


WALL = (
    "The Harrow Bay Courier is moving house. From this autumn all of our reporting appears in the new reader of the "
    "Courier Group, which you can put on telephones and tablets. Ask at the counter in Quay Street for the card that "
    "opens it, and bring a proof of address with you. The old pages will be taken down one after the other until the "
    "end of the year, and what you looked for is among them. The staff of the Courier thank you for your patience."
)


@pytest.fixture
def walled(redis: Redis, redis_server: str) -> Iterator[Tools]:
    """Tools that follow a site whose ten pages show all the same text, which no rule knows for a wall."""
    assert redis.dbsize() == 0

    pages = [str(number) for number in range(10)]
    with publishing("walled.example") as (publishers, hosts), tools_for(redis_server, hosts) as tools:
        publishers.says("walled.example/rss", rss(*pages, host="walled.example"))
        for page in pages:
            text = f"<html><body><article><h1>/{page}</h1><p>{WALL}</p></article></body></html>"
            publishers.says(f"walled.example/{page}", text)
        tools.feeds.follow(feed_from_url("http://walled.example/rss"))
        yield tools


def test_pages_that_look_all_alike_raise_an_alarm_and_make_no_copies(walled, redis, redis_server):
    with capture_logs() as logs:
        run_all(walled, claim(walled))
        run_all(walled, claim(walled))
    balance = walled.ledger.balance()
    assert balance.balanced
    assert (balance.outcomes["published"], balance.outcomes["unchanged"]) == (1, MOST_PRINTINGS - 1)
    assert balance.reasons == {"alike": 10 - MOST_PRINTINGS}
    assert redis.xlen("{wirefold}:copies") == 0
    told = [json.loads(fields[b"data"])["data"] for _, fields in redis.xrange("{wirefold}:rejects")]
    assert {(one["publisher"], one["reason"]) for one in told} == {("walled.example", "alike")}
    alarms = [line for line in logs if line["event"] == "alike_pages"]
    assert [(line["log_level"], line["publisher"]) for line in alarms] == [("warning", "walled.example")] * len(told)
    shown = CliRunner().invoke(status, ["--redis", redis_server]).output
    assert f"ALARM     {len(told)} pages of the last day rejected" in shown


def test_a_backfill_is_never_alike(walled):
    articles = [an_article(1, id=f"b{n}", url=f"http://p1.example/{n}", minutes=n) for n in range(MOST_PRINTINGS + 2)]
    settled = [settle(Lease(one.id), one, walled.stories, feed="f", now=one.fetched) for one in articles]
    assert [one.decision.relation for one in settled if one.decision] == ["original"] + ["copy"] * (len(articles) - 1)
