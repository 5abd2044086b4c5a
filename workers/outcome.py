"""How an entry ends. Each is counted once; "already seen" and "not modified" are no errors."""

from enum import StrEnum

from newswire.decision import Decision


class Outcome(StrEnum):
    """The first outcome of an entry is final."""

    PUBLISHED = "published"
    COPIED = "copied"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


def outcome_of(decision: Decision) -> Outcome:
    """What a decision makes of its entry."""
    if decision.relation.begins_story:
        return Outcome.PUBLISHED
    return Outcome.REVISED if decision.relation.revises else Outcome.COPIED
