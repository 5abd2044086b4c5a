"""A page's lines with what their markup says of them: under a picture, a link, in a box of other articles.

Written for the bench alone: it shares no list of words or classes with the service, so that the service is not judged
by its own word. Containers are told by their tags and by the names that sites give them; one that holds the headline or
too much of the page is the page's layout and says nothing of its lines.
"""

import re
from typing import NamedTuple

import lxml.html
from lxml import etree

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "br", "button", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
])  # fmt: skip
_UNSEEN = frozenset(
    ["head", "script", "style", "template", "iframe", "svg", "select", "textarea", "object", "noscript"]
)
_PICTURE_TAGS = frozenset(("figure", "figcaption", "picture"))
_PICTURE_NAME = re.compile(
    r"caption|(?:photo|image|img|foto|media|pic(?:ture)?)[-_]*(?:credit|desc|info|text|by|author|copyright|source|meta)"
    r"|credits?[-_]*(?:photo|image|img|foto|media|pic)"
    r"|bildunterschrift|bildtext|bildnachweis|bu-?text|l[eé]gende|didascalia|pie-?(?:de-?)?foto|copyright-?(?:photo|foto)",
    re.IGNORECASE,
)
_OTHERS_NAME = re.compile(
    r"related|relacionad|correlat|similar|recommend|recirc|recomend|empfehl|outbrain|taboola|trending|popular"
    r"|read-?(?:more|next|also|on)\b|(?:most|top)-?(?:read|viewed|stories)|more-?(?:from|on|stories|news|articles|links)"
    r"|see-?also|also-?(?:read|like)|lire-?(?:aussi|plus)|a-lire|leer-?(?:mas|tambien|más)|leggi-?anche|lees-?(?:ook|meer)"
    r"|meist-?gelesen|mehr-?zum|weitere|linkbox|link-?list",
    re.IGNORECASE,
)
# A caption's box holds no more characters than this: a gallery's longest caption read had 550.
MOST_CAPTION = 700
# A box of other articles holds no more of the page's characters than this.
MOST_OTHERS = 0.34


class PageLine(NamedTuple):
    """A line as a reader sees it."""

    text: str
    key: str  # its letters and digits, small
    tag: str  # of the block it stands in
    kind: str = ""  # tag and class of that block, and of the one round it
    linked: float = 0.0  # the share of its letters that are links to other pages
    titled: int = 0  # the words of the longest of these links
    picture: bool = False  # stands under a picture
    others: bool = False  # stands in a box of other articles


def letters(text: str) -> str:
    """The letters and digits alone, small: extractors differ in blanks, quotation marks and dashes."""
    return re.sub(r"[\W_]+", "", text).casefold()


def count_words(text: str) -> int:
    """Words; of scripts without blanks two characters are counted as one."""
    wide = len(re.findall(r"[぀-ヿ㐀-鿿]", text))
    return wide // 2 + len(re.findall(r"[^\W぀-ヿ㐀-鿿]+", text))


def page_lines(tree: lxml.html.HtmlElement) -> list[PageLine]:
    """The page's lines in the order of reading."""
    walk = _Walk(len(_text(tree)))
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            walk.read(element.tail)
        elif event == "start":
            walk.enter(element)
        else:
            walk.leave(element)
    walk.end_line()
    return walk.found


class _Walk:
    """Where the walk through the tree stands."""

    def __init__(self, page_chars: int) -> None:
        self.found: list[PageLine] = []
        self._page_chars = page_chars
        self._words: list[tuple[str, int]] = []  # with the number of the link that they stand in, or 0
        self._blocks = [("", False, False)]
        self._kinds = [""]
        self._unseen = self._links = self._link = 0

    def enter(self, element: lxml.html.HtmlElement) -> None:
        tag = element.tag
        self._unseen += tag in _UNSEEN
        if _leads_elsewhere(element):
            self._links += 1
            self._link = self._links
        if tag in _BLOCKS:
            self.end_line()
            _, picture, others = self._blocks[-1]
            around = self._kinds[-1].split(" < ")[0]
            self._kinds.append(f"{tag}.{' '.join((element.get('class') or '').split())} < {around}")
            self._blocks.append((tag, picture or self._is_picture(element), others or self._is_others(element)))
        self.read(element.text)

    def leave(self, element: lxml.html.HtmlElement) -> None:
        self._unseen -= element.tag in _UNSEEN
        if element.tag == "a":
            self._link = 0
        if element.tag in _BLOCKS:
            self.end_line()
            self._blocks.pop()
            self._kinds.pop()
        self.read(element.tail)

    def read(self, words: str | None) -> None:
        if words and not self._unseen:
            self._words.append((words, self._link))

    def end_line(self) -> None:
        text = " ".join("".join(words for words, _ in self._words).split())
        if key := letters(text):
            links: dict[int, str] = {}
            for words, link in self._words:
                links[link] = links.get(link, "") + words
            links.pop(0, "")
            linked = sum(map(_letters_alone, links.values())) / max(_letters_alone(text), 1)
            titled = max((count_words(words) for words in links.values()), default=0)
            tag, picture, others = self._blocks[-1]
            self.found.append(PageLine(text, key, tag, self._kinds[-1], linked, titled, picture, others))
        self._words.clear()

    def _is_picture(self, element: lxml.html.HtmlElement) -> bool:
        named = element.tag in _PICTURE_TAGS or _PICTURE_NAME.search(_names(element))
        return bool(named) and len(_text(element)) <= MOST_CAPTION

    def _is_others(self, element: lxml.html.HtmlElement) -> bool:
        if not _OTHERS_NAME.search(_names(element)):
            return False
        return next(element.iter("h1"), None) is None and len(_text(element)) <= MOST_OTHERS * self._page_chars


def _letters_alone(text: str) -> int:
    """How many letters, without the figures: lists of articles set dates beside the titles."""
    return len(re.sub(r"[\W\d_]+", "", text))


def _names(element: lxml.html.HtmlElement) -> str:
    return " ".join(filter(None, (element.get(name) for name in ("class", "id", "itemprop", "data-component"))))


def _leads_elsewhere(element: lxml.html.HtmlElement) -> bool:
    address = (element.get("href") or "").strip() if element.tag == "a" else ""
    return bool(address) and not address.startswith(("#", "javascript:", "mailto:", "tel:"))


def _text(element: lxml.html.HtmlElement) -> str:
    """The element's text without scripts and styles."""
    return " ".join("".join(element.xpath(".//text()[not(parent::script or parent::style)]")).split())
