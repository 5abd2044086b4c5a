"""What every language has a word for, by one key: countries and their peoples, cities, months, weekdays, units.

Promises that `Germany`, `Deutschland`, `Германии` and `ألمانيا` are one key where the text's language is known, with
their case endings and the adjectives made from them; that a language without data, or none, only finds the
abbreviations. The names are Unicode's (CLDR, through Babel: some 300 languages), read once for each language.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from newswire.sameness.anchors import latin
from newswire.text import fold, words

# A few megabytes for each: a day's news comes in some twenty languages.
KEPT_LANGUAGES = 64
KEPT_WORDS = 60_000  # of each language
LONGEST_ENDING = 6  # германского, from герман

# A language's name is in most languages also the people's. Its country, where there is one that the news means by it.
_PEOPLES = """
    am:ET az:AZ be:BY bg:BG bn:BD bs:BA ca:CT cs:CZ da:DK de:DE el:GR en:EN es:ES et:EE eu:PV fa:IR fi:FI
    fr:FR ga:IE he:IL hi:IN hr:HR hu:HU hy:AM id:ID is:IS it:IT ja:JP ka:GE kk:KZ km:KH ko:KR ky:KG lo:LA
    lt:LT lv:LV mk:MK mn:MN ms:MY mt:MT my:MM nb:NO no:NO ne:NP nl:NL pl:PL ps:AF pt:PT ro:RO ru:RU sk:SK
    sl:SI so:SO sq:AL sr:RS sv:SE tg:TJ th:TH tk:TM tr:TR uk:UA ur:PK uz:UZ vi:VN zh:CN ar:ARAB ku:KURD
    la:LATIN
"""
_COUNTRY_OF: dict[str, str] = dict(pair.split(":") for pair in _PEOPLES.split())
_CONTINENTS = {
    "002": "AFR",
    "150": "EUR",
    "142": "ASI",
    "019": "US",
    "009": "OCE",
    "419": "LATAM",
}  # America: its States
_UNITS = {
    "duration-century": "century", "duration-decade": "decade", "duration-year": "year", "duration-month": "month",
    "duration-week": "week", "duration-day": "day", "duration-hour": "hour", "duration-minute": "minute",
    "duration-second": "second", "length-kilometer": "km", "length-meter": "m", "length-mile": "mile",
    "length-centimeter": "cm", "mass-kilogram": "kg", "mass-tonne": "t", "mass-gram": "g", "volume-liter": "l",
    "volume-barrel": "barrel", "angle-degree": "degree", "concentr-percent": "%", "power-megawatt": "MW",
}  # fmt: skip
_COINS = {"dollar": ("USD", "CAD"), "pound": ("GBP", "EGP"), "rouble": ("RUB", "BYN"), "peso": ("MXN", "ARS")}
_COINS |= {"rupee": ("INR", "PKR"), "euro": ("EUR", "EUR"), "yen": ("JPY", "JPY"), "franc": ("CHF", "XOF")}
_SCALES = {"1000": 3, "1000000": 6, "1000000000": 9, "1000000000000": 12}

# Written in capitals; read as they stand, since "us" and "un" are words.
_ABBREVIATED = {
    "US": "USA U.S U.S.A США ABD EUA EEUU EE.UU",
    "GB": "UK U.K GB",
    "EU": "EU UE ЕС ЄС AB",
    "UN": "UN U.N ONU ООН BM UNO VN OSN ENSZ",
    "NATO": "NATO OTAN НАТО NAVO",
    "AE": "UAE ОАЭ VAE EAU",
    "RU": "РФ",
    "DE": "ФРГ BRD RFN",
    "CN": "КНР PRC",
    "KP": "КНДР DPRK",
    "WHO": "WHO OMS ВОЗ DSÖ ВООЗ",
    "IMF": "IMF FMI МВФ IWF MFW",
}
_CAPITALS = {form: key for key, forms in _ABBREVIATED.items() for form in forms.split()}
_RUN = re.compile(r"(?<!\w)[A-ZА-ЯЄІЇ](?:\.?[A-ZÖА-ЯЄІЇ])+(?!\w)")
# For every language, in Latin letters: peoples whose name is not made from CLDR's name of the country.
_EVERYWHERE = {"brit": "GB", "bryt": "GB", "kreml": "kremlin", "kremlin": "kremlin", "pentagon": "pentagon"}
_LANGUAGE_ENDING = re.compile("(?:[cç][ae]|cə)$")  # Türkçe, Almanca
_PREFIXING = ("ar", "fa", "ur", "he")
_PREFIXES = re.compile(r"^[uplkf]?(?:al|ll)(?=\w{3})|^[uplkf](?=\w{4})")

Names = dict[str, list[tuple[tuple[str, ...], str]]]  # first stem → the further stems and the key, the longest first


@lru_cache(maxsize=KEPT_LANGUAGES)
def _names(language: str) -> Names:
    """The names of a language by their first word's stem."""
    found: Names = {}
    for name, key in [*_of_language(language), *_EVERYWHERE.items()]:
        stems = tuple(map(_stem, map(latin, words(name))))
        if stems and (len(stems[0]) > 2 or len(stems) > 1):
            meanings = found.setdefault(stems[0], [])
            if all(stems[1:] != rest for rest, _ in meanings):
                meanings.append((stems[1:], key))
    for meanings in found.values():
        meanings.sort(key=lambda meaning: (-len(meaning[0]), meaning))
    return found


def _of_language(language: str) -> Iterator[tuple[str, str]]:
    """Names and keys. Of names spelled alike the first is meant: `Jordan` is a country, and then anything else."""
    locale = _locale(language)
    if locale is None:
        return
    for name, key in (*_places(locale), *_peoples(locale, language), *_times(locale), *_measures(locale)):
        if "(" not in name:
            yield name, key


def _places(locale: Any) -> Iterator[tuple[str, str]]:
    for code, name in locale.territories.items():
        if code in _CONTINENTS or (len(code) == 2 and code.isalpha()):
            yield name, _CONTINENTS.get(code, code)
    # CLDR names a city only where it is not spelled as in the zone's id.
    for zone in _zones():
        city = zone.rsplit("/", 1)[-1].replace("_", " ")
        yield locale.time_zones.get(zone, {}).get("city", city), f"city {city}"
        yield city, f"city {city}"


def _peoples(locale: Any, language: str) -> Iterator[tuple[str, str]]:
    for code, country in _COUNTRY_OF.items():
        if name := locale.languages.get(code):
            yield name, country
            if language in ("tr", "az"):
                yield _LANGUAGE_ENDING.sub("", name), country


def _times(locale: Any) -> Iterator[tuple[str, str]]:
    for kind, forms in (("month", locale.months), ("day", locale.days)):
        for shape in ("stand-alone", "format"):
            for number, name in forms[shape]["wide"].items():
                yield name, f"{kind} {number}"


def _measures(locale: Any) -> Iterator[tuple[str, str]]:
    patterns = locale._data["unit_patterns"]  # noqa: SLF001 - Babel formats with them, and shows them no other way
    for unit, key in _UNITS.items():
        for form in patterns.get(unit, {}).get("long", {}).values():
            if isinstance(form, str):
                yield form.replace("{0}", ""), f"unit {key}"
    for coin, (one, other) in _COINS.items():
        there = {_stem(latin(word)) for word in words(locale.currencies.get(other, ""))}
        for word in words(locale.currencies.get(one, "")):
            if _stem(latin(word)) in there:
                yield word, f"coin {coin}"


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    """The zones whose city has a name of its own in Russian: every city of note."""
    russian = _locale("ru")
    return tuple(zone for zone in (russian.time_zones if russian else ()) if zone.count("/") == 1)


def _locale(language: str) -> Any:
    """Babel's locale, or None."""
    if not language:
        return None
    from babel import Locale, UnknownLocaleError  # 20 ms, and only where a text in some language is looked at

    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def _stem(form: str) -> str:
    """The form without what a case or an adjective may change."""
    length = len(form)
    return form if length < 5 else form[: length - (1 if length < 7 else 2 if length < 9 else 3)]


class _Meanings(dict[str, tuple[tuple[tuple[str, ...], str], ...]]):
    """What each folded word of a language may begin, by the longest of the stems that it begins with first."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> tuple[tuple[tuple[str, ...], str], ...]:
        names, form = _names(self.language), latin(word)
        found: list[tuple[tuple[str, ...], str]] = []
        for one in dict.fromkeys((form, bare(form, self.language))) if len(form) > 2 or not form.isascii() else ():
            for end in range(len(one), max(0, len(one) - LONGEST_ENDING - 1), -1):
                if (end > 3 or end == len(one)) and (meanings := names.get(one[:end])):
                    found += meanings
        if len(self) >= KEPT_WORDS:
            self.clear()
        self[word] = tuple(found)
        return self[word]


@lru_cache(maxsize=KEPT_LANGUAGES)
def _meanings(language: str) -> _Meanings:
    return _Meanings(language)


def bare(form: str, language: str) -> str:
    """A word in Latin letters without the article and the prepositions that are written as one with it."""
    return _PREFIXES.sub("", form) if language in _PREFIXING else form


def known(folded: Sequence[str], language: str) -> dict[int, str]:
    """The keys of what these folded words name, by the place of each name's first word."""
    found: dict[int, str] = {}
    table = _meanings(language)  # looked up a thousand times for an article: a dict's own speed
    after = 0
    for at, word in enumerate(folded):
        meanings = table[word]
        if not meanings or at < after:
            continue
        for rest, key in meanings:
            following = list(map(latin, folded[at + 1 : at + 1 + len(rest)]))
            if len(following) == len(rest) and all(map(str.startswith, following, rest)):
                found[at] = key
                after = at + 1 + len(rest)
                break
    return found


def abbreviations(text: str) -> list[str]:
    """The keys of what stands abbreviated in capitals in this text."""
    return [_CAPITALS[run] for run in _RUN.findall(text) if run in _CAPITALS]


@lru_cache(maxsize=KEPT_LANGUAGES)
def scales(language: str) -> dict[str, int]:
    """The words that multiply a number, folded, with their power of ten: `Millionen` is 6."""
    locale = _locale(language)
    formats = locale.compact_decimal_formats if locale else {}
    found: dict[str, int] = {}
    for width in ("long", "short"):
        for patterns in formats[width].values() if width in formats else ():
            for magnitude, power in _SCALES.items():
                pattern = patterns[magnitude].pattern if magnitude in patterns else ""
                word = fold(pattern.replace("0", "").replace("'", "")).strip(" .\u00a0")
                if len(word) >= 2 and word.isalpha():
                    found.setdefault(word, power)
    return found
