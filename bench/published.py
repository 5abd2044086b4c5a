"""Whether the time of publication is right.

It is when it names the same minute as the reference. Where the reference has no time or no zone, or the reader could
say a day only, it is when it names the same day, in the reference's zone, else in UTC. No time at all is wrong. Asked
of the rows whose references are hand-written parsers' (fundus) and have a time.
"""

from datetime import UTC, date, datetime, timedelta


def is_right(said: str | None, reference: str) -> bool:
    """Whether what was said is the reference's time."""
    if not said:
        return False
    known = datetime.fromisoformat(reference)
    # A reference at midnight sharp without a zone is a day.
    if len(said) <= len("2026-01-31"):
        return date.fromisoformat(said) == known.date()
    moment = datetime.fromisoformat(said)
    if known.tzinfo is None or moment.tzinfo is None:
        return moment.replace(tzinfo=None).date() == known.date() or _in_utc(moment) == known.date()
    return abs(moment - known) < timedelta(minutes=1)


def _in_utc(moment: datetime) -> date:
    return moment.astimezone(UTC).date() if moment.tzinfo else moment.date()
