"""Which of a page's lines the paragraphs of an extraction are.

trafilatura drops words within a paragraph (links that it takes for menus, ruby), glues and splits paragraphs, and says
nothing of what stands around them. Held against the page's own lines, each paragraph gets its line's words back, and
its place. Promise: no paragraph is lost; one whose line is not found stays as it is.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from workers.page.lines import Line, letters

NOWHERE = -1
# A line is looked for by so many of its first letters; a shorter paragraph must be a whole line, or part of the last.
HEAD = 14
# A paragraph that begins in mid-line is looked for by so many of its first and last letters, if it is longer.
INSIDE, LONG = 24, 30
# A line is a paragraph's where they have so much of it in common: with less they only begin alike.
COMMON = 0.6
# Of the lines with which a paragraph may begin and that are shorter than `HEAD`, so many are looked at.
MAX_SHORT = 50
# A run of lines makes up a paragraph when it holds so much of it.
WHOLE = 0.8
# A line that gives less than half of itself to the paragraphs is another's.
HALF = 0.5


def hold(paragraphs: Sequence[str], seen: Sequence[Line]) -> list[tuple[int, str]]:
    """The paragraphs as lines, in order: each line's number and text, once; `NOWHERE` and the paragraph if none is."""
    page = _Page([letters(line.text) for line in seen])
    runs = [page.run(letters(paragraph)) for paragraph in paragraphs]
    given: dict[int, int] = defaultdict(int)
    for run in runs:
        for number, count in run:
            given[number] += count
    held: list[tuple[int, str]] = []
    told: set[int] = set()
    for paragraph, run in zip(paragraphs, runs, strict=True):
        numbers = [number for number, _ in run if given[number] >= HALF * len(page.keys[number])]
        held += [(number, seen[number].text) for number in numbers if number not in told]
        told.update(numbers)
        if not numbers:
            held.append((NOWHERE, paragraph))
    return held


class _Page:
    """A page's lines by their letters, and the point up to which they have been read."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = keys
        self._by_head: dict[str, list[int]] = defaultdict(list)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(keys):
            if key:
                self._by_key[key].append(number)
                self._by_head[key[:HEAD]].append(number)
        self._whole = "\n".join(keys)
        self._offsets = [0, *accumulate(len(key) + 1 for key in keys)]
        self._line = NOWHERE
        self._end = 0  # in the line read last, where the last paragraph ended

    def run(self, key: str) -> list[tuple[int, int]]:
        """The lines that a paragraph is made of, each with how many of its letters it gives; none where none are."""
        if not key:
            return []
        if self._line != NOWHERE:
            inside = self.keys[self._line].find(key, self._end)
            if inside >= 0 and (len(key) > 3 or inside <= self._end + 60):
                self._end = inside + len(key)
                return [(self._line, len(key))]
        start = self._start(key)
        if start == NOWHERE:
            return []
        run, end = self._read(key, start)
        if run and start > self._line:
            self._line, self._end = run[-1][0], end
        return run

    def _start(self, key: str) -> int:
        """The line at which a paragraph may begin, of the likeliest kind: the next one, else the page's first."""
        starts = self._by_key.get(key) or (self._by_head.get(key[:HEAD]) if len(key) >= HEAD else None)
        if starts:
            following = bisect_right(starts, self._line)
            return starts[following if following < len(starts) else 0]
        start = self._short_start(key)
        return self._around(key) if start == NOWHERE and len(key) >= LONG else start

    def _short_start(self, key: str) -> int:
        """A line shorter than `HEAD` with which a paragraph begins, where the next line goes on with it."""
        for length in range(min(len(key), HEAD) - 1, 2, -1):
            same = self._by_key.get(key[:length], [])
            first = bisect_left(same, self._line)
            starts = [
                number
                for number in same[first : first + MAX_SHORT]
                if key.startswith(tuple(self.keys[number + 1 : number + 2]), length)
            ]
            if starts:
                return starts[1] if starts[0] == self._line and len(starts) > 1 else starts[0]
        return NOWHERE

    def _around(self, key: str) -> int:
        """A line that holds the paragraph's first letters, or its last."""
        for begin in (self._offsets[self._line + 1], 0):
            found = [at for part in (key[:INSIDE], key[-INSIDE:]) if (at := self._whole.find(part, begin)) >= 0]
            if found:
                return bisect_right(self._offsets, min(found)) - 1
        return NOWHERE

    def _read(self, key: str, number: int) -> tuple[list[tuple[int, int]], int]:
        """The run from a line on, and where in its last line it ends."""
        line = self.keys[number]
        if line and key.startswith(line):
            run, position = [], 0
            while number < len(self.keys) and position < len(key) and key.startswith(self.keys[number], position):
                count = len(self.keys[number])
                run += [(number, count)] if count else []
                number, position = number + 1, position + count
            return (run, run[-1][1]) if position >= WHOLE * len(key) else ([], 0)
        inside = line.find(key)
        if inside >= 0:
            return [(number, len(key))], inside + len(key)
        # Words are missing from the paragraph: the line has its beginning, and its end as well or much of it.
        common = next((at for at, (one, other) in enumerate(zip(line, key, strict=False)) if one != other), len(key))
        if key[-12:] in line:
            common = max(common, min(len(line), len(key)))
        if common < COMMON * len(key) or len(line) > 2 * len(key):
            return [], 0
        return [(number, common)], len(line)
