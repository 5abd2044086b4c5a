"""The dateline: `PARÍS, 5 ene (AFP) –` taken apart into place, date and agency.

Promises: each part is as printed; a desk ("Redacción Deportes") is no place; a region or a country is left off. Reads
the beginning of a paragraph piece by piece, whatever the order in which an agency sets them, and then asks whether the
pieces found are a dateline. In doubt there is none: a dateline says who wrote the text.
"""

import re

from msgspec import Struct

from newswire.agencies import NAME, find
from newswire.article import Dateline

# How many paragraphs may stand before it: a time stamp, a caption, a standfirst, an editor's note.
PARAGRAPHS_BEFORE = 4
# Between 80 and 90 characters was the longest true one ("San Sebastián de los Reyes (Madrid), 15 nov 2023 (EFE).-").
LONGEST = 100

_CAPITAL = r"[^\W\d_a-zà-öø-ÿāăąćčęěğłńňőřśšťůűźżžșțα-ωа-яёіїєґ]"
# An abbreviation keeps its full stop ("Calif. (AP)", "ST. JOSEPH", "N.M."); a place before a full stop does not.
_WORD = (
    rf"(?:(?:{_CAPITAL}\.){{2,4}}|{_CAPITAL}[\w’'`-]{{0,2}}\.(?=\s{_CAPITAL}|\s\(|,)"
    rf"|{_CAPITAL}[\w’'`-]{{3,4}}\.(?=\s\(|,)|{_CAPITAL}(?:[\w’'`-]*\w)?(?![\w’'`]))"
)
_PARTICLE = r"(?:de|del|la|las|los|el|da|do|dos|das|di|du|des|le|les|am|an|der|im|bei|a|y|sur|sous|upon|of|the|en|ob)\s"
_DESK = r"(?:reda[ckçz]\w+|rédaction\w*|newsroom|sports?\s(?:desk|writing)|agenc\w+|agênc\w+|agentur\w*|staff)"
# The first letters, in the languages of the agencies; in Arabic and Persian the whole words.
_MONTHS = (
    r"jan|feb|mar|mär|maa|mrt|apr|may|mai|maj|mei|jun|jul|aug|aou|aoû|sep|oct|okt|nov|dec|dez|déc|des|dic|"
    r"fév|fev|avr|ene|abr|ago|set|out|gen|mag|giu|lug|ott|juin|juil|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|"
    r"gru|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|led|úno|bře|dub|kvě|čer|srp|zář|říj|pro|máj|jún|júl|ápr|már|ian|iun|"
    r"iul|noi|siječ|velj|ožu|tra|svi|kol|ruj|stu|jaan|veeb|märts|sau|vas|kov|bal|geg|bir|lie|rugp|rugs|spa|lap|gruo|"
    r"янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек|яну|юни|юли|ное|јан|феб|мај|јун|јул|окт|нов|дец|січ|лют|бер|"
    r"кві|тра|чер|лип|сер|вер|жов|лис|гру|ιαν|φεβ|μαρ|απρ|μαϊ|μαΐ|ιουν|ιουλ|αυγ|σεπ|οκτ|νοε|δεκ|"
    r"يناير|فبراير|مارس|أبريل|ابريل|إبريل|مايو|يونيو|يونيه|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|كانون\s(?:ال)?\w+|"
    r"شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين\s(?:ال)?\w+|جانفي|فيفري|"
    r"فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|जन|फर|मार्च|अप्रैल|मई|जून|जुलाई|अग|सित|अक्|नव|दिस"
)
_MONTH = rf"(?:{_MONTHS})[^\W\d_]{{0,8}}\.?"
_YEAR = r"(?:,?\s(?:de\s|del\s)?\d{4}\b\.?)?"
_DATE = (
    rf"(?:(?:في|pada|dne|am)\s)?(?:\d{{1,2}}(?:\.|er|º)?\s?(?:de\s)?{_MONTH}{_YEAR}|{_MONTH}\s\d{{1,2}}\b{_YEAR}(?:\sd\.)?"
    rf"|\d{{4}}\.\s{_MONTH}\s\d{{1,2}}\.(?:,\s[^\W\d_]{{4,12}})?"
    r"|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)?)"
)
_PLACE = rf"{_WORD}(?:[\s/](?:{_PARTICLE}){{0,2}}(?!{NAME}|في\s){_WORD}){{0,4}}"
_PIECES = re.compile(
    rf"""(?P<signed>\(\s?(?i:{NAME})(?:(?:\s?[/,·+-]\s?|\s)[^()]{{1,24}})?\s?\)|/\s?(?:Корр\.\s)?(?i:{NAME})\s?/
        |\[{NAME}\])
      |(?P<date>(?i:{_DATE}))
      |(?P<desk>(?i:{_DESK})(?:\s{_WORD})?)
      |(?P<agency>{NAME}(?:[/-][a-zäöü]{{2,4}}\b)?)
      |(?P<region>\([^()\d]{{2,40}}\)|\[[^\[\]\d]{{2,30}}\])
      |(?P<place>{_PLACE})""",
    re.VERBOSE,
)
_BEFORE_SLASHES = re.compile(rf"[\s,.]+(?=/\s?(?:Корр\.\s)?(?i:{NAME})\s?/)")  # "КИЕВ, 5 января. /ТАСС/."
_GAP = re.compile(r"\s*(?:\.-|[,.|:–—−=_/-]{0,3})\s*")
# What may follow a place without a comma: "Praha 5. ledna (ČTK) -", "New Delhi [India], January 5 (ANI):".
_NEXT = re.compile(rf"[(/【（\[]|{NAME}|(?i:{_DATE})\s?[\[(/,]")
_BRACKETED = re.compile(rf"\((?P<place>{_PLACE})\)\s")
# "新华社北京4月24日电", "（中央社記者李四台北5日電）", "据新华社电", also after a headline.
_CJK = re.compile(
    rf"""(?:^|(?<=[\s（(【\[］\]】)）”》]))[（(【\[]?(?:本报|本報)?(?:综合|綜合)?(?:据|據)?(?P<agency>{NAME})
    (?:(?P<reporter>[记記]者)?(?P<place>[^\W\d]{{0,10}}?)
      (?P<date>(?:[\d０-９]{{4}}年)?[\d０-９]{{1,2}}[月日](?:[\d０-９]{{1,2}}日)?)[电電讯訊消报報综綜]+
      |[电電](?=[\s（(，,]))
    [^\w]{{0,3}}""",
    re.VERBOSE,
)
# "【ワシントン共同】", "［ロンドン　５日　ロイター］ -", "(서울=연합뉴스) 홍길동 기자 =".
_CJK_BRACKETED = re.compile(
    rf"""^\s*[【［\[(（〔](?P<place>[^\W\d_]{{0,12}}?)[\s　=＝・]{{0,3}}
    (?P<date>(?:[\d０-９]{{1,2}}月)?[\d０-９]{{1,2}}日)?[\s　=＝・]{{0,3}}
    (?P<agency>{NAME}|共同|時事)(?:[\s=＝・][^】］\])）〕]{{1,14}})?[】］\])）〕]
    (?:\s?[^\W\d_]{{2,5}}(?:[,·\s][^\W\d_]{{2,5}}){{0,2}}\s(?:특파원|기자|인턴기자)\s=)?[\s–—=-]{{0,3}}""",
    re.VERBOSE,
)
_CJK_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# So far into a paragraph a headline may run before it.
CJK_HEADLINE = 80
# Words in capitals before a dash that are labels of a page and no places.
_LABEL = re.compile(
    r"photo|photos|breaking|update|updated|exclusive|opinion|video|watch|live|analysis|review|editorial|"
    r"urgent|urgente|eilmeldung|kommentar|interview|exklusiv|vidéo|direct|alerte|última|directo|entrevista|"
    r"foto|fotos",
    re.IGNORECASE,
)
# Where a single name before a full stop or a dash is a place for certain: seats of governments, and towns from which
# the wires file daily. Without capitals or an agency, nothing else tells "Berlin. Die" from "Endlich. Die".
_CITY = re.compile(
    r"amsterdam|ankara|athen|athens|atenas|barcelona|beijing|berlin|bern|bogotá|bonn|brasília|brüssel|"
    r"brussels|bruxelles|bruselas|budapest|bukarest|caracas|chicago|dresden|dublin|düsseldorf|frankfurt|"
    r"genf|genève|ginebra|hamburg|hannover|havanna|helsinki|istanbul|jerusalem|kabul|kairo|kiew|kijew|"
    r"kyjiw|kyiv|köln|la paz|lima|lisboa|lissabon|london|londres|los angeles|luxemburg|madrid|magdeburg|"
    r"mainz|marseille|milano|mailand|moskau|moscow|moscou|moscú|montréal|münchen|munich|neu-delhi|"
    r"new delhi|new york|oslo|ottawa|paris|parís|peking|pekín|potsdam|prag|prague|quito|rom|roma|rome|"
    r"santiago|sarajevo|seoul|sofia|stockholm|straßburg|strasbourg|stuttgart|sydney|teheran|tel aviv|tokio|"
    r"tokyo|tunis|varsovie|warschau|washington|wien|wiesbaden|zürich|москва|киев|київ|минск|варшава|"
    r"warszawa|praha",
    re.IGNORECASE,
)


class _Pieces(Struct):
    """What was read from the beginning of a paragraph."""

    place: str = ""
    date: str = ""
    agency: str = ""
    signed: bool = False  # the agency stands in brackets
    desk: bool = False
    country: bool = False
    bracketed: bool = False  # "(Stockholm) "
    gap: str = ""  # what parts it from the text
    bars: bool = False  # a bar or a slash between two pieces
    end: int = 0


def read_dateline(text: str) -> tuple[Dateline, int]:
    """The dateline and the offset in `text` at which the narrative begins after it (0 where there is none).

    >>> read_dateline("PARÍS, 5 ene (AFP) – El puente")
    (Dateline(place='PARÍS', date='5 ene', agency='AFP'), 21)
    """
    start = 0
    for number, paragraph in enumerate(text.split("\n", PARAGRAPHS_BEFORE + 1)[: PARAGRAPHS_BEFORE + 1]):
        found, length = _of_paragraph(paragraph, is_first=number == 0)
        if length:
            following = text[start + length :]
            return found, start + length + len(following) - len(following.lstrip())
        start += len(paragraph) + 1
    return Dateline(), 0


def _of_paragraph(paragraph: str, *, is_first: bool) -> tuple[Dateline, int]:
    if _CJK_LETTER.search(paragraph, 0, CJK_HEADLINE):
        return _of_cjk(paragraph, is_first=is_first)
    pieces = _read(paragraph)
    rest = paragraph[pieces.end :]
    if not _is_dateline(pieces, rest, is_first=is_first):
        return Dateline(), 0
    return Dateline(place=pieces.place, date=pieces.date, agency=pieces.agency), pieces.end


def _of_cjk(paragraph: str, *, is_first: bool) -> tuple[Dateline, int]:
    found = _CJK_BRACKETED.match(paragraph) or _CJK.search(
        paragraph, 0, LONGEST + CJK_HEADLINE if is_first else LONGEST
    )
    if not found or found.start() > (CJK_HEADLINE if is_first else 0):
        return Dateline(), 0
    parts = found.groupdict()
    place = "" if parts.get("reporter") else parts["place"]  # "记者" runs name and place together
    agency = _agency(parts["agency"]) or _agency(f"（{parts['agency']}）")  # 共同 and 時事 are words, but in brackets
    return Dateline(place=place or "", date=parts["date"] or "", agency=agency), found.end()


def _read(paragraph: str) -> _Pieces:  # noqa: C901 - one case a kind of piece
    """The pieces at the paragraph's beginning, up to the first word that is none."""
    pieces = _Pieces()
    lead = _BRACKETED.match(paragraph)
    if lead and not _agency(lead["place"]):
        return _Pieces(place=lead["place"], bracketed=True, gap=" ", end=lead.end())
    at = 0
    while at < LONGEST and (piece := _PIECES.match(paragraph, at)):
        kind, words = piece.lastgroup, piece.group()
        gap = _BEFORE_SLASHES.match(paragraph, piece.end()) or _GAP.match(paragraph, piece.end())
        after = gap.group() if gap else ""
        at = piece.end() + len(after)
        if kind in ("place", "desk") and not after.strip() and at < len(paragraph) and not _NEXT.match(paragraph, at):
            break  # the text's own first words
        if kind in ("signed", "agency"):
            if pieces.agency or not (agency := _agency(words, any_case=kind == "signed")):
                break
            pieces.agency, pieces.signed = agency, kind == "signed"
        elif kind == "date":
            if pieces.date:
                break
            pieces.date = words
        elif kind == "desk":
            pieces.desk = True
        elif kind == "place":
            if pieces.place and (pieces.country or not pieces.gap.startswith(",")):
                break
            pieces.country = bool(pieces.place)
            pieces.place = pieces.place or words
        pieces.bars = pieces.bars or "|" in pieces.gap or "/" in pieces.gap
        pieces.gap, pieces.end = after, at
    return pieces


def _is_dateline(pieces: _Pieces, rest: str, *, is_first: bool) -> bool:  # noqa: PLR0911 - one return a form
    """Whether the pieces, and the mark that parts them from the text, make a dateline."""
    dashed = any(mark in pieces.gap for mark in "-–—−_|=")
    begins = bool(re.match(rf"\W{{0,3}}(?:{_CAPITAL}|\d)", rest))
    # "Το ΑΠΕ-ΜΠΕ": what joins words is no dash.
    dashed = dashed and (not pieces.agency or pieces.signed or pieces.gap not in ("-", "–", "/"))
    if pieces.agency and pieces.signed:
        # "Nogales, Ariz. (AP)" alone is a caption; "Mumbai, Jan 17 (PTI) A team" its date, "Bonn (KNA) Der" a capital.
        return dashed or (begins and bool(pieces.date or len(pieces.place.split()) <= 2))
    if pieces.agency:
        return (dashed or pieces.gap.startswith(".")) and begins and (dashed or bool(pieces.date or pieces.place))
    if pieces.date:
        return bool(pieces.place or pieces.desk) and dashed and begins
    begins = begins or not rest
    if not (is_first and begins and pieces.place) or _LABEL.fullmatch(pieces.place):
        return False
    if pieces.bracketed:
        return all(word[0].isupper() or len(word) <= 3 for word in pieces.place.split())
    if pieces.desk:
        return pieces.bars or dashed
    if pieces.gap == ": ":
        return pieces.place.isupper() and bool(_CITY.fullmatch(pieces.place))
    if dashed and pieces.gap.strip() != pieces.gap:
        return (pieces.place.isupper() and len(pieces.place) > 3) or bool(_CITY.fullmatch(pieces.place))
    return pieces.gap.startswith(". ") and ("/" in pieces.place or bool(_CITY.fullmatch(pieces.place)))


def _agency(words: str, *, any_case: bool = False) -> str:
    """The first agency named in the words, "" where none is."""
    return next((found.id for found in find(words, any_case=any_case)), "")
