"""Whatever is told: it is valid and read back as it was, or it is a BadEvent and nothing else."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args

import jsonschema
import pytest
from builders import NOON, an_article
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from newswire.article import Article, Credit, Dateline, Mention, Rights, Verdict, Where
from newswire.decision import Decision, Relation
from newswire.event.contract import schemas
from newswire.event.envelope import BadEvent, Event, decode, encode, event_of
from newswire.event.parts import Change, ChangeClass, Readable
from newswire.event.telling import check, events_of, merged_by_hand, rejection, split_by_hand, trouble
from newswire.event.types import EntryRejected, FeedDied, FeedSilent
from newswire.story import Face, Story, coverage_id, fold, story_id

VALIDATORS = {name: jsonschema.Draft202012Validator(schema) for name, schema in schemas().items()}


def mostly(plain: st.SearchStrategy[Any], wild: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Wild once in twenty times: an event has fifty values, and one that is wrong spoils it."""
    return st.integers(0, 19).flatmap(lambda drawn: wild if drawn == 19 else plain)


# Half characters and nothing at all; control characters are plain.
words = mostly(st.text(min_size=1, max_size=12), st.text(st.characters(exclude_categories=()), max_size=12))
zones = st.sampled_from([None, timezone(timedelta(hours=5)), timezone(timedelta(minutes=19, seconds=32))])
times = mostly(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=zones))
counts = mostly(st.integers(1, 100), st.integers())
scores = mostly(st.floats(0, 1), st.floats())
story_ids = mostly(st.builds(story_id, st.text(max_size=2)), words)
coverage_ids = mostly(story_ids.map(coverage_id), words)
verdicts = mostly(st.sampled_from([Verdict.FULL, Verdict.FEED_TEXT]), st.sampled_from(Verdict))
links = st.sampled_from(["", "http://wire.example/1"])
mentions = st.lists(
    st.builds(Mention, agency=words, evidence=words, where=mostly(st.sampled_from(Where), words)), max_size=2
).map(tuple)
many = st.lists(words, max_size=2).map(tuple)
articles = st.builds(
    Article,
    id=words, publisher=words, url=words, guid=words, language=words, title=words, text=words, byline=words,
    dateline=st.builds(Dateline, place=words, date=words, agency=words), authors=many, tags=many, section=words,
    image=words, syndicated_from=links, published=st.none() | times, modified=st.none() | times, first_seen=times,
    fetched=times, verdict=verdicts, credit=st.builds(Credit, text=mentions, photo=mentions),
    rights=st.builds(Rights, robots=words, tdm_reserved=st.none() | st.booleans(), copyright=words),
)  # fmt: skip
decisions = st.builds(
    Decision,
    relation=st.sampled_from(Relation), story=story_ids, coverage=coverage_ids, score=scores, rule=words,
    against=words, evidence=many, merges=st.lists(story_ids, max_size=2).map(tuple),
)  # fmt: skip
stories = st.builds(
    Story,
    id=story_ids, revision=counts, changes=counts, coverage=coverage_ids, first_seen=times, agencies=mentions,
    publishers=many, printings=counts, title=words, withdrawn=st.booleans(),
    faces=st.builds(Face, article=words, publisher=words, language=words, words=counts, seen=times).map(lambda f: (f,)),
)  # fmt: skip
changes = st.builds(
    Change, kind=st.sampled_from(ChangeClass), title_before=words, kept=scores, added=many, removed=many, figures=many
)


def is_told_or_bad(event: Event[Any]) -> bool:
    """Whether it was told; the claims of this file hold for it either way."""
    try:
        document = encode(event)
    except BadEvent:
        return False
    VALIDATORS[event.type].validate(json.loads(document))
    assert decode(document) == event
    return True


@settings(deadline=None)  # the machine may be busy
@given(articles, decisions, stories, counts, times, st.none() | changes)
@example(an_article(1), Decision(relation=Relation.UPDATE, story=story_id("a1"), coverage=coverage_id(story_id("a1")),
                                 score=float("nan"), rule="r"),
         Story(id=story_id("a1"), revision=1, changes=1, coverage=coverage_id(story_id("a1")), first_seen=NOON,
               faces=(Face(article="a1", publisher="p", language="", words=1, seen=NOON),)), 1, NOON, None)  # fmt: skip
def test_a_printing_is_told_validly_or_not_at_all(article, decision, story, sources, now, change):
    for event in events_of(article, decision, story, sources=sources, now=now, change=change):
        is_told_or_bad(event)


@settings(deadline=None)  # the machine may be busy
@given(articles, stories, stories, counts, times)
def test_what_somebody_says_is_told_validly_or_not_at_all(article, story, other, sources, now):
    is_told_or_bad(merged_by_hand(story, (other.id,), sources=sources, now=now))
    is_told_or_bad(split_by_hand(article, (article.id,), story, other, sources=(sources, 1), now=now))


@settings(deadline=None)  # the machine may be busy
@given(words, words, words, many, words, st.none() | times, scores, times)
def test_what_could_not_be_read_is_told_validly_or_not_at_all(name, url, title, tags, reason, then, pause, now):
    common = {"publisher": title, "url": url, "title": title, "tags": tags, "reason": reason}
    rejected = EntryRejected(entry=name, feed=name, detail=title, first_seen=then or now, **common)
    is_told_or_bad(rejection(rejected, now))
    times_of = {"feed": name, "last_success": then, "last_news": then}
    is_told_or_bad(trouble(FeedDied(**times_of, **common), now))
    is_told_or_bad(trouble(FeedSilent(longest_pause_s=pause, **times_of, **common), now))


@settings(deadline=None)  # the machine may be busy
@given(articles)
def test_an_article_that_passes_the_check_can_be_told(article):
    try:
        check(article)
    except BadEvent:
        assume(False)  # it is none of those
    decision = Decision(
        relation=Relation.ORIGINAL, story=story_id(article.id), coverage=coverage_id(story_id(article.id)),
        score=0.0, rule="new",
    )  # fmt: skip
    told = events_of(article, decision, fold({}, article, decision), sources=1, now=NOON)
    assert [is_told_or_bad(event) for event in told] == [True]


A_TOLD_STORY = encode(
    events_of(
        an_article(1),
        (decision := Decision(relation=Relation.ORIGINAL, story=story_id("a1"), coverage=coverage_id(story_id("a1")),
                              score=0.0, rule="new")),
        fold({}, an_article(1), decision), sources=1, now=NOON,
    )[0]
)  # fmt: skip


@settings(deadline=None)  # the machine may be busy
@given(st.binary(max_size=40))
@example(b'{"x":' * 100_000)
@example(A_TOLD_STORY[:-1] + b',"x":"\xff"}')
@example(A_TOLD_STORY[:-1] + b',"x":1e999}')
@example(A_TOLD_STORY.replace(b"1.0", b"0.3", 1))
@example(A_TOLD_STORY.replace(b".v1", b".v9", 1))
def test_any_other_document_is_none(document):
    assert decode(document) is None


def test_fields_that_nobody_knows_are_passed_over():
    assert decode(A_TOLD_STORY[:-1] + b',"x":{"y":[1]}}') == decode(A_TOLD_STORY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "Fog.\ud800"},
        {"title": "\udfff"},
        {"guid": "\ud800"},
        {"id": ""},
        {"text": ""},
        {"published": datetime(2026, 3, 4, 12)},  # noqa: DTZ001 - without a zone
        {"fetched": NOON.astimezone(timezone(timedelta(hours=1)))},
        {"published": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5)))},  # before there were years, in UTC
        {"credit": Credit(text=(Mention(agency="EFE", evidence="(EFE)", where="nowhere"),))},
        {"credit": Credit(mentioned=(Mention(agency="EFE", evidence="\ud800", where="body"),))},
        {"verdict": Verdict.PAYWALL},
    ],
    ids="".join,
)
def test_an_article_that_cannot_be_told_is_found_before_anything_is_decided(wrong):
    with pytest.raises(BadEvent):
        check(an_article(1, **wrong))


def test_only_what_is_readable_is_told():
    assert set(get_args(Readable)) == {verdict.value for verdict in Verdict if verdict.is_readable}


def test_the_same_cause_gives_the_same_id_and_another_another():
    told = FeedDied(feed="f1", url="u", publisher="p", title="", reason="http_410", last_success=None, last_news=None)
    ids = [event_of(told, subject, cause, NOON).id for subject, cause in (("f1", "a"), ("f1", "a"), ("f1", "b"))]
    assert ids[0] == ids[1] != ids[2]
