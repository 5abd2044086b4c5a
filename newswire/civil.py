"""The clock on the wall of a country, for times that a page prints without a zone.

Measured on 66 such times of 847 pages: publishers under a country's domain mean their own clock (spiegel.de, taz.de,
aa.com.tr, domradio.de), those under .com what their server has, UTC (latimes.com, apnews.com). Countries of several
zones (.us, .ca, .au, .mx) and those that move their clocks by rules of their own (.il, .cl, .ir) are left out.

The standard library's zoneinfo is not asked: it reads files of the system's, which slim images do not have.

Source: the IANA time zone database; the European Union's summer time by directive 2000/84/EC.
"""

from datetime import UTC, datetime, timedelta, timezone

_SUMMER = {
    0: "uk ie pt",
    1: "de at ch li fr it es nl be lu pl cz sk hu dk se no hr si rs ba me mk al mt cat",
    2: "gr ro bg fi ee lv lt ua md cy",
}  # hours east of Greenwich in winter; an hour more in the Union's summer
_STEADY = {
    -5: "co pe ec pa", -4: "ve bo do pr", -3: "ar uy br", 0: "gh sn is", 1: "ng dz tn", 2: "za zw zm bw rw",
    3: "tr ru by sa kw qa iq ke tz ug et", 4: "ae om ge am az", 5: "pk uz kz", 5.5: "in lk", 5.75: "np", 6: "bd",
    7: "th vn kh id", 8: "cn hk tw sg my ph mo", 9: "jp kr",
}  # fmt: skip
_SUMMER_OF = {name: hours for hours, names in _SUMMER.items() for name in names.split()}
_STEADY_OF = {name: hours for hours, names in _STEADY.items() for name in names.split()}


def zone_of(host: str, wall: datetime) -> timezone | None:
    """The zone that a publisher's clock shows `wall` in, by his host's country; None where it has no one zone.

    >>> zone_of("zeitung.de", datetime(2026, 7, 1)).utcoffset(None)
    datetime.timedelta(seconds=7200)
    """
    country = host.rpartition(".")[2]
    if country in _SUMMER_OF:
        return timezone(timedelta(hours=_SUMMER_OF[country] + _is_summer(wall.replace(tzinfo=UTC))))
    if country in _STEADY_OF:
        return timezone(timedelta(hours=_STEADY_OF[country]))
    return None


def _is_summer(wall: datetime) -> bool:
    """From the last Sunday of March to that of October; the hour of the change is not looked at."""
    return _last_sunday(wall.year, 3) <= wall < _last_sunday(wall.year, 10)


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 2, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
