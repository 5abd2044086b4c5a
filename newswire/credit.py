"""Who wrote the text, who took the photos, and who is only quoted.

A name is no credit: its position decides. The text is an agency's where its dateline, its byline, a line of its own
before or after the narrative, or a phrase such as "with files from" says so. A caption speaks for its photograph, a
rights notice for a site, a sentence for whoever spoke. In doubt nobody is credited: a false credit names and merges
what a missed one only leaves open.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from newswire.agencies import NAME, agency_of_site, find
from newswire.article import Credit, Dateline, Mention, Where
from newswire.dateline import read_dateline
from newswire.furniture import is_caption, is_furniture
from newswire.phrases import LONGEST_PHRASE, copyrighted, opened, phrased
from newswire.signature import LONGEST_SIGNATURE, PHOTO_WORD, signed

# A closing mark stands in the last paragraphs (a video's caption or a notice may follow), after a whole paragraph:
# "(AP)" after one sentence is a photograph's.
NEAR_END = 2
WHOLE_PARAGRAPH = 150
LONGEST_ABBREVIATION = 5
# article.Mention: the words as printed, at most so many.
LONGEST_EVIDENCE = 120


class Hint(Struct, frozen=True):
    """Words that stand outside the text, and where.

    byline, jsonld, meta, feed, trailing or caption, as in article.Mention; opening is the text's first lines as the
    page has them, and site an address: the page's own, or one that the page names as the text's.
    """

    words: str
    where: str


# What ends a paragraph: "… said. (dpa/lno)", "… cielo. EFE", "… powiedział. (PAP) kf/ je/", "…表示。（据新华社）".
_CLOSING = re.compile(
    rf"(?:[(（\[【]\s?(?P<bracketed>[^()（）\[\]【】]{{0,24}}?(?i:{NAME})[^()（）\[\]【】]{{0,24}}?)\s?[)）\]】]|/\s?(?P<slashed>(?i:{NAME}))\s?/|"
    rf"(?<=[.!?…\"”»«。])\s?(?:[|–—-]\s?|(?<=\s))(?P<bare>{NAME}(?:\s?/\s?[\wÀ-ÿ]+)*))(?:\s\w{{2,4}}/)*[\s.。]*$"
)
# Press releases: their distributor writes none of them, nor does the agency on whose site they stand.
_RELEASE = re.compile(
    r"[(/]\s?(?:ots|PRNewswire\S*|GLOBE NEWSWIRE|BUSINESS WIRE|Business Wire|Newsfile Corp\.?|ACCESSWIRE|EZ Newswire)"
    r"\s?[)/-]"
)
# How far into the text its distributor is named.
RELEASE_CHARS = 400


def attribute(
    *,
    text: str,
    byline: str = "",
    dateline: Dateline | None = None,
    hints: Sequence[Hint] = (),
) -> Credit:
    r"""Who wrote a text, with the words that say so: `text` in paragraphs parted by newlines, `byline` as printed.

    >>> attribute(text="The bridge has reopened.\n(With information from EFE)").agencies
    ('EFE',)
    >>> attribute(text="The mayor told AFP that the bridge has reopened.").agencies
    ()
    """
    found, end = read_dateline(text)
    dateline = dateline or found
    written = _mentions(phrased(byline) or signed(byline, "meta"), byline, "byline")
    if dateline.agency:
        written = _dated(dateline.agency, text[:end].strip().split("\n")[-1] or dateline.place) + written
    photo: list[Mention] = []
    for hint in hints:
        if hint.where == "caption":
            photo += _named(hint.words, "caption", any_case=True)
        elif hint.where != "site":
            written += _of_hint(hint)
    before = text[:end].rstrip().split("\n")[:-1]
    paragraphs = [paragraph.strip() for paragraph in text[end:].split("\n")]
    photo += [one for line in (*before, *paragraphs) if is_caption(line) for one in _named(line, "caption")]
    said, mentioned = _of_paragraphs(paragraphs)
    return Credit(
        text=() if _RELEASE.search(text, 0, RELEASE_CHARS) else _once(written + said) or _own(hints),
        photo=_once(photo),
        mentioned=_once(mentioned),
    )


def _dated(agency: str, words: str) -> list[Mention]:
    """The dateline's agency, and those that share its brackets: "Bern (sda/afp) -"."""
    brackets = re.findall(r"[(（【\[]([^()（）【】\[\]]{2,30})[)）】\]]", words)
    shared = [found.id for one in brackets for found in find(one, any_case=True)]
    agencies = dict.fromkeys([*shared, agency] if agency in shared else [agency])
    return [_mention(one, words, "dateline") for one in agencies]


def _of_hint(hint: Hint) -> list[Mention]:
    """Whom a line outside the text credits."""
    if hint.where == "opening":  # the text's first lines as the page has them, where the extraction joined or cut them
        dateline, end = read_dateline(hint.words)
        return _dated(dateline.agency, hint.words[:end].strip().split("\n")[-1]) if dateline.agency else []
    words = re.sub(r"(?<=[a-zà-ÿ])(?=The [A-Z])", ", ", hint.words)  # "By Ann LeeThe Associated Press"
    return _mentions(phrased(words) or signed(words, hint.where) or copyrighted(words), words, hint.where)


def _own(hints: Sequence[Hint]) -> tuple[Mention, ...]:
    """The agency whose own site the page is of, or names as the text's: it writes what nobody else signs there."""
    found = [(agency_of_site(hint.words), hint) for hint in hints if hint.where == "site"]
    return _once([_mention(agency, hint.words, "site") for agency, hint in found if agency])


def _of_paragraphs(paragraphs: Sequence[str]) -> tuple[list[Mention], list[Mention]]:
    """What the paragraphs after the dateline say of their author, and whom they mention."""
    written: list[Mention] = []
    mentioned: list[Mention] = []
    first, last = _narrative(paragraphs)
    tail = max((at for at in range(last) if len(paragraphs[at]) > WHOLE_PARAGRAPH), default=last)
    for at, paragraph in enumerate(paragraphs):
        if is_caption(paragraph):
            continue
        where = "lead" if at < first else "trailing" if at > tail or at == last else "body"
        said = phrased(paragraph, at_edge=where != "body") or copyrighted(paragraph)
        if where != "body" and not (where == "lead" and at and is_caption(paragraphs[at - 1])):
            said = said or signed(paragraph, where)
        if at == first and not said:
            said = opened(paragraph)
        near_end = last - NEAR_END <= at <= last
        if near_end and not said and (at == last or len(paragraph) > WHOLE_PARAGRAPH):
            said = _closed(paragraph)
        written += _mentions(said, paragraph, where)
        if not is_furniture(paragraph) and (near_end or not said):
            mentioned += _named(_CLOSING.sub("", paragraph) if said else paragraph, "body")
    return written, mentioned


def _narrative(paragraphs: Sequence[str]) -> tuple[int, int]:
    """The positions of the first and the last paragraph that tells something."""
    telling = [
        at
        for at, line in enumerate(paragraphs)
        if not is_furniture(line) and (len(line) > LONGEST_SIGNATURE or not signed(line, ""))
    ]
    return (telling[0], telling[-1]) if telling else (0, len(paragraphs) - 1)


def _closed(paragraph: str) -> list[str]:
    """The agencies at the end of a paragraph: "… said. (dpa/lno)", "… cielo. EFE"."""
    closing = _CLOSING.search(paragraph)
    if not closing:
        return []
    kind = closing.lastgroup or ""
    words = closing[kind]
    before = paragraph[: closing.start()]
    if _abbreviates(words, before) or PHOTO_WORD.search(before[-12:]):
        return []
    start, end = closing.span(kind)
    found = {one.id for one in find(paragraph, any_case=True) if start <= one.start < end}  # less its false friends
    return [one for one in signed(f"({words})", "trailing") if one in found]


def _abbreviates(initials: str, before: str) -> bool:
    """Whether the words before a bracket are what it abbreviates: "Acción Popular (AP)"."""
    if not initials.isalpha() or len(initials) > LONGEST_ABBREVIATION:
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", before[-120:]) if word[0].isupper()]
    return "".join(word[0] for word in words[-len(initials) :]).casefold() == initials.casefold()


def _named(paragraph: str, where: str, *, any_case: bool = False) -> Iterator[Mention]:
    for found in find(paragraph, any_case=any_case):
        begin = max(0, found.start - 40)
        yield _mention(found.id, paragraph[begin : found.end + 40], where)


def _mention(agency: str, words: str, where: str) -> Mention:
    """A mention, with the end of the words where they are long: a credit stands at the end of a paragraph."""
    evidence = " ".join(words[-LONGEST_PHRASE:].split())[-LONGEST_EVIDENCE:]
    return Mention(agency=agency, evidence=evidence, where=Where(where))


def _mentions(agencies: Sequence[str], words: str, where: str) -> list[Mention]:
    return [_mention(agency, words, where) for agency in agencies]


def _once(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The first mention of each agency."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.agency, mention)
    return tuple(first.values())
