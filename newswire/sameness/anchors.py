"""Anchors: what of a text survives translation. Its numbers, its names, and how the names sound.

Promises that `1.900`, `1,900` and `1 900` are one number, that `Зеленский` and `Zelenskyy` have one sound, and that a
case ending does not change it. Knows spelled-out numbers from three to twenty, and the tens. Names are what is written
with a capital inside a sentence: in German that takes in nouns, which is why words beside another capital come first.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import compress
from types import MappingProxyType

from newswire.text import MAX_WORD, fold

# A few megabytes: the words of a day's news come again and again.
KEPT_WORDS = 30_000

# From three on, in the languages of the large agencies. Left out is what is a commoner word in another of them: due
# (English), dos (Portuguese), once (English), sept (a month), sei (Italian: you are), neuf (French: new).
_SPELLED = {
    3: "three tres trois drei tre três drie trzy три",
    4: "four cuatro quatre vier quattro quatro cztery четыре чотири",
    5: "five cinco cinq fünf cinque vijf pięć пять пʼять",
    6: "six seis sechs zes sześć шесть шість",
    7: "seven siete sieben sette sete zeven siedem семь сім",
    8: "eight ocho huit acht otto oito osiem восемь вісім",
    9: "nine nueve neun nove negen dziewięć девять",
    10: "ten diez dix zehn dieci dez tien dziesięć десять",
    11: "eleven onze elf undici jedenaście одиннадцать",
    12: "twelve doce douze zwölf dodici doze twaalf dwanaście двенадцать дванадцять",
    13: "thirteen trece treize dreizehn tredici treze dertien trzynaście тринадцать",
    14: "fourteen catorce quatorze vierzehn quattordici catorze veertien czternaście четырнадцать",
    15: "fifteen quince quinze fünfzehn quindici vijftien piętnaście пятнадцать",
    16: "sixteen dieciséis seize sechzehn sedici dezasseis zestien szesnaście шестнадцать",
    17: "seventeen diecisiete siebzehn diciassette dezassete zeventien siedemnaście семнадцать",
    18: "eighteen dieciocho achtzehn diciotto dezoito osiemnaście восемнадцать",
    19: "nineteen diecinueve neunzehn diciannove dezanove negentien dziewiętnaście девятнадцать",
    20: "twenty veinte vingt zwanzig venti vinte twintig dwadzieścia двадцать двадцять",
    30: "thirty treinta trente dreißig trenta trinta dertig trzydzieści тридцать тридцять",
    40: "forty cuarenta quarante vierzig quaranta quarenta veertig czterdzieści сорок",
    50: "fifty cincuenta cinquante fünfzig cinquanta cinquenta vijftig pięćdziesiąt пятьдесят",
    60: "sixty sesenta soixante sechzig sessanta sessenta zestig sześćdziesiąt шестьдесят",
}
_VALUES = {word: str(value) for value, spelled in _SPELLED.items() for word in spelled.split()}
SPELLED = frozenset(map(fold, _VALUES))

NO_SCALES: Mapping[str, int] = MappingProxyType({})

SHOUTED = 3  # a headline in capitals names nobody

_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?(?![\d])|\d+(?:[.,]\d+)?")
_NUMBER = re.compile(rf"[^\W\d_]{{3,12}}|{_DIGITS.pattern}")
_GROUPING = re.compile(r"[.,' ](?=\d{3}(?!\d))")
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_ARTICLE = re.compile(r"^(?:[dlDL]|[Dd]ell|[Ss]ull|[Nn]ell|[Aa]ll|[Qq]u)['’](?=\w)")  # d'Alsace, dell'Italia


def _table(letters: str, latin_letters: str) -> dict[str, str]:
    return {letter: other.strip("-") for letter, other in zip(letters, latin_letters.split(), strict=True)}


_CYRILLIC = _table(
    "абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюяђјљњћџ",
    "a b v g g d e e e zh z i i i i k l m n o p r s t u u f kh ts ch sh shch - y - e yu ya dj j lj nj c dz",
)
_GREEK = _table("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t i f ch ps o")
_ARABIC = _table(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچگڤ",
    "a b t th j h kh d d r z s sh s d t z a g f q k l m n h u i a a a a a a u i p ch g v",
)
_LATIN = str.maketrans(_CYRILLIC | _GREEK | _ARABIC)

# Letters that one name exchanges between languages: Bakhmut, Bachmut, Bajmut; Zelensky, Selenskyj.
_SOUNDS = str.maketrans(
    {"b": "p", "p": "p", "d": "t", "t": "t", "c": "k", "g": "k", "k": "k", "q": "k", "x": "k", "f": "f", "v": "f"}
    | {"w": "f", "s": "s", "z": "s", "l": "l", "m": "m", "n": "n", "r": "r"}
    | dict.fromkeys("aeiouyhj", "")
)
_HISSES = re.compile("shch|sch|tsch|tch|cz|sz|rz|zh|sh|ch|ts|dz|dj|ck|kh|ph|th")
_HISS = {"ck": "k", "kh": "k", "ph": "f", "th": "t"}
_DOUBLED = re.compile(r"(.)\1+")


def numbers(text: str, scales: Mapping[str, int] = NO_SCALES, folded: Collection[str] = ()) -> list[str]:
    """The numbers of plain text in order, each in one form whatever the language's separators; spelled ones too.

    `scales` are the words that multiply a number, folded, with their power of ten: `1.2 million` is then 1200000.
    `folded` are the text's folded words, where they are at hand: without a number's word among them it goes faster.
    """
    if folded and SPELLED.isdisjoint(folded) and scales.keys().isdisjoint(folded):
        if not _DIGIT.search(text):
            return []
        return [number for raw in _DIGITS.findall(text) if (number := _plain(raw))]
    found: list[str] = []
    end = 0  # of the number that is the last one found
    for match in _NUMBER.finditer(text):
        raw = match[0]
        if raw[0].isalpha():
            if (value := _VALUES.get(raw.lower())) is not None:
                found.append(value)
                end = match.end()
            elif end and match.start() - end <= 1 and (power := scales.get(fold(raw))) is not None:
                found[-1] = _times(found[-1], power)
            else:
                end = 0
        elif number := _plain(raw):
            found.append(number)
            end = match.end()
        else:
            end = 0
    return found


def _plain(raw: str) -> str:
    """A number in digits in its one form; "" for a telephone number, a hash and hostile input."""
    number = _GROUPING.sub("", raw).replace(",", ".")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return (number.lstrip("0") or "0") if len(number) <= 15 else ""


def _times(number: str, power: int) -> str:
    """A number in digits, a power of ten times."""
    whole, _, part = number.partition(".")
    digits = (whole + part.ljust(power, "0")[:power]).lstrip("0") or "0"
    rest = part[power:]
    return f"{digits}.{rest}" if rest else digits


@lru_cache(maxsize=KEPT_WORDS)
def latin(word: str) -> str:
    """A folded word in Latin letters, where its script is Cyrillic, Greek or Arabic."""
    return word if word.isascii() else word.translate(_LATIN)


@lru_cache(maxsize=KEPT_WORDS)
def sound(name: str) -> str:
    """The first four consonants of a name in Latin letters, as classes that languages exchange; "" if under three.

    >>> sound("zelensky") == sound(latin("зеленского"))
    True
    >>> sound("zelensky") == sound("zaluzhny")
    False
    """
    code = _consonants(name)
    return code[:4] if len(code) >= 3 else ""


@lru_cache(maxsize=KEPT_WORDS)
def short_sound(name: str) -> str:
    """The same, also of a name of two consonants, with whether a vowel comes first: `obama`, `Doyle`. "" under two."""
    code = _consonants(name)
    if len(code) >= 3:
        return code[:4]
    return code + ("^" if name[0] in "aeiou" else "_") if len(code) == 2 else ""


def _consonants(name: str) -> str:
    return _DOUBLED.sub(r"\1", _HISSES.sub(lambda m: _HISS.get(m[0], "s"), name).translate(_SOUNDS))


def names(sentences: Iterable[str]) -> Counter[str]:
    """The names in these sentences, folded to Latin letters, with how much speaks for each being one.

    A word that only ever begins a sentence is none. In a script without capitals every word of four letters or
    more that occurs twice counts.
    """
    found: Counter[str] = Counter()
    first: Counter[str] = Counter()
    caseless: Counter[str] = Counter()
    for sentence in sentences:
        tokens = _TOKEN.findall(sentence)
        capitals = [token[0].isupper() for token in tokens]
        if not sentence.isascii():
            caseless.update(t for t, capital in zip(tokens, capitals, strict=True) if not capital and _has_no_case(t))
        capital_words = sum(capitals)
        if capital_words > max(SHOUTED, 0.8 * len(tokens)) and sum(map(str.isupper, tokens)) > SHOUTED:
            continue
        for i in compress(range(len(tokens)), capitals):
            if name := _name(tokens[i][:MAX_WORD]):
                beside = (i > 0 and capitals[i - 1]) or (i + 1 < len(tokens) and capitals[i + 1])
                (found if i else first)[name] += 1 + beside
    found.update({name: count for name, count in first.items() if name in found})
    if caseless.total() > found.total():
        found.update({latin(fold(token))[:MAX_WORD]: count for token, count in caseless.items() if count > 1})
    return found


@lru_cache(maxsize=KEPT_WORDS)
def _name(token: str) -> str:
    """The token as a name, without its article or possessive; "" for fewer than three letters."""
    bare = _POSSESSIVE.sub("", _ARTICLE.sub("", token))
    return latin(fold(bare))[:MAX_WORD] if len(bare) >= 3 else ""


def _has_no_case(token: str) -> bool:
    return len(token) >= 4 and not token[0].islower()
