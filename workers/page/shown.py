"""What stands beside a headline: the lines that may bear the date of an article whose markup has none."""

import re
from collections.abc import Iterator, Sequence

from workers.page.lines import Line, letters

# Dates stand within so many lines under the headline, or above it; a longer line is a sentence, not a date.
LINES_AFTER = 15
LINES_BEFORE = 6
LONGEST = 120
SHORTEST = 15  # characters of a line that can be told for the headline by the title that it begins
# Lines that say what they are may stand anywhere: "Datum 28.04.2023" in a box under the text (dw.com).
_LABELLED = re.compile(
    r"(?:date|datum|data|fecha|published|first published|posted|veröffentlicht|erschienen|publié|publicado|publicada|"
    r"pubblicato|gepubliceerd|publicerad|publisert|udgivet|julkaistu|opublikowano|опубликовано|опубліковано|yayın|发布|發佈|時間|时间|"
    r"公開日|更新日|입력|등록|δημοσιεύ|نشر)",
    re.IGNORECASE,
)
LONGEST_TITLE = 400  # characters: a longer one is searched for in thousands of headlines by hostile pages only
_HEADINGS = frozenset(("h2", "h3"))


def beside_headline(seen: Sequence[Line], title: str) -> Iterator[str]:
    """The short lines with a figure in them, the nearest first, those below before those above, the labelled ones last.

    The top of a page bears the day on which it was fetched: what stands far above the headline is not looked at.
    """
    at = _headline(seen, letters(title[:LONGEST_TITLE]))
    if at is not None:
        aside = seen[at].aside
        for line in (*seen[at : at + 1 + LINES_AFTER], *reversed(seen[max(0, at - LINES_BEFORE) : at])):
            if _may_date(line) and line.aside in (0, aside):
                yield line.text
    for line in seen[at or 0 :]:
        if _may_date(line) and not line.aside and _LABELLED.match(line.text):
            yield line.text


def below_headline(seen: Sequence[Line], title: str) -> Iterator[str]:
    """The short lines under the headline and its neighbour above: one of them may name the author."""
    at = _headline(seen, letters(title[:LONGEST_TITLE]))
    for line in seen[max(0, at - 1) : at + 1 + LINES_AFTER] if at is not None else ():
        if len(line.text) <= LONGEST and not line.photo and line.aside in (0, seen[at or 0].aside):
            yield line.text


def _may_date(line: Line) -> bool:
    return len(line.text) <= LONGEST and not line.photo and any(map(str.isdigit, line.text))


def _headline(seen: Sequence[Line], title: str) -> int | None:
    """The line that is the headline: the h1 that the title is or holds, any h1, another line that the title holds."""
    first_h1 = None
    for number, line in enumerate(seen):
        if line.tag == "h1":
            first_h1 = number if first_h1 is None else first_h1
            if (key := letters(line.text)) and (key in title or title in key):
                return number
    if first_h1 is not None:
        return first_h1
    for number, line in enumerate(seen):
        if not line.aside and len(line.text) > SHORTEST:
            key = letters(line.text)
            if title.startswith(key) or (line.tag in _HEADINGS and title in key):
                return number
    return None
