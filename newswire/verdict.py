"""What an extraction got: a whole text, a part of it, or something that is no article at all.

Reads what the page shows and says of itself, never its address alone: its words (newswire.walls), its own data, and the
makers' forms in its markup (`Signs`, found by workers.page.signs). Promise: a wall, which a thousand pages share, is
never taken for a story, and a short text that nothing speaks against is one: agencies send briefs of forty words. No
script of a maker and no phrase decides alone: a consent manager and a paywall's script stand on most good pages, and
an article may quote every phrase. They weigh where the text is short, and where they stand in its place.
"""

import re

from msgspec import Struct

from newswire.article import Verdict
from newswire.walls import (
    ASKING,
    BOT,
    BOT_WEAK,
    CONSENT,
    CONSENT_TERMS,
    MACHINERY,
    MISSING,
    PAYWALL,
    PAYWALL_WEAK,
    folded,
    said,
    says,
)

# A text of so many words is no wall's: the longest consent page read has 430. Nothing else is asked of it.
LONG_WORDS = 450
# A challenge page holds little else: the longest of the makers' forms, HUMAN's with its help text, has 150 words.
CHALLENGE_WORDS = 250
# So many phrases at least say it in its own voice; an article on consent may come upon one.
CONSENT_PHRASES = 2
# What a consent page may hold beside the sentences of consent: menus, a claim, the prices of the other way in.
BESIDE_CONSENT_WORDS = 40
BESIDE_CONSENT = 0.4
# A paywalled page shows its first paragraphs. Where it says nothing but that it is not free, a text of so many words is
# whole as a rule; where it also asks for a subscription right under the text, or breaks off, it is whole from here on.
PAYWALLED_WORDS = 150
PREVIEW_WORDS = 250
CUT_PREVIEW_WORDS = 350
# Text in the part that a page marks as paid: what is there was not kept back.
GIVEN_WORDS = 40
# Shorter than this, a text is no more than its standfirst. The shortest whole brief read had 26 words.
TEASER_WORDS = 25
# With a mark of being cut ("…", "Read more") a text of so few words is a teaser.
CUT_WORDS = 90
# Updates of a live report that bear a time each; a chronology of a day in an article has fewer, or no "live" over it.
LIVE_UPDATES = 4
LIVE_LINES = 6
# How far from its beginning a text is read for the words of consent, with its end, where the buttons are.
HEAD_CHARS = 900
# How far before its end a text, and how far below it the page, is read for the words of a paywall.
TAIL_CHARS = 400
BELOW_CHARS = 400

_CUT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\))\s*$|(?:read more|continue reading|keep reading|"
    r"read (?:the )?(?:full|whole|rest of (?:the|this)) (?:story|article)|full story|more on this story|"
    r"lire la suite|lire l['’]article|en savoir plus|leer más|seguir leyendo|leer la nota completa|weiterlesen|"
    r"mehr lesen|zum artikel|den ganzen artikel lesen|leggi tutto|continua a leggere|leggi l['’]articolo|leia mais|"
    r"continue lendo|ler mais|lees (?:meer|verder)|читать далее|читать полностью|читати далі|"
    r"czytaj (?:dalej|więcej|całość)|"
    r"続きを読む|続きはこちら|阅读全文|查看全文|閱讀全文|devamını oku|devamı için tıklayın|"
    r"اقرأ المزيد|διαβάστε περισσότερα|läs mer|læs mere|les mer|lue lisää|číst dál|celý článek|더 ?보기)\W*$",
    re.IGNORECASE,
)
# A paragraph that breaks off: a letter or a comma is its last character.
_BROKEN_OFF = re.compile(r"^.{80,}(?:[^\W\d_]|,)\s*$")
_QUOTED = re.compile(r"“[^“”]{3,300}”|\"[^\"\n]{3,300}\"|«[^«»]{3,300}»|„[^„“”]{3,300}[“”]|「[^「」]{3,300}」")
_SENTENCE = re.compile(r"(?<=[.!?…。！？؟])\s*|\n")
_CONSENT_PLACE = re.compile(
    r"^https?://(?:consent|guce|cmp|cmpv?\d|privacy-?gate|consent-?manager|myprivacy|cookie-?wall)[.\w-]*\.|"
    r"^https?://[^/?#]+/(?:[^?#]*/)?(?:collectconsent|privacy-?(?:gate|wall)|cookie-?(?:wall|consent)|consent-?(?:gate|"
    r"wall)|nastaveni-souhlasu)(?:[/?#.]|$)",
    re.IGNORECASE,
)
_CHALLENGE_PLACE = re.compile(
    r"^https?://[^/?#]+/(?:[^?#]*/)?(?:showcaptcha|checkcaptcha|sgcaptcha|cdn-cgi/challenge|_sec/cp_challenge|"
    r"__qrator/|xpvnsulc|validate\.perfdrive\.com)",
    re.IGNORECASE,
)
_CLOCK_LINE = re.compile(r"^\W{0,3}(?:[01]?\d|2[0-3])(?:[:.h]| h )[0-5]\d\b")
_LIVE_TITLE = re.compile(
    r"\blive\b|live-?(?:blog|ticker)|\bticker\b|en direct\b|en vivo\b|en directo\b|minuto a minuto|\bdiretta\b|ao vivo|"
    r"na żywo|relacja|онлайн|прямая трансляция|наживо|canlı|速報|直播|实况|مباشر|ζωντανά|suora lähetys|direkte",
    re.IGNORECASE,
)


class Signs(Struct, frozen=True, kw_only=True):
    """What a page's markup betrays; each part empty where it is silent. Found by workers.page.signs."""

    challenge: str = ""  # the maker of a bot check whose own page's parts stand in it
    has_captcha: bool = False
    consent_text: str = ""  # what stands inside the elements of consent managers
    paywall_text: str = ""  # what stands inside small elements named for a paywall
    is_locked: bool = False  # says so itself, beside `is_free`: a content tier, a class of its article
    given_words: int | None = None  # in the parts that its JSON-LD marks as not free; None where it marks none
    declared_words: int = 0  # its JSON-LD's wordCount
    is_live: bool = False  # its own data is a LiveBlogPosting's
    updates: int = 0  # entries of a live report, each with a time of its own


NO_SIGNS = Signs()


def judge(  # noqa: PLR0911 - one return a verdict
    *,
    text: str,
    visible: str,
    title: str = "",
    url: str = "",
    is_free: bool | None = None,
    is_article: bool = False,
    signs: Signs = NO_SIGNS,
) -> Verdict:
    """What the extraction got.

    `text` is what was extracted, `visible` what a reader sees of the page, from its top to well below the text (its
    first twenty thousand characters are enough), `is_free`, `is_article` and `signs` what the page says of itself;
    `url` is where it came from after redirects.
    """
    if not visible.strip() and not text.strip():
        return Verdict.EMPTY if not signs.challenge else Verdict.BOT_WALL
    if not is_article and _CONSENT_PLACE.match(url):
        return Verdict.CONSENT
    if _is_live(text, title, signs):
        return Verdict.LIVE_BLOG
    if is_long(text):
        return Verdict.FULL
    words = count_words(text)
    if words >= LONG_WORDS:  # after words without end
        return Verdict.FULL
    if not is_article and words < CHALLENGE_WORDS and _is_challenge(text, visible, title, url, signs):
        return Verdict.BOT_WALL
    if _is_consent(text, words, visible, signs, is_article=is_article):
        return Verdict.CONSENT
    if words < CUT_PREVIEW_WORDS and _is_paywalled(text, words, visible, signs, is_free=is_free):
        return Verdict.PAYWALL
    return _of_few(text, words, title, visible, is_article=is_article)


def is_long(text: str) -> bool:
    """Whether a text has too many words to be what a wall shows."""
    return len(text[: LONG_WORDS * 20].split()) >= LONG_WORDS or count_words(text[: LONG_WORDS * 20]) >= LONG_WORDS


def count_words(text: str) -> int:
    """How many words a text has; in scripts without spaces two characters count as one."""
    dense = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]", text))
    return len(re.findall(r"\w+", re.sub(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+", " ", text))) + dense // 2


def _is_live(text: str, title: str, signs: Signs) -> bool:
    """Whether it is a live report: by its own data, by its entries, or by lines that begin with a time of day."""
    if signs.is_live or signs.updates >= LIVE_UPDATES:
        return True
    return bool(_LIVE_TITLE.search(title)) and (
        sum(bool(_CLOCK_LINE.match(line)) for line in text.split("\n")) >= LIVE_LINES
    )


def _is_challenge(text: str, visible: str, title: str, url: str, signs: Signs) -> bool:
    """Whether the page asks whether its reader is a machine, and holds nothing beside.

    A page that bears an article's own data is none, whatever is quoted in it; the caller has seen to that.
    """
    shown = count_words(visible[:6000])
    if shown >= 2 * CHALLENGE_WORDS:
        return False
    if _CHALLENGE_PLACE.match(url) or (signs.challenge and shown < CHALLENGE_WORDS):
        return True
    page = folded(f"{title}\n{text[:1500]}\n{visible[:1500]}")
    kinds = sum(bool(kind.search(page)) for kind in MACHINERY) + signs.has_captcha
    if says(page, BOT):
        # A page of some length must talk of machines, too, or be called so: a brief may quote one of the phrases.
        return kinds > 1 or shown < TEASER_WORDS * 2 or says(folded(title), BOT)
    head = folded(f"{title}\n{visible[:120]}")
    return shown < CHALLENGE_WORDS / 2 and (kinds > 3 or (kinds > 1 and says(head, BOT_WEAK)))


def _is_consent(text: str, words: int, visible: str, signs: Signs, *, is_article: bool) -> bool:
    """Whether the text is a consent page's: it stands inside its manager's element, or its sentences are of consent.

    Of what bears an article's data only the words outside quotation marks count; of any other page that shows little
    more than the text, also its headings and buttons.
    """
    if not words:
        return False
    own = _QUOTED.sub(" ", text) if is_article else text
    page = folded(f"{own[:HEAD_CHARS]}\n{own[HEAD_CHARS:][-TAIL_CHARS:]}")
    if signs.consent_text and says(page, CONSENT_TERMS) and _share_within(text, signs.consent_text) > 1 / 2:
        return True
    is_alone = not is_article and len(visible) < len(text) + HEAD_CHARS
    if said(page if not is_alone else folded(visible), CONSENT) < CONSENT_PHRASES:
        return False
    counted = ((count_words(sentence), sentence) for sentence in _SENTENCE.split(own))
    beside = sum(count for count, sentence in counted if count and not _is_of_consent(folded(sentence)))
    return beside < max(0 if is_article else BESIDE_CONSENT_WORDS, BESIDE_CONSENT * words)


def _is_of_consent(sentence: str) -> bool:
    return says(sentence, CONSENT_TERMS) or says(sentence, CONSENT)


def _is_paywalled(text: str, words: int, visible: str, signs: Signs, *, is_free: bool | None) -> bool:
    """Whether the text is what a paywall shows of a longer one."""
    if (signs.given_words or 0) >= GIVEN_WORDS or 0 < signs.declared_words <= 1.25 * words:
        return False  # the page holds what it marks as paid, or no more words than were read
    is_locked = is_free is False or signs.is_locked
    lines = text.rstrip().split("\n")
    is_cut = bool(_CUT.search(text[-80:]))
    if is_locked and (words < PAYWALLED_WORDS or is_cut or _BROKEN_OFF.search(lines[-1])):
        return True
    if words >= PREVIEW_WORDS:
        return False
    under = f"{_below(lines, visible)}\n{signs.paywall_text[:BELOW_CHARS]}"
    ends = _QUOTED.sub(" ", text if len(text) < 2 * TAIL_CHARS else f"{text[:TAIL_CHARS]}\n{text[-TAIL_CHARS:]}")
    around = folded(f"{ends}\n{under}")
    is_marked = is_locked or is_cut or bool(signs.paywall_text)
    return (
        says(around, PAYWALL)
        or any(ASKING.search(folded(part)) for part in (_QUOTED.sub(" ", lines[-1]), *under.split("\n"))[:12] if part)
        or (is_marked and said(around, PAYWALL_WEAK) > 1)
    )


def _below(lines: list[str], visible: str) -> str:
    """What the page shows right under the text; "" where the text is not found on it."""
    for line in reversed(lines[-3:]):
        head = line.strip()[:40]
        if len(head) >= 15 and (at := visible.rfind(head)) >= 0:  # a shorter line may stand anywhere
            end = visible.find("\n", at)
            return visible[end : end + BELOW_CHARS] if end >= 0 else ""
    return ""


def _of_few(text: str, words: int, title: str, visible: str, *, is_article: bool) -> Verdict:
    """What a text is that no wall stands before: whole, a standfirst, or none."""
    if words < TEASER_WORDS:
        return Verdict.TEASER if is_article and words else Verdict.NOT_ARTICLE
    if words < CUT_WORDS and not is_article and says(folded(title[:100]), MISSING):
        return Verdict.NOT_ARTICLE
    below = _below(text.rstrip().split("\n"), visible).strip().split("\n")[0]
    is_cut = _CUT.search(text[-80:]) or _CUT.fullmatch(below)
    return Verdict.TEASER if words < CUT_WORDS and is_cut else Verdict.FULL


def _share_within(text: str, other: str) -> float:
    """How much of the text's lines stands in another, by their words."""
    squeezed = " ".join(other.split())
    lines = [(count_words(line), " ".join(line.split())[:60]) for line in text.split("\n")]
    total = sum(words for words, _ in lines)
    return sum(words for words, head in lines if head and head in squeezed) / total if total else 0.0
