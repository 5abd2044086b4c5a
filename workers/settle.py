"""From an article to its events: sign, look up, decide, fold, commit. The same for a page and for a backfill."""

from collections.abc import Mapping
from datetime import datetime

import structlog
from msgspec import Struct

from newswire.alike import is_alike
from newswire.article import Article
from newswire.decision import Decision, Merging, Relation
from newswire.event.envelope import BadEvent
from newswire.event.telling import check, events_of
from newswire.looks import Look, is_worth_looking
from newswire.sameness.change import REPUBLISHED, change_between
from newswire.sameness.fingerprint import sign
from newswire.sameness.kills import is_notice
from newswire.sameness.match import decide
from newswire.sameness.shortlist import shortlist
from newswire.story import Story, announced_again, brings_back, fold
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
    when that happens too often, and Permanent for what cannot be told (`bad_event`), for a page that is one too many of
    a publisher's that look all alike, and for an order to editors to use what nobody knows no more (`kill_notice`); the
    latter two never in a backfill, whose texts somebody chose.
    """
    try:
        check(article)
        return _settle(lease, article, stories, feed, now, merging, look)
    except BadEvent as error:  # nothing was written
        raise Permanent("bad_event", article.url, str(error)) from error


def _settle(
    lease: Lease, article: Article, stories: Stories, feed: str, now: datetime, merging: Merging, look: Look | None
) -> Settled:
    signature = sign(article)
    view = stories.candidates(signature, now)
    for _ in range(MAX_RACES):
        listed = shortlist(article, view.candidates, now, merging)
        texts = stories.texts(listed.articles)
        decision = decide(article, listed, texts, now)
        known = {candidate.story.id: candidate.story for candidate in view.candidates}
        is_same_page = _is_same_page(article, decision, view)
        is_again = not is_same_page and _is_printed_again(article, decision, view)
        is_back = decision.story in known and brings_back(known[decision.story], decision)
        outcome = outcome_of(decision, is_known=is_same_page or is_again, is_back=is_back)
        if lease.token:  # a backfill's texts somebody chose
            _refuse(article, decision, known, is_printing=is_again or outcome is Outcome.COPIED)
        is_unchanged = outcome is Outcome.UNCHANGED
        if is_unchanged:
            story = announced_again(known[decision.story]) if is_again else known[decision.story]
        else:
            story = fold(known, article, decision)
        sources = stories.sources(story, decision.merges)
        change = REPUBLISHED if is_back else change_between(article, texts.get(decision.against), decision.relation)
        told = events_of(article, decision, story, sources=sources, now=now, change=change)
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


def _refuse(article: Article, decision: Decision, known: Mapping[str, Story], *, is_printing: bool) -> None:
    """Raise Permanent for what is read well and is no news. Nothing is written, hence there is nothing to race for."""
    if is_printing and is_alike(article, decision, known[decision.story]):
        log.warning("alike_pages", publisher=article.publisher, story=decision.story, url=article.url)
        raise Permanent("alike", article.url, f"the text of {decision.story} again")
    if decision.relation.begins_story and is_notice(article.title, article.text):
        raise Permanent("kill_notice", article.url, "it names no text that is known")


def _is_same_page(article: Article, decision: Decision, view: View) -> bool:
    """Whether a second entry led to a page already read: body and address are known, both, at this publisher.

    A site's RSS and Atom feeds may give one article two guids, and some announce it anew every hour.
    """
    return decision.relation is Relation.COPY and _keys_known_here(article, decision, view) > 1


def _is_printed_again(article: Article, decision: Decision, view: View) -> bool:
    """Whether the publisher printed it before, at another address or under another title, and it brings nothing else.

    A text that later printings are held against, and an agency that no printing named, are something else.
    """
    if decision.face or decision.relation.begins_story or decision.relation.revises:
        return False
    story = next(one.story for one in view.candidates if one.story.id == decision.story)
    known = {mention.agency for mention in story.agencies}
    return known.issuperset(article.credit.agencies) and _keys_known_here(article, decision, view) > 0


def _keys_known_here(article: Article, decision: Decision, view: View) -> int:
    """How many of the article's body, address and guid are known in the story, where its publisher printed that.

    None where its page was gone: then it is printed again.
    """
    if decision.merges:
        return 0
    found = (one for one in view.candidates if one.story.id == decision.story)
    here = (one for one in found if article.publisher in one.story.publishers and not one.story.gone)
    return max((one.exact for one in here), default=0)
