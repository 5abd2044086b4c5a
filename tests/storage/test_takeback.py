"""Stories that turn out to be one, and decisions taken back, on a real Redis."""

import json
from datetime import timedelta

import jsonschema
import pytest
from msgspec.structs import replace
from redis import Redis

from newswire.article import Article
from newswire.event.contract import schemas
from newswire.story import Story, coverage_id, story_id
from storage.keys import Keys
from storage.ledger import Ledger
from storage.stories import Lease, Stories
from tests.newswire.printings import FERRY, FERRY_ES, HARVEST, NOW, an_article, cut
from workers.settle import settle
from workers.takeback import Refused, merge, split

LATER = NOW + timedelta(hours=9)
MIDDLE = "\n".join(FERRY.split("\n")[2:6])  # shares too little with the first half for both to be known as one

# Another's report: it speaks of what stands in the first half.
RESCUE = """Pescadores de Lyrsund contaron cómo navegaron a oscuras hacia el transbordador Maren Holt el martes.
La guardia costera había llamado a todos los barcos, y tres botes salvavidas de Eskvik llevaban ya pasajeros.
Los helicópteros alumbraban el mar mientras los tripulantes bombeaban agua en la sala de máquinas, dijo Odd Brekke.
La capitana Ingrid Solberg esperó en el puente hasta que los últimos pasajeros dejaron atrás la isla de Lyrsund."""


@pytest.fixture
def stories(redis: Redis) -> Stories:
    return Stories(redis, Keys(), window_s=5 * 86400)


def settled(stories: Stories, *articles: Article) -> list[str]:
    """The stories that articles joined or began, in their order."""
    found = []
    for article in articles:
        decision = settle(Lease(article.id), article, stories, feed="f", now=article.fetched).decision
        assert decision is not None
        found.append(decision.story)
    return found


def known(stories: Stories, story: str) -> Story:
    found = stories.story(story)
    assert found is not None
    return found


def documents(redis: Redis, kind: str) -> list[dict]:
    """The documents of one type on the main stream, each valid against its schema."""
    told = [json.loads(fields[b"data"]) for _, fields in redis.xrange("wirefold")]
    for document in told:
        jsonschema.validate(document, schemas()[document["type"]])
    return [document for document in told if document["type"] == f"org.wirefold.{kind}.v1"]


def two_that_are_one(hours: int = 1) -> tuple[Article, Article, Article]:
    """The second comes some hours after the first."""
    return (
        an_article(MIDDLE, publisher="first.example"),
        an_article(cut(FERRY_ES, 4), publisher="second.example", hours=hours, language="es"),
        an_article(FERRY, publisher="whole.example", hours=hours + 1),
    )


def test_a_printing_of_two_stories_makes_them_one(redis, stories):
    first, second, whole = two_that_are_one()
    one, other, joined = settled(stories, first, second, whole)
    assert one != other
    assert joined == one
    assert known(stories, other).id == one
    assert known(stories, one).printings == 3
    assert known(stories, one).publishers == ("first.example", "second.example", "whole.example")
    assert stories.printed(known(stories, one)) == (first.id, second.id, whole.id)
    (event,) = documents(redis, "story.merged")
    assert (event["subject"], event["data"]["merged"], event["data"]["cause"]) == (one, [other], whole.id)
    assert event["data"]["story"]["independent_sources"] == 1


def test_of_two_stories_the_one_seen_first_remains_whatever_the_order(stories):
    first, second, whole = two_that_are_one()
    early = story_id(first.id)
    settled(stories, second, first, whole)
    assert {known(stories, story_id(article.id)).id for article in (first, second)} == {early}


def test_what_resembles_a_merged_story_joins_what_it_was_merged_into(stories):
    first, second, whole = two_that_are_one()
    one, _, _ = settled(stories, first, second, whole)
    spanish = an_article(FERRY_ES, publisher="third.example", hours=3, language="es")
    assert settled(stories, spanish) == [one]


def test_the_coverage_of_a_merged_story_goes_with_it(redis, stories):
    first, second, whole = two_that_are_one(hours=80)  # too late to join its coverage
    own = story_id(first.id), story_id(second.id)
    rival = an_article(RESCUE, publisher="rival.example", hours=80.5, agency="AFP", language="es")
    _, _, theirs = settled(stories, first, second, rival)
    before = known(stories, theirs).coverage
    assert before == coverage_id(own[1])
    settled(stories, whole)
    assert known(stories, theirs).coverage == known(stories, own[0]).coverage != before
    assert redis.hgetall(Keys()("coverage", before)) == {}


def test_two_stories_are_merged_by_hand(redis, stories):
    one, other = settled(stories, an_article(FERRY), an_article(HARVEST, publisher="b.example", hours=1))
    assert merge(other, one, stories, LATER).id == one
    assert known(stories, other).id == one
    (event,) = documents(redis, "story.merged")
    assert (event["data"]["merged"], event["data"]["match"]["rule"], event["data"]["cause"]) == ([other], "by_hand", "")


def test_a_story_is_not_merged_with_itself(stories):
    (one,) = settled(stories, an_article(FERRY))
    with pytest.raises(Refused, match="one story already"):
        merge(one, one, stories, LATER)
    with pytest.raises(Refused, match="no story s0"):
        merge(one, "s0", stories, LATER)


def test_a_printing_split_off_is_told_whole_and_never_joined_again(redis, stories):
    edited = FERRY.replace("told reporters on the quay", "said")
    copy = an_article(edited, publisher="b.example", hours=1)
    one, joined = settled(stories, an_article(FERRY), copy)
    assert joined == one
    story, left = split(copy.id, stories, LATER)
    assert (story.id, left.id) == (story_id(copy.id), one)
    assert (left.printings, left.publishers, story.printings) == (1, ("morning.example",), 1)
    (event,) = documents(redis, "story.split")
    assert event["data"]["content"]["text"] == edited
    assert (event["data"]["articles"], event["data"]["out_of"]["id"]) == ([copy.id], one)
    assert Ledger(redis, Keys()).entry(copy.id)["story"] == story.id
    again = an_article(edited, publisher="c.example", hours=10)
    assert settled(stories, again) == [story.id]
    assert known(stories, one).id == one


def test_what_was_taken_out_of_a_merged_story_is_not_taken_out_with_it_again(stories):
    copy = an_article(HARVEST, publisher="c.example", hours=2)
    one, other, joined = settled(stories, an_article(FERRY), an_article(HARVEST, publisher="b.example", hours=1), copy)
    assert joined == other
    merge(one, other, stories, LATER)
    split(copy.id, stories, LATER)
    story, left = split("b.example/1", stories, LATER)
    assert (story.id, story.printings, stories.printed(story)) == (other, 1, ("b.example/1",))
    assert (story.publishers, left.printings, left.revision) == (("b.example",), 1, 4)


def test_what_was_no_further_printing_is_not_missed_when_it_is_split_off(stories):
    first = an_article(FERRY, url="https://morning.example/ferry")
    again = replace(first, id="1b", url="https://morning.example/slug")
    settled(stories, first, again)
    story, left = split(again.id, stories, LATER)
    assert (story.printings, left.printings) == (1, 1)


def test_a_printing_of_two_stories_that_are_apart_joins_one_of_them(stories):
    copy = an_article(FERRY.replace("told reporters on the quay", "said"), publisher="b.example", hours=1)
    one, _ = settled(stories, an_article(FERRY), copy)
    story, _ = split(copy.id, stories, LATER)
    settled(stories, an_article(FERRY_ES, publisher="c.example", hours=10, language="es"))
    assert known(stories, story.id).id != known(stories, one).id


def test_splitting_what_a_merged_story_began_with_takes_the_merge_back(stories):
    first, second, whole = two_that_are_one()
    one, other, _ = settled(stories, first, second, whole)
    spanish = an_article(FERRY_ES, publisher="third.example", hours=3, language="es")
    settled(stories, spanish)
    story, left = split(second.id, stories, LATER)
    assert (story.id, story.printings, left.id, left.printings) == (other, 1, one, 3)
    assert known(stories, other).id == other
    assert story.revision > 1


def test_merging_by_hand_what_was_split_makes_it_one_again(stories):
    copy = an_article(FERRY.replace("told reporters on the quay", "said"), publisher="b.example", hours=1)
    one, _ = settled(stories, an_article(FERRY), copy)
    story, _ = split(copy.id, stories, LATER)
    assert merge(one, story.id, stories, LATER).apart == ()
    assert known(stories, story.id).id == one


def test_what_a_story_began_with_cannot_be_split_off(stories):
    first = an_article(FERRY)
    settled(stories, first, an_article(FERRY, publisher="b.example", hours=1))
    with pytest.raises(Refused, match="split the others off"):
        split(first.id, stories, LATER)
    with pytest.raises(Refused, match="left the window"):
        split("1234", stories, LATER)
