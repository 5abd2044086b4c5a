"""The dates that pages print, in their data and beside their headlines, with what they leave unsaid.

Promises: a date that is not certain is None; a date without a time of day is a day, and says so; a time without a zone
says so, and whoever knows the publisher (newswire.moments) gives it one. ISO 8601 in all its spellings, epochs in
seconds and milliseconds, and what editorial systems write in twenty languages ("Nov. 19, 2019, 07:47 PM EST",
"27.04.2020, 20:10 Uhr", "2020年1月2日 17:11"). Calendars other than the Gregorian are not read.

Feeds have a reader of their own (newswire.feeddate): they follow RFC 822 and RFC 3339, where pages follow nothing.
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

from msgspec import Struct

from newswire.feeddate import ZONES

# The beginnings of month names without accents. Left out where two languages disagree (lipanj is June, lipiec July;
# srpanj is July, srpen August; listopad is October in Zagreb).
_MONTHS = (
    "jan ene gen янв січ sty led oca ιαν tammi يناير ינואר", "feb fev фев лют lut uno sub φεβ velj helmi فبراير פברואר",
    "mar maa mrt мар бер bre μαρ ozu مارس מרץ", "apr avr abr апр кві kwi dub nis απρ tra huhti ابريل אפריל",
    "may mai mag mei maj маи мая тра kve μαι svi touko مايو מאי",
    "jun juin giu июн чер cze cervn haz ιουν kesa يونيو יוני",
    "jul juil lug июл лип lip cervenc tem ιουλ heina يوليو יולי",
    "aug aou ago авг сер sie srp agu αυγ kol elo اغسطس אוגוסט",
    "sep set сен вер wrz zar eyl σεπ ruj syys سبتمبر ספטמבר",
    "oct okt out ott окт жов paz rij eki οκτ loka اكتوبر אוקטובר",
    "nov ноя лис lis kas νοε stu marras نوفمبر נובמבר", "dec des dic dez дек гру gru pro ara δεκ joulu ديسمبر דצמבר",
)  # fmt: skip
_MONTH = {start: number for number, starts in enumerate(_MONTHS, 1) for start in starts.split()}
_LONGEST = max(map(len, _MONTH))
_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_NUMBERS = (
    r"(?<![\d.])(?P<first>[0-3]?\d) ?(?P<mark>[./-]) ?(?P<second>[0-3]?\d) ?(?P=mark) ?"
    r"(?P<year>(?:19|20)\d\d|[12]\d)(?![\d.]\d)"
)
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR} ?[-/.年년] ?(?P<number>[01]?\d) ?[-/.月월] ?{_DAY}(?!\d)(?: ?[일日])?",
        rf"(?<!\d){_YEAR}(?P<number>[01]\d)(?P<day>[0-3]\d)(?=t\d{{4}}|\D|$)",
        rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|º|ª|\.)?[ -]?(?:de |of )?{_WORD},?[ -](?:de |del |г )?{_YEAR}(?!\d)",
        rf"(?<!\w){_WORD}[ -]{_DAY}(?:st|nd|rd|th)?(?:,? |, ?|-){_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}\. {_WORD} {_DAY}(?!\d)",
        rf"(?<!\w){_WORD} {_DAY} (?=\d\d:\d\d:\d\d [a-z]{{3,4}} {_YEAR}$)",
        _NUMBERS,
    )
)
_CLOCK = re.compile(
    r"(?<![\d.:+-])(?P<hour>[0-2]?\d)(?::|h|\.(?=\d\d ?(?:uhr|[ap]\.? ?m\b)))(?P<minute>[0-5]\d)(?!\d)"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    r"(?: ?(?P<half>[ap])\.? ?m\b\.?)?(?: ?(?P<zone>(?:utc|gmt)? ?[+-]\d\d:?\d\d|[a-z]{1,5}\b))?"
)
_COMPACT = re.compile(r"(?<=t)(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?:[0-5]\d)?(?P<zone>[+-]\d\d:?\d\d|z)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
# A time that belongs to a date stands within so many characters of it.
_REACH = 24
FIRST_YEAR = 1990  # before it there was no web
LAST_YEAR = 2100


class When(Struct, frozen=True):
    """What a page said of a moment."""

    at: datetime  # aware: in the zone it was printed with, else as if in UTC
    is_day: bool = False  # no time of day was printed, or midnight to the second, which is how systems write a day
    is_zoned: bool = False


def read_when(text: str, *, month_first: bool = False) -> When | None:
    """The moment that a page's words name, None where it is not certain; `month_first` is how 04/05/2020 is read.

    >>> read_when("Nov. 19, 2019, 07:47 PM EST").at.isoformat()
    '2019-11-19T19:47:00-05:00'
    >>> read_when("5. April 2020").is_day
    True
    """
    text = text.strip()[:120]
    try:
        return _from_iso(text) or _from_words(text, month_first=month_first)
    except (ValueError, OverflowError):
        return None


def _from_iso(text: str) -> When | None:
    if _EPOCH.fullmatch(text):
        return When(datetime.fromtimestamp(int(text[:10]), UTC), is_zoned=True)
    if not re.match(r"\d{4}-?\d\d", text):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _sane(_when(at))


def _from_words(text: str, *, month_first: bool) -> When | None:
    plain = _plain(text)
    for pattern in _DATES:
        for found in pattern.finditer(plain):
            year, month, day = _date(found.groupdict(), month_first=month_first)
            if not month:
                continue
            when = _sane(_with_clock(datetime(year, month, day, tzinfo=UTC), plain, found.start(), found.end()))
            if when:
                return when
    return None


def _plain(text: str) -> str:
    """Lower case, without accents, one blank between words."""
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
        text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    # NFKD takes Hangul apart; the two signs that dates have are put together again.
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _date(parts: dict[str, str | None], *, month_first: bool) -> tuple[int, int, int]:
    year = int(parts["year"] or 0)
    if word := parts.get("month"):
        month = next((_MONTH[word[:size]] for size in range(_LONGEST, 2, -1) if word[:size] in _MONTH), 0)
        return year, month, int(parts["day"] or 0)
    if number := parts.get("number"):
        return year, int(number), int(parts["day"] or 0)
    first, second = int(parts["first"] or 0), int(parts["second"] or 0)
    day, month = (second, first) if (month_first and first <= 12) or second > 12 else (first, second)
    return year + 2000 if year < 100 else year, month if month <= 12 else 0, day


def _with_clock(day: datetime, plain: str, start: int, end: int) -> When:
    after, before = plain[end : end + _REACH + 20], plain[max(0, start - _REACH) : start]
    clock = _COMPACT.search(plain, end) if plain[end : end + 1] == "t" else None
    clock = clock or _near(_CLOCK.search(after)) or _CLOCK.search(before)
    if clock is None:
        return When(day, is_day=True)
    parts = clock.groupdict()
    hour = int(parts["hour"])
    if parts.get("half") and hour <= 12:
        hour = hour % 12 + (12 if parts["half"] == "p" else 0)
    if hour > 23:
        return When(day, is_day=True)
    zone = _zone(parts["zone"] or "")
    at = day.replace(hour=hour, minute=int(parts["minute"]), second=int(parts.get("second") or 0))
    return _when(at.replace(tzinfo=zone))


def _when(at: datetime) -> When:
    return When(
        at if at.tzinfo else at.replace(tzinfo=UTC),
        is_day=not (at.hour or at.minute or at.second),
        is_zoned=at.tzinfo is not None,
    )


def _near(clock: re.Match[str] | None) -> re.Match[str] | None:
    return clock if clock and clock.start() <= _REACH else None


def _zone(name: str) -> timezone | None:
    offset = re.fullmatch(r"(?:utc|gmt)? ?([+-])(\d\d):?(\d\d)", name)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3])
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    hours = ZONES.get(name.upper())
    return None if hours is None else timezone(timedelta(hours=hours))


def _sane(when: When) -> When | None:
    return when if FIRST_YEAR <= when.at.year < LAST_YEAR else None
