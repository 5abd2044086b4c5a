"""Whatever happens to a story, its revision as told grows by one with each event that bears it."""

import json
from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from redis import Redis

from newswire.article import Article
from storage.keys import Keys
from storage.stories import Lease, Stories
from tests.newswire.printings import FERRY, FERRY_ES, FOLLOW_UP, HARVEST, NOW, an_article, cut
from workers.settle import settle
from workers.takeback import Refused, merge, split

TITLE = "Ferry runs aground off Lyrsund"
NEWS = "A tug from Oststad reached the wreck at dawn and put 12 salvage workers aboard, its owner Salvo Nord said."
TEXTS = {
    "whole": FERRY,
    "middle": "\n".join(FERRY.split("\n")[2:6]),  # shares too little with the half for both to be known as one
    "half": cut(FERRY_ES, 4),
    "copy": FERRY.replace("told reporters on the quay", "said"),
    "update": f"{NEWS}\n{FERRY}",
    "correction": FERRY.replace("Nine people were", "Fourteen people were"),
    "kill": "Please kill the story, which was sent in error. A kill is mandatory, and no other report will follow it.",
    "follow-up": FOLLOW_UP,
    "harvest": HARVEST,
}
TITLES = {"update": f"UPDATE 1-{TITLE}", "correction": f"CORRECTED-{TITLE}", "kill": f"KILL: {TITLE}"}

NUMBERS = st.integers(0, 7)
PRINTINGS = st.tuples(st.just("print"), st.sampled_from(sorted(TEXTS)), NUMBERS)
HAPPENINGS = st.one_of(
    PRINTINGS, st.tuples(st.just("merge"), NUMBERS, NUMBERS), st.tuples(st.just("split"), NUMBERS, NUMBERS)
)


def printing(name: str, number: int, hours: int) -> Article:
    """The text as the publisher of that number prints it."""
    publisher = f"p{number}.example"
    article = an_article(
        TEXTS[name],
        publisher=publisher,
        hours=hours / 10,
        title=TITLES.get(name, TITLE),
        language="es" if name == "half" else "en",
    )
    return replace(article, id=f"{name}-{number}-{hours}", url=f"https://{publisher}/{name}")


def happen(happening: tuple, at: int, stories: Stories, articles: list[str], known: list[str]) -> None:
    """Do it; what nobody may ask for is refused."""
    what, one, other = happening
    if what == "print":
        article = printing(one, other, at)
        decision = settle(Lease(article.id), article, stories, feed="f", now=article.fetched).decision
        assert decision is not None
        articles.append(article.id)
        known.append(decision.story)
        return
    if not articles:
        return
    try:
        now = NOW + timedelta(hours=at / 10)
        if what == "merge":
            merge(known[one % len(known)], known[other % len(known)], stories, now)
        else:
            known.append(split(articles[(one + other) % len(articles)], stories, now)[0].id)
    except Refused:
        pass


def revisions_told(client: Redis) -> list[tuple[str, str, int, int]]:
    """Of each event that bears a story: its type, the story, the revision told, and the one to be expected."""
    last: dict[str, int] = {}
    told = []
    for _, fields in client.xrange("wirefold"):
        event = json.loads(fields[b"data"])
        kind = event["type"].split(".")[3]
        for part in ("story", "out_of"):
            if story := event["data"].get(part):
                expected = last.get(story["id"], 0) + (kind != "linked")
                told.append((kind, story["id"], story["revision"], expected))
                last[story["id"]] = story["revision"]
    return told


@settings(deadline=None, max_examples=60)
@example(  # of two printings of a story that was merged, one is taken out before the other
    happenings=[
        ("print", "copy", 0),
        ("print", "follow-up", 0),
        ("print", "follow-up", 1),
        ("merge", 0, 1),
        ("split", 2, 0),
        ("split", 1, 0),
    ]
)
@given(happenings=st.lists(HAPPENINGS, min_size=4, max_size=14))
def test_a_revision_grows_by_one_with_each_event(redis_server: str, happenings: list[tuple]):
    with Redis.from_url(redis_server) as client:
        client.flushall()
        stories = Stories(client, Keys(), window_s=5 * 86400)
        articles: list[str] = []
        known: list[str] = []
        for at, happening in enumerate(happenings):
            happen(happening, at, stories, articles, known)
        told = revisions_told(client)
    assert [one for one in told if one[2] != one[3]] == []
