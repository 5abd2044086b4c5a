"""From an article to its events: sign, look up, decide, fold, commit. The same for a page and for a backfill."""

from datetime import datetime

from msgspec import Struct

from newswire.article import Article
from newswire.decision import Decision
from newswire.event import events_of
from newswire.fingerprint import sign
from newswire.match import Candidate, decide
from newswire.story import fold
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
        joined = _joined(decision, view)
        outcome = outcome_of(decision, is_same_page=joined is not None and _is_same_page(article, joined))
        if joined is not None and outcome is Outcome.UNCHANGED:
            story, events = joined.story, []
        else:
            story = fold(joined.story if joined else None, article, decision)
            sources = view.sources(story.coverage, story.id, origin_of(story))
            stream = COPIES if outcome is Outcome.COPIED else MAIN
            events = [(stream, event) for event in events_of(article, decision, story, sources=sources, now=now)]
        answer = stories.commit(
            lease,
            article,
            signature,
            decision,
            story,
            view,
            feed=feed,
            outcome=outcome,
            events=events,
            now=now,
        )
        if isinstance(answer, Answer):
            return Settled(answer, decision if answer is Answer.DONE else None)
        view = answer
    raise Transient("lost_races", article.url, counts=False)


def _joined(decision: Decision, view: View) -> Candidate | None:
    """The candidate whose story the article joins."""
    if decision.relation.begins_story:
        return None
    return next(candidate for candidate in view.candidates if candidate.story.id == decision.story)


def _is_same_page(article: Article, joined: Candidate) -> bool:
    """Whether a second entry led to a page already read: body and address are known, both, at this publisher.

    A site's RSS and Atom feeds may give one article two guids, and some announce it anew every hour.
    """
    return joined.exact > 1 and article.publisher in joined.story.publishers
