"""What a page's markup betrays of walls and live reports: the makers' own forms, and the page's data on its access.

Promises to name a maker only by what stands on its wall, never by the script that it lays on every page; nothing that
a page may contain raises. The JSON-LD is read by pattern here: a good part of it does not parse, and what is wanted is
yes, no or a number. Sources: schema.org/LiveBlogPosting, Google's "Structured data for subscription and paywalled
content", and for the makers their documentation and public lists (EnableSecurity/wafw00f, microlinkhq/is-antibot,
duckduckgo/autoconsent).
"""

import re
from collections.abc import Iterator
from itertools import islice

import lxml.html

from newswire.verdict import Signs, count_words
from workers.page.lines import squeeze

# Inline scripts are looked at so far; a challenge's stand at their beginning, and the whole page is short.
SCRIPT_CHARS = 4000
# A larger element named for a paywall holds the article: many publishers call the paid part of a text so.
BOX_WORDS = 150
# An entry of a live report says something; a list of the latest headlines with their times does not.
UPDATE_WORDS = 25
MAX_TIMES = 120
MAX_DEPTH = 8  # how far above its time the entry is looked for

# A challenge page has few links, if any; a page with more is looked at no further.
CHALLENGE_LINKS = 40

# Parts of challenge pages: in addresses (of scripts, frames, forms, styles, refreshes), in names (ids and classes), and
# in inline scripts, all in small letters. Not: cdn-cgi/challenge-platform/…/jsd, js.datadome.co, client.perimeterx.net,
# _Incapsula_Resource?SWJIYLWA, token.awswaf.com, Kasada's p.js: they watch good pages.
_CHALLENGES = (
    (
        "Cloudflare",
        "cdn-cgi/styles/challenges /orchestrate/ cdn-cgi/l/chk_ __cf_chl_",
        """challenge-form challenge-error- challenge-running challenge-stage challenge-body- challenge-success-
        cf-browser-verification cf-please-wait cf-error-details trk_jschal""",
        "_cf_chl_opt",
    ),
    ("DataDome", "captcha-delivery.com ct.datado", "datadome-captcha", "dd={'rt' dd={'cid' captcha-delivery.com"),
    ("HUMAN", "captcha.px-cdn /captcha/px", "px-captcha", "_pxcaptcha pxcaptchasrc px-captcha"),
    (
        "Imperva",
        "_incapsula_resource?cwudnsai _incapsula_resource?swudnsai",
        "distil_r_ distilcaptcha",
        "_incapsula_resource?swudnsai reese84interrogator",
    ),
    ("Akamai", "/_sec/cp_challenge /_sec/verify", "sec-if- sec-cpt- sec-bc-", "bm-verify triggerinterstitialchallenge"),
    ("DDoS-Guard", ".well-known/ddos-guard check.ddos-guard", "ddg-captcha ddg-l10n", "ddg-l10n"),
    ("Sucuri", "cdn.sucuri.net/sucuri-firewall", "sucuri-", "sucuri_cloudproxy_js"),
    ("AWS WAF", "captcha.awswaf.com", "awswaf-captcha amzn-captcha", "gokuprops awswafcookiedomainlist"),
    ("Kasada", "/ips.js?", "kpsdk", "kpsdk"),
    ("Anubis", "/.within.website/x/", "anubis_challenge anubis_version", "anubis_challenge"),
    ("Qrator", "/__qrator/", "qrator", "__qrator"),
    ("Yandex", "/showcaptcha /checkcaptcha captcha_smart", "checkboxcaptcha advancedcaptcha", "/checkcaptcha"),
    ("SiteGround", ".well-known/sgcaptcha .well-known/captcha/", "sg-captcha", "sgchallenge"),
    ("Reblaze", "x.ac_v2", "rbz-", "window.rbzns winsocks()"),
    ("Alibaba", "_____tmd_____/punish x5secdata", "baxia-punish", "acw_sc__v2 x5secdata"),
    ("Ruishu", "", "", "$_ts=window['$_ts']"),
    ("F5", "/tspd/", "", "bobcmn"),
    ("Fastly", "/_fs-ch-", "fs-challenge", "_fs-ch-"),
    ("Vercel", ".well-known/vercel/security/", "vc-challenge", "vercel/security/"),
    ("Bunny", "/.bunny-shield/", "bunny-shield", "bunny-shield"),
)
_CAPTCHA = re.compile(
    r"\b(?:g-recaptcha|h-captcha|cf-turnstile|frc-captcha|smart-captcha|geetest|funcaptcha|mtcaptcha|altcha)\b"
)
# Elements of consent managers, by the beginnings of their ids and classes.
_CONSENT_NAME = re.compile(
    r"""(?<!\S)(?:
    onetrust | ot-(?:sdk|pc) | didomi | sp_(?:message|choice) | message-container(?!\S) | qc-cmp | usercentrics
  | uc-(?:banner|overlay|container) | cybotcookiebot | cookiebot | truste | trustarc | cmp(?:box|wrapper|root|-|(?!\S))
  | consent(?:__|(?!\S)|-(?:page|form|wall|banner|modal|layer|overlay|body|root)) | con-wizard
  | fc-(?:consent|dialog|message) | fundingchoices | iubenda | axeptio | termly | osano | cky- | cookieyes | cli-modal
  | cookie-law | cmplz | borlabs | brlbs | klaro | tarteaucitron | cc-window | gdpr | rodo(?:-|(?!\S)) | appconsent
  | sfbx
  | ez-cmp | evidon | contentpass | cp-first-layer | ppms_cm | pur-?(?:abo|layer|model|wall) | snigel | as-oil | oil-
  | privacy-?(?:wall|gate|layer|manager|modal|notice|popup) | szn-cmp | tcf- | admiral | tp-cookie
  | cookie-?(?:wall|banner|consent|notice|layer|modal|bar|popup)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Elements named for a paywall, by their ids and classes.
_PAYWALL_NAME = re.compile(
    r"""
    pay-?wall | (?<!\S)tp-(?:container|modal) | (?<!\S)piano-(?!inline-promo|id) | zephr | (?<!\S)pool-widget | poool
  | leaky[-_]paywall | reg(?:istration)?-?wall | premium-?(?:wall|gate|barrier|overlay)
  | subscri(?:ber|ption|be)s?-?(?:wall|gate|barrier|only|overlay|required)
  | meter(?:ed|ing)?-?(?:wall|gate|message)
  | (?:article|content|post|paid)-?(?:gate|barrier|lock|locked|wall|limit)\b
  | (?<!\S)barrier | evolok | (?<!\S)ev-(?:engagement|meter) | pelcro | wallkit | (?<!\S)wk- | laterpay | (?<!\S)lp_
  | steady | mepr-unauthorized | rcp_restricted | pmpro_content_message | memberships-(?:restricted|message)
  | post-upgrade-cta | offer-?wall | abo-?(?:wall|schranke) | access-?wall | login-?wall
  | abonn(?:e|é|ement)s?-?(?:wall|gate|mur) | mur-?payant | muro-?(?:de-)?pago | bezahlschranke
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LOCKED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:is-)?(?:locked|paywalled|premium-(?:article|content|locked)|paid-(?:article|content)|subscribers?-only|"
    r"plus-article|article--?(?:premium|locked|paid)|restricted-content)(?:$|\s)",
    re.IGNORECASE,
)
_TIERS = frozenset(("article:content_tier", "og:article:content_tier", "content_tier", "content-tier"))
_LIVE_NAME = re.compile(
    r"live-?(?:blog|event|ticker|text|update|report|coverage|center|post|entry|feed)|24liveblog|norkon|ncpost|tickaroo|"
    r"(?<!\S)(?:ticker-?(?:entry|item|post|message)|lb24|tik-|lb-post)|arena-post|scrbbl|minute-by-minute|minuto-a-minuto",
    re.IGNORECASE,
)
_LIVE_TYPE = re.compile(r'"@type"\s*:\s*(?:\[[^\]]{0,200})?"LiveBlogPosting"')
_ARTICLE_TYPE = re.compile(r'"@type"\s*:\s*(?:\[[^\]]{0,200})?"\w*Article"')
_PARTS = re.compile(r'"hasPart"\s*:\s*(\{[^{}]{0,600}\}|\[[^\[\]]{0,2000}\])')
_NOT_FREE = re.compile(
    r'"isAccessibleForFree"\s*:\s*"?(?:https?:\\?/\\?/schema\.org\\?/)?(?:false|no|0)\b', re.IGNORECASE
)
_SELECTOR = re.compile(r'"cssSelector"\s*:\s*(?:\[\s*)?"((?:[^"\\]|\\.){1,200})"')
_SIMPLE = re.compile(r"(?:^|[\s>+~])[\w-]*?([.#\[])([\w-]+)\S*$")
_WORD_COUNT = re.compile(r'"wordCount"\s*:\s*"?(\d{1,6})\b')


def signs_of(tree: lxml.html.HtmlElement, *, is_short: bool) -> Signs:
    """What the markup betrays; the makers' forms are looked for where the text is short enough to be a wall's."""
    data = "\n".join(script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or ""))
    is_live = bool(_LIVE_TYPE.search(data)) and ("liveBlogUpdate" in data or not _ARTICLE_TYPE.search(data))
    is_live = is_live or bool(tree.xpath("boolean(//*[contains(@itemtype, 'schema.org/LiveBlogPosting')])"))
    updates = _updates(tree)
    if not is_short:
        return Signs(is_live=is_live, updates=updates)
    declared = _WORD_COUNT.search(data)
    boxes = list(_named(tree, _PAYWALL_NAME))
    return Signs(
        challenge=_challenge(tree),
        has_captcha=bool(_CAPTCHA.search(" ".join(tree.xpath("//@class")).lower())),
        consent_text="\n".join(map(_text, _dialogs(tree)))[:8000],
        paywall_text="\n".join(text for text in map(_text, boxes) if 0 < count_words(text) < BOX_WORDS)[:3000],
        is_locked=_is_locked(tree),
        given_words=_given_words(tree, data),
        declared_words=int(declared[1]) if declared else 0,
        is_live=is_live,
        updates=updates,
    )


def _challenge(tree: lxml.html.HtmlElement) -> str:
    """The maker of the bot check whose own page this is."""
    if tree.xpath("count(//a)") > CHALLENGE_LINKS:
        return ""
    addresses = tree.xpath(
        "//script/@src | //iframe/@src | //form/@action | //link/@href | //meta[@http-equiv]/@content"
    )
    places = (
        "\n".join(addresses).lower(),
        "\n".join(tree.xpath("//@id | //@class")).lower(),
        "\n".join((script.text or "")[:SCRIPT_CHARS] for script in tree.iter("script")).lower(),
    )
    for maker, *forms in _CHALLENGES:
        if any(part in place for place, parts in zip(places, forms, strict=True) for part in parts.split()):
            return maker
    return ""


def _named(tree: lxml.html.HtmlElement, pattern: re.Pattern[str]) -> Iterator[lxml.html.HtmlElement]:
    """The outermost elements one of whose ids and classes is such a name; never the page itself."""
    found: set[lxml.html.HtmlElement] = set()
    is_such: dict[str, bool] = {}  # most elements of a page share their classes with others
    for element in tree.iter("div", "section", "aside", "form", "dialog", "article", "p", "main", "span"):
        names = f"{element.get('id') or ''} {element.get('class') or ''}"
        if names not in is_such:
            is_such[names] = bool(pattern.search(names))
        if is_such[names] and not any(one in found for one in element.iterancestors()):
            found.add(element)
            yield element


def _dialogs(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """The elements of consent managers: a page that is marked as consented to in its outermost element is none."""
    for element in _named(tree, _CONSENT_NAME):
        if not element.xpath("boolean(.//article | .//nav)"):
            yield element


def _text(element: lxml.html.HtmlElement) -> str:
    """What it shows, on one line."""
    return squeeze(" ".join(element.xpath(".//text()[not(parent::script or parent::style)]")))


def _is_locked(tree: lxml.html.HtmlElement) -> bool:
    for meta in tree.iter("meta"):
        key = str(meta.get("property") or meta.get("name") or "").lower()
        if key in _TIERS and str(meta.get("content") or "").strip().lower() in ("locked", "paid", "premium"):
            return True
    return any(
        _LOCKED_CLASS.search(element.get("class") or "") for element in tree.iter("html", "body", "main", "article")
    )


def _given_words(tree: lxml.html.HtmlElement, data: str) -> int | None:
    """The words in the parts that are marked as not free; None where none is marked."""
    selectors = [
        selector
        for part in _PARTS.findall(data)
        if _NOT_FREE.search(part)
        for listed in _SELECTOR.findall(part)
        for selector in listed.split(",")
    ]
    if not selectors:
        return None
    words = 0
    for selector in dict.fromkeys(selectors[:5]):
        simple = _SIMPLE.search(selector.strip())
        if simple is None:
            continue
        kind, name = simple.groups()
        test = {
            ".": "contains(concat(' ', normalize-space(@class), ' '), concat(' ', $name, ' '))",
            "#": "@id = $name",
            "[": "@*[name() = $name]",
        }[kind]
        outermost = f"//*[{test}][not(ancestor::*[{test}])]"
        words += sum(count_words(_text(element)) for element in tree.xpath(outermost, name=name)[:60])
    return words


def _updates(tree: lxml.html.HtmlElement) -> int:
    """How many entries of a live report there are: elements named for one, with a time and some words of their own."""
    words: dict[lxml.html.HtmlElement, int] = {}
    entries: set[lxml.html.HtmlElement] = set()
    for time in islice(tree.iter("time"), MAX_TIMES):
        for ancestor in islice(time.iterancestors(), MAX_DEPTH):
            if not _LIVE_NAME.search(f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"):
                continue
            if ancestor not in words:
                words[ancestor] = count_words(_text(ancestor))
            if words[ancestor] >= UPDATE_WORDS:
                if ancestor.xpath("count(.//time)") <= 2:
                    entries.add(ancestor)
                break
    return len(entries)
