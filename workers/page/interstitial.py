"""Pages that only send the reader on: a redirect that is written in HTML (shorteners, link counters, old portals).

Source: the HTML standard on `http-equiv=refresh`. Scripts are not run: what is sent on by a script alone stays.
"""

import re
from urllib.parse import urljoin

from newswire.aggregator import resolved
from newswire.url import canonical
from workers.errors import Moved
from workers.fetch import Fetched

# Interstitials are small; newspapers' pages, which load themselves anew every few minutes, start at 20 kB.
MAX_BYTES = 8_000
MAX_DELAY_S = 5
MAX_TEXT = 400  # characters that a reader sees: "You are being redirected"

_UNSEEN = re.compile(rb"<(noscript|script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_META = re.compile(rb"<meta\b[^>]{0,2000}>", re.IGNORECASE)
_REFRESH = re.compile(rb"""http-equiv\s*=\s*["']?\s*refresh""", re.IGNORECASE)
_CONTENT = re.compile(rb"""content\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_TARGET = re.compile(r"""\s*(\d{1,3})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?["']?\s*([^"']+)""", re.IGNORECASE)
_TAG = re.compile(rb"<[^>]*>")


def follow(fetched: Fetched) -> None:
    """Raises Moved where a page only sends on to another."""
    target = _target(fetched)
    if target:
        raise Moved(target)


def _target(fetched: Fetched) -> str:
    if len(fetched.body) > MAX_BYTES or b"refresh" not in fetched.body.lower():
        return ""
    seen = _UNSEEN.sub(b" ", fetched.body)
    if len(b" ".join(_TAG.sub(b" ", seen).split())) > MAX_TEXT:
        return ""
    metas = (meta for meta in _META.findall(seen) if _REFRESH.search(meta))
    contents = (found for meta in metas if (found := _CONTENT.search(meta)))
    for content in contents:
        target = _TARGET.match((content[1] or content[2] or b"").decode("utf-8", "replace").replace("&amp;", "&"))
        if target and int(target[1]) <= MAX_DELAY_S:
            return _other(target[2].strip(), fetched.url)
    return ""


def _other(target: str, url: str) -> str:
    """The address that is sent on to, "" where it is the page itself."""
    try:
        target = resolved(urljoin(url, target))
        return target if canonical(target) != canonical(url) else ""
    except ValueError:
        return ""
