"""One page, one address: the canonical link, and whose it is.

Promises: `canonical` is idempotent, and two addresses that it makes equal name the same page. It rather keeps two
addresses of one page apart than takes two pages for one: parameters such as `ref`, `id` or `mod`, which carry meaning
somewhere, stay. Ignored on purpose: http against https, `www.`, a closing slash, the order of the parameters.

Sources: RFC 3986 section 6 (normal forms), WHATWG URL (blanks, backslashes), IDNA 2003 as the standard library has it.
"""

import re
from ipaddress import IPv6Address
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}

# Names that say only how a reader came. A name that ends in `*` stands for all that begin so.
_TRACKING = {
    "utm_*": "Google Analytics, Urchin",
    "_ga": "Google Analytics, across domains",
    "_gl": "Google Analytics, across domains",
    "gclid": "Google Ads",
    "gclsrc": "Google Ads",
    "dclid": "Google Campaign Manager",
    "gbraid": "Google Ads on iOS",
    "wbraid": "Google Ads on iOS",
    "fbclid": "Meta",
    "fb_action_ids": "Meta",
    "fb_action_types": "Meta",
    "igshid": "Instagram",
    "msclkid": "Microsoft Advertising",
    "twclid": "X",
    "__twitter_impression": "X",
    "ttclid": "TikTok",
    "li_fat_id": "LinkedIn",
    "yclid": "Yandex Direct",
    "ysclid": "Yandex Search",
    "_openstat": "Openstat",
    "mc_cid": "Mailchimp",
    "mc_eid": "Mailchimp",
    "_hsenc": "HubSpot",
    "_hsmi": "HubSpot",
    "hsctatracking": "HubSpot",
    "mkt_tok": "Marketo",
    "vero_id": "Vero",
    "vero_conv": "Vero",
    "oly_enc_id": "Omeda",
    "oly_anon_id": "Omeda",
    "pk_campaign": "Matomo, once Piwik",
    "pk_kwd": "Matomo, once Piwik",
    "pk_source": "Matomo, once Piwik",
    "pk_medium": "Matomo, once Piwik",
    "mtm_*": "Matomo",
    "matomo_*": "Matomo",
    "xtor": "AT Internet: lemonde.fr, bbc.com",
    "at_medium": "Piano, once AT Internet: bbc.com feeds",
    "at_campaign": "Piano, once AT Internet: bbc.com feeds",
    "at_custom1": "Piano, once AT Internet",
    "at_custom2": "Piano, once AT Internet",
    "at_custom3": "Piano, once AT Internet",
    "at_custom4": "Piano, once AT Internet",
    "ns_mchannel": "Comscore: dailymail.co.uk feeds",
    "ns_campaign": "Comscore",
    "ns_source": "Comscore",
    "ns_linkname": "Comscore",
    "ns_fee": "Comscore",
    "wt_mc": "Mapp, once Webtrekk: German publishers",
    "wt_zmc": "Mapp, once Webtrekk: zeit.de",
    "wt.mc_id": "Webtrends",
    "s_cid": "Adobe Analytics",
    "s_kwcid": "Adobe Advertising",
    "ftcamp": "ft.com feeds",
    "maca": "dw.com feeds",
    "mbid": "Condé Nast feeds",
    "traffic_source": "aljazeera.com feeds",
    "wprss": "washingtonpost.com feeds",
    "smid": "nytimes.com share links",
    "guccounter": "Yahoo's consent hop",
    "guce_referrer": "Yahoo's consent hop",
    "guce_referrer_sig": "Yahoo's consent hop",
}
_TRACKING_NAMES = frozenset(name for name in _TRACKING if not name.endswith("*"))
_TRACKING_PREFIXES = tuple(name[:-1] for name in _TRACKING if name.endswith("*"))

# Second-level labels under which registries sell names: example.co.uk, example.com.br, example.or.jp, example.gob.mx.
_REGISTRY_LABELS = frozenset(
    "ac biz co com edu gen go gob gouv gov gv info jor ne net nom or org sch tv web".split()  # noqa: SIM905 - words
)
# Hosts that give each customer a name of his own and carry news; most stand in publicsuffix.org's private part.
_HOSTERS = frozenset(
    """
    altervista.org beehiiv.com ghost.io github.io gitlab.io hatenablog.com livejournal.com medium.com netlify.app
    over-blog.com pages.dev substack.com tumblr.com typepad.com vercel.app weebly.com wixsite.com wordpress.com
    """.split()  # noqa: SIM905 - words
)

_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")  # RFC 1035 section 2.3.4; `_` is seen in the wild
_BLANKS = "".join(map(chr, range(0x21)))  # WHATWG URL: C0 controls and space, around the address
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")  # RFC 3986 section 2.3
_PATH_SAFE = "/:@!$&'()*+,;=~%"
_QUERY_SAFE = _PATH_SAFE + "?"
_MAX_CHARS = (
    2000  # the longest that RFC 9110 section 4.1 asks for is 8,000; feeds with longer ones carry data, not links
)


class _Address(NamedTuple):
    scheme: str
    host: str
    port: int  # 0 where it is the scheme's own
    path: str
    query: str


def canonical(url: str) -> str:
    """The one spelling of a page's address.

    Lower-case scheme and host, no default port, user, fragment or tracking parameter, dot segments resolved, escapes in
    their normal form; the other parameters in their order. Raises ValueError, which says what is wrong, when the url is
    not an absolute http or https address.

    >>> canonical("HTTP://News.Example:80/a/../b?id=7&utm_source=rss#top")
    'http://news.example/b?id=7'
    >>> canonical("http://news.example/b?id=7") == canonical("http://news.example/b?id=8")
    False
    """
    address = _parse(url)
    kept = [part for part in address.query.split("&") if part and not _is_tracking(part)]
    return _spell(address._replace(query="&".join(kept)))


def requestable(url: str) -> str:
    """The url as it may be sent: `canonical`, but with every parameter that it had. Raises ValueError as it does."""
    return _spell(_parse(url))


def publisher_of(url: str) -> str:
    """Whose page it is: the host in ASCII, without `www.`. Raises ValueError for what is no address."""
    return _parse(url).host.removeprefix("www.")


def host_of(url: str) -> str:
    """The key of one politeness budget: the host, with its port where that is not the scheme's own."""
    address = _parse(url)
    return _netloc(address)


def same_site(a: str, b: str) -> bool:
    """Whether two addresses belong to one registered domain, so that one of them may speak for the other."""
    return site_of(_parse(a).host) == site_of(_parse(b).host)


def site_of(host: str) -> str:
    """The registered domain of a host in ASCII, or the customer's name at a hoster.

    A short rule in place of the Public Suffix List: two labels, or three under a registry's own label, and one more
    at a hoster. Where the rule is wrong it says no more than that two neighbours are one site.

    >>> site_of("sport.paper.example"), site_of("sport.paper.co.uk"), site_of("sport.paper.blogspot.com")
    ('paper.example', 'paper.co.uk', 'paper.blogspot.com')
    """
    labels = host.split(".")
    if host.startswith("[") or labels[-1].isdigit():
        return host
    under_registry = len(labels) > 2 and labels[-2] in _REGISTRY_LABELS and len(labels[-1]) == 2
    own = labels[-3:] if under_registry else labels[-2:]
    is_hosters = ".".join(own) in _HOSTERS or own[0] == "blogspot"  # Blogger is also at blogspot.de, blogspot.com.br …
    return ".".join(labels[-len(own) - is_hosters :])


def _parse(url: str) -> _Address:
    text = re.sub(r"[\t\r\n]", "", url.strip(_BLANKS))
    text = re.sub(r"^[^?#]+", lambda match: match[0].replace("\\", "/"), text)  # as browsers do
    if len(text) > _MAX_CHARS:
        raise ValueError(f"a url of {len(text)} characters, more than {_MAX_CHARS}")
    try:
        split = urlsplit(text)
        port = split.port or 0
        text.encode("utf-8")
    except ValueError as error:
        raise ValueError(f"not a url: {_shown(text)}: {error}") from error
    if split.scheme not in _DEFAULT_PORTS:
        raise ValueError(f"not an http or https url: {_shown(text)}")
    return _Address(
        scheme=split.scheme,
        host=_host(split, text),
        port=0 if port == _DEFAULT_PORTS[split.scheme] else port,
        path=_resolved(_escaped(split.path, _PATH_SAFE)),
        query=_escaped(split.query, _QUERY_SAFE),
    )


def _host(split: SplitResult, text: str) -> str:
    host = (split.hostname or "").removesuffix(".")
    if "[" in split.netloc:
        try:
            return f"[{IPv6Address(host)}]"
        except ValueError as error:
            raise ValueError(f"not a host: {_shown(text)}: {error}") from error
    try:
        ascii_host = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise ValueError(f"not a host: {_shown(text)}: {error}") from error
    if len(ascii_host) > 253 or not all(map(_LABEL.fullmatch, ascii_host.split("."))):
        raise ValueError(f"not a host: {_shown(text)}")
    return ascii_host


def _escaped(text: str, safe: str) -> str:
    """Escapes in upper case, only where they are needed, and everywhere they are needed."""
    lone = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    plain = _ESCAPE.sub(lambda match: _unescaped(match[1]), lone)
    return quote(plain, safe=safe)


def _unescaped(digits: str) -> str:
    char = chr(int(digits, 16))
    return char if char in _UNRESERVED else "%" + digits.upper()


def _resolved(path: str) -> str:
    """RFC 3986 section 5.2.4, for a path that is absolute or empty."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _is_tracking(parameter: str) -> bool:
    name = unquote(parameter.partition("=")[0]).lower()
    return name in _TRACKING_NAMES or name.startswith(_TRACKING_PREFIXES)


def _netloc(address: _Address) -> str:
    return f"{address.host}:{address.port}" if address.port else address.host


def _spell(address: _Address) -> str:
    return urlunsplit((address.scheme, _netloc(address), address.path, address.query, ""))


def _shown(text: str) -> str:
    return repr(text[:200])
