"""When a page that was read is looked at again, and when no more.

Promises that a page is looked at a bounded number of times, soon at first and seldom later, and from the beginning once
its text has changed.

Of 291,666 articles of six Flemish outlets, looked at every quarter of an hour for a day, 35 % were changed, those 1.94
times on average and four in five of them once or twice (Timmerman and Bronselaer, "News in Motion"). NewsDiffs looks
every 15 minutes for three hours, every 30 for a day, then every two hours; news-please once, after six hours.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus

from msgspec import Struct
from msgspec.structs import replace

from newswire.article import Article, Verdict
from newswire.decision import Decision, Relation

# After the text was told, in seconds: slips are mended within minutes, a running story is written through within hours,
# and corrections come the next day.
AFTER_S = (600, 7200, 86_400)
# Enough for two changes, whenever they come: the third look finds each, and three find nothing more.
MOST = 9
# A page that was not found is asked for once more: a site in repair is back by then, what an editor took away is not.
MISSING = timedelta(hours=2)
# "Is likely to be permanent" (RFC 9110 section 15.5.11), and taken down by law (RFC 7725): said once is enough. Whether
# what was not found (15.5.5) is gone for ever, nobody knows.
FOR_GOOD = frozenset({HTTPStatus.GONE, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS})
NOT_THERE = FOR_GOOD | {HTTPStatus.NOT_FOUND}
# Pages of one host within six hours: two or three are taken away; more have moved to other addresses, or the host is in
# trouble. Not measured: no stream of second readings was at hand.
MOST_MISSING = 3


class LookResult(StrEnum):
    """What became of a look, as the ledger counts it."""

    UNCHANGED = "unchanged"  # the server says so, or the text is the same
    EDITED = "edited"  # changed, but not in what it says
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    UNREADABLE = "unreadable"  # a wall or a teaser stands in its place: nothing is concluded from that
    GONE = "gone"  # no page is there; where that is certain it is `withdrawn`
    FAILED = "failed"  # neither host nor network gave an answer, or robots.txt forbids it by now
    DROPPED = "dropped"  # the budget was used up: the page is not looked at any more

    @property
    def is_reread(self) -> bool:
        """Whether the page gave an answer."""
        return self not in (LookResult.GONE, LookResult.FAILED, LookResult.DROPPED)


class Look(Struct, frozen=True, kw_only=True, array_like=True):
    """A look at a page that is still to be taken."""

    article: str  # the id of the article last told of the page
    taken: int = 0  # looks, in all
    quiet: int = 0  # of them, since the text was last told
    etag: str = ""  # the page's own validators, as last sent
    last_modified: str = ""
    missing_since: int = 0  # s since 1970, of the look that did not find the page; 0 where the last one found it

    @property
    def delay_s(self) -> int | None:
        """Seconds between the look before and this one; None where there is none any more."""
        if self.missing_since:
            return int(MISSING.total_seconds())
        if self.quiet >= len(AFTER_S) or self.taken >= MOST:
            return None
        return AFTER_S[self.quiet] - (AFTER_S[self.quiet - 1] if self.quiet else 0)

    def after(self, *, etag: str, last_modified: str) -> "Look":
        """The next one, when this one told nothing new."""
        next_one = replace(self, taken=self.taken + 1, quiet=self.quiet + 1, missing_since=0)
        return replace(next_one, etag=etag, last_modified=last_modified)

    def missing(self, now: datetime) -> "Look":
        """The next one, when this one found no page."""
        since = self.missing_since or int(now.timestamp())
        return replace(self, taken=self.taken + 1, quiet=self.quiet + 1, missing_since=since)

    def anew(self, article: str, *, etag: str, last_modified: str) -> "Look":
        """The next one, when this one told `article`."""
        return Look(article=article, taken=self.taken + 1, etag=etag, last_modified=last_modified)


def gone_for_good(look: Look, status: int, now: datetime) -> str:
    """What shows that a page is there no more, by what this look was answered; "" where it may come back."""
    said = f"its page answers {status} {HTTPStatus(status).phrase}"
    if status in FOR_GOOD:
        return said
    since = timedelta(seconds=now.timestamp() - look.missing_since)
    if not look.missing_since or since < MISSING / 2:  # its feed may have hurried this look
        return ""
    return f"{said}, twice, {since / timedelta(hours=1):.0f} h apart"


def is_worth_looking(article: Article, decision: Decision) -> bool:
    """Whether an edit of the article's page would tell of its story: it begins it, or revised it.

    What a copy's publisher changes is his own. Where the feed gave more than the page, the page is not what was read.
    """
    tells = decision.relation.begins_story or decision.relation in (Relation.UPDATE, Relation.CORRECTION)
    return tells and article.verdict is Verdict.FULL
