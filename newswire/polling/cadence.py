"""When to ask a feed again.

Promises: every function takes values and returns values; the caller brings the clock and the jitter. A feed is asked
where its rhythm lets news expect (newswire.polling.price), and never earlier than its publisher allows, as far as that
is within a day.
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from newswire.feed import FeedHints
from newswire.polling.price import Bounds, wait_s
from newswire.polling.state import FeedState

# No publisher's wish and no backoff keeps a feed unasked for longer (Media Cloud caps at a day as well).
_DAY_S = 86_400.0
# WordPress writes sy:updatePeriod hourly, sy:updateFrequency 1 into every feed unless told otherwise: nobody's wish.
_WORDPRESS_DEFAULT_S = 3600
_JITTER = 0.1


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


def next_poll(state: FeedState, *, now: datetime, bounds: Bounds, jitter: float) -> datetime | None:
    """When to ask again, or None for a feed that has ended; `jitter` in 0..1 spreads it over a tenth more."""
    if state.ended:
        return None
    if state.error:
        delay_s = max(_backoff_s(state, now, bounds), min(state.retry_after_s, _DAY_S))
    else:
        delay_s = wait_s(state.rhythm, now.timestamp(), bounds)
        if state.is_echo:  # the surer, the seldomer
            delay_s = max(delay_s, min(delay_s * state.twin_polls, _DAY_S))
        delay_s = max(delay_s, _floor_s(state))
    due = now + timedelta(seconds=delay_s * (1 + _JITTER * jitter))
    return _past_skips(due, state.hints)


def _floor_s(state: FeedState) -> float:
    period_s = state.hints.update_period_s
    wishes = (
        state.fresh_s,
        state.retry_after_s,
        state.hints.ttl_s,
        0 if period_s == _WORDPRESS_DEFAULT_S else period_s,
    )
    return min(max(wishes), _DAY_S)


def _backoff_s(state: FeedState, now: datetime, bounds: Bounds) -> float:
    """Doubled with every failure; our own outages (no failure counted) cost a feed no more than the shortest wait."""
    if not state.failures:
        return bounds.min_s
    base_s = wait_s(state.rhythm, now.timestamp(), bounds)
    return float(min(base_s * 2 ** min(state.failures, 20), max(_DAY_S, base_s)))


def _past_skips(due: datetime, hints: FeedHints) -> datetime:
    """The first full hour from `due` on that is not to be skipped; a feed that skips them all is not believed."""
    moment = due.astimezone(UTC)
    for _ in range(7 * 24):
        if moment.hour not in hints.skip_hours and moment.weekday() not in hints.skip_days:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due
