"""A feed one follows, and what its document says about when to ask it again."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from newswire.article import identity
from newswire.decision import Merging
from newswire.url import publisher_of, requestable


class Feed(Struct, frozen=True, kw_only=True):
    """A row of the catalogue."""

    id: str  # identity("f", url)
    url: str
    publisher: str  # the host of the feed's link, without "www."
    title: str = ""
    tags: tuple[str, ...] = ()
    merging: Merging = Merging.ANY


class FeedHints(Struct, frozen=True, kw_only=True):
    """What a feed's document says about when to ask again; 0 and () where it says nothing."""

    ttl_s: int = 0  # RSS 2.0 <ttl>
    update_period_s: int = 0  # sy:updatePeriod over sy:updateFrequency
    skip_hours: tuple[int, ...] = ()  # RSS <skipHours>, 0 to 23, in UTC
    skip_days: tuple[int, ...] = ()  # RSS <skipDays>, Monday is 0, in UTC


def feed_from_url(url: str, title: str = "", tags: Sequence[str] = (), merging: Merging = Merging.ANY) -> Feed:
    """A catalogue row for an address; its id is the same for every spelling of the address.

    Raises ValueError, saying what is wrong, for what is no http address or carries a password.
    """
    if "@" in urlsplit(url.strip()).netloc:
        raise ValueError("a feed's url with a user name or password in it is not supported")
    address = requestable(url)
    return Feed(
        id=identity("f", address),
        url=address,
        publisher=publisher_of(address),
        title=title,
        tags=tuple(tags),
        merging=merging,
    )
