"""Words that stand glued on a page, "Zelensky</a>while", where its markup shows the border between them.

Promises to part only what can be nothing else: an initial set in its own element ("<b>T</b>he") and a word with its
ending outside a link ("<a>Grenoble</a>s") stay whole. Where the markup shows no border the words stay glued, and
matching bears it.
"""

import re
from collections.abc import Set as AbstractSet
from itertools import pairwise

BORDER = "\u2063"
"""Stands in a text where an inline element begins or ends between two letters (Unicode: invisible separator)."""

_WORD = re.compile(r"[^\W\d_]+")
# From a word's beginning on: within a run of letters each later start would read it to its end once more.
_GLUED = re.compile(rf"(?<![^\W\d_])[^\W\d_]+(?:{BORDER}[^\W\d_]+)+")
_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")  # scripts that set no blanks


def is_between(before: str, after: str) -> bool:
    """Whether two pieces of text meet in mid-word."""
    return before[-1:].isalpha() and after[:1].isalpha()


def words_of(text: str) -> frozenset[str]:
    """The words that a text has on their own, without case."""
    return frozenset(map(str.casefold, _WORD.findall(_GLUED.sub(" ", text))))


def parted(text: str, known: AbstractSet[str]) -> str:
    """The text with a blank at each border of two words; `known` are the words that the page has elsewhere.

    Two words are a small letter before a capital, or two that the page both has, and not as one.

    >>> parted("Kyiv\u2063The, T\u2063he, Shapps\u2063said", {"shapps", "said", "the"})
    'Kyiv The, The, Shapps said'
    """
    return _GLUED.sub(lambda run: _joined(run[0].split(BORDER), known), text).replace(BORDER, "")


def _joined(parts: list[str], known: AbstractSet[str]) -> str:
    words = parts[0]
    for before, after in pairwise(parts):
        words += (" " if _are_two(before, after, known) else "") + after
    return words


def _are_two(before: str, after: str, known: AbstractSet[str]) -> bool:
    if len(before) < 2 or _DENSE.search(before + after) or (before + after).casefold() in known:
        return False
    if before[-1].islower() and after[0].isupper():
        return True
    return len(after) > 1 and before.casefold() in known and after.casefold() in known
