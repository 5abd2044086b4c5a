"""What a site's robots.txt allows.

Promises: a decision from the file's text alone; whoever fetches it says with `allowed_by_status` what no file means.
At most 500 KiB are read, as RFC 9309 section 2.5 asks; what stands beyond is not looked at.
"""

from functools import lru_cache

from protego import Protego

MAX_BYTES = 500 * 1024
# A site that wants more than this between two requests would get its news fetched tomorrow; StormCrawler caps at 120 s.
_MAX_CRAWL_DELAY_S = 120.0


def may_fetch(robots_txt: str, url: str, user_agent: str) -> bool:
    """Whether the rules for this user agent (a product name, as `Wirefold/1`) let it fetch the url (RFC 9309)."""
    return bool(_rules(robots_txt[:MAX_BYTES]).can_fetch(url, _product(user_agent)))


def crawl_delay(robots_txt: str, user_agent: str) -> float:
    """The seconds that the site wants between two requests, 0 where it says nothing, at most 120."""
    delay_s = _rules(robots_txt[:MAX_BYTES]).crawl_delay(_product(user_agent)) or 0.0
    return min(max(float(delay_s), 0.0), _MAX_CRAWL_DELAY_S) if delay_s == delay_s else 0.0  # noqa: PLR0124 - NaN


def allowed_by_status(status: int) -> bool | None:
    """What a robots.txt's status alone decides (RFC 9309 section 2.3.1): True, False for now, None: read the file.

    0 stands for a host that could not be reached.
    """
    if 200 <= status < 300:
        return None
    return 400 <= status < 500 and status != 429


# One host's rules are asked for page after page; parsing 500 KiB takes longer than a fetch.
@lru_cache(maxsize=64)
def _rules(robots_txt: str) -> Protego:
    return Protego.parse(robots_txt)


def _product(user_agent: str) -> str:
    return user_agent.partition("/")[0].strip()
