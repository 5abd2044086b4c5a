"""The words outside a text that may name who wrote it: the page's data, and the lines round the text."""

from collections.abc import Sequence

from newswire.article import Entry
from newswire.credit import Hint
from newswire.furniture import is_caption
from workers.lines import Line, letters
from workers.markup import Markup

# Credits stand within so many lines of the text: under the headline, and after the last paragraph.
LINES_BEFORE = 25
LINES_AFTER = 8
# The rest of a longer line says nothing more of who wrote the text.
MAX_LINE = 400


def hints_of(markup: Markup, seen: Sequence[Line], paragraphs: Sequence[str], entry: Entry | None) -> list[Hint]:
    """The words outside the text that may name who wrote it: page data, and the lines round the text."""
    hints = [Hint(name, "jsonld") for name in (*markup.authors, *markup.sources)]
    if entry is not None:
        hints += [Hint(entry.byline, "feed"), Hint(entry.source, "feed")]
    at = _places(seen, paragraphs)
    if not at:
        return [hint for hint in hints if hint.words]
    first, last = at[0], at[-1]
    second = at[1] if len(at) > 1 else first  # a byline may stand between the standfirst and the text
    top = max((number for number in range(first) if seen[number].tag == "h1"), default=0)
    # A container that holds the text too is a page's class ("has-sidebar"), and says nothing of the line.
    whole = {seen[number].photo for number in at} | {seen[number].aside for number in at} | {0}
    for number in range(max(top, first - LINES_BEFORE), min(len(seen), last + 1 + LINES_AFTER)):
        line = seen[number]
        if line.photo not in whole or is_caption(line.text):
            hints.append(Hint(line.text[:MAX_LINE], "caption"))
        elif line.aside in whole and line.tag != "h1" and number not in at and not second < number <= last:
            hints.append(Hint(line.text[:MAX_LINE], "byline" if number < second else "trailing"))
    return [hint for hint in hints if hint.words]


def _places(seen: Sequence[Line], paragraphs: Sequence[str]) -> list[int]:
    """Where the text's paragraphs stand among the page's lines; short ones, which menus repeat, are not looked for."""
    keys = {letters(paragraph)[:30] for paragraph in paragraphs if len(paragraph) > 60}
    long = [number for number, line in enumerate(seen) if len(line.text) > 60 and line.tag != "h1"]
    return [number for number in long if letters(seen[number].text)[:30] in keys]
