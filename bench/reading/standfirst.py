"""Whether the standfirst stands in what was read.

The STANDFIRST of a page is the first paragraph of its reference, or the first two, where the page gives the same words
as its summary: its description (in a meta element or JSON-LD), or an element that its class or itemprop names
standfirst, lead, dek, subtitle, chapo, sommario, entradilla, Vorspann, teaser text …, and where it is no paragraph like
the others: of another tag and class (its own, and those of the block round it) than each of the five paragraphs that
follow, or shown by no line of the page. A summary that only says the story's first paragraph again is no standfirst.
One of fewer than six words is none, and the headline, with which some references begin, is not looked at.

A SUMMARY is less: a description or an element so named, of six words or more, whose letters stand in the first 600
characters of the reference, also as its first paragraph.

Either is PRESENT when nine tenths of its words stand in their order in the beginning of the text: in three times as
many words as it has, no fewer than 150.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import lxml.html

from bench.reading.pagelines import PageLine, letters, page_lines
from bench.reading.pages import reference_of

LEAST_WORDS = 6
MOST_CHARS = 900  # of a standfirst: the longest read had 640
OPENING = 600  # characters of the reference in which a summary is looked for
PRESENT = 0.9
BEGINNING = 3  # standfirsts
LEAST_BEGINNING = 150  # words
FOLLOWING = 5  # paragraphs that it is held against

_NAMED = re.compile(
    r"stand-?first|sub-?(?:title|head)|sub-?deck|teaser-?_?text|entradilla|vorspann|sommario|occhiello|chap[oô]"
    r"|(?<![a-z])(?:lead|lede|intro|dek|deck|chapeau|ingress|perex|bajada|copete|abstract|summary|excerpt|anriss"
    r"|description)(?![a-z])",
    re.IGNORECASE,
)
_SCRIPTS = frozenset(("script", "style", "meta", "link"))


def standfirst(row: Mapping[str, Any], text: str, tree: lxml.html.HtmlElement) -> bool | None:
    """Whether the text has the page's standfirst; None where the reference has none."""
    wanted = standfirst_of(row, tree, page_lines(tree))
    return is_present(wanted, text) if wanted else None


def standfirst_of(row: Mapping[str, Any], tree: lxml.html.HtmlElement, lines: list[PageLine]) -> str:
    """The standfirst that the row's reference begins with, "" where there is none."""
    paragraphs = [line for line in reference_of(row).split("\n") if line.strip()]
    # Some references begin with the headline.
    paragraphs = paragraphs[1:] if paragraphs and _is_headline(paragraphs[0], row, tree, lines) else paragraphs
    summaries = {letters(words) for words in (*_descriptions(tree), *_named(tree))}
    for count in (2, 1):
        first, following = paragraphs[:count], paragraphs[count : count + FOLLOWING]
        wanted = " ".join(first)
        if not following or len(words_of(wanted)) < LEAST_WORDS or len(wanted) > MOST_CHARS:
            continue
        if letters(wanted) in summaries and not _is_like(first, following, lines):
            return wanted
    return ""


def summary_of(row: Mapping[str, Any], tree: lxml.html.HtmlElement) -> str:
    """The longest summary of the page that its reference begins with, a standfirst or the first paragraph again."""
    reference = reference_of(row)
    found = ""
    for words in (*_descriptions(tree), *_named(tree)):
        begin = letters(reference[: OPENING + len(words)])
        summary = words.rstrip(" .…\n")
        if (
            len(words_of(summary)) >= LEAST_WORDS
            and len(found) < len(summary) <= MOST_CHARS
            and letters(summary) in begin
        ):
            found = summary
    return found


def is_present(standfirst: str, text: str) -> bool:
    """Whether the beginning of the text has the standfirst's words in their order."""
    wanted = words_of(standfirst)
    begin = words_of(text)[: max(BEGINNING * len(wanted), LEAST_BEGINNING)]
    return longest_common(wanted, begin) >= PRESENT * len(wanted)


def words_of(text: str) -> list[str]:
    """The words, of scripts without blanks the characters."""
    return re.findall(r"[぀-ヿ㐀-鿿]|[^\W぀-ヿ㐀-鿿]+", text.casefold())


def longest_common(one: list[str], other: list[str]) -> int:
    """How many words the longest common subsequence has."""
    before = [0] * (len(other) + 1)
    for word in one:
        row = [0]
        for at, candidate in enumerate(other):
            row.append(before[at] + 1 if word == candidate else max(before[at + 1], row[at]))
        before = row
    return before[-1]


def _is_like(first: list[str], following: list[str], lines: list[PageLine]) -> bool:
    """Whether the page shows the first paragraphs in the same way as one of those that follow."""
    kinds: dict[str, set[str]] = {}
    for line in lines:
        kinds.setdefault(line.key, set()).add(line.kind)
    others = set().union(*(kinds.get(letters(paragraph), set()) for paragraph in following))
    return any(kinds.get(letters(paragraph), set()) & others for paragraph in first)


def _is_headline(paragraph: str, row: Mapping[str, Any], tree: lxml.html.HtmlElement, lines: list[PageLine]) -> bool:
    """Whether the page shows the paragraph as a headline, or its title begins with it."""
    key = letters(paragraph)
    titles = [letters(words.text_content()) for words in tree.iter("title")]
    return (
        key == letters(row.get("title") or "")
        or any(line.tag == "h1" and line.key == key for line in lines)
        or any(title.startswith(key) for title in titles)
    )


def _named(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """The text of each element that is named as a standfirst is."""
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in _SCRIPTS:
            names = " ".join(filter(None, (element.get(name) for name in ("class", "itemprop", "id"))))
            if _NAMED.search(names) and len(words := element.text_content()) <= 2 * MOST_CHARS:
                yield words


def _descriptions(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """What the page says it is about, in its meta elements and its JSON-LD."""
    for meta in tree.iter("meta"):
        if re.search(
            r"description", f"{meta.get('name')} {meta.get('property')} {meta.get('itemprop')}", re.IGNORECASE
        ):
            yield meta.get("content") or ""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            for words in re.findall(r'"description"\s*:\s*("(?:[^"\\]|\\.)*")', script.text or ""):
                try:
                    yield json.loads(words, strict=False)
                except ValueError:
                    continue
