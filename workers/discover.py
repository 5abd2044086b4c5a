"""Ask an address for its feeds, as a person at a terminal wants it: now, and with every reason told.

Promises: the manners of the service. Each host's robots.txt is asked first and obeyed, its rests are kept, and nothing
inside is reached. An address that is no feed but a page leads to the feeds it names, and each of them is truly read.
"""

import time
from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct

from newswire.feed import feed_from_url
from newswire.url import host_of
from workers.allowed import gap_allowed, rules_of
from workers.errors import Permanent, WirefoldError
from workers.fetch import Fetched, Fetcher
from workers.page.alternates import feeds_named, is_page
from workers.poll import FeedDocument, parse
from workers.settings import Settings


class Reading(Struct, frozen=True, kw_only=True):
    """A feed that was fetched and read."""

    asked: str  # the address
    fetched: Fetched
    document: FeedDocument
    crawl_delay_s: float | None = None  # what robots.txt asks for between two requests; None where it was not asked

    @property
    def address(self) -> str:
        """Where it is to be followed: where it moved for good, else where it was asked."""
        return self.fetched.permanent_url or self.asked


class Asker:
    """Fetches one address after another, each host's at its own pace."""

    def __init__(self, fetcher: Fetcher, settings: Settings) -> None:
        self._fetcher = fetcher
        self._settings = settings
        self._rules: dict[str, str] = {}
        self._free_at_s: dict[str, float] = {}  # by host, on the monotonic clock

    def read(self, url: str) -> Reading:
        """The feed at an address. Raises Permanent or Transient, with a reason of `newswire.polling.reasons`."""
        fetched, crawl_delay_s = self._fetch(url)
        return _reading(url, fetched, crawl_delay_s)

    def feeds_at(self, url: str) -> tuple[Reading, ...]:
        """The feed at an address, or those that the page there names: the surest group that holds any.

        Of feeds with the same entries (a site's RSS and its Atom) the first. Raises as `read` does.
        """
        fetched, crawl_delay_s = self._fetch(url)
        try:
            return (_reading(url, fetched, crawl_delay_s),)
        except Permanent:
            if not is_page(fetched.body):
                raise
        named = feeds_named(fetched.body, fetched.url, fetched.content_type)
        failures: list[WirefoldError] = []
        for addresses in (named.declared, named.linked, named.usual):
            if found := self._all_read(addresses, failures):
                return found
        first = f": {failures[0].url} ({failures[0].reason})" if named.declared or named.linked else ""
        raise Permanent("not_a_feed", url, f"a page that names no feed which can be read{first}")

    def _all_read(self, addresses: Iterable[str], failures: list[WirefoldError]) -> tuple[Reading, ...]:
        """The feeds at these addresses; why one cannot be read joins the failures."""
        found: dict[object, Reading] = {}
        for address in addresses:
            try:
                reading = self.read(address)
            except WirefoldError as failure:
                failures.append(failure)
            else:
                found.setdefault(frozenset(entry.link for entry in reading.document.entries) or address, reading)
        return tuple(found.values())

    def _fetch(self, url: str) -> tuple[Fetched, float]:
        host = host_of(url)
        if host not in self._rules:
            self._rules[host] = rules_of(url, self._fetcher.get)
            self._rest(host, 0.0)
        crawl_delay_s = gap_allowed(self._rules[host], url, self._settings.user_agent)
        time.sleep(max(self._free_at_s.get(host, 0.0) - time.monotonic(), 0.0))
        try:
            return self._fetcher.get(url, max_bytes=self._settings.max_feed_bytes), crawl_delay_s
        finally:
            self._rest(host, crawl_delay_s)

    def _rest(self, host: str, crawl_delay_s: float) -> None:
        self._free_at_s[host] = time.monotonic() + max(self._settings.host_gap_s, crawl_delay_s)


def _reading(asked: str, fetched: Fetched, crawl_delay_s: float) -> Reading:
    now = datetime.now(UTC)
    feed = feed_from_url(fetched.permanent_url or asked)
    document = parse(fetched.body, feed=feed, url=fetched.url, content_type=fetched.content_type, now=now)
    return Reading(asked=asked, fetched=fetched, document=document, crawl_delay_s=crawl_delay_s)
