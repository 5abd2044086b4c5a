"""A page's lines in the order in which they are read, with where each stands. What is text, workers.page.body chooses.

Nothing that a page may contain raises.
"""

import re
from functools import lru_cache

import lxml.html
from lxml import etree
from msgspec import Struct, structs

from workers.page.glue import BORDER, is_between, parted, words_of

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "br", "button", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p",
    "pre", "section", "table", "tbody", "td", "th", "time", "tr", "ul", "video",
])  # fmt: skip
# Blocks that hold one line each: what they have in common is the container they stand in; a list's or a table's items
# stand one deeper.
_LINE_BLOCKS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "time", "tr", "dt", "dd"]
)
_ITEMS = frozenset(["li", "td"])
# Of a page's lines so many are read, and so many characters of them: the most on a real page are 6,570 and 113,000.
MAX_LINES, MAX_CHARS = 10_000, 250_000
LINKED = 0.5  # links in less than half of a line's letters are part of what it says
_UNSEEN = frozenset(["script", "style", "noscript", "template", "svg", "iframe", "select", "textarea", "head"])
_PHOTO_TAGS = frozenset(("figure", "figcaption", "picture", "video"))
_AUTHOR_CLASS = re.compile(r"byline|author|autor|auteur", re.IGNORECASE)
_SOURCE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:source|agency|agencia|agence|signature|firma|writer)(?![a-z])", re.IGNORECASE
)
_ASIDE_TAGS = frozenset(("nav", "footer", "aside"))
_PHOTO_CLASS = re.compile(
    r"caption|photo|(?<![a-z])foto|image|(?:^|[\s_-])img|picture|gallery|galerie|galeria|slide|media|video|bild|legende|(?:^|\s)pic",
    re.IGNORECASE,
)
_ASIDE_CLASS = re.compile(
    r"related|teaser|recommend|sidebar|footer|(?:^|[\s_-])nav|menu|comment|newsletter|widget|promo|trending|most-?read|"
    r"ticker|more-|nocontent|fact-?s?box|info-?box|fakta-?(?:boks|box|ruta)"
    r"|(?:^|[\s_-])(?:tags?|keywords|topics|breadcrumbs?|etiquetas|schlagw[oö]rter?)(?![a-z])",
    re.IGNORECASE,
)


class Line(Struct, frozen=True):
    """A line as a reader sees it."""

    text: str
    tag: str = ""  # the block it stands in
    # The number of the outermost container that looks like a figure or a gallery, and of that which looks like a menu,
    # a footer, a box or a list of other articles; 0 where there is none. A container that holds the text too is a
    # page's class ("has-sidebar") and says nothing.
    photo: int = 0
    aside: int = 0
    # The container it shares with its neighbours, by tag and class without digits, or by number where it has no class:
    # a text cut in pieces by advertisements stands in several of one name.
    home: str = ""
    article: int = 0  # the number of the innermost <article>, 0 outside
    names: str = ""  # class and id of its block and of that block's container
    linked: float = 0.0  # the share of its letters that is in links
    links: int = 0  # how many links it has
    byline: bool = False  # it, or a container, says that it names the author


class _Box(Struct):
    """An open block."""

    number: int = 0
    tag: str = ""
    names: str = ""
    photo: int = 0
    aside: int = 0
    article: int = 0
    byline: bool = False


def lines(tree: lxml.html.HtmlElement) -> list[Line]:
    """The page's lines, top to bottom; blocks part them, what is never shown is none."""
    walk = _Walk()
    events = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in events:
        if walk.is_full:
            break
        if event == "start":
            if element.tag in _UNSEEN:
                events.skip_subtree()
            else:
                walk.enter(element)
        elif event == "end":
            walk.leave(element)
        else:
            walk.say(element.tail)
    walk.end_line()
    return _without_glue(walk.found)


def _without_glue(found: list[Line]) -> list[Line]:
    """The lines with their glued words parted; menus, of which nobody reads a sentence, are left as they are."""
    if not any(BORDER in line.text and line.linked < LINKED for line in found):
        known = frozenset[str]()
    else:
        known = words_of("\n".join(line.text for line in found))
    return [structs.replace(line, text=parted(line.text, known)) if BORDER in line.text else line for line in found]


class _Walk:
    """A walk over a tree, and where it is."""

    def __init__(self) -> None:
        self.found: list[Line] = []
        self._words: list[str] = []
        self._boxes = [_Box()]
        self._count = 0
        self._in_link = 0
        self._links = 0
        self._linked = 0
        self._chars = 0

    @property
    def is_full(self) -> bool:
        """Whether it has read as much as any page holds."""
        return self._chars >= MAX_CHARS or len(self.found) >= MAX_LINES

    def enter(self, element: lxml.html.HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.end_line()
            self._boxes.append(self._box(element))
        elif tag == "a":
            self._in_link += 1
            self._links += 1
        self.say(element.text)

    def leave(self, element: lxml.html.HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.end_line()
            self._boxes.pop()
        elif tag == "a":
            self._in_link -= 1
        self.say(element.tail)

    def say(self, words: str | None) -> None:
        if words:
            words = words[: max(0, MAX_CHARS - self._chars)]
            self._chars += len(words)
            if self._words and is_between(self._words[-1], words):
                self._words.append(BORDER)
            self._words.append(words)
            if self._in_link:
                self._linked += len(words) - words.count(" ")

    def end_line(self) -> None:
        text = squeeze("".join(self._words))
        if text:
            box, outer = self._boxes[-1], self._boxes[max(0, len(self._boxes) - 2)]
            depth = 2 if box.tag in _ITEMS else 1 if box.tag in _LINE_BLOCKS else 0
            home = self._boxes[max(0, len(self._boxes) - 1 - depth)]
            linked = min(1.0, self._linked / max(1, len(text) - text.count(" ")))
            names = f"{box.names} {outer.names}"
            self.found.append(
                Line(
                    text,
                    box.tag,
                    box.photo,
                    box.aside,
                    _name(home),
                    box.article,
                    names,
                    linked,
                    self._links,
                    box.byline,
                )
            )
        self._words.clear()
        self._linked, self._links = 0, int(self._in_link > 0)

    def _box(self, element: lxml.html.HtmlElement) -> _Box:
        self._count += 1
        tag, outer = element.tag, self._boxes[-1]
        names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
        pictured, aside, signs = _looks(tag, names, f"{element.get('itemprop') or ''} {element.get('rel') or ''}")
        aside = aside or _is_hidden(element, names)
        return _Box(
            number=self._count,
            tag=tag,
            names=names,
            photo=outer.photo or (self._count if pictured else 0),
            aside=outer.aside or (self._count if aside else 0),
            article=self._count if tag == "article" else outer.article,
            byline=outer.byline or signs,
        )


@lru_cache(maxsize=4096)
def _looks(tag: str, names: str, roles: str) -> tuple[bool, bool, bool]:
    """Whether a block looks like a figure, whether like something beside the text, whether like a byline."""
    names_author = _AUTHOR_CLASS.search(f"{names} {roles}") is not None
    pictured = _PHOTO_CLASS.search(names) is not None and not names_author
    signs = names_author or (not pictured and _SOURCE_CLASS.search(names) is not None)
    return pictured or tag in _PHOTO_TAGS, tag in _ASIDE_TAGS or _ASIDE_CLASS.search(names) is not None, signs


def _name(box: _Box) -> str:
    bare = _bare(box.names)
    return f"{box.tag} {bare}" if bare else str(box.number)


@lru_cache(maxsize=4096)
def _bare(names: str) -> str:
    return re.sub(r"[\d\s]+", " ", names).strip()


def _is_hidden(element: lxml.html.HtmlElement, names: str) -> bool:
    """Whether a block is there to be shown later: a dialogue, a wall, a menu. "hidden md:block" is shown on most."""
    return (
        ("hidden" in names and "hidden" in names.split() and ":" not in names)
        or element.get("hidden") is not None
        or "display:none" in (element.get("style") or "").replace(" ", "")
    )


def squeeze(text: str) -> str:
    """The text on one line, one blank between its words."""
    return " ".join(text.split())


def letters(text: str) -> str:
    """The letters and digits alone: trafilatura and the page differ in blanks and quotation marks."""
    return re.sub(r"\W+", "", text).casefold()
