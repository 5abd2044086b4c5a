"""What an extraction got: a whole text, a part of it, or something that is no article at all.

Reads what the page shows and says of itself, never its address alone. Promise: a wall, which a thousand pages share,
is never taken for a story, and a short text that nothing speaks against is one: agencies send briefs of forty words.
"""

import re

from newswire.article import Verdict

# A challenge page and a consent page hold little else; an article that quotes such a phrase is longer.
WALL_WORDS = 250
CONSENT_WORDS = 450
# A paywalled page shows its first two or three paragraphs; a whole article that is marked as not free is longer.
PAYWALLED_WORDS = 150
# Shorter than this, a text is no more than its standfirst. The shortest whole brief read had 26 words.
TEASER_WORDS = 25
# With a mark of being cut ("…", "Read more") a text of so few words is a teaser.
CUT_WORDS = 90

_BOT_WALL = re.compile(
    r"just a moment|attention required! \| cloudflare|checking (?:your browser|if the site connection is secure)|"
    r"verify(?:ing)? (?:that )?"
    r"you are (?:a )?human|are you a (?:robot|human)|pardon our interruption|"
    r"access (?:to this page has been )?denied|robot check|"
    r"ddos-guard|enable javascript and cookies to continue|unusual traffic from your|"
    r"please complete the security check|"
    r"one more step|request unsuccessful\. incapsula|perimeterx|press (?:&|and) hold|vérifiez que vous êtes humain|"
    r"comprueb[ae] que (?:eres|es) humano|bestätigen sie,? dass sie (?:ein mensch|kein roboter) sind|"
    r"подтвердите, что вы не робот|"
    r"проверка браузера|请完成安全验证|you have been blocked|error 1020|403 forbidden",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"we value your privacy|before you continue(?: to)?|we and our (?:\d+ )?partners|manage (?:your )?(?:privacy|"
    r"cookie) (?:settings|choices)|"
    r"wir (?:schätzen ihre privatsphäre|und unsere (?:bis zu )?(?:\d+ )?partner)|bevor sie fortfahren|"
    r"mit werbung weiterlesen|mit werbung und cookies|"
    r"zustimmen (?:und|&) weiter|einwilligung|nous et nos (?:\d+ )?partenaires|avant de continuer|"
    r"continuer sans accepter|"
    r"nosotros y nuestros (?:\d+ )?socios|antes de (?:continuar|ir a)|valoramos (?:tu|su) privacidad|"
    r"noi e i nostri (?:\d+ )?partner|"
    r"prima di continuare|teniamo alla tua privacy|nós e os nossos (?:\d+ )?parceiros|"
    r"wij en onze (?:\d+ )?partners|voordat je verdergaat|"
    r"cenimy prywatność|my i nasi (?:\d+ )?partnerzy|zanim przejdziesz|мы и наши партнёры|accept all cookies|"
    r"yahoo is part of the yahoo family|"
    r"yahoo (?:ist teil|fait partie|forma parte|fa parte)|yahooは",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"(?:this (?:article|content|story) is|available) (?:only )?(?:for|to|"
    r"exclusively for) (?:our )?(?:paid )?subscribers|subscribe to (?:continue|read|unlock)|"
    r"to (?:continue|keep) reading,? (?:please )?(?:subscribe|log in|sign in|register)|already a subscriber|"
    r"(?:cet )?article (?:est )?réservé aux abonnés|il vous reste [\d.,]+ ?% de cet article|pour lire la suite|"
    r"déjà abonné|la suite est réservée|"
    r"(?:contenido|artículo) exclusivo para suscriptores|hazte (?:premium|suscriptor)|para seguir leyendo|"
    r"suscríbete para (?:seguir|leer)|ya eres suscriptor|"
    r"diesen artikel weiterlesen|jetzt weiterlesen|weiterlesen mit|exklusiv für abonnenten|mit .{1,12}(?:plus|"
    r"\+) weiterlesen|bereits abonnent|"
    r"(?:contenuto|articolo) riservato agli abbonati|per continuare a leggere|sei già abbonato|"
    r"exclusivo para assinantes|já é assinante|"
    r"dalsza część artykułu|dostęp dla prenumeratorów|alleen voor abonnees|verder lezen\?|только для подписчиков|"
    r"本文为付费|残り\d+文字|有料会員",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$|(?:read more|continue reading|read the full (?:story|article)|"
    r"lire la suite|leer más|seguir leyendo|weiterlesen|mehr lesen|"
    r"leggi tutto|continua a leggere|leia mais|читать далее|czytaj dalej)\W*$",
    re.IGNORECASE,
)
_CONSENT_HOST = re.compile(r"^https?://(?:consent|guce|cmp|privacy-?gate|consent-?manager)[.\w-]*\.", re.IGNORECASE)


def judge(  # noqa: PLR0911 - one return a verdict
    *,
    text: str,
    visible: str,
    title: str = "",
    url: str = "",
    is_free: bool | None = None,
    is_article: bool = False,
) -> Verdict:
    """What the extraction got.

    `text` is what was extracted, `visible` what a reader sees of the page (its first few thousand characters are
    enough), `is_free` and `is_article` what the page says of itself; `url` is where it came from after redirects.
    """
    words = count_words(text)
    around = f"{title}\n{text[:600]}\n{visible[:1500]}"
    if not visible.strip() and not text.strip():
        return Verdict.EMPTY
    if words < WALL_WORDS and _BOT_WALL.search(f"{title}\n{visible[:1500]}") and count_words(visible) < 2 * WALL_WORDS:
        return Verdict.BOT_WALL
    if _CONSENT_HOST.match(url):
        return Verdict.CONSENT
    asked = {match.group().casefold() for match in _CONSENT.finditer(around)}
    if asked and words < CONSENT_WORDS and (_CONSENT.search(text[:300]) or (len(asked) > 1 and words < TEASER_WORDS)):
        return Verdict.CONSENT
    if words < PAYWALLED_WORDS and (
        is_free is False or _PAYWALL.search(text[-400:]) or (_PAYWALL.search(visible) and words < CUT_WORDS)
    ):
        return Verdict.PAYWALL
    if words < TEASER_WORDS:
        return Verdict.TEASER if is_article and words else Verdict.NOT_ARTICLE
    if words < CUT_WORDS and _CUT.search(text):
        return Verdict.TEASER
    return Verdict.FULL


def count_words(text: str) -> int:
    """How many words a text has; in scripts without spaces two characters count as one."""
    dense = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]", text))
    return len(re.findall(r"\w+", re.sub(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+", " ", text))) + dense // 2
