"""Routes: events of some language, agency, tag or verdict that go to a stream of their own as well.

Promises that whoever was told of a story on a route is told there what becomes of it, whatever its later printings look
like: a story remembers its routes (`Story.routes`).
"""

import difflib
import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from newswire.agencies import BY_ID
from newswire.article import Verdict
from newswire.event.envelope import Event
from newswire.event.parts import ArticleView, StoryView
from newswire.event.types import EntryRejected

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
KINDS = ("lang", "agency", "tag", "verdict")
_VERDICTS = tuple(verdict.value for verdict in Verdict)


class Route(Struct, frozen=True):
    """A stream's name and what an event must be to go there: one of the values of every condition."""

    name: str
    conditions: tuple[tuple[str, frozenset[str]], ...]

    def takes(self, facts: dict[str, frozenset[str]]) -> bool:
        """Whether an event of which these are the facts goes there."""
        return all(values & facts[kind] for kind, values in self.conditions)


def routes_of(event: Event[Any], routes: Iterable[Route]) -> frozenset[str]:
    """The names of the routes that an event goes to by what it says itself."""
    facts = _facts(event.data)
    return frozenset(route.name for route in routes if route.takes(facts))


def _facts(data: Any) -> dict[str, frozenset[str]]:
    """What is known of an event: languages and agencies of printing and story, tags, and the verdict."""
    article, story = getattr(data, "article", None), getattr(data, "story", None)
    languages, agencies, verdicts = set[str](), set[str](), set[str]()
    tags: Iterable[str] = getattr(data, "tags", ())
    if isinstance(story, StoryView):
        languages.add(story.language)
        agencies.update(mention.agency for mention in story.agencies)
    if isinstance(article, ArticleView):
        languages.add(article.language)
        agencies.update(mention.agency for mention in article.agencies)
        verdicts.add(article.verdict)
        tags = article.tags
    if isinstance(data, EntryRejected):
        verdicts.add(data.reason)
    return {
        "lang": frozenset(languages),
        "agency": frozenset(agencies),
        "tag": frozenset(folder for tag in tags for folder in _folders(tag)),
        "verdict": frozenset(verdicts),
    }


def _folders(tag: str) -> Iterable[str]:
    """`World/Europe` is in `World` too."""
    parts = tag.split("/")
    return ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def parse_routes(text: str) -> tuple[Route, ...]:
    """The routes of a setting. Raises ValueError, saying what is wrong.

    >>> [route.name for route in parse_routes("iberia: lang=es,pt & agency=EFE,Lusa; walls: verdict=paywall")]
    ['iberia', 'walls']
    """
    routes: dict[str, Route] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        name, colon, said = (piece.strip() for piece in part.partition(":"))
        if not (colon and said and _NAME.fullmatch(name)):
            raise ValueError(f"{part!r} is not NAME: CONDITION & …; a name is of a-z, 0-9, - and _")
        if name in routes:
            raise ValueError(f"the route {name!r} is named twice")
        conditions = tuple(map(_condition, said.split("&")))
        if len(dict(conditions)) < len(conditions):  # `lang=es & lang=pt` means one of them to whoever writes it
            raise ValueError(f"{part!r} says a condition twice: values stand together, by commas")
        routes[name] = Route(name, conditions)
    return tuple(routes.values())


def _condition(text: str) -> tuple[str, frozenset[str]]:
    kind, _, listed = (piece.strip() for piece in text.partition("="))
    values = frozenset(filter(None, map(str.strip, listed.split(","))))
    if kind not in KINDS or not values:
        raise ValueError(f"{text.strip()!r} is no condition: lang=, agency=, tag= or verdict= and values by commas")
    for value in values:
        if kind == "lang" and not _LANGUAGE.fullmatch(value):
            raise ValueError(f"{value!r} is no language: ISO 639-1, as in lang=es")
        if kind == "agency" and value not in BY_ID:
            raise ValueError(f"{value!r} is no agency that is known{_near(value)}")
        if kind == "verdict" and value not in _VERDICTS:
            raise ValueError(f"{value!r} is no verdict: {', '.join(_VERDICTS)}")
    return kind, values


def _near(agency: str) -> str:
    by_letters = {one.lower(): one for one in BY_ID}
    near = difflib.get_close_matches(agency.lower(), by_letters, n=1)
    return f"; did you mean {by_letters[near[0]]}?" if near else ""
