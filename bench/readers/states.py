"""What a reader knows who keeps each story's state: from events alone, or from a snapshot and the events after. Pure.

Idempotent by the story's revision: an event that tells less than is known changes nothing.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec


class State(NamedTuple):
    """A story as it stands."""

    revision: int
    title: str
    withdrawn: bool


class Facts(NamedTuple):
    """What an event says of stories: their states, and the ids that stand for another from now on."""

    stories: dict[str, State]
    merged: tuple[str, ...]


States = dict[str, State]


def facts_of(data: dict[str, Any]) -> Facts:
    """What an event's `data` says; a line of a snapshot says it alike."""
    views = [data[name] for name in ("out_of", "story") if name in data]
    stories = {view["id"]: State(view["revision"], view["title"], view["withdrawn"]) for view in views}
    return Facts(stories, tuple(data.get("merged", ())))


def apply(states: States, facts: Facts) -> None:
    """Move on by one event."""
    for story, state in facts.stories.items():
        if story not in states or states[story].revision <= state.revision:
            states[story] = state
    for story in facts.merged:
        states.pop(story, None)


def written(facts: Facts) -> str:
    """Facts as a ledger takes them."""
    return msgspec.json.encode(facts).decode()


def states_of(lines: Iterable[str], states: States | None = None) -> States:
    """The states after events, whose facts are given as they were written."""
    states = dict(states or {})
    decoder = msgspec.json.Decoder(Facts)
    for line in lines:
        apply(states, decoder.decode(line))
    return states


def snapshot_of(lines: Iterable[bytes]) -> tuple[str, States]:
    """A snapshot: the entry after which one reads on, and the states. Raises ValueError for one that was cut off."""
    rows: Iterator[dict[str, Any]] = map(msgspec.json.decode, lines)
    read_on_from = next(rows)["snapshot"]["read_on_from"]
    states: States = {}
    for row in rows:
        if "end" in row:
            return read_on_from, states
        apply(states, facts_of(row))
    raise ValueError("the snapshot has no end")


def differing(one: States, other: States) -> int:
    """How many stories only one of them knows, or they know differently."""
    return sum(one.get(story) != other.get(story) for story in one.keys() | other.keys())
