"""What the polls of a feed have taught so far.

Promises: every function takes values and returns values; the caller brings the clock.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from newswire.feed import FeedHints
from newswire.polling.rhythm import Rhythm, learn

# 304s in a row before one full fetch: some servers say so for ever (bizpacreview.com, seen by Media Cloud's fetcher).
_MAX_NOT_MODIFIED = 50


class FeedState(Struct, frozen=True, kw_only=True):
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


def after_success(
    state: FeedState,
    *,
    now: datetime,
    new: int = 0,
    dates: Sequence[datetime] = (),
    standing: int = 0,
    not_modified: bool = False,
    etag: str = "",
    last_modified: str = "",
    body_hash: str = "",
    fresh_s: int = 0,
    hints: FeedHints | None = None,
    permanent_url: str = "",
) -> FeedState:
    """The state after a poll that was answered, with `new` entries that were not known before.

    `dates` are those of the new entries that have one, `standing` is how many entries the document has, known or not;
    `not_modified` is a 304, which keeps validators and hash; `hints` is None where the document was not read again.
    """
    return replace(
        state,
        etag=etag or (state.etag if not_modified else ""),
        last_modified=last_modified or (state.last_modified if not_modified else ""),
        body_hash=state.body_hash if not_modified else body_hash,
        hints=state.hints if hints is None else hints,
        fresh_s=fresh_s,
        rhythm=learn(state.rhythm, dates, new=new, standing=standing, now=now),
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
