"""Pages looked at again, and bumps that are no news: real Redis, real sockets, a site whose pages change."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from builders import LEAD
from click.testing import CliRunner
from msgspec.structs import replace
from publishers import run_all, tools_for
from redis import Redis
from serving import Answer, serving

from cli.ledger import ledger
from newswire.feed import feed_from_url
from newswire.looks import Look
from storage.stories import Lease
from tests.newswire.printings import FERRY, HARVEST, NORTH, RIVAL
from workers import failure
from workers.bootstrap import Tools
from workers.errors import Transient
from workers.look import look
from workers.takeback import split
from workers.visit import visit

LOOKS = "{wirefold}:frontier:looks"

TITLE = "Ferry runs aground off Orsa in thick fog"
TEXT = tuple(LEAD.split("\n"))
NEWS = (
    "The tug arrived at dawn with a pump and twelve men aboard, said its owner, and will try to tow the ship off the "
    "bank as soon as the wind turns to the west, which the weather service expects in the evening."
)


class Site:
    """A publisher whose feed and pages a test can change."""

    def __init__(self) -> None:
        self.items: list[dict[str, str]] = []
        self.pages: dict[str, str] = {}
        self.gone: dict[str, int] = {}
        self.feed_status = 200
        self.etag = ""
        self.asked: list[tuple[str, dict[str, str]]] = []

    def announce(self, path: str = "/ferry", *, guid: str = "urn:1", title: str = TITLE, **dates: str) -> None:
        self.items.insert(0, {"link": f"http://paper.example{path}", "guid": guid, "title": title, **dates})

    def print(self, *paragraphs: str, path: str = "/ferry", title: str = TITLE) -> None:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or TEXT)
        head = f"<title>{title}</title><meta property='og:type' content='article'>"
        self.pages[path] = (
            f"<html lang=en><head>{head}</head><body><article><h1>{title}</h1>{text}</article></body></html>"
        )

    def answer(self, _host: str, path: str, headers: dict[str, str]) -> Answer:
        self.asked.append((path, headers))
        if path == "/robots.txt":
            return 200, {}, ""
        if path == "/feed":
            return self.feed_status, {}, self._feed() if self.feed_status == 200 else ""
        if path in self.gone or path not in self.pages:
            return self.gone.get(path, 404), {}, ""
        if not self.etag:
            return 200, {}, self.pages[path]
        is_known = headers.get("If-None-Match") == self.etag
        return 304 if is_known else 200, {"ETag": self.etag}, "" if is_known else self.pages[path]

    def _feed(self) -> str:
        entries = "".join(
            f"<entry><id>{one['guid']}</id><title>{one['title']}</title><link href='{one['link']}'/>"
            + "".join(f"<{name}>{one[name]}</{name}>" for name in ("published", "updated") if name in one)
            + "</entry>"
            for one in self.items
        )
        return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>paper</title>{entries}</feed>"


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def hosts(site: Site) -> Iterator[dict[str, str]]:
    with serving(site.answer) as place:
        yield dict.fromkeys(("paper.example", "other.example"), place)


@pytest.fixture
def tools(redis: Redis, redis_server: str, hosts: dict[str, str]) -> Iterator[Tools]:
    assert redis.dbsize() == 0
    with tools_for(redis_server, hosts) as made:
        yield made


def poll(tools: Tools) -> None:
    """Follow the feed, or ask it again, and read what it brings."""
    feed = feed_from_url("http://paper.example/feed")
    tools.feeds.follow(feed)
    before = tools.feeds.get(feed.id)[1].polled
    tools.frontier.hurry([feed.id])
    run_all(tools, until=lambda: tools.feeds.get(feed.id)[1].polled != before)


def make_due(redis: Redis) -> None:
    """As if the time of every look had come."""
    for one in redis.zrange(LOOKS, 0, -1):
        redis.zadd(LOOKS, {one: 0})
    redis.delete("{wirefold}:frontier:look_at")


def look_again(tools: Tools, redis: Redis) -> None:
    """Take every look that waits, once."""
    make_due(redis)
    run_all(tools, *(claim.lease for claim in tools.frontier.claim_looks(limit=100, per_s=2)))


def events(redis: Redis, stream: str = "wirefold") -> list[dict[str, Any]]:
    return [json.loads(fields[b"data"]) for _, fields in redis.xrange(stream)]


def told(redis: Redis) -> list[str]:
    """The main stream's events: type and relation."""
    return [
        f"{event['type'].split('.')[3]} {event['data'].get('match', {}).get('relation', '')}" for event in events(redis)
    ]


def looks(tools: Tools) -> dict[str, int]:
    balance = tools.ledger.balance()
    assert balance.balanced
    assert balance.entries == balance.outcomes["published"] + balance.outcomes["unchanged"]
    return {result: count for result, count in balance.looks.items() if count}


@pytest.fixture
def read(tools: Tools, site: Site) -> Tools:
    """Tools that have read one page of the site."""
    site.announce()
    site.print()
    poll(tools)
    return tools


def test_a_page_that_was_read_is_looked_at_again_after_ten_minutes(read, redis):
    ((entry, due),) = redis.zrange(LOOKS, 0, -1, withscores=True)
    assert due / 1000 - time.time() == pytest.approx(600, abs=20)
    assert read.frontier.claim_looks(limit=10, per_s=2) == []
    assert entry.decode() == events(redis)[0]["data"]["article"]["id"]


def test_looks_that_wait_are_neither_waiting_entries_nor_work_in_hand(read, redis):
    assert redis.zcard(LOOKS) == 1
    assert (read.ledger.balance().waiting, read.frontier.in_hand()) == (0, (0, 0))
    make_due(redis)
    assert len(read.frontier.claim_looks(limit=10, per_s=2)) == 1
    assert read.frontier.in_hand() == (0, 0)


def test_the_same_text_is_counted_and_nothing_else_is_written(read, redis):
    look_again(read, redis)
    assert looks(read) == {"unchanged": 1}
    assert read.ledger.balance().rereads == 1
    assert told(redis) == ["published original"]


def test_the_looks_come_after_ten_minutes_two_hours_and_a_day_and_then_no_more(read, redis):
    begun, ages = time.time(), []
    while waiting := redis.zrange(LOOKS, 0, -1, withscores=True):
        ages.append((waiting[0][1] / 1000 - begun) + (ages[-1] if ages else 0))
        look_again(read, redis)
    assert ages == pytest.approx([600, 7200, 86_400], abs=60)
    assert looks(read) == {"unchanged": 3}
    assert redis.keys("{wirefold}:item:1*") == []


def test_a_page_is_asked_with_its_own_validators_and_not_read_when_it_has_not_changed(tools, site, redis):
    site.etag = '"v1"'
    site.announce()
    site.print()
    poll(tools)
    site.asked.clear()
    look_again(tools, redis)
    assert [(path, headers.get("If-None-Match")) for path, headers in site.asked] == [("/ferry", '"v1"')]
    assert looks(tools) == {"unchanged": 1}


def test_news_in_the_text_is_an_update_of_its_story(read, site, redis):
    site.print(*TEXT[:2], NEWS, *TEXT[2:])
    look_again(read, redis)
    first, second = events(redis)
    assert told(redis) == ["published original", "revised update"]
    assert second["type"] == "org.wirefold.story.revised.v1"
    clocks = [event["data"]["clocks"] for event in (first, second)]
    assert clocks[0]["first_seen"] == clocks[1]["first_seen"]
    assert clocks[0]["fetched"] < clocks[1]["fetched"]
    assert second["data"]["article"]["id"] == first["data"]["article"]["id"] == second["data"]["match"]["against"]
    assert NEWS in second["data"]["content"]["text"]
    story = second["data"]["story"]
    assert (story["id"], story["revision"], story["printings"]) == (first["data"]["story"]["id"], 2, 1)
    change = second["data"]["change"]
    assert (change["kind"], change["added"], change["removed"], change["figures"]) == ("update", [NEWS], [], [])
    assert looks(read) == {"revised": 1}


def test_another_figure_in_its_sentence_is_a_correction(read, site, redis):
    site.print(TEXT[0].replace("84", "86"), *TEXT[1:])
    look_again(read, redis)
    assert told(redis) == ["published original", "revised correction"]
    assert "changed figures: 84 → 86" in events(redis)[1]["data"]["match"]["evidence"]
    assert events(redis)[1]["data"]["change"]["figures"] == ["84 → 86"]


def test_a_word_of_correction_is_one(read, site, redis):
    note = "(This story has been corrected: the captain's name is Ivo Marsch.)"
    site.print(*(paragraph.replace("Marsh", "Marsch") for paragraph in TEXT), note)
    look_again(read, redis)
    assert told(redis) == ["published original", "revised correction"]


def test_commas_spellings_and_a_changed_title_are_no_revision(read, site, redis):
    edited = [paragraph.replace(", and", " and").replace("within", "in less than") for paragraph in TEXT]
    site.print(*edited, title="All saved as ferry strikes a sandbank off Orsa")
    look_again(read, redis)
    assert told(redis) == ["published original"]
    assert looks(read) == {"edited": 1}


def test_a_title_that_says_that_it_corrects_is_a_correction(read, site, redis):
    site.print(title="CORRECTED: Ferry runs aground off Orsa, not Ursa")
    look_again(read, redis)
    assert told(redis) == ["published original", "revised correction"]


def test_a_clock_of_the_page_that_goes_on_is_no_revision(tools, site, redis):
    site.announce()
    site.print("Published 5 minutes ago, 3 minutes to read", *TEXT)
    poll(tools)
    site.print("Published 2 hours ago, 3 minutes to read", *TEXT)
    look_again(tools, redis)
    assert told(redis) == ["published original"]
    assert looks(tools) == {"unchanged": 1}


def test_edits_too_small_to_tell_add_up(read, site, redis):
    halves = NEWS.split(", said its owner, and ")
    site.print(*TEXT[:2], f"{halves[0]}.", *TEXT[2:])
    look_again(read, redis)
    site.print(*TEXT[:2], f"{halves[0]}. The owner said that they {halves[1]}", *TEXT[2:])
    look_again(read, redis)
    assert looks(read) == {"edited": 1, "revised": 1}


def test_after_a_change_the_looks_begin_anew_but_not_for_ever(read, site, redis):
    figures = iter(range(85, 200))
    while redis.zcard(LOOKS):
        site.print(TEXT[0].replace("84", str(next(figures))), *TEXT[1:])
        look_again(read, redis)
    assert looks(read) == {"revised": 9}
    revised = events(redis)[1:]
    assert [event["data"]["story"]["revision"] for event in revised] == list(range(2, 11))
    assert len({event["id"] for event in revised}) == 9


def test_a_kill_in_the_place_of_the_text_withdraws_it(read, site, redis):
    notice = (
        "Please do not use this report, which was sent in error, and take it off your pages at once. The ferry did not "
        "run aground. A corrected report will follow in the course of the evening, the editors of the paper say. "
        "We are sorry for the trouble that this has made to our readers and to the company."
    )
    site.print(notice, title=f"KILL: {TITLE}")
    look_again(read, redis)
    withdrawn = events(redis)[1]
    assert withdrawn["type"] == "org.wirefold.story.withdrawn.v1"
    assert (withdrawn["data"]["withdrawn"], withdrawn["data"]["whole"]) == (withdrawn["data"]["story"]["origin"], True)
    assert looks(read) == {"withdrawn": 1}
    assert redis.zcard(LOOKS) == 0


def test_a_kill_that_names_a_story_withdraws_it_and_one_that_names_none_is_no_news(read, site, redis):
    for number, named in ((2, TITLE), (3, "Tug sinks in the harbour of Carrow")):
        site.announce(f"/kill{number}", guid=f"urn:{number}", title=f"MANDATORY KILL: {named}")
        site.print(
            f"Editors, please kill the story “{named}”, which was sent today in error. Nothing of what it says has "
            "happened. A kill is mandatory. Make certain that it is not used, and take it off your pages at once.",
            path=f"/kill{number}",
            title=f"MANDATORY KILL: {named}",
        )
        poll(read)
    assert told(redis) == ["published original", "withdrawn withdrawal"]
    assert read.ledger.balance().reasons == {"kill_notice": 1}


def test_a_revision_can_be_explained_under_its_own_id(read, site, redis):
    site.print(TEXT[0].replace("84", "86"), *TEXT[1:])
    look_again(read, redis)
    entry = events(redis)[0]["data"]["article"]["id"]
    row = read.ledger.entry(f"{entry}~1")
    assert (row["outcome"], row["relation"], row["against"]) == ("published", "correction", entry)


def test_a_feed_that_says_that_a_page_was_changed_brings_its_look_forward_once(read, site):
    for minutes, is_due in ((5, True), (10, False)):
        site.items.clear()
        site.announce(updated=(datetime.now(UTC) + timedelta(minutes=minutes)).isoformat())
        poll(read)
        claims = read.frontier.claim_looks(limit=10, per_s=1000)
        assert [claim.kind for claim in claims] == ["look"] * is_due
        for claim in claims:
            ((_, handed),) = visit(claim.lease, read)
            look(handed, read)
    assert looks(read) == {"unchanged": 1}


def test_a_feed_that_dates_an_entry_to_before_it_was_read_brings_nothing_forward(read, site):
    site.items.clear()
    site.announce(updated="2020-01-01T00:00:00Z")
    poll(read)
    assert read.frontier.claim_looks(limit=10, per_s=1000) == []


def let_pass(redis: Redis, hours: int) -> None:
    """As if the pages that were not found had been missing for longer by so many hours."""
    for one in redis.zrange(LOOKS, 0, -1):
        key = f"{{wirefold}}:item:{one.decode()}"
        look = msgspec.msgpack.decode(redis.hget(key, "data"), type=Look)
        if look.missing_since:
            earlier = replace(look, missing_since=look.missing_since - 3600 * hours)
            redis.hset(key, "data", msgspec.msgpack.encode(earlier))


@pytest.mark.parametrize(("status", "phrase"), [(410, "410 Gone"), (451, "451 Unavailable For Legal Reasons")])
def test_a_page_that_is_gone_for_good_takes_its_story_back_at_once(read, site, redis, status, phrase):
    site.gone["/ferry"] = status
    look_again(read, redis)
    first, gone = events(redis)
    assert told(redis) == ["published original", "withdrawn withdrawal"]
    data = gone["data"]
    assert (data["withdrawn"], data["whole"]) == (first["data"]["article"]["id"], True)
    assert (data["match"]["rule"], data["match"]["evidence"]) == ("page_gone", [f"its page answers {phrase}"])
    assert (data["story"]["revision"], data["story"]["withdrawn"], data["story"]["printings"]) == (2, True, 1)
    assert looks(read) == {"withdrawn": 1}
    assert redis.zcard(LOOKS) == 0


def test_a_page_that_is_not_found_is_asked_for_once_more_two_hours_later_and_then_taken_back(read, site, redis):
    site.gone["/ferry"] = 404
    look_again(read, redis)
    assert (looks(read), told(redis)) == ({"gone": 1}, ["published original"])
    ((_, due),) = redis.zrange(LOOKS, 0, -1, withscores=True)
    assert due / 1000 - time.time() == pytest.approx(7200, abs=20)
    let_pass(redis, hours=2)
    look_again(read, redis)
    assert told(redis) == ["published original", "withdrawn withdrawal"]
    assert events(redis)[1]["data"]["match"]["evidence"] == ["its page answers 404 Not Found, twice, 2 h apart"]
    assert looks(read) == {"gone": 1, "withdrawn": 1}


def test_a_page_that_is_not_found_twice_in_a_minute_may_still_come_back(read, site, redis):
    site.gone["/ferry"] = 404
    for _ in range(2):
        look_again(read, redis)
    assert (looks(read), told(redis)) == ({"gone": 2}, ["published original"])
    assert redis.zcard(LOOKS) == 1


def test_a_page_that_came_back_must_be_missing_twice_again(read, site, redis):
    for status in (404, 200, 404):
        site.gone = {} if status == 200 else {"/ferry": status}
        look_again(read, redis)
        let_pass(redis, hours=2)
    assert looks(read) == {"gone": 2, "unchanged": 1}
    assert told(redis) == ["published original"]


def test_a_story_that_another_publisher_prints_stands_when_a_page_of_it_is_gone(read, site, redis):
    site.print(path="/copy")
    site.items = [{"link": "http://other.example/copy", "guid": "urn:2", "title": TITLE}]
    read.feeds.follow(feed_from_url("http://other.example/feed"))
    run_all(read, until=lambda: redis.xlen("{wirefold}:copies") == 1)
    site.gone["/ferry"] = 410
    look_again(read, redis)
    data = events(redis)[1]["data"]
    assert (data["whole"], data["story"]["withdrawn"]) == (False, False)
    assert data["story"]["publishers"] == ["paper.example", "other.example"]


def test_a_printing_that_comes_later_brings_the_story_back(read, site, redis):
    site.gone["/ferry"] = 410
    look_again(read, redis)
    site.announce("/again", guid="urn:2")
    site.print(path="/again")
    poll(read)
    published, withdrawn, back = (event["data"] for event in events(redis))
    assert [one["story"]["revision"] for one in (published, withdrawn, back)] == [1, 2, 3]
    assert (back["story"]["id"], back["story"]["withdrawn"]) == (published["story"]["id"], False)
    assert (back["change"]["kind"], back["match"]["relation"]) == ("republication", "copy")
    assert read.ledger.balance().outcomes == {"published": 1, "copied": 0, "revised": 1, "unchanged": 0, "rejected": 0}


def test_a_page_that_its_publisher_has_at_another_address_was_not_taken_back(read, site, redis):
    site.announce("/all-saved", guid="urn:2")
    site.print(path="/all-saved")
    poll(read)
    site.gone["/ferry"] = 410
    look_again(read, redis)
    assert (looks(read), told(redis)) == ({"gone": 1}, ["published original"])


def test_of_a_host_that_has_four_pages_no_more_none_is_taken_back(tools, site, redis):
    for number, text in enumerate((FERRY, HARVEST, RIVAL, NORTH)):
        site.announce(f"/{number}", guid=f"urn:{number}", title=f"Report number {number}")
        site.print(*text.split("\n"), path=f"/{number}", title=f"Report number {number}")
    poll(tools)
    assert redis.zcard(LOOKS) == 4
    site.gone = dict.fromkeys(site.pages, 404)
    for _ in range(2):
        for one in redis.zrange(LOOKS, 0, -1):  # a host is asked for one page at a time
            redis.zadd(LOOKS, dict.fromkeys(redis.zrange(LOOKS, 0, -1), time.time() * 2000) | {one: 0})
            run_all(tools, *(claim.lease for claim in tools.frontier.claim_looks(limit=100, per_s=1000)))
        let_pass(redis, hours=2)
    assert (looks(tools), "withdrawn withdrawal" in told(redis)) == ({"gone": 8}, False)
    assert redis.zcard(LOOKS) == 4
    assert 0 < redis.ttl("{wirefold}:frontier:missing:paper.example") <= 6 * 3600


def test_a_page_is_not_taken_back_while_its_feed_is_not_answered_either(read, site, redis):
    site.feed_status = 404
    poll(read)
    site.gone["/ferry"] = 410
    look_again(read, redis)
    assert (looks(read), told(redis)) == ({"gone": 1}, ["published original"])
    site.feed_status = 200
    poll(read)
    look_again(read, redis)
    assert told(redis) == ["published original", "withdrawn withdrawal"]


def test_a_host_that_fails_costs_a_look_and_is_asked_again_at_the_next(read, site, redis):
    site.gone["/ferry"] = 503
    look_again(read, redis)
    assert looks(read) == {"failed": 1}
    assert redis.zcard(LOOKS) == 1


def test_a_wall_in_the_place_of_the_text_says_nothing(read, site, redis):
    site.print("Subscribe to read the rest of this article.")
    look_again(read, redis)
    assert looks(read) == {"unreadable": 1}
    assert told(redis) == ["published original"]


def test_another_page_in_its_place_is_no_revision(read, site, redis):
    site.print(*(f"In the {word} district the pears are ripe early this year, say growers." * 3 for word in "abcdef"))
    look_again(read, redis)
    assert looks(read) == {"edited": 1}


def test_a_printing_of_the_earlier_text_elsewhere_is_a_copy_and_no_revision(read, site, redis):
    site.print(TEXT[0].replace("84", "86"), *TEXT[1:])
    look_again(read, redis)
    site.print(path="/copy")
    site.items = [{"link": "http://other.example/copy", "guid": "urn:2", "title": TITLE}]
    other = feed_from_url("http://other.example/feed")
    read.feeds.follow(other)
    poll(read)
    assert told(redis) == ["published original", "revised correction"]


def test_what_is_split_off_takes_its_revisions_with_it_and_goes_on_being_looked_at(read, site, redis):
    site.items = [{"link": "http://other.example/news", "guid": "urn:2", "title": f"UPDATE 1-{TITLE}"}]
    site.print(*TEXT[:2], NEWS, *TEXT[2:], path="/news", title=f"UPDATE 1-{TITLE}")
    poll(read)
    update = events(redis)[1]["data"]["article"]["id"]
    assert events(redis)[1]["data"]["change"]["added"] == [NEWS]
    for figure in ("86", "87"):
        site.print(TEXT[0].replace("84", figure), TEXT[1], NEWS, *TEXT[2:], path="/news", title=f"UPDATE 1-{TITLE}")
        look_again(read, redis)
        if figure == "86":
            moved, left = split(update, read.stories, datetime.now(UTC))
    assert told(redis) == ["published original", "revised update", "revised correction", "split ", "revised correction"]
    assert read.stories.printed(moved) == (update, f"{update}~1", f"{update}~2")
    assert (left.printings, len(read.stories.printed(left))) == (1, 1)
    assert [event["subject"] for event in events(redis)[1:]] == [left.id, left.id, moved.id, moved.id]
    assert events(redis)[3]["data"]["articles"] == [update]


def test_the_ledger_tells_of_the_looks(read, site, redis, redis_server):
    look_again(read, redis)
    site.gone["/ferry"] = 404
    look_again(read, redis)
    shown = CliRunner().invoke(ledger, ["--redis", redis_server]).output
    assert "       1 later readings of pages whose entries have ended" in shown
    assert ("               1 unchanged\n" in shown, "               1 gone\n" in shown) == (True, True)
    document = json.loads(CliRunner().invoke(ledger, ["--json", "--redis", redis_server]).output)
    assert (document["rereads"], document["looks"]["gone"], document["balanced"]) == (1, 1, True)


def test_a_look_whose_worker_died_comes_due_again(read, redis):
    make_due(redis)
    (claim,) = read.frontier.claim_looks(limit=10, per_s=2)
    redis.zadd("{wirefold}:frontier:leases", {claim.id: 0})
    assert read.frontier.claim(limit=10) == []
    assert redis.zcard(LOOKS) == 1
    assert visit(claim.lease, read) == ()
    look_again(read, redis)
    assert looks(read) == {"unchanged": 1}


def test_a_crash_in_the_middle_of_a_look_is_a_look_that_failed(read, redis):
    make_due(redis)
    (claim,) = read.frontier.claim_looks(limit=10, per_s=2)
    failure.give_back(claim.lease, Transient("time_limit"), read)
    assert looks(read) == {"failed": 1}


def test_a_message_that_comes_twice_revises_once(read, site, redis):
    site.print(*TEXT, NEWS)
    make_due(redis)
    (claim,) = read.frontier.claim_looks(limit=10, per_s=2)
    ((_, handed),) = visit(claim.lease, read)
    look(handed, read)
    look(handed, read)
    look(Lease(handed.id, "0"), read)
    assert looks(read) == {"revised": 1}


def test_a_service_that_looks_at_nothing_leaves_nothing_to_look_at(redis, redis_server, site, hosts):
    site.announce()
    site.print()
    with tools_for(redis_server, hosts, looks_per_s=0) as made:
        poll(made)
    assert redis.zcard(LOOKS) == 0


def test_the_same_guid_with_another_date_and_title_is_the_same_entry(read, site, redis):
    site.items.clear()
    site.announce(title="Ferry aground", published="2030-01-01T12:00:00Z", updated="2030-01-01T13:00:00Z")
    poll(read)
    assert (read.ledger.balance().entries, told(redis)) == (1, ["published original"])


def test_an_entry_that_left_its_feed_and_came_back_under_another_date_is_the_same(read, site, redis):
    site.items.clear()
    site.announce("/pears", guid="urn:2")
    poll(read)
    mark_s = redis.ttl("{wirefold}:entry:" + events(redis)[0]["data"]["article"]["id"])
    assert mark_s > 7 * 86_400
    site.announce(published=datetime.now(UTC).isoformat())
    poll(read)
    assert (read.ledger.balance().entries, told(redis)) == (2, ["published original"])


def test_a_new_guid_for_the_same_page_is_unchanged_whatever_its_title(read, site, redis):
    for number in (2, 3):
        site.announce(guid=f"urn:{number}", title="All saved off Orsa")
        site.print(title="All saved off Orsa")
        poll(read)
    outcomes = read.ledger.balance().outcomes
    assert (outcomes["published"], outcomes["unchanged"]) == (1, 2)
    assert events(redis, "{wirefold}:copies") == []
    assert redis.zcard(LOOKS) == 1


def test_a_new_guid_and_a_new_address_for_the_same_text_are_no_further_printing(read, site, redis):
    site.announce("/all-saved", guid="urn:2", title="All saved off Orsa")
    site.print(path="/all-saved", title="All saved off Orsa")
    poll(read)
    outcomes = read.ledger.balance().outcomes
    assert (outcomes["published"], outcomes["unchanged"]) == (1, 1)
    assert events(redis, "{wirefold}:copies") == []
