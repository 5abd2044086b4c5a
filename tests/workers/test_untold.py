"""What cannot be told: it is rejected with its reason, and nothing of it is written."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import jsonschema
import pytest
from builders import LEAD, NOON, an_article
from msgspec.structs import replace
from publishers import claimed, publishing, rss, run_all, tools_for
from redis import Redis

from newswire.article import Credit, Mention
from newswire.event.contract import schemas
from newswire.feed import feed_from_url
from storage.keys import Keys
from storage.outbox import Outbox
from storage.packing import packed_story, unpacked_story
from storage.stories import Lease, Stories
from workers.errors import Permanent
from workers.settle import settle

# Pages are fetched now.
MINUTES_SINCE_NOON = (datetime.now(UTC) - NOON) // timedelta(minutes=1)


def stories_in(redis: Redis) -> Stories:
    return Stories(redis, Keys(), window_s=5 * 86400, outbox=Outbox(Keys()))


def everything(redis: Redis) -> dict[bytes, Any]:
    """Every key with its value as Redis writes it down."""
    return {key: redis.dump(key) for key in redis.scan_iter()}


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": LEAD + "\ud800"},
        {"title": "\udfff"},
        {"guid": "\ud800"},
        {"publisher": "\ud800"},
        {"tags": ("\ud800",)},
        {"id": ""},
        {"text": ""},
        {"published": datetime(2026, 3, 4, 12)},  # noqa: DTZ001 - without a zone
        {"modified": datetime(2026, 3, 4, 12)},  # noqa: DTZ001
        {"credit": Credit(text=(Mention(agency="EFE", evidence="(EFE)", where="nowhere"),))},
    ],
    ids="".join,
)
@pytest.mark.parametrize("known", [False, True], ids=["alone", "beside its story"])
def test_an_article_that_cannot_be_told_leaves_everything_as_it_was(redis, wrong, known):
    stories = stories_in(redis)
    if known:
        settle(Lease("a9"), an_article(9), stories, feed="f", now=NOON)
    before = everything(redis)
    article = an_article(1, **{"minutes": 5, **wrong})
    with pytest.raises(Permanent, match="bad_event"):
        settle(Lease(article.id), article, stories, feed="f", now=NOON)
    assert everything(redis) == before


def spoiled(redis: Redis) -> Stories:
    """The stories, of which there is one; what is kept of it cannot be told."""
    stories = stories_in(redis)
    settle(Lease("a1"), an_article(1, minutes=MINUTES_SINCE_NOON), stories, feed="f", now=datetime.now(UTC))
    (key,) = redis.keys("{wirefold}:story:*")
    head, printed, state = redis.get(key).split(b"\n", 2)
    story = replace(unpacked_story(state), printings=-5)
    redis.set(key, b"\n".join((head, printed, packed_story(story))))
    return stories


def test_what_only_the_step_itself_can_find_leaves_everything_as_it_was(redis):
    stories = spoiled(redis)
    before = everything(redis)
    with pytest.raises(Permanent, match=r"bad_event.*story\.printings"):
        settle(Lease("a2"), an_article(2, minutes=MINUTES_SINCE_NOON), stories, feed="f", now=datetime.now(UTC))
    assert everything(redis) == before


PAGE = f"<html><body><article><h1>Ferry</h1><p>{LEAD}</p></article></body></html>"


def test_a_page_that_cannot_be_told_ends_with_its_reason_and_the_ledger_balances(redis, redis_server):
    spoiled(redis)
    before = everything(redis)
    with publishing("paper.example") as (publishers, hosts), tools_for(redis_server, hosts) as tools:
        publishers.says("paper.example/rss", rss("1"))
        publishers.says("paper.example/1", PAGE)
        tools.feeds.follow(feed_from_url("http://paper.example/rss"))
        while leases := [claim.lease for claim in claimed(tools, within_s=0.5)]:
            run_all(tools, *leases)
        balance = tools.ledger.balance()
    assert (balance.balanced, balance.entries, balance.waiting) == (True, 2, 0)
    assert (balance.outcomes["published"], balance.reasons) == (1, {"bad_event": 1})
    ((_, fields),) = redis.xrange("{wirefold}:rejects")
    told = json.loads(fields[b"data"])
    jsonschema.validate(told, schemas()[told["type"]])
    assert (told["data"]["reason"], told["data"]["url"]) == ("bad_event", "http://paper.example/1")
    assert "story.printings" in told["data"]["detail"]
    kept = re.compile(rb"wirefold|\{wirefold\}:(story|index|article|coverage|copies)")
    assert {key for key, value in everything(redis).items() if kept.match(key) and before.get(key) != value} == set()
