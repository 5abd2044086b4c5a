"""What an extraction got."""

import pytest

from newswire.article import Verdict
from newswire.verdict import Signs, count_words, judge

WHOLE = "The bridge over the Lenne has reopened after two years of work, the mayor of the town said on Monday. " * 10
SHORT = "The bridge over the Lenne has reopened after two years of work, the mayor of the town said on Monday. " * 3


@pytest.mark.parametrize(
    ("verdict", "page"),
    [
        (Verdict.FULL, {"text": WHOLE}),
        (Verdict.FULL, {"text": SHORT}),
        (Verdict.FULL, {"text": WHOLE, "is_free": False}),
        (Verdict.PAYWALL, {"text": SHORT, "is_free": False}),
        (Verdict.PAYWALL, {"text": SHORT + "Para seguir leyendo, hazte premium."}),
        (Verdict.PAYWALL, {"text": SHORT + "Dieser Artikel: jetzt weiterlesen mit Lenne plus."}),
        (
            Verdict.CONSENT,
            {"text": "We value your privacy. We and our 812 partners store information on your device. " * 3},
        ),
        (Verdict.CONSENT, {"text": "Bevor Sie fortfahren: Wir verwenden Cookies und Daten für unsere Dienste. " * 5}),
        (Verdict.CONSENT, {"text": SHORT, "url": "https://consent.news.example/?continue=x"}),
        (Verdict.BOT_WALL, {"text": "", "title": "Just a moment...", "visible": "Verifying you are human."}),
        (
            Verdict.BOT_WALL,
            {"text": "Pardon Our Interruption. Something about your browser made us think you were a bot."},
        ),
        (Verdict.TEASER, {"text": "The bridge has reopened.", "is_article": True}),
        (Verdict.TEASER, {"text": SHORT.strip() + " The work, which was …"}),
        (Verdict.NOT_ARTICLE, {"text": "Home and garden", "visible": "Home and garden. Politics. Sport."}),
        (Verdict.EMPTY, {"text": ""}),
        (Verdict.BOT_WALL, {"text": "", "signs": Signs(challenge="Kasada")}),
        (Verdict.BOT_WALL, {"text": "One moment, the page opens by itself.", "signs": Signs(challenge="Akamai")}),
        (Verdict.CONSENT, {"text": "Süti, cookie. " + SHORT, "signs": Signs(consent_text="Süti, cookie. " + SHORT)}),
        (Verdict.FULL, {"text": SHORT, "signs": Signs(consent_text="We and our partners use cookies. Accept all")}),
        (Verdict.PAYWALL, {"text": SHORT, "signs": Signs(is_locked=True)}),
        (Verdict.FULL, {"text": SHORT, "is_free": False, "signs": Signs(given_words=60)}),
        (Verdict.FULL, {"text": SHORT, "is_free": False, "signs": Signs(declared_words=62)}),
        (
            Verdict.PAYWALL,
            {"text": SHORT, "signs": Signs(paywall_text="Choose your plan. Already a subscriber? Log in")},
        ),
        (Verdict.PAYWALL, {"text": SHORT, "visible": SHORT.strip() + "\nSubscribe to continue reading."}),
        (Verdict.FULL, {"text": SHORT, "visible": "Already a subscriber? Log in\n" + SHORT + "\nGet our newsletter."}),
        (Verdict.LIVE_BLOG, {"text": WHOLE, "signs": Signs(is_live=True)}),
        (Verdict.LIVE_BLOG, {"text": "".join(f"{8 + n}:05 {SHORT}\n" for n in range(6)), "title": "Storm: live"}),
        (Verdict.FULL, {"text": "".join(f"{8 + n}:05 {SHORT}\n" for n in range(6)), "title": "How the storm came"}),
    ],
)
def test_a_page_is_judged(verdict, page):
    assert judge(**{"visible": page["text"], **page}) == verdict


def test_an_article_about_a_wall_is_an_article():
    text = WHOLE * 3 + "Pages say “we value your privacy” and “verify you are human”, the mayor complained."
    assert judge(text=text, visible=text) == Verdict.FULL


def test_two_characters_of_a_script_without_spaces_are_a_word():
    assert (count_words("大桥今日重新开放"), count_words("The bridge reopens")) == (4, 3)


@pytest.mark.parametrize(
    ("language", "wall"),
    [
        ("fr", "Nous et nos 12 partenaires utilisons des cookies. Continuer sans accepter. Vos données sont traitées."),
        ("pl", "Dbamy o Twoją prywatność. My i nasi partnerzy używamy plików cookie. Przejdź do serwisu."),
        ("el", "Εμείς και οι συνεργάτες μας χρησιμοποιούμε cookies. Συμφωνώ. Περισσότερες επιλογές."),
        (
            "ja",
            "当社と当社のパートナーは、Cookieを使用します。すべて受け入れる。お客様のプライバシーについて。個人データを処理します。",
        ),
        ("ar", "نحن وشركاؤنا نستخدم ملفات تعريف الارتباط على جهازك. قبول الكل. رفض الكل. يمكنك سحب موافقتك."),
        ("tr", "Biz ve iş ortaklarımız çerezleri kullanıyoruz. Tümünü kabul et. Gizliliğinize önem veriyoruz."),
    ],
)
def test_consent_is_asked_for_in_many_languages(language, wall):
    assert judge(text=wall * 2, visible=wall * 2) == Verdict.CONSENT, language
