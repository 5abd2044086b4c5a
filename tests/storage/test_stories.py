"""The atomic step, on a real Redis."""

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import jsonschema
import pytest
from builders import LEAD, NOON, an_article, an_entry
from racing import publish
from redis import Redis

from newswire.article import Article
from newswire.decision import Decision, Relation
from newswire.event.contract import schemas
from newswire.feed import feed_from_url
from newswire.polling.state import FeedState
from newswire.sameness.fingerprint import sign
from newswire.sameness.match import decide
from newswire.sameness.shortlist import Shortlist, shortlist
from newswire.story import fold
from storage.errors import Unavailable
from storage.feeds import Feeds
from storage.frontier import Frontier
from storage.keys import Keys
from storage.ledger import Ledger
from storage.stories import Answer, Lease, Stories, View
from tests.newswire.printings import FERRY, FOLLOW_UP, HARVEST, NORTH, RIVAL
from tests.newswire.printings import an_article as printed
from workers.settle import Settled, settle

WINDOW_S = 5 * 86400


@pytest.fixture
def stories(redis: Redis) -> Stories:
    return Stories(redis, Keys(), window_s=WINDOW_S)


def settled(stories: Stories, article: Article) -> Settled:
    return settle(Lease(article.id), article, stories, feed="f", now=article.fetched)


def types(redis: Redis, stream: str) -> list[str]:
    return [fields[b"type"].decode() for _, fields in redis.xrange(stream)]


def test_a_story_is_published_once_and_its_copies_beside_it(redis, stories):
    assert settled(stories, an_article(1)).decision.relation is Relation.ORIGINAL
    assert settled(stories, an_article(2, minutes=5)).decision.relation is Relation.COPY
    assert types(redis, "wirefold") == ["org.wirefold.story.published.v1"]
    assert types(redis, "{wirefold}:copies") == ["org.wirefold.story.copied.v1"]


def test_a_copy_never_carries_the_text(redis, stories):
    settled(stories, an_article(1))
    settled(stories, an_article(2, minutes=5))
    ((_, fields),) = redis.xrange("{wirefold}:copies")
    assert b"ran aground on Tuesday" not in fields[b"data"]


def test_every_event_is_valid_against_its_schema(redis, stories):
    for article in (
        an_article(1, agency="EFE"),
        an_article(2, minutes=5),
        an_article(
            1, id="a3", url="http://p1.example/2", minutes=30, text=LEAD.replace("84", "86") + "\nTwo were hurt."
        ),
    ):
        settled(stories, article)
    known = schemas()
    seen = set()
    for stream in ("wirefold", "{wirefold}:copies"):
        for _, fields in redis.xrange(stream):
            document = json.loads(fields[b"data"])
            jsonschema.validate(document, known[document["type"]])
            assert fields[b"type"].decode() == document["type"]
            assert fields[b"id"].decode() == document["id"]
            seen.add(document["type"])
    assert seen == {
        "org.wirefold.story.published.v1",
        "org.wirefold.story.copied.v1",
        "org.wirefold.story.revised.v1",
    }


def test_a_second_entry_for_a_page_already_read_is_no_further_printing(redis, stories):
    settled(stories, an_article(1, guid="urn:1"))
    settled(stories, an_article(1, id="a1-atom", guid="tag:p1,2026:1", minutes=1))
    assert Ledger(redis, Keys()).balance().outcomes == {
        "published": 1, "copied": 0, "revised": 0, "unchanged": 1, "rejected": 0
    }  # fmt: skip
    assert redis.xlen("{wirefold}:copies") == 0
    assert stories.candidates(sign(an_article(1)), NOON).candidates[0].story.printings == 1


def outcomes(redis: Redis) -> dict[str, int]:
    return {name: count for name, count in Ledger(redis, Keys()).balance().outcomes.items() if count}


def test_what_its_publisher_printed_before_is_no_further_printing_at_another_link(redis, stories):
    settled(stories, an_article(1, guid="urn:1"))
    settled(stories, an_article(2, text=LEAD.rsplit(",", 1)[0], minutes=1))
    for number in (1, 2):
        text = LEAD if number == 1 else LEAD.rsplit(",", 1)[0]
        again = {
            "id": f"b{number}",
            "guid": "urn:2",
            "url": f"http://p{number}.example/slug",
            "title": "Ferry: all saved",
        }
        settled(stories, an_article(number, text=text, minutes=2, **again))
    assert outcomes(redis) == {"published": 1, "copied": 1, "unchanged": 2}
    assert redis.xlen("{wirefold}:copies") == 1
    story = stories.candidates(sign(an_article(1)), NOON).candidates[0].story
    assert (story.printings, story.again) == (2, 2)


def test_a_page_announced_32_times_in_two_days_is_told_once(redis, stories):
    for number in range(32):
        bumped = {"id": f"a{number}", "guid": f"urn:{number}", "title": f"Ferry runs aground ({number})"}
        settled(stories, an_article(1, minutes=90 * number, **bumped))
    assert outcomes(redis) == {"published": 1, "unchanged": 31}
    assert (redis.xlen("wirefold"), redis.xlen("{wirefold}:copies")) == (1, 0)


def test_an_agency_that_no_printing_named_makes_it_one(redis, stories):
    settled(stories, an_article(1))
    settled(stories, an_article(1, id="b1", url="http://p1.example/slug", agency="EFE", minutes=1))
    assert outcomes(redis) == {"published": 1, "copied": 1}


def test_a_second_commit_of_one_article_changes_nothing(redis, stories):
    settled(stories, an_article(1))
    before = sorted(redis.keys()), redis.xrange("wirefold")
    assert settled(stories, an_article(1)).answer is Answer.ALREADY
    assert (sorted(redis.keys()), redis.xrange("wirefold")) == before


def test_a_commit_is_refused_when_a_neighbour_was_faster(redis, stories):
    late = an_article(2, minutes=1)
    signature = sign(late)
    view = stories.candidates(signature, NOON)
    settled(stories, an_article(1))
    listed = shortlist(late, view.candidates, NOON)
    decision = decide(late, listed, stories.texts(listed.articles), NOON)
    answer = stories.commit(
        Lease(late.id),
        late,
        signature,
        decision,
        fold({}, late, decision),
        view,
        feed="f",
        outcome="published",
        events=[],
        now=NOON,
    )
    assert isinstance(answer, View)
    assert [candidate.story.root.article for candidate in answer.candidates] == ["a1"]
    assert Ledger(redis, Keys()).balance().entries == 1


def test_a_commit_under_a_lease_that_is_not_current_changes_nothing(redis, stories):
    before = sorted(redis.keys())
    article = an_article(1)
    assert settle(Lease("a1", "7"), article, stories, feed="f", now=NOON).answer is Answer.STALE
    assert sorted(redis.keys()) == before


def test_a_full_redis_refuses_the_whole_step_and_takes_it_when_there_is_room(redis, stories):
    redis.config_set("maxmemory", "500kb")
    try:
        with pytest.raises(Unavailable, match="OOM"):
            settled(stories, an_article(1))
        assert redis.dbsize() == 0
    finally:
        redis.config_set("maxmemory", 0)
    assert settled(stories, an_article(1)).answer is Answer.DONE


def test_what_left_the_window_is_no_candidate(stories):
    settled(stories, an_article(1))
    late = an_article(2, minutes=6 * 1440)
    assert stories.candidates(sign(late), late.fetched).candidates == ()


def test_what_the_last_epoch_holds_is_found_in_this_one(stories):
    boundary = (int(NOON.timestamp()) // WINDOW_S + 1) * WINDOW_S
    minutes = (boundary - int(NOON.timestamp())) // 60
    settled(stories, an_article(1, minutes=minutes - 60))
    assert settled(stories, an_article(2, minutes=minutes + 60)).decision.relation is Relation.COPY


def test_a_posting_list_over_its_cap_is_no_evidence(stories):
    for number in range(110):
        text = f"{LEAD.splitlines()[0]}\n" + " ".join(f"word{number}x{i}" for i in range(80))
        article = an_article(number, text=text, url=f"http://p.example/{number}")
        signature = sign(article)
        view = stories.candidates(signature, NOON)
        decision = decide(article, Shortlist((), ()), {}, NOON)  # as if each were a story of its own
        stories.commit(
            Lease(article.id), article, signature, decision, fold({}, article, decision), view,
            feed="f", outcome="published", events=[], now=NOON,
        )  # fmt: skip
    shared = sign(an_article(200, text=LEAD.splitlines()[0] + " " + "x " * 60))
    assert all(candidate.shingles == 0 for candidate in stories.candidates(shared, NOON).candidates)


def test_independent_sources_count_origins_and_not_echoes(redis, stories):
    article = an_article(4, agency="EFE")
    begun = Decision(relation=Relation.ORIGINAL, story="s4", coverage="c1", score=0.0, rule="new")
    redis.hset("{wirefold}:coverage:c1", mapping={"s1": "AFP", "s2": "p2.example", "s3": "AFP,EFE"})
    assert stories.sources(fold({}, article, begun)) == 3


def sources_told(redis: Redis, stories: Stories, *articles: Article, stream: str = "wirefold") -> int:
    """Settle the articles; the independent sources in the stream's last event that shows its story."""
    for article in articles:
        settled(stories, article)
    told = [json.loads(fields[b"data"])["data"] for _, fields in redis.xrange(stream)]
    return [data["story"]["independent_sources"] for data in told if "article" in data][-1]


def test_forty_printings_of_one_agencys_text_are_one_source(redis, stories):
    printings = [an_article(number, minutes=number, agency="" if number % 3 else "EFE") for number in range(40)]
    assert sources_told(redis, stories, *printings, stream="{wirefold}:copies") == 1
    assert redis.xlen("{wirefold}:copies") == 39


@pytest.mark.parametrize(
    ("one", "other", "sources"),
    [
        ("dna.fr", "leprogres.fr", 1),
        ("thetimes.com", "thesun.co.uk", 2),
        ("paper.example", "sport.paper.example", 1),
        ("paper.example", "rival.example", 2),
        ("one.blogspot.com", "two.blogspot.com", 2),
    ],
)
def test_two_reports_of_one_happening_are_as_many_sources_as_owners(redis, stories, one, other, sources):
    reports = printed(FERRY, publisher=one), printed(RIVAL, publisher=other, hours=1)
    assert sources_told(redis, stories, *reports) == sources
    assert types(redis, "wirefold")[-1] == "org.wirefold.coverage.linked.v2"


def test_a_page_that_names_anothers_as_its_own_is_of_that_origin(redis, stories):
    reports = (
        printed(FERRY, publisher="paper.example"),
        printed(RIVAL, publisher="portal.example", hours=1, syndicated_from="https://www.paper.example/ship"),
    )
    assert sources_told(redis, stories, *reports) == 1


def test_an_excerpt_beside_what_it_quotes_is_no_source(redis, stories):
    page = "\n".join(RIVAL.split("\n")[:2] + FERRY.split("\n")[1:3])
    quoting = printed(page, publisher="page.example", hours=1)
    assert sources_told(redis, stories, printed(FERRY, publisher="paper.example"), quoting) == 1
    assert types(redis, "wirefold")[-1] == "org.wirefold.coverage.linked.v2"
    assert sources_told(redis, stories, printed(FOLLOW_UP, publisher="rival.example", hours=2)) == 2


def test_an_excerpt_alone_in_its_coverage_is_one_source(redis, stories):
    page = "\n".join(FERRY.split("\n")[5:7] + HARVEST.split("\n")[:2] + NORTH.split("\n")[:2])
    articles = [printed(text, publisher=f"p{at}.example") for at, text in enumerate((FERRY, HARVEST, NORTH))]
    assert sources_told(redis, stories, *articles, printed(page, publisher="digest.example", hours=1)) == 1


def test_printings_that_arrive_in_the_same_instant_end_in_one_story(redis, redis_server):
    with ProcessPoolExecutor(8, mp_context=get_context("spawn")) as pool:
        relations = list(pool.map(publish, [redis_server] * 24, range(24)))
    assert sorted(relations) == ["copy"] * 23 + ["original"]
    assert redis.xlen("wirefold") == 1
    assert redis.xlen("{wirefold}:copies") == 23


def test_a_backfill_of_an_entry_that_waits_ends_its_waiting(redis, stories):
    feed = feed_from_url("http://p.example/rss")
    Feeds(redis, Keys()).follow(feed)
    frontier = Frontier(redis, Keys(), window_s=WINDOW_S, host_gap_s=0.0)
    (claim,) = frontier.claim(limit=1)
    frontier.absorb(
        claim.lease,
        FeedState(),
        address="http://p.example/rss",
        next_poll_s=1000,
        standing=["e1"],
        entries=[(an_entry(1), False)],
    )
    settled(stories, an_article(1, id="e1"))
    balance = Ledger(redis, Keys()).balance()
    assert (balance.balanced, balance.entries, balance.waiting) == (True, 1, 0)
    assert frontier.claim(limit=1) == []


def test_an_older_printing_does_not_age_its_story(stories):
    settled(stories, an_article(1, minutes=4 * 1440))
    settled(stories, an_article(2, minutes=0))
    assert settled(stories, an_article(3, minutes=8 * 1440)).decision.relation is Relation.COPY


def test_a_backfill_touches_no_feed(redis, stories):
    feed = feed_from_url("http://p.example/rss")
    Feeds(redis, Keys()).follow(feed)
    settled(stories, an_article(1, id=feed.id))
    assert [claim.id for claim in Frontier(redis, Keys(), window_s=WINDOW_S).claim(limit=10)] == [feed.id]


def test_clocks_that_differ_at_the_edge_of_an_epoch_still_see_each_other(stories):
    boundary = (int(NOON.timestamp()) // WINDOW_S + 1) * WINDOW_S
    minutes = (boundary - int(NOON.timestamp())) // 60
    settled(stories, an_article(1, minutes=minutes + 1))
    assert settled(stories, an_article(2, minutes=minutes - 1)).decision.relation is Relation.COPY
