"""The words outside the text that may name who wrote it: the page's data, and the lines round the text."""

from collections import Counter
from collections.abc import Iterator, Sequence

from newswire.article import Entry
from newswire.credit import Hint
from newswire.furniture import is_caption
from newswire.signature import PHOTO_WORD
from workers.page.lines import Line
from workers.page.markup import Markup

# Credits stand within so many lines of the text: under the headline, and after the last paragraph.
LINES_BEFORE = 25
LINES_AFTER = 8
# The rest of a longer line says nothing more of who wrote the text.
MAX_LINE = 400
# Where so many lines of the page part two paragraphs, they are of two texts (a list of other articles): the longer is
# the article's.
LINES_BETWEEN = 30
SHORT_CHARS = 60
# A headline or a menu's path is shorter.
HEADLINE_CHARS = 100
# The text's first lines may bear its dateline, also where the extraction joined them to others or left them out.
OPENING_LINES = 3
OPENING_CHARS = 200


def hints_of(
    markup: Markup, seen: Sequence[Line], text: Sequence[int], entry: Entry | None, *, url: str = ""
) -> list[Hint]:
    """The words outside the text that may name who wrote it: page data, and the lines round the text.

    `text` are the numbers of the text's lines among `seen`; what is none of them is passed over.
    """
    hints = [Hint(name, "jsonld") for name in (*markup.authors, *markup.sources)]
    hints += [Hint(address, "site") for address in (url, markup.canonical, *markup.origins)]
    if entry is not None:
        hints += [Hint(entry.byline, "feed"), Hint(entry.source, "feed")]
    # Menus repeat short lines.
    long = [at for at in sorted(text) if at >= 0 and len(seen[at].text) > SHORT_CHARS and seen[at].tag != "h1"]
    at = _longest_run(long, seen)
    if at:
        hints.append(Hint("\n".join(seen[number].text[:OPENING_CHARS] for number in at[:OPENING_LINES]), "opening"))
        hints += _round_the_text(seen, at)
    return [hint for hint in hints if hint.words]


def _round_the_text(seen: Sequence[Line], at: Sequence[int]) -> Iterator[Hint]:
    """The lines before and after the text, each with what it can be: a byline, a caption, a trailing credit."""
    first, last = at[0], at[-1]
    # A byline may stand between the standfirst, or the headline said again, and the text.
    second = next((number for number in at[1:] if len(seen[number].text) > HEADLINE_CHARS), first)
    top = max((number for number in range(first) if seen[number].tag == "h1"), default=0)
    # A container that holds the headline or the text too is a page's class ("has-sidebar"), and says nothing of the
    # line. A caption may be among the extracted lines, but no two of one figure's.
    photos = Counter(seen[number].photo for number in at)
    whole = {photo for photo, count in photos.items() if count > 1} | {seen[number].aside for number in at}
    whole |= {0, seen[top].photo, seen[top].aside}
    for number in range(max(top, first - LINES_BEFORE), min(len(seen), last + 1 + LINES_AFTER)):
        line = seen[number]
        if line.photo not in whole or is_caption(line.text) or (number not in at and PHOTO_WORD.search(line.text)):
            yield Hint(line.text[:MAX_LINE], "caption")
        elif line.tag == "h1" or number in at or second < number <= last:
            continue
        elif line.aside in whole or (line.byline and number < second):
            yield Hint(line.text[:MAX_LINE], "byline" if number < second else "trailing")


def _longest_run(at: Sequence[int], seen: Sequence[Line]) -> list[int]:
    """Of the lines that stand apart, those next to each other that have the most words."""
    runs: list[list[int]] = []
    for number in at:
        if not runs or number - runs[-1][-1] > LINES_BETWEEN:
            runs.append([])
        runs[-1].append(number)
    return max(runs, key=lambda run: sum(len(seen[number].text) for number in run), default=[])
