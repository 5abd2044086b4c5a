"""When an article appeared, of all that its page and its feed say of it.

Promises: never in the future (a day after the page was fetched, for clocks that go wrong), never before the web; a day
without a time of day is marked as one, and is not used where the feed has the moment.

A time without a zone is read by, in this order: another statement of the same page with the same hands of the clock and
a zone; the clock of the country whose domain it is (newswire.civil), unless that would be after the page was fetched;
UTC.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from msgspec import Struct

from newswire.civil import zone_of
from newswire.pagedate import FIRST_YEAR, When, read_when

_DAY = timedelta(days=1)
# Where an address is dated by the day: /2023/05/17/, /2023-05/17/, /20230517/.
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
# English of these countries writes the day first; elsewhere 04/05/2020 in English is the fifth of April.
_DAY_FIRST = frozenset("uk ie au nz in za sg my hk ng ke gh pk bd lk mt eu".split())  # noqa: SIM905 - a list of words
_CHANGED = re.compile(
    r"updat|modif|aktualis|mis(?:e)? à jour|actualiz|atualiz|aggiornat|gewijzigd|bijgewerkt|oppdater|opdater|päivit|"
    r"обновл|изменен|оновлен|更新|修正|수정|güncel|zmian|aktualiz|ενημερώ|تحديث",
    re.IGNORECASE,
)


class Context(Struct, frozen=True):
    """What a page's dates are read by."""

    link: str
    language: str
    fetched: datetime

    @property
    def host(self) -> str:
        """The host of the link, "" where that is none."""
        try:
            return urlsplit(self.link).hostname or ""
        except ValueError:
            return ""

    @property
    def month_first(self) -> bool:
        """Whether 04/05/2020 is the fifth of April."""
        return self.language.startswith("en") and self.host.rpartition(".")[2] not in _DAY_FIRST


class Moment(Struct, frozen=True):
    """A time in UTC; of a day without a time, its midnight (in the zone that was printed with it)."""

    at: datetime
    is_day: bool = False


def published_at(stated: Sequence[str], shown: Iterable[str], feed: datetime | None, context: Context) -> Moment | None:
    """When the article appeared.

    `stated` are the page's own data, the most trusted first; `shown` the lines round its headline and what stands in
    its time elements, the nearest first; `feed` what the feed says.
    """
    page = _first(stated, context)
    if page and not page.is_day:
        return page
    fed = Moment(feed) if feed and is_sane(feed, context.fetched) else None
    if fed and (page is None or abs(fed.at - page.at - _DAY / 2) < _DAY * 1.5):
        return fed
    return page or _weak(shown, context)


def modified_at(stated: Sequence[str], published: Moment | None, context: Context) -> datetime | None:
    """When it was last changed: never before it appeared, and None where the page says no time of day."""
    last = _first(stated, context)
    if last is None or last.is_day or (published and last.at < published.at):
        return None
    return last.at


def is_sane(moment: datetime, fetched: datetime) -> bool:
    """Whether an article may have appeared then."""
    return datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) <= moment <= fetched + _DAY


def _first(stated: Sequence[str], context: Context) -> Moment | None:
    """The first that can be; where that is a day, the moment of that day which another states."""
    day: tuple[Moment, When] | None = None
    for text in stated:
        when = read_when(text, month_first=context.month_first)
        if when is None or (day and (when.is_day or when.at.date() != day[1].at.date())):
            continue
        moment = _moment(when, stated, context)
        if moment and not when.is_day:
            return moment
        if moment and day is None:
            day = moment, when
    return day[0] if day else None


def _weak(shown: Iterable[str], context: Context) -> Moment | None:
    """What is printed beside the headline, and held against the address where that bears a date."""
    address = _in_address(context)
    changed = None
    for text in shown:
        first, label, rest = _parted(text)
        moment = _beside(first, address, context)
        if moment:
            return moment
        changed = changed or (label and _beside(rest, address, context)) or None
    return address or changed


def _beside(text: str, address: Moment | None, context: Context) -> Moment | None:
    when = read_when(text, month_first=context.month_first)
    moment = _moment(when, (), context) if when else None
    return moment if moment and not (address and abs(moment.at - address.at - _DAY / 2) > _DAY * 1.5) else None


def _parted(text: str) -> tuple[str, str, str]:
    """A line in what stands before "updated", that word, and what follows."""
    found = _CHANGED.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _in_address(context: Context) -> Moment | None:
    found = _IN_ADDRESS.search(context.link.partition("?")[0])
    when = read_when(f"{found[1]}-{found[3]}-{found[4]}") if found else None
    return _moment(when, (), context) if when else None


def _moment(when: When, stated: Iterable[str], context: Context) -> Moment | None:
    at = when.at
    if not when.is_zoned and not when.is_day:
        at = _zoned(when, stated, context)
    at = at.astimezone(UTC)
    return Moment(at, when.is_day) if is_sane(at, context.fetched) else None


def _zoned(when: When, stated: Iterable[str], context: Context) -> datetime:
    hands = when.at.replace(tzinfo=None, second=0, microsecond=0)
    for text in stated:
        other = read_when(text)
        if other and other.is_zoned and other.at.replace(tzinfo=None, second=0, microsecond=0) == hands:
            return when.at.replace(tzinfo=other.at.tzinfo)
    zone = zone_of(context.host, when.at)
    local = when.at.replace(tzinfo=zone) if zone else when.at
    return local if local <= context.fetched else when.at
