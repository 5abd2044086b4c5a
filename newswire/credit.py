"""Who wrote the text, who took the photos, and who is only quoted.

A name is no credit: its position decides. The text is an agency's where its dateline, its byline, a line of its own
before or after the narrative, or a phrase such as "with files from" says so. A caption speaks for its photograph, a
rights notice for a site, a sentence for whoever spoke. In doubt nobody is credited: a false credit names and merges
what a missed one only leaves open.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from newswire.agencies import BY_ID, NAME, find
from newswire.article import Credit, Dateline, Mention
from newswire.dateline import read_dateline
from newswire.furniture import is_caption, is_furniture

# A byline names people and agencies; what is longer holds a biography, which names former employers.
LONGEST_BYLINE = 140
# The longest closing line read had 70 characters: "Newsroom, with information from" and two agencies.
LONGEST_SIGNATURE = 90
# A closing mark stands in the last paragraphs (a video's caption or a notice may follow), after a whole paragraph:
# "(AP)" after one sentence is a photograph's.
NEAR_END = 2
WHOLE_PARAGRAPH = 150
# br.de lists its correspondents and six agencies in 200 characters.
LONGEST_PHRASE = 400
# article.Mention: the words as printed, at most so many.
LONGEST_EVIDENCE = 120


class Hint(Struct, frozen=True):
    """Words that stand outside the text, and where: byline, jsonld, meta, feed, trailing or caption."""

    words: str
    where: str


# What a phrase of shared work says before it names its agencies.
_WITH = re.compile(
    r"""(?:^|[\s(—–/-])(?:
      with\ (?:additional\ )?(?:files|reports?|reporting|information|material|inputs?)\ (?:from|by)
    | (?:additional|further)\ (?:reporting|material|information)\ (?:from|by) | contributing:
    | con\ (?:información|informaciones|datos|material|despachos)\ (?:de|del) | con\ informazioni\ (?:di|da)
    | mit\ (?:material|informationen|inhalten|texten)\ (?:der|von|des|aus) | verwendung\ von\ material\ (?:der|von)
    | com\ (?:informações|agências?|informação)\ (?:da|de|do)? | με\ πληροφορίες\ από | по\ материалам | z\ materiałów
    )\s(?P<who>.{2,120})""",
    re.IGNORECASE | re.VERBOSE,
)
# "The Associated Press contributed to this report."
_CONTRIBUTED = re.compile(
    r"(?P<who>[^.!?]{2,100}?)\s(?:also\s)?(?:contributed|hat zu diesem|haben zu diesem|a contribué|contribuyó|"
    r"contributed reporting)"
    r"\s?(?:to|a|à|reporting)?\s?(?:this|the|cet|este|diesem)?\s?(?:report|story|article|bericht|artikel|"
    r"reportaje|reporting)\b",
    re.IGNORECASE,
)
# br.de: "Der Text wurde aus Meldungen der Nachrichtenagenturen AFP, AP und dpa erstellt."
_COMPILED = re.compile(
    r"(?:meldungen|material|berichte)\s(?:der|von)\s(?:nachrichten)?agenturen\s(?P<who>.{2,120})", re.IGNORECASE
)
# "avec AFP", a line of its own.
_WITH_ALONE = re.compile(
    rf"\W*(?:avec|mit|with|com|con|med|z)\s(?:l['’]|la\s|der\s|the\s)?{NAME}(?:\W+{NAME})*\W*", re.IGNORECASE
)
# Reuters ends its reports so, and nobody else does: reporters, a semicolon, editors, all by name, in brackets.
_REUTERS_CLOSING = re.compile(r"\(\s?Reporting by [A-Z][^();]{3,150};[^()]{0,150}?[Ee]diting by [A-Z][^()]{3,100}\)")
# "© 2023 AFP", "Copyright ANSA", "© dpa-infocom": a year, or the word, says author; "© AFP" alone is a photograph's.
_COPYRIGHT = re.compile(
    rf"(?:(?:©|\(c\)|copyright|&copy;)[\s:©]*(?:by\s)?(?:19|20)\d\d\s?[-–,:]?\s?(?:by\s|the\s)?|"
    rf"copyright\s(?:©\s)?(?:by\s|the\s)?"
    rf"|©\s?(?=dpa-(?:infocom|AFX)))(?P<who>{NAME}(?:\s?/\s?{NAME})*)",
    re.IGNORECASE,
)
# Sites that print notices for all their sources: the rights of three or more, or "articles:" or "content".
_FOOTER = re.compile(
    r"\b(?:content|articles?:|materials?|inhalte|contenidos|contenus|сайт\w*|fotobank\w*)\b", re.IGNORECASE
)
_CLOSING = re.compile(
    rf"(?:\(\s?(?P<bracketed>[^()]{{0,20}}?(?<![\w.]){NAME}[^()]{{0,20}})\s?\)|(?<=[.!?…\"”»«)])\s(?:[|"
    rf"–—-]\s?)?(?P<bare>{NAME}(?:\s?/\s?[\wÀ-ÿ]+)*))[\s.]*$"
)
# Between the parts of a signature: "eb, pap", "sak/Reuters", "F. Barillà - ANSA", "det/dpa", "FR mit dpa".
_PARTS = re.compile(
    r"\s*[/,|;+&()\[\]•·]\s*|\s[–—-]\s|^[–—-]\s?|\s(?:and|y|et|und|e|i|και|и|mit|avec|with|con|com|de|from|via|"
    r"von|par|por|by|di|z)\s",
    re.IGNORECASE,
)
_BEGINNING = re.compile(
    r"^\W*(?:by|from|von|par|por|di|de|od|autor|author|source|sources|quelle|fuente|fonte|źródło(?:\ informacji)?|"
    r"источник|πηγή|来源|來源|mit|avec|with|con|com)\b\W*",
    re.IGNORECASE,
)
# "PTI Jan 16, 2012", "ΑΠΕ 16/11/11-12:15": the time beside a byline.
_STAMP = re.compile(r"\s(?:[^\W\d_]{3,9}\.?\s)?\d.*$")
_ROLE = re.compile(
    r"(?:\s(?:staff|reporters?|writers?|correspondents?|editors?|journalists?|business|auto|sports?|technology|"
    r"medical|political|"
    r"entertainment|economics|religion|science|national|washington|news|agency|redaktion|agencia|agence|"
    r"nachrichtenagentur|tv))+$",
    re.IGNORECASE,
)
_PHOTO_WORD = re.compile(
    r"\b(?:photo(?:s|graphs?|graph(?:er|ie))?|fotos?|fotograf\w*|bild(?:er)?|images?|imagen|picture|graphic|"
    r"grafik|video|фото|zdj)\b",
    re.IGNORECASE,
)


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
    written = _signed(byline, "byline")
    if dateline.agency:
        written.insert(0, _mention(dateline.agency, text[:end].strip() or dateline.place, "dateline"))
    photo: list[Mention] = []
    for hint in hints:
        if hint.where == "caption":
            photo += _named(hint.words, "caption", any_case=True)
        else:
            words = re.sub(r"(?<=[a-zà-ÿ])(?=The [A-Z])", ", ", hint.words)  # "By Ann LeeThe Associated Press"
            written += _signed(words, hint.where) or _phrased(words, hint.where) or _copyrighted(words)
    before = text[:end].rstrip().split("\n")[:-1]
    paragraphs = [paragraph.strip() for paragraph in text[end:].split("\n")]
    photo += [one for line in (*before, *paragraphs) if is_caption(line) for one in _named(line, "caption")]
    said, mentioned = _of_paragraphs(paragraphs)
    return Credit(text=_once(written + said), photo=_once(photo), mentioned=_once(mentioned))


def _of_paragraphs(paragraphs: Sequence[str]) -> tuple[list[Mention], list[Mention]]:
    """What the paragraphs after the dateline say of their author, and whom they mention."""
    written: list[Mention] = []
    mentioned: list[Mention] = []
    first, last = _narrative(paragraphs)
    for at, paragraph in enumerate(paragraphs):
        if is_caption(paragraph):
            continue
        where = "lead" if at < first else "trailing" if at >= last else "body"
        said = _phrased(paragraph, where) or _copyrighted(paragraph)
        if where != "body":
            said = said or _signed(paragraph, where)
        near_end = last - NEAR_END <= at <= last
        if near_end and not said and (at == last or len(paragraph) > WHOLE_PARAGRAPH):
            said = _closed(paragraph)
        written += said
        if not is_furniture(paragraph) and (near_end or not said):
            mentioned += _named(_CLOSING.sub("", paragraph) if said else paragraph, "body")
    return written, mentioned


def _narrative(paragraphs: Sequence[str]) -> tuple[int, int]:
    """The positions of the first and the last paragraph that tells something."""
    telling = [
        at
        for at, line in enumerate(paragraphs)
        if not is_furniture(line) and (len(line) > LONGEST_SIGNATURE or not _signed(line, ""))
    ]
    return (telling[0], telling[-1]) if telling else (0, len(paragraphs) - 1)


def _signed(line: str, where: str) -> list[Mention]:
    """The agencies of a byline or a line of its own: parts that are nothing but a name, beside desks and people."""
    limit = LONGEST_SIGNATURE if where in ("trailing", "lead", "") else LONGEST_BYLINE
    if not line or len(line) > limit or _PHOTO_WORD.search(line) or is_caption(line):
        return []
    agencies: list[Mention] = []
    parts = [part for part in _PARTS.split(_BEGINNING.sub("", line)) if part and part.strip()]
    for part in parts:
        words = _STAMP.sub("", part) if where in ("byline", "lead", "meta") else part
        name = _ROLE.sub("", re.sub(r"^the\s", "", words.strip(), flags=re.IGNORECASE)).strip(" .\"'«»“”")
        if len(name.split()) > 5:
            return []
        # Initials of people and desks are written small or in capitals; "Ani", "Sid" and "Efe" are first names. A word
        # in small letters alone is a tag ("aap"); "AA" alone sets the size of a page's letters.
        any_case = name.isupper() or (name.islower() and len(parts) > 1)
        agencies += [
            _mention(found.id, line, where)
            for found in find(name, any_case=any_case)
            if found.end - found.start == len(name) and not BY_ID[found.id].photo_only and line.strip() != "AA"
        ]
    return agencies


def _phrased(line: str, where: str) -> list[Mention]:
    """The agencies that a phrase of shared work names; in a long paragraph such a phrase is its last sentence."""
    line = line[-LONGEST_PHRASE:]
    # Most lines name nobody, and the search for a name takes a tenth of that for a phrase.
    said = _phrases(line) if any(find(line)) else []
    mentions = [_mention(found.id, line, where or "trailing") for words in said for found in find(words)]
    if _REUTERS_CLOSING.search(line):
        mentions.append(_mention("Reuters", line, where or "trailing"))
    return mentions


def _phrases(line: str) -> list[str]:
    said = [match["who"] for pattern in (_WITH, _COMPILED) for match in pattern.finditer(line)]
    contributed = _CONTRIBUTED.search(line)
    if contributed:
        said.append(contributed["who"])
    if _WITH_ALONE.fullmatch(line):
        said.append(line)
    return said


def _copyrighted(line: str) -> list[Mention]:
    """The agency that a copyright line names as the text's author; notices of a whole site name none."""
    if len(line) > 320 or len({found.id for found in find(line)}) > 2 or _PHOTO_WORD.search(line):
        return []
    copyright_ = _COPYRIGHT.search(line)
    if not copyright_ or _FOOTER.search(line[: copyright_.end()]):
        return []
    return [_mention(found.id, line, "trailing") for found in find(copyright_["who"], any_case=True)]


def _closed(paragraph: str) -> list[Mention]:
    """The agency at the end of the last paragraph: "… said. (dpa/lno)", "… cielo. EFE"."""
    closing = _CLOSING.search(paragraph)
    if not closing:
        return []
    words = closing["bracketed"] or closing["bare"]
    return [_mention(found.id, words, "trailing") for found in find(words) if not BY_ID[found.id].photo_only]


def _named(paragraph: str, where: str, *, any_case: bool = False) -> Iterator[Mention]:
    for found in find(paragraph, any_case=any_case):
        begin = max(0, found.start - 40)
        yield _mention(found.id, paragraph[begin : found.end + 40], where)


def _mention(agency: str, words: str, where: str) -> Mention:
    return Mention(agency=agency, evidence=" ".join(words.split())[:LONGEST_EVIDENCE], where=where)


def _once(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The first mention of each agency."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.agency, mention)
    return tuple(first.values())
