"""What is held together, an article and a face, and what holding it found."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from newswire.article import Article
from newswire.decision import Relation
from newswire.sameness.comparable import Comparable
from newswire.sameness.twins import Agreement
from newswire.story import Face, Story


class Finding(Struct, frozen=True, kw_only=True):
    """What holding the article against one face found."""

    relation: Relation
    score: float
    rule: str
    evidence: tuple[str, ...]

    @property
    def keeps_only_sense(self) -> bool:
        """Whether it rests on what the texts say, not on the words they share."""
        return self.rule in ("translated", "reworded_brief", "same_sentences")

    @property
    def rank(self) -> tuple[int, float]:
        """How much it proves: what kept the words proves more than what kept the sense, however sure of it."""
        weak = {"translated": 0, "reworded_brief": 0, "same_sentences": 1, "same_address": 1}
        return (weak.get(self.rule, 2), self.score)


class Pair(Struct, frozen=True, kw_only=True):
    """The article and the face, parsed, and what share of each stands in the other: 0 to 1, quotations left out."""

    article: Article
    new: Comparable
    story: Story
    texts: Mapping[str, Comparable]  # of the story's faces, by the printing's id
    face: Face
    mine: float
    theirs: float
    now: datetime

    @property
    def old(self) -> Comparable:
        """The face's text."""
        return self.texts[self.face.article]

    @property
    def same_publisher(self) -> bool:
        """Whether one publisher prints both; nobody knows where none is named."""
        return self.article.publisher == self.face.publisher != ""

    @property
    def kept(self) -> float:
        """The larger of the two shares."""
        return max(self.mine, self.theirs)

    @property
    def lengths(self) -> tuple[int, int]:
        """Words of the shorter text and of the longer."""
        shorter, longer = sorted((len(self.new.words), len(self.old.words)))
        return shorter, longer


def percent(share: float) -> str:
    """A share for people."""
    return f"{100 * share:.0f} %"


def figures(agreed: Agreement) -> tuple[str, ...]:
    """What agrees and what does not, for people."""
    lines = [f"{agreed.numbers_kept} figures agree"] if agreed.numbers_kept else []
    if agreed.numbers_changed:
        lines.append("changed figures: " + ", ".join(agreed.numbers_changed[:5]))
    if agreed.names_changed:
        lines.append("changed names: " + ", ".join(agreed.names_changed[:5]))
    return tuple(lines)
