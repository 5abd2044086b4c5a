"""What can become of an article, and the words that say why."""

from enum import StrEnum

from msgspec import Struct

BY_HAND = "by_hand"  # the rule of what somebody said
DIGEST = "digest"  # the rule of what holds pieces of two coverages
PAGE_GONE = "page_gone"  # the rule of a page that its host says is there no more


class Relation(StrEnum):
    """How an article stands to its story."""

    ORIGINAL = "original"
    COPY = "copy"
    EDITED = "edited"
    EXCERPT = "excerpt"
    EXTENDED = "extended"
    TRANSLATION = "translation"
    UPDATE = "update"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"

    @property
    def begins_story(self) -> bool:
        """Whether the article begins a story of its own: an excerpt is an edge, never a merge."""
        return self in (Relation.ORIGINAL, Relation.EXCERPT)

    @property
    def revises(self) -> bool:
        """Whether the story says something else than before."""
        return self in (Relation.UPDATE, Relation.CORRECTION, Relation.WITHDRAWAL)


class Merging(StrEnum):
    """Into which stories the articles of a feed may merge."""

    ANY = "any"
    EXACT = "exact"  # only what is word for word the same
    NEVER = "never"


class Decision(Struct, frozen=True, kw_only=True):
    """What became of an article, and why.

    `story` is the story it joins, or the id of the one it begins (relation `original`, or `excerpt`: an excerpt is an
    edge, never a merge). `against` is the id of the article whose text decided, "" for an original without a
    neighbour. `coverage` is the coverage of the story it joins or begins. `face` says that later printings are to be
    held against this text too: it was itself held against the root, and says what no face said before it. `merges` are
    further stories that the article shows to be the one it joins.
    """

    relation: Relation
    story: str
    coverage: str
    score: float  # 0 to 1
    rule: str
    against: str = ""
    evidence: tuple[str, ...] = ()  # what agreed and what did not, in short plain lines
    face: bool = False
    merges: tuple[str, ...] = ()
