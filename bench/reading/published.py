"""Whether the time of publication is right.

It is when it names the same minute as the reference. Where the reference has no zone, or the reader could say a day
only (a day, or midnight sharp, which is how a service that knows no days says one), it is when both name the same day
as they write it. No time at all is wrong. Asked of the rows whose references are hand-written parsers' (fundus) and
have a time.
"""

from datetime import date, datetime, time, timedelta


def is_right(said: str | None, reference: str) -> bool:
    """Whether what was said is the reference's time."""
    if not said:
        return False
    known = datetime.fromisoformat(reference)
    if len(said) <= len("2026-01-31"):
        return date.fromisoformat(said) == known.date()
    moment = datetime.fromisoformat(said)
    if known.tzinfo is None or moment.tzinfo is None or moment.time() == time(0):
        return known.date() == moment.date()
    return abs(moment - known) < timedelta(minutes=1)
