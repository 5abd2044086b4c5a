"""What a host's robots.txt allows: fetched as RFC 9309 section 2.3.1 has it, and asked for one url."""

from collections.abc import Callable
from urllib.parse import urlsplit

from newswire import robots
from workers.errors import UNSENT, Permanent, Transient
from workers.fetch import Fetched

_MAX_BYTES = 2 * robots.MAX_BYTES


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
