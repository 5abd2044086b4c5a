"""From an article to its events: sign, look up, decide, fold, commit. The same for a page and for a backfill."""

from datetime import datetime

import structlog
from msgspec import Struct

from newswire.alike import is_alike
from newswire.article import Article
from newswire.decision import Decision, Merging, Relation
from newswire.event import events_of
from newswire.looks import Look, is_worth_looking
from newswire.sameness.fingerprint import sign
from newswire.sameness.match import decide
from newswire.sameness.shortlist import shortlist
from newswire.story import announced_again, fold
from storage.stories import Answer, Lease, Stories, View
from workers.errors import Permanent, Transient
from workers.outcome import Outcome, outcome_of

log = structlog.get_logger()

# Another worker may commit a neighbour between look-up and commit; five times in a row is a storm, and can wait.
MAX_RACES = 5


class Settled(Struct, frozen=True):
    """What became of an article; the decision is None when the lease was stale or it had been settled before."""

    answer: Answer
    decision: Decision | None = None


def settle(
    lease: Lease,
    article: Article,
    stories: Stories,
    *,
    feed: str,
    now: datetime,
    merging: Merging = Merging.ANY,
    look: Look | None = None,
) -> Settled:
    """Decide what an article is and commit that; the pure decision is made again when a neighbour was faster.

    `merging` is what the article's feed allows, `look` the first that may be taken at its page again. Raises Transient
    when that happens too often, and Permanent for a page that is one too many of a publisher's that look all alike;
    never in a backfill, whose texts somebody chose.
    """
    signature = sign(article)
    view = stories.candidates(signature, now)
    for _ in range(MAX_RACES):
        listed = shortlist(article, view.candidates, now, merging)
        decision = decide(article, listed, stories.texts(listed.articles), now)
        known = {candidate.story.id: candidate.story for candidate in view.candidates}
        shared_keys = _keys_known_here(article, decision, view)
        is_same_page = shared_keys > 1 and decision.relation is Relation.COPY
        outcome = outcome_of(decision, is_known_here=shared_keys > 0)
        is_unchanged = outcome is Outcome.UNCHANGED
        may_be_alike = lease.token and not is_same_page and (is_unchanged or outcome is Outcome.COPIED)
        if may_be_alike and is_alike(article, decision, known[decision.story]):
            # Nothing is written, hence nothing to race for: a printing more elsewhere would only be a copy more.
            log.warning("alike_pages", publisher=article.publisher, story=decision.story, url=article.url)
            raise Permanent("alike", article.url, f"the text of {decision.story} again")
        story = fold(known, article, decision)
        if is_unchanged:
            before = known[decision.story]
            story = before if is_same_page else announced_again(before)
        sources = stories.sources(story, decision.merges)
        told = events_of(article, decision, story, sources=sources, now=now)
        answer = stories.commit(
            lease,
            article,
            signature,
            decision,
            story,
            view,
            feed=feed,
            outcome=outcome,
            events=() if is_unchanged else told,
            now=now,
            look=look if not is_unchanged and is_worth_looking(article, decision) else None,
        )
        if isinstance(answer, Answer):
            return Settled(answer, decision if answer is Answer.DONE else None)
        view = answer
    raise Transient("lost_races", article.url, counts=False)


def _keys_known_here(article: Article, decision: Decision, view: View) -> int:
    """How many of body, address and guid its publisher gave the story before, where the article brings nothing else.

    Two are the very page: a site's RSS and Atom feeds may give one article two guids, and some announce it anew every
    hour. One is its text at another address, or its address with another title. A text to be held against, and an
    agency that no printing named, are something else.
    """
    if decision.merges or decision.face:
        return 0
    return max(
        (
            candidate.exact
            for candidate in view.candidates
            if candidate.story.id == decision.story
            and article.publisher in candidate.story.publishers
            and {mention.agency for mention in candidate.story.agencies}.issuperset(article.credit.agencies)
        ),
        default=0,
    )
