"""What goes where besides: how routes are written, and what they take."""

from typing import Any

import pytest
from builders import NOON, an_article

from newswire.article import Article, Verdict
from newswire.decision import Decision, Relation
from newswire.event.envelope import Event
from newswire.event.telling import events_of, merged_by_hand, rejection, split_by_hand, trouble
from newswire.event.types import EntryRejected, FeedDied
from newswire.routes import parse_routes, routes_of
from newswire.story import Story, coverage_id, fold, story_id


def begun(article: Article) -> tuple[Decision, Story]:
    own = story_id(article.id)
    decision = Decision(relation=Relation.ORIGINAL, story=own, coverage=coverage_id(own), score=0.0, rule="new")
    return decision, fold({}, article, decision)


def published(**given: Any) -> Event[Any]:
    """The event of a story that begins."""
    article = an_article(1, **given)
    decision, story = begun(article)
    (event,) = events_of(article, decision, story, sources=1, now=NOON)
    return event


def copied(first: Article, second: Article) -> Event[Any]:
    """The event of a printing of another's story."""
    decision, story = begun(first)
    joins = Decision(
        relation=Relation.COPY, story=story.id, coverage=decision.coverage, score=1.0, rule="r", against=first.id
    )
    (event,) = events_of(second, joins, fold({story.id: story}, second, joins), sources=1, now=NOON)
    return event


def taken(event: Event[Any], routes: str) -> set[str]:
    return set(routes_of(event, parse_routes(routes)))


def rejected(reason: str, *tags: str) -> Event[Any]:
    told = EntryRejected(
        entry="e1", feed="f1", publisher="p.example", url="http://p.example/1", title="", tags=tags, reason=reason,
        detail="", first_seen=NOON,
    )  # fmt: skip
    return rejection(told, NOON)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lang=es", "NAME: CONDITION"),
        ("Iberia: lang=es", "NAME: CONDITION"),
        ("two words: lang=es", "NAME: CONDITION"),
        ("iberia:", "NAME: CONDITION"),
        ("iberia: lang=es; iberia: lang=pt", "named twice"),
        ("iberia: lang=es & lang=pt", "a condition twice"),
        ("iberia: lang=", "no condition"),
        ("iberia: language=es", "no condition"),
        ("iberia: lang=es &", "no condition"),
        ("iberia: lang=spanish", "no language"),
        ("iberia: lang=es-419", "no language"),
        ("iberia: agency=efe", "did you mean EFE"),
        ("iberia: verdict=wall", "no verdict"),
    ],
)
def test_a_route_that_cannot_be_read_says_why(text, said):
    with pytest.raises(ValueError, match=said):
        parse_routes(text)


def test_nothing_set_is_no_route():
    assert parse_routes("") == parse_routes(" ; ") == ()


def test_every_condition_must_hold_and_one_of_its_values_is_enough():
    routes = "es: lang=es,pt; efe: lang=es,pt & agency=EFE,Lusa; afp: lang=es & agency=AFP"
    assert taken(published(language="es", agency="EFE"), routes) == {"es", "efe"}
    assert taken(published(language="pt"), routes) == {"es"}
    assert taken(published(language="en", agency="EFE"), routes) == set()


def test_a_printing_is_taken_for_its_own_language_and_agency_and_for_those_of_its_story():
    english, spanish = an_article(1, agency="EFE"), an_article(2, language="es", minutes=5)
    routes = "es: lang=es; en: lang=en; efe: agency=EFE"
    assert taken(copied(english, spanish), routes) == {"es", "en", "efe"}


def test_a_folder_takes_what_is_in_its_folders_and_nothing_beside():
    routes = "world: tag=World; europe: tag=World/Europe; wo: tag=Wo; asia: tag=World/Asia"
    assert taken(published(tags=("World/Europe",)), routes) == {"world", "europe"}


def test_verdicts_are_those_of_printings_and_of_what_could_not_be_read():
    routes = "feed: verdict=feed_text; walls: verdict=paywall,consent; sport: tag=Sport & verdict=paywall"
    assert taken(published(verdict=Verdict.FEED_TEXT), routes) == {"feed"}
    assert taken(rejected("paywall", "Sport"), routes) == {"walls", "sport"}
    assert taken(rejected("http_404", "Sport"), routes) == set()


def test_a_feed_that_died_is_taken_by_its_folders_alone():
    told = FeedDied(
        feed="f1", url="u", publisher="p", title="", tags=("Sport",), reason="http_410", last_success=None,
        last_news=None,
    )  # fmt: skip
    assert taken(trouble(told, NOON), "sport: tag=Sport; es: lang=es") == {"sport"}


def test_what_somebody_says_of_stories_is_taken_for_what_they_are():
    spanish = an_article(1, language="es", agency="EFE")
    _, story = begun(spanish)
    _, other = begun(an_article(2))
    routes = "es: lang=es; en: lang=en; efe: agency=EFE"
    assert taken(merged_by_hand(story, (other.id,), sources=1, now=NOON), routes) == {"es", "efe"}
    assert taken(split_by_hand(spanish, ("a1",), story, other, sources=(1, 1), now=NOON), routes) == {"es", "efe"}
