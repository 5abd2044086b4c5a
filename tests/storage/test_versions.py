"""Events of a former version and of today's on one stream."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from redis import Redis

from cli.tail import tail
from storage.keys import Keys
from storage.stories import Lease, Stories
from storage.streams import Streams
from tests.newswire.printings import FERRY, RIVAL
from tests.newswire.printings import an_article as a_printing
from workers.settle import settle

BEFORE = Path(__file__).parents[1] / "contract" / "2026-11-23" / "events.jsonl"


@pytest.fixture
def two_versions(redis: Redis) -> list[str]:
    """The types on the main stream: a link as it was told before the second version, then a link of today."""
    (document,) = (line for line in BEFORE.read_text().splitlines() if "coverage.linked" in line)
    link = json.loads(document)
    flat = {name: link[name] for name in ("id", "type", "subject")} | {"lang": "", "agency": ""}
    redis.xadd("wirefold", flat | {"data": document, "foreign": "field"})
    redis.xadd("wirefold", {"data": "what somebody else put there"})
    stories = Stories(redis, Keys(), window_s=5 * 86400)
    for article in (a_printing(FERRY), a_printing(RIVAL, publisher="rival.example", hours=1, agency="AFP")):
        settle(Lease(article.id), article, stories, feed="f", now=article.fetched)
    return ["coverage.linked.v1", "story.published.v1", "story.published.v1", "coverage.linked.v2"]


def test_both_are_read(redis, two_versions):
    read = Streams(redis, Keys()).read(("",), {}, block_ms=None)
    assert [document["type"].removeprefix("org.wirefold.") for _, _, document in read] == two_versions


def test_both_are_shown(redis_server, two_versions):
    shown = CliRunner().invoke(tail, ["--from", "beginning", "--redis", redis_server])
    assert [line.split()[1] for line in shown.stdout.splitlines()] == [name[:-3] for name in two_versions]
    assert shown.stdout.count("is about the same happening as s") == 2
