"""Which of a page's lines are its text: what trafilatura found, held against the page it stands on.

Four steps, each of which a page can be wrong for and none of which may lose a whole text:

1. where the text stands: in the containers that hold most of what trafilatura found as sentences;
2. from where to where: the stretch of lines with the greatest sum of scores (Pasternack and Roth, "Extracting article
   text from the web with maximum subsequence segmentation", WWW 2009), which leaves off menus before and lists after;
3. what is put in: the sentences of those containers that trafilatura left out, and the standfirst;
4. what is taken out: captions and boxes, and links to other articles.

docs/decisions/2026-11-23-body.md has what each is worth.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, pairwise

from msgspec import Struct, structs

from newswire.furniture import is_furniture, leads_away
from newswire.verdict import count_words
from workers.page.hold import NOWHERE, hold
from workers.page.lines import LINKED, Line, letters

# A container is the body's with so much of the sentences that trafilatura found.
BODY = 0.15
# A figure or an aside with less than half of them holds no text, unless most of the text stands in containers like it.
MOST = 0.5
# More words than a heading or a teaser has: a sentence, also without a full stop.
LONG_WORDS = 14
# Scores: a word each for a sentence of the body, at most so many; a tenth for one elsewhere, half for one that
# trafilatura left out, and half against what stands beside the text.
MOST_WORDS = 80
ELSEWHERE, LEFT_OUT, BESIDE = 0.1, 0.5, 0.5
# What is no sentence: a heading or an item of the body is worth two words, elsewhere it costs one; a link costs four
# and a word each elsewhere, and little within the body, where lists of links are taken out by themselves; what
# trafilatura left out costs little, so that an advertisement between two paragraphs does not part them.
ITEM, STRAY, LINK, GAP, GAP_WORD = 2.0, -1.0, -4.0, -0.3, -0.1
MOST_PENALTY = 20  # words
# The choice is not sensitive to them: as tried, doubled or halved one at a time, they moved F1 by .001 at most.
# A sentence may be a link, unless all of it is. A line that is one link, and no sentence, is another article's title.
ALL_LINKED = 0.95
ALONE_LINKED, ALONE_WORDS = 0.85, 5
LED_AWAY = 0.25  # of "Read also: …"
LISTED = 0.35  # of a list's letters, where each of its items has a link
# The standfirst stands between the headline and the text, at most so many lines away; without a headline, so near.
STANDFIRST_LINES, NEAR_LINES = 100, 12
ABOVE_LINES = 4  # some stand over the headline
STANDFIRST_LETTERS = 30
STANDFIRST_WORDS = 6

_STOP = re.compile(r"[.!?…。！？][»”\"’')\]]*$")
_STANDFIRST = re.compile(
    r"stand-?first|(?:^|[\s_-])(?:dek|deck|lead|lede|intro|subtitle|sub-?head(?:line)?|sub-?titulo|sottotitolo|sommario|"
    r"chapo|chapeau|perex|vorspann|excerpt|summary|abstract|entradilla|bajada|copete|teaser-?text|ingress|manchet|preamble|"
    r"description)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ITEMS = frozenset(("li", "dt", "dd"))
_PICTURE = re.compile(r"caption|image|(?<![a-z])img|pic|photo|foto|slide", re.IGNORECASE)


class _Part(Struct, frozen=True):
    """What a line may be of the text."""

    key: str
    words: int
    stop: bool  # ends as a sentence does
    sentence: bool
    of_body: bool = False  # stands in a container of the body
    beside: bool = False  # stands in a figure or an aside


class _Chosen(Struct, frozen=True, order=True):
    """A line of the text, in the order of the page; what was not found on the page stands after the line before it."""

    after: int
    order: int
    line: int
    text: str


def body(
    paragraphs: Sequence[str], seen: Sequence[Line], *, titles: Iterable[str], descriptions: Iterable[str]
) -> list[tuple[int, str]]:
    """The text's lines: each one's number among `seen`, or `NOWHERE`, and its words.

    `paragraphs` are trafilatura's; `titles` and `descriptions` are the page's own, for its headline and standfirst.
    """
    held = hold(paragraphs, seen)
    found = {number for number, _ in held} - {NOWHERE}
    parts = _parts(seen, found)
    first, last = _stretch(
        [_score(line, part, is_found=at in found) for at, (line, part) in enumerate(zip(seen, parts, strict=True))]
    )
    if last < first:
        return held
    headlines = {letters(title) for title in titles} | {
        parts[at].key for at in range(len(seen)) if seen[at].tag == "h1"
    }
    chosen = _within(held, parts, first, last)
    told = {parts[one.line].key for one in chosen if one.line != NOWHERE}
    chosen += _left_out(seen, parts, range(first, last + 1), found, told | headlines)
    links = _links([one.line for one in sorted(chosen) if one.line != NOWHERE], seen, parts)
    chosen = [one for one in chosen if one.line not in links]
    told = {parts[one.line].key for one in chosen if one.line != NOWHERE}
    chosen += _standfirst(seen, parts, first, told, headlines, [letters(words) for words in descriptions])
    text = [(one.line, one.text) for one in sorted(chosen)]
    while text and letters(text[0][1]) in headlines:
        del text[0]
    return text


def _parts(seen: Sequence[Line], found: set[int]) -> list[_Part]:
    """What each line may be of the text, by the containers in which most of the sentences found stand."""
    parts = []
    homes: Counter[str] = Counter()
    articles: Counter[int] = Counter()
    photos: Counter[int] = Counter()
    asides: Counter[int] = Counter()
    total = 0
    for at, line in enumerate(seen):
        words, stop = count_words(line.text), _STOP.search(line.text) is not None
        part = _Part(letters(line.text), words, stop, line.linked < LINKED and (stop or words >= LONG_WORDS))
        parts.append(part)
        if at in found and part.sentence:
            total += words
            homes[line.home] += words
            articles[line.article] += words
            photos[line.photo] += words
            asides[line.aside] += words
    bodies = {home for home, words in homes.items() if words >= BODY * total}
    # The next article of an endless page has containers of the same name.
    own = {article for article, words in articles.items() if words >= BODY * total}
    return [
        structs.replace(
            part,
            of_body=line.home in bodies and line.article in own,
            beside=line.tag == "figcaption"
            or (
                homes[line.home] <= MOST * total
                and bool(
                    (line.photo and photos[line.photo] < MOST * total)
                    or (line.aside and asides[line.aside] < MOST * total)
                )
            ),
        )
        for line, part in zip(seen, parts, strict=True)
    ]


def _score(line: Line, part: _Part, *, is_found: bool) -> float:
    """What a line adds to the stretch it is in."""
    words = min(part.words, MOST_WORDS)
    if not is_found:
        if part.of_body and not part.beside:
            return LEFT_OUT * words if part.sentence else GAP
        return GAP + GAP_WORD * min(words, MOST_PENALTY)
    if part.beside:
        return STRAY - BESIDE * words
    if line.linked >= LINKED and not (part.of_body and part.stop):
        return GAP if part.of_body else LINK - min(words, MOST_PENALTY)
    if part.stop or words >= LONG_WORDS:
        return float(words) if part.of_body else ELSEWHERE * words
    return ITEM if part.of_body else STRAY


def _stretch(scores: Sequence[float]) -> tuple[int, int]:
    """The first and the last line of the stretch with the greatest sum; (0, -1) where there is none."""
    best, first, last = 0.0, 0, -1
    total, start = 0.0, 0
    for at, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, at
        total += score
        if total > best:
            best, first, last = total, start, at
    return first, last


def _within(held: Sequence[tuple[int, str]], parts: Sequence[_Part], first: int, last: int) -> list[_Chosen]:
    """What was found in the stretch, less what stands beside the text."""
    chosen = []
    after = first
    for order, (line, text) in enumerate(held):
        after = after if line == NOWHERE else line
        if first <= after <= last and (line == NOWHERE or not parts[line].beside):
            chosen.append(_Chosen(after, order if line == NOWHERE else -1, line, text))
    return chosen


def _left_out(
    seen: Sequence[Line], parts: Sequence[_Part], stretch: range, found: set[int], told: set[str]
) -> list[_Chosen]:
    """The sentences and headings of the body that trafilatura left out."""
    told = set(told)
    chosen = []
    for at in stretch:
        line, part = seen[at], parts[at]
        if at in found or part.beside or not part.of_body or not part.key or part.key in told:
            continue
        heading = line.tag in ("h2", "h3", "li") and line.linked < LINKED and part.words > 1
        linked_sentence = line.tag == "p" and part.stop and line.linked < ALL_LINKED
        if (part.sentence or heading or linked_sentence) and not is_furniture(line.text):
            told.add(part.key)
            chosen.append(_Chosen(at, -1, at, line.text))
    return chosen


def _links(lines: Sequence[int], seen: Sequence[Line], parts: Sequence[_Part]) -> set[int]:
    """The lines that are links to other articles: items of lists, runs of them, and "Read also: …" within the text."""

    def is_title(at: int, share: float = LINKED) -> bool:
        line, part = seen[at], parts[at]
        return line.linked >= share and line.links == 1 and not part.stop and part.words > 2

    links = {at for at in lines if is_title(at, ALONE_LINKED) and parts[at].words >= ALONE_WORDS}
    links |= {
        at for at in lines if leads_away(seen[at].text) and (seen[at].linked >= LED_AWAY or seen[at].text[-1] == ":")
    }
    links |= {at for at in lines if seen[at].tag in _ITEMS and is_title(at)}
    for at, following in pairwise(lines):
        if is_title(at) and is_title(following):
            links |= {at, following}
    for _, group in groupby(lines, key=lambda at: seen[at].home if seen[at].tag in _ITEMS else None):
        items = list(group)
        if seen[items[0]].tag in _ITEMS and len(items) > 1 and _are_teasers(items, seen, parts, is_title):
            links.update(items)
    return links


def _are_teasers(
    items: Sequence[int], seen: Sequence[Line], parts: Sequence[_Part], is_title: Callable[[int], bool]
) -> bool:
    """Whether a list is one of other articles: each item a link with source or date, or a title and a line on it."""
    if all(seen[at].links and not parts[at].stop for at in items):
        return sum(seen[at].linked for at in items) >= LISTED * len(items)
    titles = [is_title(at) for at in items]
    return titles[0] and sum(titles) > 1 and all(one or other for one, other in pairwise(titles))


def _standfirst(
    seen: Sequence[Line],
    parts: Sequence[_Part],
    first: int,
    told: set[str],
    headlines: set[str],
    descriptions: Sequence[str],
) -> list[_Chosen]:
    """The lines between headline and text that the page's description repeats, or that are named as a standfirst."""
    tops = (at for at in range(max(0, first - STANDFIRST_LINES), first) if parts[at].key in headlines)
    top = next(tops, max(0, first - NEAR_LINES))
    openings = {key[:STANDFIRST_LETTERS] for key in told}
    chosen = []
    for at in range(max(0, top - ABOVE_LINES), first):
        line, key = seen[at], parts[at].key
        opening = key[:STANDFIRST_LETTERS]
        if len(key) < STANDFIRST_LETTERS or key in headlines or opening in openings:
            continue
        if line.photo and parts[at].beside and (line.tag == "figcaption" or _PICTURE.search(line.names)):
            continue  # some pages describe themselves by their picture's caption
        described = any(_is_described(key, words) for words in descriptions)
        named = (
            at >= top
            and not (line.aside and parts[at].beside)
            and line.linked < LINKED
            and parts[at].words >= STANDFIRST_WORDS
            and _STANDFIRST.search(line.names)
        )
        if (described or named) and not is_furniture(line.text):
            openings.add(opening)
            chosen.append(_Chosen(at, -1, at, line.text))
    return chosen


def _is_described(key: str, description: str) -> bool:
    """Whether a description is the line, its beginning or its end ("Berlin. …" stands only on the page)."""
    if len(description) < STANDFIRST_LETTERS:
        return False
    return (
        key[:STANDFIRST_LETTERS] == description[:STANDFIRST_LETTERS]
        or description[:60] in key
        or (len(key) >= 40 and description.startswith(key))
    )
