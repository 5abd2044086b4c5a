"""The dates that feeds print, as aware datetimes in UTC.

Promises: a date it cannot read for certain is None, never a wrong year. A zone that it does not know, or a missing one,
is read as UTC: at most half a day off, where dropping the date would lose the entry's place in the order.

Why not feedparser's own: it reads CET as UTC, "1795000000" as the year 1794, and no month but the English.
Sources: RFC 822 section 5, RFC 3339, and the zone names that publishers write against RFC 2822 section 4.3.
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

# Hours east of Greenwich. IST is India (Irish and Israeli publishers write offsets), CST America, BST Britain.
ZONES = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "SAST": 2, "CAT": 2, "WAT": 1, "EAT": 3, "EEST": 3, "MSK": 3, "TRT": 3, "AST": -4, "ADT": -3, "EST": -5,
    "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BRT": -3, "ART": -3, "CLT": -4,
    "IST": 5.5, "PKT": 5, "NPT": 5.75, "WIB": 7, "ICT": 7, "HKT": 8, "SGT": 8, "PHT": 8, "GST": 4, "AWST": 8, "JST": 9,
    "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip

# The beginnings of month names without accents: English, French, Spanish, Portuguese, Italian, German, Dutch.
_MONTHS = (
    ("jan", "ene", "gen"), ("feb", "fev"), ("mar", "maa", "mrt"), ("apr", "avr", "abr"), ("may", "mai", "mag", "mei"),
    ("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "aou", "ago"), ("sep", "set"), ("oct", "okt", "out", "ott"),
    ("nov",), ("dec", "dic", "dez"),
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}

_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})\.?[ -](?:de )?(?P<month>[a-z]{3,10})\.?,?[ -](?:de )?(?P<year>\d{4})"
    r"(?:\D{0,6}(?P<time>\d{1,2}:\d{2}(?::\d{2})?))?(?: ?(?P<zone>[+-]\d{2}:?\d{2}|[a-z]{1,4})\b)?"
)
_DIGITS = re.compile(r"\d{10}(\d{3})?")
# Before it there were no feeds with news in them; 1970 and year 1 are how software says that it knows no date.
_FIRST_YEAR = 1995
_LAST_YEAR = 2100


def parse_date(text: str) -> datetime | None:
    """The moment that a feed's date names, in UTC, or None.

    >>> parse_date("Sun, 22 Nov 2026 08:00:00 CET") == parse_date("2026-11-22T07:00:00Z") == parse_date("1795330800")
    True
    >>> parse_date("dim. 22 novembre 2026 08:00 +0100").hour
    7
    """
    text = " ".join(text[:100].split())
    for reader in (_from_epoch, _from_iso, _from_rfc822, _from_day_first):
        try:
            moment = reader(text)
            moment = moment.astimezone(UTC) if moment else None
        except (ValueError, OverflowError):
            continue
        if moment and _FIRST_YEAR <= moment.year < _LAST_YEAR:
            return moment
    return None


def _from_epoch(text: str) -> datetime | None:
    if not (text.isascii() and _DIGITS.fullmatch(text)):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC)


def _from_iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}", text):  # "20261122" alone might be anything
        return None
    stamp, _, zone = text.partition(" ") if "T" in text.partition(" ")[0] else _split_zone(text)
    moment = datetime.fromisoformat(stamp + "-01" if len(stamp) == len("2026-11") else stamp)
    return moment if moment.tzinfo else moment.replace(tzinfo=_zone(zone))


def _split_zone(text: str) -> tuple[str, str, str]:
    """`2026-11-22 07:00:00 CET` in its stamp and its zone."""
    day, _, rest = text.partition(" ")
    clock, gap, zone = rest.partition(" ")
    return f"{day} {clock}".strip(), gap, zone


def _from_rfc822(text: str) -> datetime | None:
    parsed = parsedate_tz(text)
    if not parsed or not re.search(r"\b\d{4}\b", text):  # two digits of a year are a guess
        return None
    named = re.search(r"([A-Za-z]{1,4})$", text)
    offset_s = parsed[9]
    zone = _zone(named[1]) if named else timezone(timedelta(seconds=offset_s or 0))
    return datetime(*parsed[:5], min(parsed[5], 59), tzinfo=zone)


def _from_day_first(text: str) -> datetime | None:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    found = _DAY_FIRST.search(plain)
    if not found:
        return None
    month = _MONTH.get(found["month"][:4]) or _MONTH.get(found["month"][:3])
    if not month:
        return None
    hour, minute, second = ([int(part) for part in (found["time"] or "0:0").split(":")] + [0])[:3]
    zone = _zone(found["zone"] or "")
    return datetime(int(found["year"]), month, int(found["day"]), hour, minute, second, tzinfo=zone)


def _zone(name: str) -> timezone:
    offset = re.fullmatch(r"(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?", name.upper())
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    return timezone(timedelta(hours=ZONES.get(name.upper(), 0)))
