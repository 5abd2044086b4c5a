"""What a host's robots.txt allows: fetched as RFC 9309 section 2.3.1 has it, and asked for one url."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from newswire import robots
from newswire.url import host_of
from storage.frontier import Item
from storage.hosts import Rules
from workers.ask import ask
from workers.bootstrap import Tools
from workers.errors import UNSENT, Busy, Moved, Permanent, Transient
from workers.fetch import Fetched

_MAX_BYTES = 2 * robots.MAX_BYTES
# RFC 9309 section 2.3.1.2: redirects are followed five times at least, across hosts too.
_MOST_HOSTS = 6


def rules_of(url: str, get: Callable[..., Fetched]) -> str:
    """The rules of a url's host, "" where it has none to give; `get` is `Fetcher.get`, or stands for it.

    Raises Transient `robots_unreachable` when the host cannot be reached or fails: then nothing may be fetched for now.
    """
    parts = urlsplit(url)
    address = f"{parts.scheme}://{parts.netloc}/robots.txt"
    try:
        fetched = get(address, max_bytes=_MAX_BYTES)
    except Permanent as error:
        if error.url == address and error.reason in UNSENT:
            raise
        return ""  # 4xx, too long, redirected in a circle or to nowhere: unavailable
    except Transient as error:
        status = error.reason.removeprefix("http_")
        if status.isdigit() and robots.allowed_by_status(int(status)):
            return ""
        raise Transient(
            "robots_unreachable", address, str(error), counts=error.counts, retry_after_s=error.retry_after_s
        ) from error
    return fetched.body[: robots.MAX_BYTES].decode("utf-8", "replace")


def gap_allowed(rules: str, url: str, user_agent: str) -> float:
    """The seconds that a host wants between two requests. Raises Permanent `robots` where it wants none of this url."""
    if not robots.may_fetch(rules, url, user_agent):
        raise Permanent("robots", url)
    return robots.crawl_delay(rules, user_agent)


def ask_rules(item: Item, known: Rules | None, tools: Tools) -> float:
    """Ask an item's host for its rules and keep them; returns for how many seconds it wants to be left alone.

    Rules that are known hold on where the host cannot give them. Raises what `rules_of` raises, and Busy when they are
    another host's to give, whose turn is not ours.
    """
    rest_s = 0.0
    try:
        rules = rules_of(item.url, partial(_across_hosts, item.host, tools))
    except Transient as error:
        if known is None:
            raise
        tools.hosts.keep_rules(item.host)
        rules, rest_s = known.text, error.retry_after_s
    else:
        tools.hosts.put_rules(item.host, rules)
    return max(robots.crawl_delay(rules, tools.settings.user_agent), rest_s)


def _across_hosts(host: str, tools: Tools, address: str, **options: Any) -> Fetched:
    """Fetch a robots.txt, also where its host sends on to others', each in its turn."""
    hop, asked = address, [host]
    try:
        return ask(hop, host, tools, **options, on_host=True)
    except Moved as moved:
        hop = moved.url
    while host_of(hop) not in asked and len(asked) < _MOST_HOSTS:
        asked.append(host_of(hop))
        with tools.frontier.turn_of(asked[-1]) as is_free:
            if not is_free:
                raise Busy(hop)
            try:
                return ask(hop, asked[-1], tools, **options, on_host=True)
            except Moved as moved:
                hop = moved.url
    raise Permanent("too_many_redirects", address)
