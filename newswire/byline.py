"""The people in a byline: "By ANN LEE and Bo Ray, Staff writers" names two.

Promises: a name is given as its bearer would sign (no "By", no title of a post, no capitals throughout), each once, in
the order printed; agencies, desks, papers, addresses and handles are nobody. It rather leaves a person out than takes
an office for one: single words are no names, but for Chinese, Japanese and Korean.

What was printed stays in `Article.byline`; who the agency is, says newswire.credit.
"""

import re
from collections.abc import Iterable, Iterator

from newswire.agencies import find

MOST = 10
_LONGEST = 48  # characters of a name; José Antonio Primo de Rivera y Sáenz de Heredia is no journalist

_LONGEST_HAN = (
    24  # characters of a byline with Chinese names in it: a longer line is a sentence, its words are short too
)

_BY = re.compile(
    r"^\W*(?:(?:written|reported|posted|published|story|text|words|analysis|report|geschrieben|text)\s+)?"
    r"(?:by|von|vom|par|por|di|da|door|af|av|przez|autor(?:a|en|in|es)?|autore|auteurs?|authors?|written by|text|"
    r"автор|текст|автори?|作者|文|記者|记者|责任编辑|責任編輯|編集|기자|بقلم|كتب)(?:\s*[:：/]\s*|\s+)",
    re.IGNORECASE,
)
# Where one name ends: marks, and the word "and" (with, for, in) of the languages that print bylines with it.
# What no sentence begins with, unlike "Di" and "Da".
_SIGNATURE = re.compile(
    r"(?:(?:Written |Reported |Story |Text )?(?:By|BY|by)|Von|VON|Par|PAR|Por|POR|Door|Autor(?:a|in)?:|Auteur ?:|"
    r"Автор:?|Текст:|作者[:：]|記者|记者) +(?=\S)"
)
_BETWEEN = re.compile(
    r"\s*[,;/|•·–—、，；\n]\s*|\s*(?<=\w{3})\.\s+(?=[^\W\d_]{3})|\s+-\s+|"
    r"\s+(?:and|und|et|en|og|och|ja|ve|dan|và|и|та|і|και|with|mit|avec|con|com|met|med|for|für|in)\s+|\s*[&+]\s*|\s+و\s*",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"[@#\d_<>{}=:]|^(?:the|our|la|el|le) |"
    # posts and offices, as parts of words where languages write them together
    r"redak|rédac|redac|redaz|redaç|redactie|toimitus|editor|éditeur|корр|редак|newsroom|newsdesk|"
    r"\b(?:staff|desk|team|reporters?|correspondents?|corresponsal|writers?|columnist|contributors?|columnista|agency|agencies|"
    r"agencias?|agências?|agence|agenzia|agentur|news|press|presse|prensa|media|médias?|online|digital|service|reports?|bureau|"
    r"international|publishing|editorial|admin|unknown|anonymous|anónimo|no author|guest|archive|developer|"
    r"gmbh|ltd|inc|llc|corp|e\.?v|s\.?a|company|group|verlag|zeitung|nachrichten|noticias|notícias|diario|jornal|journal|"
    r"times|post|tribune|herald|gazette|mail|guardian|telegraph|magazin|magazine|radio|rundfunk|tv|television|channel|"
    r"welle|institute?|university|universität|ministry|office|foundation|association|police|polizei)\b|"
    r"[网網社报報台]$|新闻|新聞|编辑|編輯|通讯|通信|日報|オンライン|デジタル|ब्यूरो|डेस्क|신문|일보|뉴스|خبرگزاری|البيان|οργανισμ|агентств|издател",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "de da do dos das del della di du des la le van von der den ten ter zu zum y e i bin ibn al el ben of af av"  # noqa: SIM905 - a list of words
    " dela dalla san st und d mac lo".split()
)
_ADDRESS = re.compile(r"\S+@\S+|https?:\S+|\b[\w-]{2,}(?:\.[a-z]{2,}){1,3}\b|(?<!\w)@\w+", re.IGNORECASE)
_IBERIAN = re.compile(r"\s+(?:e|y|i)\s+")
_ACRONYM = re.compile(r"[A-ZÀ-Þ]{3,}")
_NUMERAL = re.compile(r"[IVX]+")
_HAN = re.compile(r"[\u4e00-\u9fff々]{2,4}")
_HANGUL = re.compile(r"([\uac00-\ud7af]{2,4})(?:\s*(?:기자|특파원|인턴기자))?(?:\s+외\s+.*)?")
_CASED = re.compile(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿԱ-Ֆ]")


def people(printed: Iterable[str], *, site: str = "", publisher: str = "") -> tuple[str, ...]:
    """The people whom bylines name; `site` is the paper's name and `publisher` its host, which are nobody.

    >>> people(["By ANN LEE and Bo Ray, Staff writers", "Reuters"])
    ('Ann Lee', 'Bo Ray')
    """
    papers = {_letters(site), _letters(publisher), _letters(publisher.partition(".")[0])} - {""}
    found: dict[frozenset[str], str] = {}
    for line in printed:
        for name in _names(line):
            if not papers & {_letters(name), *map(_letters, name.split())}:
                # "Lee, Ann" and "Ann B. Lee" beside "Ann Lee" are she again.
                found.setdefault(frozenset(re.findall(r"\w{2,}", name.casefold())), name)
    return tuple(found.values())[:MOST]


def signatures(lines: Iterable[str]) -> Iterator[str]:
    """The parts of lines that say that they name an author: "22.11.26 | Von Anna Müller" has one."""
    for line in lines:
        for part in re.split(r"\s*[|•·]\s*", line):
            if _SIGNATURE.match(part):
                yield part.partition(" on ")[0]  # "by Ann Lee on Monday"


def _names(line: str) -> Iterator[str]:
    line = " ".join(_ADDRESS.sub(" | ", re.sub(r"[([{].*?[)\]}]", " ", line[:300])).split())
    for part in _parts(_BY.sub("", line)):
        name = _BY.sub("", part.strip(" :*")) if part else ""
        if hangul := _HANGUL.fullmatch(name):
            yield hangul[1]
        elif _is_name(name) and (len(line) <= _LONGEST_HAN or not _HAN.fullmatch(name)):
            yield _signed(name)


def _parts(line: str) -> Iterator[str]:
    for part in _BETWEEN.split(line):
        # José Vale e Campos is one: two names have two words each.
        halves = _IBERIAN.split(part or "")
        yield from halves if all(" " in half for half in halves) else [part]


def _is_name(name: str) -> bool:
    if not name or len(name) > _LONGEST or _NOBODY.search(name) or next(find(name, any_case=True), None):
        return False
    words = [word.strip("\"“”„'’") or word for word in name.split()]
    if not 2 <= len(words) <= 5:
        return bool(_HAN.fullmatch(name))
    if not _CASED.search(name):  # Arabic, Devanagari, Thai: nothing tells a name from an office but the list above
        return all(any(map(str.isalpha, word)) for word in words)
    if name.islower():
        return len(words) <= 3 and all(map(str.isalpha, words))
    is_acronym = _ACRONYM.fullmatch(words[0]) and not name.isupper()
    return not is_acronym and all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)


def _signed(name: str) -> str:
    """A name in capitals as it is signed: Ann Marlow, Dara O'Brien, J.M. Orr, André Klein for André KLEIN."""
    longest_kept = 1 if name.isupper() else 3
    words = name.split()
    return " ".join(
        re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
        if word.isupper() and len(word) > longest_kept and "." not in word and not _NUMERAL.fullmatch(word)
        else word
        for word in words
    )


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
