"""What an extraction got."""

import pytest

from newswire.article import Verdict
from newswire.verdict import count_words, judge

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
    ],
)
def test_a_page_is_judged(verdict, page):
    assert judge(**{"visible": page["text"], **page}) == verdict


def test_an_article_about_a_wall_is_an_article():
    text = WHOLE * 3 + "Pages say “we value your privacy” and “verify you are human”, the mayor complained."
    assert judge(text=text, visible=text) == Verdict.FULL


def test_two_characters_of_a_script_without_spaces_are_a_word():
    assert (count_words("大桥今日重新开放"), count_words("The bridge reopens")) == (4, 3)
