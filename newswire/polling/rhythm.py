"""When a feed publishes, learned from its entries' dates.

Promises: a rhythm is a value of some 300 bytes, packed. It knows how many entries a second a feed brings, by hour of
the day, day of the week (UTC) and minute of the hour; older ones count less, half after two weeks. Beside that normal
it knows the pace: whether the last hours brought more or less.

It ignores what entries are about, and every other feed. A date is believed as far as it lies between two sights of the
document; an entry with none, or with an older one, came at some time between them.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

_HOUR_S = 3600
_DAY_S = 86_400
# One week and four gave 1 % more delay on the bench's feeds.
_HALF_LIFE_S = 14 * _DAY_S
_PACE_HALF_LIFE_S = 3 * _HOUR_S
# Jobs that write feeds run on a minute, and so do editors' timers: 6 of 55 real feeds have 70 % of their dates in five
# minutes of the hour.
_MINUTES_S = 120
# So many entries at the feed's own mean are believed before any was seen: in an hour of the day, a day of the week, two
# minutes of the hour, and in the last hours. Half or twice each changed the bench's delay by less than 2 %.
_HOUR_ENTRIES = 2.0
_DAY_ENTRIES = 20.0
_MINUTE_ENTRIES = 10.0
_PACE_ENTRIES = 3.0
# Two minutes of the hour with twice the mean make a feed one that keeps to the clock: in 120,000 draws of 10 to 3,000
# entries at any minute, chance gave 1.95 at most.
_ON_THE_CLOCK = 2.0
# A feed without a date in its first document: as if half an entry had come in half an hour.
_FIRST_ENTRIES, _FIRST_S = 0.5, 1800.0
# A day's count strays from the normal more than chance does: by a variance of two means at the median, of four at the
# upper quarter (the bench's feeds). Before any day was counted it is three, as if five entries had shown it.
_FIRST_SPREAD, _SPREAD_ENTRIES = 3.0, 5.0
# Before so many days were counted none is called strange.
_DAYS_KNOWN = 7
# A document that turned over more often than that between two sights tells of an outage, not of news.
_MOST_UNSEEN = 10.0
# An entry dated that long before the last sight is old stuff under a new name.
_STALE_S = 2 * _DAY_S
# Of what was seen so long ago less than a ten-millionth is left: whoever looks again then, begins anew.
_FORGOTTEN_S = 365 * _DAY_S
# Weights double with every half-life instead of halving, so that sums may be stored rounded; then they are set back.
_MOST_WEIGHT = 4.0
_HUNDREDTHS = 100


class Rhythm(Struct, frozen=True, kw_only=True, array_like=True):
    """What is known of a feed's publishing; times are seconds since 1970.

    Sums are of weighted entries, in hundredths: a whole number takes a third of a fraction's bytes.
    """

    since: int = 0  # from then on every entry is known: the oldest date of the first document
    at: int = 0  # the last sight of the document, 0 for none
    weighed: int = 0  # when an entry's weight is 1
    days: tuple[int, ...] = (0,) * 7  # the first is a Thursday, as in 1970
    hours: tuple[int, ...] = ()  # () while no entry is known
    minutes: tuple[int, ...] = ()  # thirty of two minutes; of entries whose own date is believed
    recent: float = 0.0  # entries of the last hours, half of them forgotten after three
    recent_due: float = 0.0  # and how many the normal would have brought
    today: float = 0.0
    today_due: float = 0.0
    strayed: float = 0.0  # squares of how far the days' counts were from what was due
    strayed_due: float = 0.0
    counted: int = 0  # days, up to a week
    deviation: float = 0.0  # of the last whole day's count from what was due, in standard deviations
    standing: int = 0  # entries in the document


def learn(rhythm: Rhythm, dates: Sequence[datetime], *, new: int, standing: int, now: datetime) -> Rhythm:
    """The rhythm after a sight of the document at `now`, with `new` entries, of which `dates` are those that are dated.

    `standing` is how many entries the document has, 0 where it was not read again. Where none of them was known, more
    came in between than anybody saw: they are taken to have come as thick as those that stand.
    """
    at = int(now.timestamp())
    printed = [date.timestamp() for date in dates]
    is_known = rhythm.at and max(rhythm.since, rhythm.at - _DAY_S) <= at <= rhythm.at + _FORGOTTEN_S
    if not is_known:  # or by a clock that was wrong
        since = int(min([at, *printed]))
        first = Rhythm(since=since, at=at, weighed=at, standing=standing)
        believed = [time for time in printed if time <= at]
        return _counted(first, believed, believed)
    last = min(rhythm.at, at)
    known = [time for time in printed if time > last - _STALE_S]
    undated = new - len(printed)
    times = [min(max(time, last), at) for time in known] + [float(at)] * undated
    entries = len(times) * (_unseen(times, undated, last, at) if new == standing else 1.0)
    seen = _kept(rhythm, last, at, entries)
    return _counted(
        replace(seen, at=at, standing=standing or rhythm.standing),
        times,
        [time for time in known if last < time <= at],
        entries / max(len(times), 1),
    )


def pieces(rhythm: Rhythm, start: float, end: float, *, normal: bool = False) -> Iterator[tuple[float, float, float]]:
    """The time from `start` to `end` in pieces: begin, end, and the entries a second that are expected in it.

    `normal` leaves out the pace of the last hours and the minutes of the hour.
    """
    mean = level(rhythm)
    pace = 1.0 if normal else _pace(rhythm, start)
    beats = () if normal else _beats(rhythm)
    time = start
    while time < end:
        until = min((time // _HOUR_S + 1) * _HOUR_S, end)
        rate = mean * pace * _by(rhythm, rhythm.days, time, _DAY_S, _DAY_ENTRIES, mean)
        if rhythm.hours:
            rate *= _by(rhythm, rhythm.hours, time, _HOUR_S, _HOUR_ENTRIES, mean)
        while beats and time < until:
            turn = min((time // _MINUTES_S + 1) * _MINUTES_S, until)
            yield time, turn, rate * beats[int(time % _HOUR_S // _MINUTES_S)]
            time = turn
        if time < until:
            yield time, until, rate
        time = until


def level(rhythm: Rhythm) -> float:
    """The mean number of entries a second."""
    lived_s = _HALF_LIFE_S / math.log(2) * (1 - _weight(rhythm.since, rhythm.at))
    entries = sum(rhythm.days) / _entry(rhythm)
    return (entries + _FIRST_ENTRIES) / (lived_s + _FIRST_S)


def _counted(rhythm: Rhythm, times: Sequence[float], believed: Sequence[float], each: float = 1.0) -> Rhythm:
    """With entries added at these times, each for so many."""
    if not times:
        return rhythm
    days, hours = [float(sum_) for sum_ in rhythm.days], [float(sum_) for sum_ in rhythm.hours or (0,) * 24]
    minutes = [float(sum_) for sum_ in rhythm.minutes or (0,) * (_HOUR_S // _MINUTES_S)]
    for time in times:
        weight = _HUNDREDTHS * _weight(time, rhythm.weighed) * each
        days[int(time // _DAY_S) % 7] += weight
        hours[int(time // _HOUR_S) % 24] += weight
    for time in believed:
        minutes[int(time % _HOUR_S // _MINUTES_S)] += _HUNDREDTHS * _weight(time, rhythm.weighed)
    grown = _weight(rhythm.at, rhythm.weighed)
    by = grown if grown > _MOST_WEIGHT else 1.0
    return replace(
        rhythm,
        weighed=rhythm.at if by > 1 else rhythm.weighed,
        days=tuple([round(sum_ / by) for sum_ in days]),
        hours=tuple([round(sum_ / by) for sum_ in hours]),
        minutes=tuple([round(sum_ / by) for sum_ in minutes]),
    )


def _kept(rhythm: Rhythm, last: int, at: int, entries: float) -> Rhythm:
    """With the account of what came against what was due, over the last hours and day by day."""
    due = _due(rhythm, last, at)
    fade = 2 ** ((last - at) / _PACE_HALF_LIFE_S)
    today, today_due = rhythm.today + entries, rhythm.today_due + due
    strayed, strayed_due = rhythm.strayed, rhythm.strayed_due
    counted, deviation = rhythm.counted, rhythm.deviation
    if at // _DAY_S > last // _DAY_S:
        counted += counted < _DAYS_KNOWN
        strange = (today - today_due) / _deviation(rhythm, today_due)
        deviation = round(strange, 1) if counted == _DAYS_KNOWN else 0.0
        kept = _weight(last, at)
        strayed = round(strayed * kept + (today - today_due) ** 2, 2)
        strayed_due = round(strayed_due * kept + today_due, 2)
        today = today_due = 0.0
    return replace(
        rhythm,
        recent=round(rhythm.recent * fade + entries, 3),
        recent_due=round(rhythm.recent_due * fade + due, 3),
        today=round(today, 2),
        today_due=round(today_due, 3),
        strayed=strayed,
        strayed_due=strayed_due,
        counted=counted,
        deviation=deviation,
    )


def _deviation(rhythm: Rhythm, due: float) -> float:
    """The standard deviation of the count of a day on which so many are due.

    Counts vary by their mean, if entries come by chance, times how much this feed's days have strayed so far. On the
    bench's feeds 6 % of the days lay further than two deviations from what was due, 2 % of them below.
    """
    spread = (rhythm.strayed + _FIRST_SPREAD * _SPREAD_ENTRIES) / (rhythm.strayed_due + _SPREAD_ENTRIES)
    return math.sqrt(spread * max(due, 1.0))


def _unseen(times: Sequence[float], undated: int, last: int, at: int) -> float:
    """For how many each entry stands in a document that has turned over since `last`."""
    if undated or not times:
        return 2.0
    oldest = min(times)
    gaps = (len(times) - 1) / len(times)
    return min(1 + gaps * (oldest - last) / max(at - oldest, 60.0), _MOST_UNSEEN)


def _due(rhythm: Rhythm, start: float, end: float) -> float:
    return sum((until - time) * rate for time, until, rate in pieces(rhythm, start, end, normal=True))


def _pace(rhythm: Rhythm, at: float) -> float:
    fade = 2 ** (min(rhythm.at - at, 0) / _PACE_HALF_LIFE_S)
    return (_PACE_ENTRIES + rhythm.recent * fade) / (_PACE_ENTRIES + rhythm.recent_due * fade)


def _beats(rhythm: Rhythm) -> Sequence[float]:
    """How many times the mean each two minutes of the hour bring; () for a feed that does not keep to the clock."""
    if not rhythm.minutes:
        return ()
    believed = _MINUTE_ENTRIES * _entry(rhythm)
    most = max(rhythm.minutes) + believed
    mean = sum(rhythm.minutes) / len(rhythm.minutes) + believed
    if most < _ON_THE_CLOCK * mean:
        return ()
    return [(sum_ + believed) / mean for sum_ in rhythm.minutes]


def _by(rhythm: Rhythm, sums: Sequence[int], time: float, length_s: int, believed: float, mean: float) -> float:
    """How many times the mean a slot of a day or week brings, drawn towards once."""
    period_s = length_s * len(sums)
    slot = int(time // length_s) % len(sums)
    # How often the slot has come round: as often as its middle, each time counting more than the one before.
    first = ((slot + 0.5) * length_s - rhythm.since) % period_s
    before, ago_s = divmod(rhythm.at - rhythm.since - first, period_s)
    fade = 2 ** (-period_s / _HALF_LIFE_S)
    times = (1 - fade ** (before + 1)) / (1 - fade) * 2 ** (-ago_s / _HALF_LIFE_S)
    due = mean * length_s * times
    return float((sums[slot] / _entry(rhythm) + believed) / (due + believed))


def _entry(rhythm: Rhythm) -> float:
    """What an entry of the last sight counts in the sums."""
    return _HUNDREDTHS * _weight(rhythm.at, rhythm.weighed)


def _weight(time: float, one_at: float) -> float:
    """What an entry of a time counts, where one of `one_at` counts 1."""
    return float(2 ** ((time - one_at) / _HALF_LIFE_S))
