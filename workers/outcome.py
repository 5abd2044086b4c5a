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


def outcome_of(decision: Decision, *, is_known: bool, is_back: bool) -> Outcome:
    """What a decision makes of its entry.

    What its publisher had printed before is no further printing; one that brings a story back revises it.
    """
    if decision.relation.begins_story:
        return Outcome.PUBLISHED
    if decision.relation.revises or is_back:
        return Outcome.REVISED
    return Outcome.UNCHANGED if is_known else Outcome.COPIED
