"""The stories as they stand, read beside whoever writes them, on a real Redis."""

import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import jsonschema
import msgspec
import pytest
from redis import Redis

from newswire.article import Article
from newswire.event.contract import schemas
from newswire.event.snapshot import STORY_STATE, StoryState
from newswire.story import coverage_id, story_id
from storage.keys import Keys
from storage.snapshot import Snapshot
from storage.stories import Lease, Stories
from tests.newswire.printings import (
    FERRY,
    FERRY_ES,
    FOLLOW_UP,
    HARVEST,
    NORTH,
    NOW,
    RIVAL,
    SOUTH,
    an_article,
    cut,
)
from workers.settle import settle
from workers.takeback import merge, split

WINDOW_S = 5 * 86400
LATER = NOW + timedelta(hours=9)
MIDDLE = "\n".join(FERRY.split("\n")[2:6])


@pytest.fixture
def stories(redis: Redis) -> Stories:
    return Stories(redis, Keys(), window_s=WINDOW_S)


@pytest.fixture
def snapshot(redis: Redis, stories: Stories) -> Snapshot:
    return Snapshot(redis, Keys(), stories, window_s=WINDOW_S)


def settled(stories: Stories, *articles: Article) -> list[str]:
    found = []
    for article in articles:
        decision = settle(Lease(article.id), article, stories, feed="f", now=article.fetched).decision
        assert decision is not None
        found.append(decision.story)
    return found


def taken(snapshot: Snapshot, now: datetime = LATER) -> dict[str, StoryState]:
    states = list(snapshot.states(now))
    assert len({state.story.id for state in states}) == len(states)
    return {state.story.id: state for state in states}


def an_update(**given: object) -> Article:
    """What another publisher has four hours later."""
    raised = FERRY.replace("214 people", "221 people").replace("Nine people", "17 people")
    return an_article(raised, publisher="whole.example", hours=4, **given)


class Reader:
    """What a reader knows who applies each event to what it knows, by the story's revision."""

    def __init__(self) -> None:
        self.known: dict[str, dict] = {}
        self.merged: dict[str, set[str]] = {}

    def loads(self, state: StoryState) -> None:
        self._tells(msgspec.to_builtins(state.story))
        self._takes_in(state.story.id, state.merged)

    def hears(self, event: dict) -> None:
        data = event["data"]
        if event["type"].endswith("story.split.v1"):
            self.merged.get(data["out_of"]["id"], set()).discard(data["story"]["id"])
            self._tells(data["out_of"])
        if "story" in data:
            self._tells(data["story"])
        if "merged" in data:
            self._takes_in(data["story"]["id"], data["merged"])

    def _tells(self, story: dict) -> None:
        before = self.known.get(story["id"])
        if before is None or story["revision"] > before["revision"]:
            self.known[story["id"]] = story

    def _takes_in(self, story: str, merged: tuple[str, ...]) -> None:
        for one in merged:
            self.merged.setdefault(story, set()).update({one}, self.merged.pop(one, set()))
            self.known.pop(one, None)

    def sees(self) -> dict[str, tuple]:
        """Of each story: revision, title, whether it is withdrawn, and the ids that stand for it."""
        return {
            one: (story["revision"], story.get("title", ""), story.get("withdrawn", False), self.merged.get(one, set()))
            for one, story in self.known.items()
        }


def events(redis: Redis, after: str = "0") -> list[dict]:
    return [json.loads(fields[b"data"]) for _, fields in redis.xrange("wirefold", f"({after}" if after != "0" else "-")]


def test_a_story_is_told_as_its_event_told_it(redis, stories, snapshot):
    settled(stories, an_article(FERRY))
    ((state),) = taken(snapshot).values()
    (event,) = events(redis)
    told = json.loads(msgspec.json.encode(state))
    assert told.pop("merged") == []
    emitted = {"emitted": event["data"]["clocks"]["emitted"]}
    assert {**told, "clocks": {**told["clocks"], **emitted}} == event["data"]


def test_every_line_is_valid_against_its_schema(stories, snapshot):
    settled(stories, an_article(FERRY), an_article(HARVEST, publisher="h.example"), an_update())
    for state in taken(snapshot).values():
        jsonschema.validate(json.loads(msgspec.json.encode(state)), schemas()[STORY_STATE])


def test_the_text_is_that_of_the_latest_update_and_the_story_counts_all_printings(stories, snapshot):
    first, update = an_article(FERRY), an_update(title="Ferry sinks: two hurt")
    story, _, _ = settled(stories, first, an_article(FERRY, publisher="b.example", hours=1), update)
    settled(stories, an_article(FERRY, publisher="c.example", hours=5))
    state = taken(snapshot)[story]
    assert (state.content.text, state.article.id, state.match.relation) == (update.text, update.id, "update")
    assert (state.story.revision, state.story.printings, state.story.title) == (2, 4, "Ferry sinks: two hurt")


def test_a_long_text_is_whole(stories, snapshot):
    text = "\n".join(f"Sentence {number} of a very long report from Lyrsund." for number in range(2000))
    (story,) = settled(stories, an_article(text))
    assert taken(snapshot)[story].content.text == text
    assert taken(snapshot)[story].content.text_key == ""


def test_a_merged_story_is_named_by_the_one_it_is_now(stories, snapshot):
    one, other, _ = settled(
        stories,
        an_article(MIDDLE, publisher="first.example"),
        an_article(cut(FERRY_ES, 4), publisher="second.example", hours=1, language="es"),
        an_article(FERRY, publisher="whole.example", hours=2),
    )
    states = taken(snapshot)
    assert list(states) == [one]
    assert states[one].merged == (other,)
    assert states[one].content.text == MIDDLE


def test_a_story_split_off_says_its_own_text(stories, snapshot):
    copy = an_article(FERRY.replace("told reporters on the quay", "said"), publisher="b.example", hours=1)
    story, _ = settled(stories, an_article(FERRY), copy)
    apart, _ = split(copy.id, stories, LATER)
    states = taken(snapshot)
    assert (states[apart.id].content.text, states[story].content.text) == (copy.text, FERRY)


def test_what_a_story_had_said_before_it_was_merged_is_not_what_the_other_says(stories, snapshot):
    pears = an_article(HARVEST, publisher="h.example", title="Ferry")
    one, _ = settled(stories, pears, an_article(FERRY, title="Ferry", hours=1))
    other, _ = settled(stories, an_article(NORTH, title="Eskvik win", hours=2), an_update(title="Ferry"))
    merge(one, story_id("morning.example/1"), stories, LATER)
    state = taken(snapshot)[one]
    assert (state.content.text, state.story.title) == (HARVEST, "Ferry")
    assert state.merged == (story_id("morning.example/1"),)
    assert other in taken(snapshot)


def test_the_text_and_the_title_are_of_one_printing_also_when_the_latest_was_split_off(stories, snapshot):
    first, update = an_article(FERRY, title="Ferry aground"), an_update(title="Ferry: 17 hurt")
    later = an_article(update.text.replace("17 people", "23 people").replace("221", "228"), hours=5, title="23 hurt")
    story, _, _ = settled(stories, first, update, later)
    assert taken(snapshot)[story].content.title == "23 hurt"
    split(later.id, stories, LATER)
    state = taken(snapshot)[story]
    assert (state.content.title, state.content.text) == (state.story.title, first.text)


def test_a_story_seen_twice_by_the_scan_is_told_once(redis, stories, snapshot):
    for at, text in enumerate((FERRY, HARVEST, NORTH, SOUTH, RIVAL)):
        settled(stories, an_article(text, publisher=f"p{at}.example"))
    redis.mset({f"filler{at}": "" for at in range(20_000)})
    told = []
    for state in snapshot.states(LATER, batch=1):
        told.append(state.story.id)
        redis.delete(*redis.keys("filler*") or ("none",))
        time.sleep(0.3)  # the server halves its table, and the scan comes by again
    assert len(told) == len(set(told)) == 5


def test_a_story_is_in_the_coverage_that_its_own_was_merged_into(stories, snapshot):
    pears, ferry, rival = settled(
        stories,
        an_article(HARVEST, publisher="h.example"),
        an_article(FERRY, hours=1),
        an_article(RIVAL, publisher="rival.example", hours=2),
    )
    assert taken(snapshot)[rival].story.coverage == coverage_id(ferry)
    merge(pears, ferry, stories, LATER)
    assert taken(snapshot)[rival].story.coverage == coverage_id(pears)


def test_what_was_not_printed_within_the_window_is_left_out(stories, snapshot):
    settled(stories, an_article(FERRY))
    assert taken(snapshot, NOW + timedelta(days=6)) == {}


def test_the_sources_and_the_coverage_are_those_of_the_event(redis, stories, snapshot):
    one, other = settled(stories, an_article(FERRY), an_article(HARVEST, publisher="h.example", hours=1))
    merge(one, other, stories, LATER)
    settled(stories, an_article(RIVAL, publisher="rival.example", hours=2))
    state = taken(snapshot)[one]
    assert state.story.independent_sources == stories.sources(stories.story(one)) == 2
    told = events(redis)[-1]["data"]["story"]
    assert (state.story.coverage, state.story.independent_sources) == (told["coverage"], told["independent_sources"])


def a_days_work(stories: Stories) -> Iterator[None]:
    """Stories begun, copied, revised, taken back, merged and split, one step after another."""
    spanish = an_article(cut(FERRY_ES, 4), publisher="second.example", hours=1, language="es")
    one, other = settled(stories, an_article(MIDDLE, publisher="first.example", title="Ferry: the rescue"), spanish)
    yield
    settled(stories, an_article(NORTH, publisher="sport.example", title="Eskvik win"))
    settled(stories, an_article(HARVEST, publisher="farm.example", title="Pears aplenty in Aldana"))
    yield
    settled(stories, an_article(HARVEST, publisher="farm2.example", title="Pears aplenty in Aldana", hours=1))
    settled(stories, an_article(RIVAL, publisher="rival.example", title="Rescued from the rocks", hours=1))
    yield
    settled(
        stories, an_article(FERRY, publisher="whole.example", title="Ferry aground", hours=2)
    )  # two stories are one
    yield
    raised = FERRY.replace("214 people", "221 people").replace("Nine people", "17 people")
    settled(stories, an_article(raised, publisher="whole.example", title="Ferry aground: 17 hurt", hours=3))
    yield
    notice = 'Please kill and do not use the item "Pears aplenty in Aldana", sent in error at 12:00 GMT today.'
    settled(stories, an_article(notice, publisher="farm.example", title="KILL: Pears aplenty in Aldana", hours=3))
    yield
    split(spanish.id, stories, LATER)
    settled(stories, an_article(SOUTH, publisher="sport.example", title="Oststad win", hours=4))
    yield
    merge(one, other, stories, LATER)
    yield
    settled(stories, an_article(FOLLOW_UP, publisher="rival.example", title="Rudder found broken", hours=5))
    yield


@pytest.mark.parametrize("before", range(9))
def test_a_reader_that_begins_with_a_snapshot_ends_as_one_that_read_everything(redis, stories, snapshot, before):
    work = a_days_work(stories)
    for _ in range(before):
        next(work)
    read_on_from, _ = snapshot.last()
    begun = Reader()
    for state in snapshot.states(LATER, batch=3):
        begun.loads(state)
        next(work, None)  # written while the snapshot is being taken
    for _ in work:
        pass
    for event in events(redis, read_on_from):
        begun.hears(event)
    whole = Reader()
    for event in events(redis):
        whole.hears(event)
    assert begun.sees() == whole.sees()


def test_the_days_work_tells_of_everything_that_becomes_of_stories(redis, stories):
    for _ in a_days_work(stories):
        pass
    told = {event["type"].removeprefix("org.wirefold.").rpartition(".")[0] for event in events(redis)}
    assert told == {f"story.{kind}" for kind in ("published", "revised", "withdrawn", "merged", "split")} | {
        "coverage.linked"
    }
