"""A page's lines in the order in which they are read, with where each stands."""

import re

import lxml.html
from lxml import etree
from msgspec import Struct

# A line that is compared with the text or read as a credit; the rest of a longer one says nothing more.
MAX_LINE = 400

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "br", "button", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p",
    "pre", "section", "table", "tbody", "td", "th", "time", "tr", "ul", "video",
])  # fmt: skip
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
    r"related|teaser|recommend|sidebar|footer|(?:^|[\s_-])nav|menu|comment|newsletter|widget|promo|trending|most-?read|ticker|more-"
    r"|(?:^|[\s_-])(?:tags?|keywords|topics|breadcrumbs?|etiquetas|schlagw[oö]rter?)(?![a-z])",
    re.IGNORECASE,
)


class Line(Struct, frozen=True):
    """A line as a reader sees it."""

    text: str
    tag: str = ""  # the block it stands in
    # The number of the outermost container that looks like a figure or a gallery, and of that which looks like a menu,
    # a footer or a list of other articles; 0 where there is none. A container that also holds the text is none.
    photo: int = 0
    aside: int = 0
    byline: bool = False  # a container, or itself, says that it names the author


def lines(tree: lxml.html.HtmlElement) -> list[Line]:  # noqa: C901 - one walk, and its state
    """The page's lines in the order of reading, with where each stands."""
    found: list[Line] = []
    words: list[str] = []
    unseen = 0
    stack: list[tuple[str, int, int, bool]] = [("", 0, 0, False)]
    containers = 0

    def end_line() -> None:
        text = squeeze("".join(words))
        words.clear()
        if text:
            found.append(Line(text[:MAX_LINE], *stack[-1]))

    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            words.append(element.tail or "" if not unseen else "")
            continue
        tag = element.tag
        is_block = tag in _BLOCKS
        if event == "start":
            unseen += tag in _UNSEEN
            if is_block:
                end_line()
                containers += 1
                _, photo, aside, signed = stack[-1]
                names = f"{element.get('class') or ''} {element.get('id') or ''}"
                roles = f"{names} {element.get('itemprop') or ''} {element.get('rel') or ''}"
                authored = _AUTHOR_CLASS.search(roles) is not None
                pictured = _PHOTO_CLASS.search(names) is not None and not authored
                signs = authored or (not pictured and _SOURCE_CLASS.search(names) is not None)
                if not photo and (tag in _PHOTO_TAGS or pictured):
                    photo = containers
                if not aside and (tag in _ASIDE_TAGS or _ASIDE_CLASS.search(names)):
                    aside = containers
                stack.append((tag, photo, aside, signed or signs))
            if not unseen:
                words.append(element.text or "")
        else:
            unseen -= tag in _UNSEEN
            if is_block:
                end_line()
                stack.pop()
            if not unseen:
                words.append(element.tail or "")
    end_line()
    return found


def squeeze(text: str) -> str:
    """The text on one line, one blank between its words."""
    return " ".join(text.split())


def letters(text: str) -> str:
    """The letters and digits alone: trafilatura and the page differ in blanks and quotation marks."""
    return re.sub(r"\W+", "", text).casefold()
