"""Whatever comes first, the same printings end in one story, and their neighbours in none of it."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from racing import settle_one
from redis import Redis

from newswire.article import Article
from storage.keys import Keys
from storage.stories import Lease, Stories
from tests.newswire.printings import (
    FERRY,
    FERRY_ES,
    FERRY_REWORDED,
    FOLLOW_UP,
    FURNITURE_ABOVE,
    FURNITURE_BELOW,
    HARVEST,
    NOW,
    RIVAL,
    an_article,
    cut,
)
from workers.settle import settle

WINDOW_S = 5 * 86400
LOCAL = "At the school in Eskvik, where Ada Moen has been head for 31 years, neighbours cooked 90 litres of soup."
ONE_STORY = {
    "whole": FERRY,
    "furnished": FURNITURE_ABOVE + FERRY + FURNITURE_BELOW,
    "cut": cut(FERRY, 4),
    "edited": FERRY.replace("told reporters on the quay", "said").replace("Nine people were treated", "Nine went"),
    "updated": FERRY.replace("Nine people were", "Fourteen people were"),
    "extended": FERRY + "\n" + LOCAL,
    "middle": "\n".join(FERRY.split("\n")[2:6]),
    "reworded": FERRY_REWORDED,
    "translated": FERRY_ES,
    "translated and cut": cut(FERRY_ES, 5),
}
NEIGHBOURS = {"rival": RIVAL, "follow-up": FOLLOW_UP, "harvest": HARVEST}


def printing(name: str) -> Article:
    text = (ONE_STORY | NEIGHBOURS)[name]
    publisher = name.replace(" ", "-") + ".example"
    article = an_article(text, publisher=publisher, language="es" if "translated" in name else "en")
    seen = replace(article, id=name, first_seen=NOW, fetched=NOW)
    return replace(seen, url=f"https://{publisher}/ferry")


def stories_of(stories: Stories) -> dict[str, str]:
    """The living story of each article."""
    found = {}
    for kept in stories.kept([*ONE_STORY, *NEIGHBOURS]):
        story = stories.story(kept.decision.story)
        assert story is not None
        found[kept.article.id] = story.id
    return found


@settings(deadline=None, max_examples=25)
@given(order=st.permutations([*ONE_STORY, *NEIGHBOURS]))
def test_the_order_of_arrival_makes_no_difference(redis_server: str, order: list[str]):
    with Redis.from_url(redis_server) as client:
        client.flushall()
        stories = Stories(client, Keys(), window_s=WINDOW_S)
        for name in order:
            settle(Lease(name), printing(name), stories, feed="f", now=NOW)
        found = stories_of(stories)
    assert len({found[name] for name in ONE_STORY}) == 1
    assert len(set(found.values())) == 1 + len(NEIGHBOURS)


@pytest.mark.parametrize("attempt", range(3))
def test_printings_of_every_kind_in_one_instant_end_in_one_story(redis, redis_server, attempt):
    names = [*ONE_STORY, *NEIGHBOURS]
    with ProcessPoolExecutor(6, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(settle_one, redis_server, f"race{attempt}", printing(name)) for name in names]:
            done.result()
    found = stories_of(Stories(redis, Keys(f"race{attempt}"), window_s=WINDOW_S))
    assert len({found[name] for name in ONE_STORY}) == 1
    assert len(set(found.values())) == 1 + len(NEIGHBOURS)
