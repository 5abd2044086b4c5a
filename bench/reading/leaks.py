"""Lines that do not belong to the story and stand in what was read: captions, and lines that lead to other articles.

Where the row has the reference of the whole text, it is the judge: a line that stands in it belongs. A line stands in a
text when its letters do, or seven tenths of its word threes.

CAPTION LINES: of the other lines those that are, are a part of or hold words that the page shows under a picture (a
figure, or a box named caption, legend, photo credit … of no more than 700 characters), and nowhere else on the page;
that are, in four words or more, the alternative text of a picture that is no link, or its JSON-LD caption; or that have
the form of a photo credit ("Photo: …", "(Foto: …)", "… via Getty Images"). Headings and descriptions are no captions.

RELATED LINES: of the other lines those that are, are a part of or hold a line of a box of other articles (named
related, most read, see also …), or a line that is for three quarters of its letters links to other pages, one of five
words or more, without a full stop, and nowhere else on the page; or that begin as an invitation does to read or see
something else. Menus, keywords and invitations to subscribe, follow, share or comment are no related lines.

Fewer than 20 letters (10 of Chinese or Japanese) are known again only as a whole line.

A page counts when it has one such line.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import lxml.html

from bench.reading.leakwords import LEADS_AWAY, PHOTO_CREDIT
from bench.reading.pagelines import PageLine, count_words, letters, page_lines
from bench.reading.pages import is_whole, reference_of

MOST_CREDIT = 300  # characters of a line that has a photo credit's form
MOST_LEAD = 200
LINKED = 0.75  # of a line's letters
BELONGS = 0.7  # of its word threes
LEAST_TITLE = 5  # words of a link: shorter ones are sections, keywords and authors as often as titles
LEAST_TOLD = 4  # words of an alternative text
LEAST_KEY = 6  # letters: shorter lines say nothing
LEAST_PART, LEAST_WIDE = 20, 10  # letters that are known again as a part of a line; Chinese and Japanese characters

# A sentence that is a link whole, an address, the line that one comment service leaves, an invitation to subscribe.
_NO_TITLE = re.compile(
    r"[.。][»”\"'’)\]]*$|^\W*https?://\S*$|powered by Disqus|\b(?:sign up|subscribe|follow us)\b", re.IGNORECASE
)


class Seen:
    """A page's lines, and what it says of its pictures, once for all that were read from it.

    `heads` are headings and descriptions, `captions` and `away` the lines that the definitions speak of, `told` the
    pictures' alternative texts; each by its letters.
    """

    def __init__(self, tree: lxml.html.HtmlElement) -> None:
        self.lines = page_lines(tree)
        self.heads = {letters(words) for words in _heads(tree)} | {
            line.key for line in self.lines if line.tag in ("h1", "h2", "h3", "h4")
        }
        self._plain = {line.key for line in self.lines if not (line.picture or line.others or is_link(line))}
        self.away = self._only({line.key for line in self.lines if line.others or is_link(line)})
        self.captions = self._only({line.key for line in self.lines if line.picture})
        told = {letters(words) for words in _told(tree) if count_words(words) >= LEAST_TOLD}
        self.told = told - set(self.away)

    def _only(self, keys: set[str]) -> list[str]:
        """Those that do not stand elsewhere too, the longest first."""
        return sorted((key for key in keys if len(key) >= LEAST_KEY and key not in self._plain), key=len, reverse=True)


def is_link(line: PageLine) -> bool:
    """Whether the line is nothing but the title of another page."""
    return line.linked >= LINKED and line.titled >= LEAST_TITLE and not _NO_TITLE.search(line.text)


def captions(row: Mapping[str, Any], text: str, page: Seen | lxml.html.HtmlElement) -> list[str]:
    """The lines of the text that are captions or photo credits."""
    seen = page if isinstance(page, Seen) else Seen(page)
    return [
        line
        for line in strangers(row, text)
        if letters(line) not in seen.heads
        and (
            tells(line, seen.captions)
            or letters(line) in seen.told
            or (len(line) <= MOST_CREDIT and PHOTO_CREDIT.fullmatch(line))
        )
    ]


def related(row: Mapping[str, Any], text: str, page: Seen | lxml.html.HtmlElement) -> list[str]:
    """The lines of the text that lead to other articles."""
    seen = page if isinstance(page, Seen) else Seen(page)
    return [
        line
        for line in strangers(row, text)
        if letters(line) not in seen.heads
        and (tells(line, seen.away) or (len(line) <= MOST_LEAD and LEADS_AWAY.match(line)))
    ]


def strangers(row: Mapping[str, Any], text: str) -> Iterator[str]:
    """The lines of the text that the reference does not hold; all of them where there is no whole one."""
    expected = reference_of(row) if is_whole(row) else ""
    key, threes = letters(expected), _threes(expected)
    for line in filter(None, map(str.strip, text.split("\n"))):
        mine = _threes(line)
        if letters(line) and letters(line) not in key and len(mine & threes) < BELONGS * max(len(mine), 1):
            yield line


def tells(line: str, keys: Sequence[str]) -> bool:
    """Whether the line is one of the keys, a part of one, or holds one whole; short ones must be equal."""
    key = letters(line)
    least = LEAST_WIDE if is_wide(key) else LEAST_PART
    return any(key == one or (len(key) >= least and key in one) or (len(one) >= least and one in key) for one in keys)


def is_wide(text: str) -> bool:
    """Whether the text is of a script without blanks, whose characters say more than letters."""
    return 2 * len(re.findall(r"[぀-ヿ㐀-鿿]", text)) > len(text)


def _threes(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[぀-ヿ㐀-鿿]|[^\W぀-ヿ㐀-鿿]+", text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


def _heads(tree: lxml.html.HtmlElement) -> Iterator[str]:
    for meta in tree.iter("meta"):
        if re.search(r"title|description", f"{meta.get('name')} {meta.get('property')} {meta.get('itemprop')}"):
            yield meta.get("content") or ""
    yield from (element.text_content() for element in tree.iter("title"))


def _told(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """The words that the page sets to its pictures: alternative texts, and captions in JSON-LD."""
    for image in tree.iter("img"):
        if next(image.iterancestors("a"), None) is not None:
            continue  # a logo, a teaser
        yield image.get("alt") or ""
        yield image.get("title") or ""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                yield from _captions_in(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue


def _captions_in(value: Any) -> Iterator[str]:
    """The captions and credits of every picture in a JSON document."""
    if isinstance(value, list):
        for one in value:
            yield from _captions_in(one)
    elif isinstance(value, dict):
        told: Iterable[Any] = ()
        if re.search(r"Image|Media|Photo", str(value.get("@type"))):
            told = (value.get(key) for key in ("caption", "creditText", "description"))
        yield from (one for one in told if isinstance(one, str))
        for one in value.values():
            yield from _captions_in(one)
