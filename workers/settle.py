"""From an article to its events: sign, look up, decide, fold, commit. The same for a page and for a backfill."""

from datetime import datetime

from msgspec import Struct

from newswire.article import Article
from newswire.decision import Decision
from newswire.event import events_of
from newswire.fingerprint import sign
from newswire.match import decide
from newswire.story import Story, fold
from storage.stories import Answer, Lease, Stories, View, origin_of
from storage.streams import COPIES, MAIN
from workers.errors import Transient
from workers.outcome import Outcome, outcome_of

# Another worker may commit a neighbour between look-up and commit; five times in a row is a storm, and can wait.
MAX_RACES = 5


class Settled(Struct, frozen=True):
    """What became of an article; the decision is None when the lease was stale or it had been settled before."""

    answer: Answer
    decision: Decision | None = None


def settle(lease: Lease, article: Article, stories: Stories, *, feed: str, now: datetime) -> Settled:
    """Decide what an article is and commit that; the pure decision is made again when a neighbour was faster.

    Raises Transient when that happens too often.
    """
    signature = sign(article)
    view = stories.candidates(signature, now)
    for _ in range(MAX_RACES):
        decision = decide(article, view.candidates, now)
        before = _story_of(decision, view)
        story = fold(before, article, decision)
        outcome = outcome_of(decision)
        sources = view.sources(story.coverage, story.id, origin_of(story))
        stream = COPIES if outcome is Outcome.COPIED else MAIN
        answer = stories.commit(
            lease,
            article,
            signature,
            decision,
            story,
            view,
            feed=feed,
            outcome=outcome,
            events=[(stream, event) for event in events_of(article, decision, story, sources=sources, now=now)],
            now=now,
        )
        if isinstance(answer, Answer):
            return Settled(answer, decision if answer is Answer.DONE else None)
        view = answer
    raise Transient("lost_races", article.url, counts=False)


def _story_of(decision: Decision, view: View) -> Story | None:
    if decision.relation.begins_story:
        return None
    return next(candidate.story for candidate in view.candidates if candidate.story.id == decision.story)
