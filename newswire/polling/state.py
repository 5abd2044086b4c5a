"""What the polls of a feed have taught so far.

Promises: every function takes values and returns values; the caller brings the clock.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from newswire.feed import FeedHints
from newswire.polling.rhythm import Rhythm, learn

# 304s in a row before one full fetch: some servers say so for ever (bizpacreview.com, seen by Media Cloud's fetcher).
_MAX_NOT_MODIFIED = 50
# A move is believed after so many sightings and so long a time, at every one of which all redirects were permanent
# (Feedbin waits for 576 in six days). A portal or a parked domain that answers for a weekend does not take a feed over.
_MOVE_SIGHTINGS = 10
_MOVE_AGE = timedelta(days=3)
# A feed ends after so many 404s in a row over so long a time: relaunches of a site are mended within days.
_MISSING_POLLS = 10
_MISSING_AGE = timedelta(days=7)
# Documents of two feeds with the very same entries, each time with another than before, until one of them is asked for
# both: two quiet feeds may hold the same entry for weeks.
_TWIN_SIGHTINGS = 3
# A feed that fails so often in a row no longer speaks for the feeds that echo it.
_FAILURES_THAT_WAKE = 3
# Enough for a parser's "line 9, column 4: undefined entity" or an address.
_DETAIL_CHARS = 200
# With more dates than that the oldest is left out: a pinned page of 2011, or a 1970 for none, would hide any silence.
_FEW_DATES = 3
# The longest pause so far fades by this with each piece of news, so that one summer's break is not remembered for ever.
_PAUSE_FADES = 0.99


class FeedState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the polls of a feed have taught so far."""

    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    hints: FeedHints = FeedHints()
    fresh_s: int = 0  # for how long the last answer was said to be fresh
    rhythm: Rhythm = Rhythm()
    polled: datetime | None = None
    last_success: datetime | None = None
    last_news: datetime | None = None
    longest_pause_s: float = 0.0  # between two pieces of news, fading
    is_silent: bool = False  # has been told of as silent, and had no news since
    not_modified: int = 0  # answers 304 in a row
    failures: int = 0  # in a row, of the feed's own making
    failing_since: datetime | None = None
    missing: int = 0  # answers 404 in a row
    error: str = ""  # the last poll's reason to fail, "" when it succeeded
    detail: str = ""  # and what was said of it besides
    retry_after_s: float = 0.0  # what the last answer asked for
    moved_to: str = ""  # where the last success said that the feed has moved for good
    moved_polls: int = 0  # how many successes in a row said so
    moved_since: datetime | None = None
    address: str = ""  # where it is asked since such a move was believed; "" for its own url
    twin: str = ""  # the feed of its publisher whose document held the very same entries
    twin_polls: int = 0  # how often that was seen, and how often nothing spoke against it since
    gaps: int = 0  # documents that shared no entry with the one before: something may have been lost between them
    surplus: int = 0  # entries beyond the cap, in all documents
    undated: int = 0  # entries of the last document without a date
    ended: bool = False  # 410 Gone, or 404 for a week: not asked any more

    @property
    def wants_whole(self) -> bool:
        """Whether the next fetch is to be made without validators.

        A 304 cannot be trusted for ever; and after a failure it proves nothing: only a document does.
        """
        return self.not_modified >= _MAX_NOT_MODIFIED or self.failures > 0

    @property
    def is_echo(self) -> bool:
        """Whether another feed of its publisher is asked for it as well; it is itself asked the seldomer."""
        return self.twin_polls >= _TWIN_SIGHTINGS

    @property
    def speaks(self) -> bool:
        """Whether it brings what its echoes would bring: it is asked as often as it has news, and answers."""
        return not self.ended and not self.is_echo and self.failures < _FAILURES_THAT_WAKE


class Answer(Struct, frozen=True, kw_only=True):
    """What a server said of a feed, whether or not with a document."""

    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    fresh_s: int = 0
    retry_after_s: float = 0.0
    not_modified: bool = False  # a 304, which keeps validators and hash
    permanent_url: str = ""  # where every redirect on the way was a permanent one


class Reading(Struct, frozen=True, kw_only=True):
    """What a document brought that was not the one of the last poll."""

    new: int = 0  # entries that were not known before
    shared: int = 0  # entries that another feed of the publisher brought before they came into this one
    dates: Sequence[datetime] = ()  # their own, of those that have one
    standing: int = 0  # entries in the document, known or not
    hints: FeedHints = FeedHints()
    undated: int = 0
    surplus: int = 0
    has_gap: bool = False  # shares no entry with the document before
    twin: str = ""  # the first feed of the publisher whose last document held the very same entries


def after_success(state: FeedState, answer: Answer, reading: Reading | None, *, now: datetime) -> FeedState:
    """The state after a poll that was answered; `reading` is None where the document was the one known already."""
    read = reading or Reading()
    state = replace(
        state,
        etag=answer.etag or (state.etag if answer.not_modified else ""),
        last_modified=answer.last_modified or (state.last_modified if answer.not_modified else ""),
        body_hash=state.body_hash if answer.not_modified else answer.body_hash,
        fresh_s=answer.fresh_s,
        retry_after_s=answer.retry_after_s,
        rhythm=learn(state.rhythm, read.dates, new=read.new, standing=read.standing, now=now),
        not_modified=state.not_modified + 1 if answer.not_modified else 0,
    )
    state = _moved(state, answer.permanent_url, now)
    if reading:
        state = _twinned(_with_news(state, reading, now), reading)
        state = replace(
            state,
            hints=reading.hints,
            gaps=state.gaps + reading.has_gap,
            surplus=state.surplus + reading.surplus,
            undated=reading.undated,
        )
    return replace(
        state, polled=now, last_success=now, failures=0, failing_since=None, missing=0, error="", detail="", ended=False
    )


def after_failure(
    state: FeedState,
    *,
    now: datetime,
    reason: str,
    detail: str = "",
    retry_after_s: float = 0.0,
    counts: bool = True,
    elsewhere: bool = False,
) -> FeedState:
    """The state after a poll that failed; `counts` is false when it was not the feed's doing.

    A feed whose new address is gone is asked at its own again. One that is gone there as well ends: at once with 410
    (RFC 9110 section 15.5.11), with 404 after a week of nothing else. A 410 from `elsewhere`, where the feed's address
    redirected to, is no more than a 404: it is said of that page.
    """
    is_missing = reason == "http_404" or (reason == "http_410" and elsewhere)
    missing = state.missing + 1 if is_missing else state.missing if not counts else 0
    state = replace(
        state,
        polled=now,
        failures=state.failures + counts,
        failing_since=state.failing_since or (now if counts else None),
        missing=missing,
        error=reason,
        detail=detail[:_DETAIL_CHARS],
        retry_after_s=retry_after_s,
    )
    is_gone = (reason == "http_410" and not elsewhere) or (
        missing >= _MISSING_POLLS and state.failing_since is not None and now - state.failing_since >= _MISSING_AGE
    )
    if state.address and reason in ("http_404", "http_410"):
        return replace(state, address="", missing=0, failing_since=None)
    return replace(state, ended=state.ended or is_gone)


def _moved(state: FeedState, permanent_url: str, now: datetime) -> FeedState:
    if not permanent_url:
        return replace(state, moved_to="", moved_polls=0, moved_since=None)
    if permanent_url != state.moved_to:
        return replace(state, moved_to=permanent_url, moved_polls=1, moved_since=now)
    polls, since = state.moved_polls + 1, state.moved_since or now
    if polls >= _MOVE_SIGHTINGS and now - since >= _MOVE_AGE:
        return replace(state, address=permanent_url, moved_to="", moved_polls=0, moved_since=None)
    return replace(state, moved_polls=polls, moved_since=since)


def _with_news(state: FeedState, reading: Reading, now: datetime) -> FeedState:
    """When it had news, and after how long a pause; a first document tells it by its dates."""
    news = reading.new + reading.shared
    if not news:
        return state
    if state.last_success is None:
        past = sorted((date for date in reading.dates if date <= now), reverse=True)
        if len(past) > _FEW_DATES:
            past.pop()
        pauses = [(later - earlier).total_seconds() for later, earlier in pairwise([now, *past])]
        return replace(state, last_news=past[0] if past else now, longest_pause_s=max(pauses, default=0.0))
    pause_s = (now - (state.last_news or now)).total_seconds()
    return replace(
        state,
        last_news=now,
        longest_pause_s=max(state.longest_pause_s * _PAUSE_FADES, pause_s),
        is_silent=False,
    )


def _twinned(state: FeedState, reading: Reading) -> FeedState:
    """How surely another feed brings all that this one brings: news that came here first is a sign against it."""
    if state.is_echo:
        if reading.new:
            return replace(state, twin="", twin_polls=0)
        return replace(state, twin_polls=state.twin_polls + (reading.shared > 0))
    if not reading.new and not reading.shared:
        return state
    if not reading.twin:
        return replace(state, twin_polls=max(state.twin_polls - 1, 0))
    polls = state.twin_polls + 1 if reading.twin == state.twin else 1
    return replace(state, twin=reading.twin, twin_polls=polls)
