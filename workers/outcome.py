"""How an entry ends. Each is counted once; "already seen" and "not modified" are no errors."""

from enum import StrEnum

from newswire.decision import Decision, Relation


class Outcome(StrEnum):
    """The first outcome of an entry is final."""

    PUBLISHED = "published"
    COPIED = "copied"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


def outcome_of(decision: Decision, *, is_same_page: bool) -> Outcome:
    """What a decision makes of its entry; a copy that is the very page already read is no further printing."""
    if decision.relation.begins_story:
        return Outcome.PUBLISHED
    if is_same_page and decision.relation is Relation.COPY:
        return Outcome.UNCHANGED
    return Outcome.REVISED if decision.relation.revises else Outcome.COPIED
