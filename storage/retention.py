"""What of a stream may go: values in, values out.

An entry goes when it is older than the window and every live group has read and acknowledged it. A group that nobody
works for any more holds nothing, and nobody holds more than the most entries that a stream may have.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

# From this share of the most entries on, what a group needs is in danger: at a steady pace a fifth of the time that it
# took to fall behind is left to catch up.
ALARM_SHARE = 0.8
# Of a stream that is empty the clock tells, and that may be set back a little before the next entry comes.
TEXT_SLACK_MS = 3_600_000
# Redis takes no larger number in an id; "all of that millisecond" is how some name a place.
_LAST = 2**64 - 1


class Limits(Struct, frozen=True, kw_only=True):
    """What the settings allow."""

    window_ms: int
    idle_ms: int  # a group that nobody worked for holds no longer
    max_entries: int  # of one stream, whatever anyone has read


class Group(Struct, frozen=True, kw_only=True):
    """A group of readers on a stream. Numbers are those of the entries' `sequence`."""

    stream: str  # its key
    name: str
    consumers: int
    idle_ms: int
    position: str  # the id last delivered
    number: int  # of that entry
    lag: int  # entries appended since
    pending: int  # delivered and not acknowledged
    oldest_pending: str = ""  # its id
    oldest_pending_number: int = 0
    lost: int = 0  # trimmed before it had read or acknowledged them, ever

    @property
    def is_behind(self) -> bool:
        """Whether there is something that it has not read or not acknowledged."""
        return self.lag > 0 or self.pending > 0

    @property
    def needs(self) -> str:
        """The id from which on it needs what is there."""
        ms, number = order(self.position)
        unread = f"{ms}-{number + 1}" if number < _LAST else f"{ms + 1}-0"
        return min(self.oldest_pending or unread, unread, key=order)


class Stream(Struct, frozen=True, kw_only=True):
    """A stream of ours and its groups at one moment."""

    key: str
    now_ms: int
    entries: int  # with what others have put there
    first: str  # the id of the first entry, "" for an empty stream
    last_number: int  # of all that were ever appended
    groups: tuple[Group, ...] = ()


def order(entry_id: str) -> tuple[int, int]:
    """An entry's id as what it is ordered by: ms since 1970, and a number."""
    ms, _, number = entry_id.partition("-")
    return int(ms), int(number or 0)


def is_idle(group: Group, limits: Limits) -> bool:
    """Whether nobody works for a group that has something to do.

    One that has nothing to do may rest: on Redis 6.2 a consumer that waits for news looks idle until some come.
    """
    return group.is_behind and group.idle_ms >= limits.idle_ms


def keep_from(stream: Stream, limits: Limits) -> str:
    """The id of the first entry that must stay, as far as window and groups are concerned."""
    begun = f"{max(0, stream.now_ms - limits.window_ms)}-0"
    return min([begun, *(group.needs for group in _holding(stream, limits))], key=order)


def room(stream: Stream, group: Group, limits: Limits) -> int:
    """How many entries may still be appended before the first that the group needs has to go."""
    needed = min(group.oldest_pending_number or group.number + 1, group.number + 1)
    return max(0, limits.max_entries - (stream.last_number - needed + 1))


def held_back(stream: Stream, limits: Limits) -> tuple[Group, ...]:
    """The live groups that soon will lose something: what they need takes most of the entries that may stay."""
    most = limits.max_entries * ALARM_SHARE
    return tuple(g for g in _holding(stream, limits) if limits.max_entries - room(stream, g, limits) >= most)


def is_full(stream: Stream, limits: Limits) -> bool:
    """Whether entries go that are not as old as the window, for there are too many."""
    begun_ms = stream.now_ms - limits.window_ms
    return stream.entries >= limits.max_entries and order(stream.first)[0] > begun_ms


def texts_until_ms(streams: Iterable[Stream]) -> int:
    """Texts whose entries were appended before that time (ms since 1970) are no stream's any more."""
    oldest = (order(stream.first)[0] if stream.first else stream.now_ms for stream in streams)
    return min(oldest, default=0) - TEXT_SLACK_MS


def _holding(stream: Stream, limits: Limits) -> Iterator[Group]:
    return (group for group in stream.groups if group.is_behind and not is_idle(group, limits))
