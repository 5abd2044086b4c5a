"""The news agencies: who they are and how newspapers print their names.

A name is no credit: the position of a name decides what it says (newswire.credit). This file only knows names, from
the table in agencies.toml. Initials are matched with their case in running text, and without it where a whole line can
be nothing but a credit ("pap", "REUTERS").
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """What agencies.toml says of an agency; the key of its row is the id that credits carry."""

    name: str
    forms: tuple[str, ...]  # as printed, in every script
    sources: tuple[str, ...]  # where the name and its forms can be seen
    languages: str = ""  # ISO 639-1, space-separated: in what it writes, the first being its own
    sites: tuple[str, ...] = ()  # hosts, or the beginnings of addresses on them, whose articles are its own
    false_friends: tuple[str, ...] = ()  # regular expressions: a name inside such a match is not the agency
    photo_only: bool = False


BY_ID: dict[str, Row] = msgspec.convert(
    tomllib.loads(Path(__file__).with_name("agencies.toml").read_text("utf-8")), dict[str, Row]
)


# A false friend begins or ends so near the name.
FRIEND_CHARS = 80


class Found(Struct, frozen=True):
    """One name in a text."""

    id: str
    start: int
    end: int


def find(text: str, *, any_case: bool = False) -> Iterator[Found]:
    """Each agency's name in the text, in order, false friends left out.

    `any_case` is for lines that can be nothing but a credit: "pap", "REUTERS".
    """
    exact, loose, friends = _patterns()
    matches = list((loose if any_case else exact).finditer(text))
    if not matches:
        return
    start, end = matches[0].start() - FRIEND_CHARS, matches[-1].end() + FRIEND_CHARS
    spans = friends.finditer(text, max(0, start), end)
    friend = next(spans, None)
    for match in matches:
        while friend and friend.end() <= match.start():
            friend = next(spans, None)
        if friend and friend.start() <= match.start():
            continue
        yield Found(_id_by_form()[_key(match.group())], *match.span())


def agency_of_site(address: str) -> str:
    """The agency whose own site an address ("https://www.efe.com/…") belongs to, "" where it is nobody's.

    >>> agency_of_site("https://www.efe.com/espana/1"), agency_of_site("https://efe.com.example/1")
    ('EFE', '')
    """
    match = _sites().match(address)
    return _id_by_site()[match["site"].lower()] if match else ""


@cache
def _sites() -> re.Pattern[str]:
    sites = "|".join(sorted(map(re.escape, _id_by_site()), key=len, reverse=True))
    return re.compile(rf"(?:https?://)?(?:[\w-]+\.)*?(?P<site>{sites})(?=[/:?#]|$)", re.IGNORECASE)


@cache
def _id_by_site() -> dict[str, str]:
    return {site: id_ for id_, row in BY_ID.items() for site in row.sites}


def _printed() -> set[str]:
    forms = {form for row in BY_ID.values() for form in row.forms}
    # Datelines and bylines are often set in capitals: "EUROPA PRESS", "ИНТЕРФАКС".
    return forms | {form.upper() for form in forms if len(form) > 4}


def _branches(forms: Iterable[str]) -> str:
    """A regular expression for any of the forms, the longest first, that looks at each of their beginnings once.

    Six hundred forms side by side take ten times as long.
    """
    tree: dict[str, Any] = {}
    for form in forms:
        node = tree
        for letter in form:
            node = node.setdefault(letter, {})
        node[""] = {}

    def joined(node: dict[str, Any]) -> str:
        following = [re.escape(letter) + joined(node[letter]) for letter in sorted(node) if letter]
        if not following:
            return ""
        one = following[0] if len(following) == 1 and "" not in node else f"(?:{'|'.join(following)})"
        return f"{one}?" if "" in node else one

    first = "".join(re.escape(letter) for letter in sorted(tree))
    return f"(?=[{first}]){joined(tree)}"


# Chinese, Japanese, Korean and Thai set no blanks between words, or hang particles on them.
_UNPARTED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]$")
NAME = (
    rf"(?:(?<![\w$]){_branches(form for form in _printed() if not _UNPARTED.search(form))}(?!\w)"
    rf"|{_branches(form for form in _printed() if _UNPARTED.search(form))})"
)
"""A regular expression for any agency's name, for use inside others (with re.IGNORECASE where the line is a credit)."""


def _key(form: str) -> str:
    # To `re` without regard to case, the Turkish ı and İ are an i.
    return form.casefold().replace("\u0307", "").replace("ı", "i")


@cache
def _id_by_form() -> dict[str, str]:
    return {_key(form): id_ for id_, row in reversed(BY_ID.items()) for form in row.forms}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    friends = "|".join(friend for row in BY_ID.values() for friend in row.false_friends)
    return re.compile(NAME), re.compile(NAME, re.IGNORECASE), re.compile(friends)
