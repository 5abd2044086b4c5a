"""A feed one follows, what is known of it, and when to ask it again.

Promises: every function takes values and returns values; the caller brings the clock and the jitter. A feed is never
asked earlier than its publisher allows, as far as that is within a day.

A first, fair cadence: news halves the interval, none lengthens it by half. It does not yet learn the hours of the week.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from newswire.article import identity
from newswire.decision import Merging
from newswire.url import publisher_of, requestable

# No publisher's wish and no backoff keeps a feed unasked for longer (Media Cloud caps at a day as well).
_DAY_S = 86_400.0
# WordPress writes sy:updatePeriod hourly, sy:updateFrequency 1 into every feed unless told otherwise: nobody's wish.
_WORDPRESS_DEFAULT_S = 3600
# The newest dates that a first interval is taken from: enough for an hour of a busy desk, few enough to be recent.
_RECENT = 10
# 304s in a row before one full fetch: some servers say so for ever (bizpacreview.com, seen by Media Cloud's fetcher).
_MAX_NOT_MODIFIED = 50
_JITTER = 0.1


class Feed(Struct, frozen=True, kw_only=True):
    """A row of the catalogue."""

    id: str  # identity("f", url)
    url: str
    publisher: str  # the host of the feed's link, without "www."
    title: str = ""
    tags: tuple[str, ...] = ()
    merging: Merging = Merging.ANY


class FeedHints(Struct, frozen=True, kw_only=True):
    """What a feed's document says about when to ask again; 0 and () where it says nothing."""

    ttl_s: int = 0  # RSS 2.0 <ttl>
    update_period_s: int = 0  # sy:updatePeriod over sy:updateFrequency
    skip_hours: tuple[int, ...] = ()  # RSS <skipHours>, 0 to 23, in UTC
    skip_days: tuple[int, ...] = ()  # RSS <skipDays>, Monday is 0, in UTC


class FeedState(Struct, frozen=True, kw_only=True):
    """What the polls of a feed have taught so far."""

    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    hints: FeedHints = FeedHints()
    fresh_s: int = 0  # for how long the last answer was said to be fresh
    interval_s: float = 0.0  # 0 until the first success
    polled: datetime | None = None
    last_success: datetime | None = None
    last_news: datetime | None = None
    not_modified: int = 0  # answers 304 in a row
    failures: int = 0  # in a row, of the feed's own making
    error: str = ""  # the last poll's reason to fail, "" when it succeeded
    retry_after_s: float = 0.0  # what the last failure asked for
    moved_to: str = ""  # where the last success said that the feed has moved for good
    moved_polls: int = 0  # how many successes in a row said so
    ended: bool = False  # answered 410 Gone

    @property
    def wants_whole(self) -> bool:
        """Whether the next fetch is to be made without validators, as a 304 cannot be trusted for ever."""
        return self.not_modified >= _MAX_NOT_MODIFIED


class Bounds(NamedTuple):
    """The shortest and the longest interval that the installation wants, in seconds."""

    min_s: float
    max_s: float


def feed_from_url(url: str, title: str = "", tags: Sequence[str] = (), merging: Merging = Merging.ANY) -> Feed:
    """A catalogue row for an address; its id is the same for every spelling of the address.

    Raises ValueError, saying what is wrong, for what is no http address or carries a password.
    """
    if "@" in urlsplit(url.strip()).netloc:
        raise ValueError("a feed's url with a user name or password in it is not supported")
    address = requestable(url)
    return Feed(
        id=identity("f", address),
        url=address,
        publisher=publisher_of(address),
        title=title,
        tags=tuple(tags),
        merging=merging,
    )


def freshness_s(cache_control: str, expires: str, now: datetime) -> int:
    """For how many seconds a server says that its answer stays fresh, at most a day (RFC 9111 section 4.2.1)."""
    directives = cache_control.lower()
    if "no-cache" in directives or "no-store" in directives:
        return 0
    if max_age := re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", directives):
        return min(int(max_age[1]), int(_DAY_S))
    try:
        date = parsedate_to_datetime(expires)
    except (ValueError, OverflowError):  # "0" and "-1" are usual, and mean: stale at once
        return 0
    seconds = (date if date.tzinfo else date.replace(tzinfo=UTC)) - now
    return int(min(max(seconds.total_seconds(), 0.0), _DAY_S))


def after_success(
    state: FeedState,
    *,
    now: datetime,
    bounds: Bounds,
    new: int = 0,
    dates: Sequence[datetime] = (),
    not_modified: bool = False,
    etag: str = "",
    last_modified: str = "",
    body_hash: str = "",
    fresh_s: int = 0,
    hints: FeedHints | None = None,
    permanent_url: str = "",
) -> FeedState:
    """The state after a poll that was answered, with `new` entries that were not known before.

    `dates` are the entries' own, and count only for a first interval; `not_modified` is a 304, which keeps validators
    and hash; `hints` is None where the document was not read again.
    """
    return replace(
        state,
        etag=etag or (state.etag if not_modified else ""),
        last_modified=last_modified or (state.last_modified if not_modified else ""),
        body_hash=state.body_hash if not_modified else body_hash,
        hints=state.hints if hints is None else hints,
        fresh_s=fresh_s,
        interval_s=_interval_s(state, new, dates, now, bounds),
        polled=now,
        last_success=now,
        last_news=now if new else state.last_news,
        not_modified=state.not_modified + 1 if not_modified else 0,
        failures=0,
        error="",
        retry_after_s=0.0,
        moved_to=permanent_url,
        moved_polls=(state.moved_polls + 1 if permanent_url == state.moved_to else 1) if permanent_url else 0,
    )


def after_failure(
    state: FeedState, *, now: datetime, reason: str, retry_after_s: float = 0.0, counts: bool = True
) -> FeedState:
    """The state after a poll that failed; `counts` is false when it was our own network's doing. `http_410` ends it."""
    return replace(
        state,
        polled=now,
        failures=state.failures + counts,
        error=reason,
        retry_after_s=retry_after_s,
        ended=state.ended or reason == "http_410",
    )


def next_poll(state: FeedState, *, now: datetime, bounds: Bounds, jitter: float) -> datetime | None:
    """When to ask again, or None for a feed that has ended; `jitter` in 0..1 spreads it over a tenth more."""
    if state.ended:
        return None
    if state.error:
        delay_s = max(_backoff_s(state, bounds), min(state.retry_after_s, _DAY_S))
    else:
        delay_s = max(state.interval_s, bounds.min_s, _floor_s(state))
    due = now + timedelta(seconds=delay_s * (1 + _JITTER * jitter))
    return _past_skips(due, state.hints)


def _interval_s(state: FeedState, new: int, dates: Sequence[datetime], now: datetime, bounds: Bounds) -> float:
    if not state.interval_s:
        wanted_s = _first_interval_s(dates, now)
    else:
        wanted_s = state.interval_s / 2 if new else state.interval_s * 1.5
    return min(max(wanted_s, bounds.min_s), bounds.max_s)


def _first_interval_s(dates: Sequence[datetime], now: datetime) -> float:
    """Half the mean gap of the newest dates up to now; without dates, as short as is allowed."""
    newest = sorted((date for date in dates if date <= now), reverse=True)[:_RECENT]
    return (now - newest[-1]).total_seconds() / len(newest) / 2 if newest else 0.0


def _floor_s(state: FeedState) -> float:
    period_s = state.hints.update_period_s
    wishes = (state.fresh_s, state.hints.ttl_s, 0 if period_s == _WORDPRESS_DEFAULT_S else period_s)
    return min(max(wishes), _DAY_S)


def _backoff_s(state: FeedState, bounds: Bounds) -> float:
    """Doubled with every failure; our own outages (no failure counted) cost a feed no more than the shortest wait."""
    if not state.failures:
        return bounds.min_s
    base_s = max(state.interval_s, bounds.min_s)
    return float(min(base_s * 2 ** min(state.failures, 20), max(_DAY_S, base_s)))


def _past_skips(due: datetime, hints: FeedHints) -> datetime:
    """The first full hour from `due` on that is not to be skipped; a feed that skips them all is not believed."""
    moment = due.astimezone(UTC)
    for _ in range(7 * 24):
        if moment.hour not in hints.skip_hours and moment.weekday() not in hints.skip_days:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due
