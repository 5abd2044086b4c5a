"""What leaves the house, on a real Redis: long texts, numbers, and routes."""

import json
import re
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from typing import Any

import msgspec
import pytest
from builders import LEAD, NOON, an_article
from msgspec.structs import replace
from racing import settle_all
from redis import Redis

from newswire.article import version_id
from newswire.decision import Decision, Relation
from newswire.event.contract import schemas
from newswire.event.telling import events_of
from newswire.looks import LookResult
from newswire.routes import parse_routes
from newswire.story import fold
from storage.errors import Unavailable
from storage.keys import Keys
from storage.outbox import LEAD_CHARS, TEXT_BYTES, Outbox, lead_of
from storage.stories import Answer, Lease, Stories
from tests.newswire.printings import FERRY, FERRY_ES, HARVEST, NOW
from tests.newswire.printings import an_article as a_printing
from workers.settle import settle
from workers.takeback import merge, split


def stories_with(redis: Redis, routes: str = "") -> Stories:
    return Stories(redis, Keys(), window_s=5 * 86400, outbox=Outbox(Keys(), routes=parse_routes(routes)))


def settled(stories: Stories, *articles: Any) -> list[str]:
    """The stories that articles joined or began."""
    done = (settle(Lease(one.id), one, stories, feed="f", now=one.fetched).decision for one in articles)
    return [decision.story for decision in done if decision]


def documents(redis: Redis, stream: str = "wirefold") -> list[dict[str, Any]]:
    return [json.loads(fields[b"data"]) for _, fields in redis.xrange(stream)]


def told(redis: Redis, route: str) -> list[str]:
    """The types told on a route."""
    names = (fields[b"type"].decode() for _, fields in redis.xrange(f"{{wirefold}}:route:{route}"))
    return [name.removeprefix("org.wirefold.").rpartition(".")[0] for name in names]


# Long texts


def a_text_of(size: int) -> str:
    """A text of so many bytes, two in each of its first letters, of words that are nowhere twice."""
    words = (f"ñ{number}" + ("\n" if number % 50 == 49 else " ") for number in range(size))
    text = ""
    while len(text.encode()) < size - 12:
        text += next(words)
    return text + "x" * (size - len(text.encode()))


def test_a_text_of_40_kb_stands_in_its_key_whole_and_the_event_has_its_beginning(redis):
    text = a_text_of(40 * 1024)
    settled(stories_with(redis), an_article(1, text=text))
    (document,) = documents(redis)
    content = document["data"]["content"]
    assert content["text_key"] == f"{{wirefold}}:text:{document['id']}"
    assert redis.get(content["text_key"]).decode() == text
    assert content["text"] == lead_of(text) == text[: len(content["text"])]
    assert LEAD_CHARS / 2 <= len(content["text"]) <= LEAD_CHARS
    assert redis.zrange("{wirefold}:texts", 0, -1) == [content["text_key"].encode()]


@pytest.mark.parametrize(("size", "keys"), [(TEXT_BYTES, 0), (TEXT_BYTES + 1, 1)])
def test_only_a_text_of_more_than_32_kb_does(redis, size, keys):
    text = a_text_of(size)
    settled(stories_with(redis), an_article(1, text=text))
    (document,) = documents(redis)
    assert (document["data"]["content"]["text"] == text) == (keys == 0)
    assert len(redis.keys("{wirefold}:text:*")) == redis.zcard("{wirefold}:texts") == keys


def test_a_long_text_that_is_told_on_a_route_too_is_kept_once(redis):
    settled(stories_with(redis, "en: lang=en"), an_article(1, text=a_text_of(40 * 1024)))
    (there,), (here,) = documents(redis, "{wirefold}:route:en"), documents(redis)
    assert there["data"] == here["data"]
    assert len(redis.keys("{wirefold}:text:*")) == 1


def test_the_beginning_of_a_text_is_whole_paragraphs_where_they_are_long_enough():
    paragraph = "The tug came at high tide. " * 30
    assert lead_of("\n".join([paragraph] * 9)) == "\n".join([paragraph] * 2)
    assert lead_of("(EFE)\n" + paragraph * 9) == f"(EFE)\n{paragraph * 9}"[:LEAD_CHARS].rpartition(" ")[0]
    assert lead_of("東京 " + "船" * 3000) == ("東京 " + "船" * 3000)[:LEAD_CHARS]


# Numbers

ROUTES = "en: lang=en; ferry: tag=Ferries; efe: agency=EFE"


def numbers(redis: Redis, stream: bytes) -> list[int]:
    """The numbers of a stream's entries; each is the same in its field and in its document, which is valid."""
    found = []
    decoder = msgspec.json.Decoder(dict[str, Any])
    for _, fields in redis.xrange(stream):
        document = decoder.decode(fields[b"data"])
        assert re.fullmatch(rb"[0-9]{16}", fields[b"sequence"])
        assert document["sequence"].encode() == fields[b"sequence"]
        assert document["type"] in schemas()
        found.append(int(fields[b"sequence"]))
    return found


def test_the_numbers_of_a_stream_have_no_gap_whoever_appends(redis, redis_server):
    texts = [LEAD, *(f"{place} has a new bridge. " + " ".join(f"{place}{n}" for n in range(80)) for place in "ABC")]
    articles = [
        an_article(number, text=texts[number % 4], minutes=number, tags=("Ferries",) * (number % 4 == 0),
                   agency="EFE" * (number % 3 == 0))
        for number in range(32)
    ]  # fmt: skip
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(settle_all, [redis_server] * 4, [ROUTES] * 4, [articles[first::4] for first in range(4)]))
    streams = [b"wirefold", *sorted(redis.keys("{wirefold}:copies")), *sorted(redis.keys("{wirefold}:route:*"))]
    assert len(streams) == 5
    appended = {stream: numbers(redis, stream) for stream in streams}
    assert appended == {stream: list(range(1, len(found) + 1)) for stream, found in appended.items()}
    assert {stream: int(last) for stream, last in redis.hgetall("{wirefold}:sequences").items()} == {
        stream: len(found) for stream, found in appended.items()
    }
    assert len(appended[b"wirefold"]) + len(appended[b"{wirefold}:copies"]) == 32


@pytest.mark.parametrize("key", ["wirefold", "{wirefold}:route:en"])
@pytest.mark.parametrize("step", ["settle", "merge", "split"])
def test_a_step_whose_stream_is_something_else_writes_nothing_and_is_done_later(redis, key, step):
    stories = stories_with(redis, "en: lang=en")
    printings = an_article(1), an_article(2, text=HARVEST, minutes=1), an_article(3, minutes=2, text=f"{LEAD}\nSo far.")
    one, other, _ = settled(stories, *printings)

    def take_step() -> None:
        if step == "merge":
            merge(one, other, stories, NOON)
        elif step == "split":
            split("a3", stories, NOON)
        else:
            settle(Lease("a4"), an_article(4, text=FERRY_ES, language="en", minutes=3), stories, feed="f", now=NOON)

    redis.rename(key, "{wirefold}:aside")
    redis.set(key, "not ours")
    before = {found: redis.dump(found) for found in redis.scan_iter()}
    with pytest.raises(Unavailable, match=f"{re.escape(key)} is no stream but a string"):
        take_step()
    assert {found: redis.dump(found) for found in redis.scan_iter()} == before
    redis.rename("{wirefold}:aside", key)
    take_step()
    assert numbers(redis, key.encode())[-1] == len(documents(redis, key))


# Routes


def test_an_event_on_a_route_is_the_one_on_its_stream_under_another_number(redis):
    stories = stories_with(redis, "es: lang=es")
    settled(stories, an_article(1), an_article(2, text=HARVEST, language="es", minutes=1))
    (routed,), (_, told_there) = documents(redis, "{wirefold}:route:es"), documents(redis)
    assert (routed.pop("sequence"), told_there.pop("sequence")) == ("0000000000000001", "0000000000000002")
    assert routed == told_there


def test_a_story_whose_later_printing_is_of_a_route_is_told_there_from_then_on(redis):
    stories = stories_with(redis, "efe: agency=EFE")
    settled(stories, an_article(1), an_article(2, agency="EFE", minutes=5), an_article(3, minutes=9))
    assert told(redis, "efe") == ["story.copied", "story.copied"]


def test_a_route_that_is_not_set_any_more_is_forgotten(redis):
    (story,) = settled(stories_with(redis, "efe: agency=EFE"), an_article(1, agency="EFE"))
    stories = stories_with(redis, "fr: lang=fr")
    settled(stories, an_article(2, minutes=5))
    found = stories.story(story)
    assert found is not None
    assert found.routes == ()
    assert told(redis, "efe") == ["story.published"]


def test_what_becomes_of_two_stories_is_told_on_the_routes_of_both(redis):
    stories = stories_with(redis, "es: lang=es; harvest: tag=Farms")
    one, other = settled(
        stories,
        a_printing(FERRY_ES, language="es"),
        a_printing(HARVEST, publisher="b.example", hours=1, tags=("Farms",)),
    )
    merge(one, other, stories, NOW + timedelta(hours=1))
    assert told(redis, "es") == ["story.published", "story.merged"]
    assert told(redis, "harvest") == ["story.published", "story.merged"]
    settled(stories, a_printing(HARVEST, publisher="c.example", hours=2))
    assert told(redis, "es")[2:] == told(redis, "harvest")[2:] == ["story.copied"]


def test_a_printing_that_shows_that_two_stories_are_one_tells_it_on_the_routes_of_both(redis):
    stories = stories_with(redis, "es: lang=es; morning: tag=Morning")
    middle = "\n".join(FERRY.split("\n")[2:6])
    first = a_printing(middle, publisher="first.example", tags=("Morning",))
    second = a_printing("\n".join(FERRY_ES.split("\n")[:4]), publisher="second.example", hours=1, language="es")
    settled(stories, first, second, a_printing(FERRY, publisher="whole.example", hours=2))
    for route in ("es", "morning"):
        assert told(redis, route)[1] == "story.merged"


def test_a_printing_split_off_is_told_on_the_routes_of_what_it_was_of_and_so_is_all_that_follows(redis):
    stories = stories_with(redis, "morning: tag=Morning")
    edited = FERRY.replace("told reporters on the quay", "said")
    copy = a_printing(edited, publisher="b.example", hours=1)
    settled(stories, a_printing(FERRY, tags=("Morning",)), copy)
    parted, left = split(copy.id, stories, copy.fetched + timedelta(hours=1))
    assert told(redis, "morning") == ["story.published", "story.copied", "story.split"]
    assert [found.routes for found in map(stories.story, (parted.id, left.id)) if found] == [("morning",)] * 2
    assert settled(stories, a_printing(edited, publisher="c.example", hours=3)) == [parted.id]
    assert told(redis, "morning")[3:] == ["story.copied"]


def test_a_revision_is_told_on_the_routes_of_its_story_and_may_begin_another(redis):
    stories = stories_with(redis, "morning: tag=Morning; efe: agency=EFE")
    first = an_article(1, tags=("Morning",))
    (story,) = settled(stories, first)
    before = stories.story(story)
    assert before is not None
    version = replace(an_article(1, agency="EFE", minutes=10), id=version_id(first.id, 1))
    decision = Decision(
        relation=Relation.UPDATE, story=story, coverage=before.coverage, score=0.9, rule="edited", against=first.id
    )
    after = fold({story: before}, version, decision)
    (event,) = events_of(version, decision, after, sources=1, now=NOON)
    redis.hset("{wirefold}:item:a1", mapping={"kind": "look", "host": "p1.example", "token": "7"})
    answer = stories.revise(
        Lease(first.id, "7"), version, decision, after, before,
        result=LookResult.REVISED, then=None, event=event, now=NOON,
    )  # fmt: skip
    assert answer is Answer.DONE
    assert (told(redis, "morning"), told(redis, "efe")) == (["story.published", "story.revised"], ["story.revised"])


def test_a_step_that_changes_nothing_tells_nothing_on_any_route(redis):
    stories = stories_with(redis, "en: lang=en")
    settled(stories, an_article(1))
    before = Counter(redis.hgetall("{wirefold}:sequences"))
    settled(stories, an_article(1))  # the same message again
    assert Counter(redis.hgetall("{wirefold}:sequences")) == before
