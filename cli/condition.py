"""How a feed is, in words."""

from collections.abc import Iterator
from datetime import datetime

from newswire.polling.health import Condition, Health
from newswire.polling.reasons import in_words
from newswire.polling.state import FeedState


def described(health: Health, state: FeedState, twin: str, now: datetime) -> str:
    """What somebody should know who looks after the feed; `twin` is the address of the feed that it echoes."""
    return "; ".join([_first(health, state, now), *_remarks(health, state, twin)])


def _first(health: Health, state: FeedState, now: datetime) -> str:
    said = f"last news {_ago(state.last_news, now)}"
    match health.condition:
        case Condition.NEW:
            said = "not polled yet"
        case Condition.DEAD:
            said = f"not asked any more: {_why(state)}"
        case Condition.FAILING:
            times = f", {state.failures} in a row, the first {_ago(state.failing_since, now)}" if state.failures else ""
            said = f"{_why(state)}{times}; last read {_ago(state.last_success, now)}"
        case Condition.SILENT if state.longest_pause_s:
            said += f", longest pause before {span(state.longest_pause_s)}"
        case Condition.UNREAD:
            said = _unread(health)
        case Condition.UNUSUAL:
            direction = "more" if health.deviation > 0 else "fewer"
            said = f"yesterday's news {abs(health.deviation):.1f} standard deviations {direction} than usual"
    return said


def _remarks(health: Health, state: FeedState, twin: str) -> Iterator[str]:
    if state.is_echo:
        yield f"asked less often, as {twin} has the same entries"
    if state.address:
        yield f"asked at {state.address}, where it has moved"
    elif state.moved_to:
        yield f"says that it has moved to {state.moved_to} ({state.moved_polls} sightings)"
    if state.gaps:
        yield f"{_count(state.gaps, 'gap')} between polls, where entries may be lost"
    if state.surplus:
        yield f"{_count(state.surplus, 'entry')} beyond the most that are read"
    if state.undated:
        yield f"{_count(state.undated, 'entry')} without a date"
    if health.unread and health.condition is not Condition.UNREAD:
        yield _unread(health)


def _unread(health: Health) -> str:
    mostly = ", most of them" if health.unread > 1 else ""
    return f"{_count(health.unread, 'page')} not read{mostly}: {health.worst}"


def _count(number: int, thing: str) -> str:
    if number == 1:
        return f"1 {thing}"
    return f"{number} {thing.removesuffix('y') + 'ies' if thing.endswith('y') else thing + 's'}"


def _why(state: FeedState) -> str:
    return in_words(state.error) + (f" ({state.detail})" if state.detail else "")


def _ago(moment: datetime | None, now: datetime) -> str:
    return f"{span((now - moment).total_seconds())} ago" if moment else "never"


def span(seconds: float) -> str:
    """A time in the largest unit of which it is two at least."""
    for size, name in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {name}"
    return f"{seconds:.0f} seconds"
