import pytest

from newswire.sameness.gazetteer import abbreviations, bare, known, scales
from newswire.text import words


def keys(text: str, language: str) -> list[str]:
    return list(known(words(text), language).values())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "German officials in Moscow said on Friday that Ukraine"),
        ("de", "Deutsche Beamte sagten am Freitag in Moskau, dass die Ukraine"),
        ("fr", "Des responsables allemands ont dit vendredi à Moscou que l'Ukraine"),
        ("ru", "Немецкие чиновники заявили в Москве в пятницу, что Украины"),
        ("pl", "Niemieccy urzędnicy powiedzieli w piątek w Moskwie, że Ukrainie"),
        ("tr", "Alman yetkililer Cuma günü Moskova'da Ukrayna"),
        ("ar", "المسؤولون الألمان في موسكو يوم الجمعة أن أوكرانيا"),
        ("zh", "德国官员星期五在莫斯科表示乌克兰"),
    ],
)
def test_one_thing_has_one_key_in_every_language(language, text):
    assert {"DE", "city Moscow", "day 4", "UA"} <= set(keys(text, language))


def test_a_name_of_two_words_is_one_and_its_parts_are_not_named_again():
    assert keys("In South Africa and the United States", "en") == ["ZA", "US"]


def test_a_case_ending_changes_nothing():
    assert keys("в Соединенных Штатах", "ru") == keys("Соединенные Штаты", "ru") == ["US"]


@pytest.mark.parametrize("language", ["", "xx", "../en", "x" * 500])
def test_an_unknown_language_knows_nothing_of_places(language):
    assert "DE" not in keys("Germany", language)
    assert scales(language) == {}


def test_abbreviations_count_in_capitals_only():
    assert abbreviations("The U.S. and the EU told us; la UE y EE.UU., США") == ["US", "EU", "EU", "US", "US"]


def test_scales_multiply_in_every_form():
    assert {scales("ru")[word] for word in ("миллион", "миллиона", "миллионов", "млн")} == {6}
    assert scales("de")["milliarden"] == scales("en")["billion"] == 9


def test_arabic_words_lose_article_and_preposition():
    assert bare("uallondon", "ar") == bare("allondon", "ar") == "london"
    assert bare("uallondon", "en") == "uallondon"
