"""Why two articles are one story, or are not: what the matcher finds between them, and why it finds nothing.

Promises to ask the matcher itself. Knows nothing of their stories' other printings: the service may hold two articles
as one through those.
"""

from enum import StrEnum

from msgspec import Struct

from newswire.article import Article
from newswire.decision import Decision, Relation
from newswire.sameness.comparable import comparable, contained
from newswire.sameness.finding import Pair
from newswire.sameness.fingerprint import sign
from newswire.sameness.gates import Reason, no_coverage, refusals
from newswire.sameness.match import decide
from newswire.sameness.passages import Passage, side_by_side
from newswire.sameness.shortlist import Candidate, shortlist
from newswire.story import Story, fold


class Sameness(StrEnum):
    """What two articles are to each other."""

    STORY = "story"
    COVERAGE = "coverage"  # two stories about one happening
    NEITHER = "neither"


class Explanation(Struct, frozen=True, kw_only=True):
    """What holding the later of two articles against the earlier finds, as if there were no others."""

    same: Sameness
    earlier: str  # the articles' ids
    later: str
    relation: Relation  # how the later stands to the earlier; `original` where it is another story
    rule: str
    score: float  # 0 to 1
    evidence: tuple[str, ...]
    reasons: tuple[Reason, ...]  # why they are not one story, and where they are not, not one coverage
    passages: tuple[Passage, ...]


def explain(one: Article, other: Article) -> Explanation:
    """Hold the later of two articles against the earlier, as of the time when the later was read."""
    earlier, later = sorted((one, other), key=lambda article: (article.fetched, article.first_seen, article.id))
    new, old = comparable(later), comparable(earlier)
    now = later.fetched
    story = _begun(earlier)
    candidate = _found(story, later, earlier)
    texts = {earlier.id: old}
    decision = decide(later, shortlist(later, [candidate], now), texts, now)
    pair = Pair(
        article=later,
        new=new,
        story=story,
        texts=texts,
        face=story.root,
        mine=contained(new, old) if candidate.shares_text else 0.0,
        theirs=contained(old, new) if candidate.shares_text else 0.0,
        now=now,
    )
    same = _sameness(decision, story)
    return Explanation(
        same=same,
        earlier=earlier.id,
        later=later.id,
        relation=decision.relation,
        rule=decision.rule,
        score=decision.score,
        evidence=decision.evidence,
        reasons=_reasons(pair, decision, same, shares_text=candidate.shares_text),
        passages=side_by_side(new, old, is_one=same is Sameness.STORY),
    )


def _sameness(decision: Decision, story: Story) -> Sameness:
    if not decision.relation.begins_story:
        return Sameness.STORY
    return Sameness.COVERAGE if decision.coverage == story.coverage else Sameness.NEITHER


def _reasons(pair: Pair, decision: Decision, same: Sameness, *, shares_text: bool) -> tuple[Reason, ...]:
    if same is Sameness.STORY:
        return ()
    embedded = Reason("embedded", "one holds a piece of the other among other things: linked, and no printing of it")
    if decision.relation is not Relation.EXCERPT:
        reasons = refusals(pair, shares_text=shares_text)
    elif decision.rule == "block":
        reasons = (*refusals(pair, shares_text=shares_text), embedded)
    else:
        reasons = (embedded,)
    return reasons if same is Sameness.COVERAGE else (*reasons, *no_coverage(pair))


def _begun(article: Article) -> Story:
    """The story that the article begins where nothing is known yet."""
    nothing = shortlist(article, (), article.fetched)
    return fold({}, article, decide(article, nothing, {}, article.fetched))


def _found(story: Story, later: Article, earlier: Article) -> Candidate:
    """The earlier article's story as the index would find it."""
    mine, theirs = sign(later), sign(earlier)
    return Candidate(
        story=story,
        exact=len(set(mine.exact) & set(theirs.exact)),
        shingles=len(set(mine.shingles) & set(theirs.shingles)),
        anchors=float(len(set(mine.anchors) & set(theirs.anchors))),
    )
