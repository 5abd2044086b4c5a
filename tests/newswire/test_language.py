"""The language of a text that declares none."""

import pytest

from newswire.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mayor said that the bridge has been closed for the week and that it is to open on Monday.", "en"),
        ("Le pont a été fermé pour la semaine et les voitures ont été déviées dans le centre, selon le maire.", "fr"),
        ("El puente se ha cerrado por una semana y los coches se han desviado por el centro de la ciudad.", "es"),
        (
            "A ponte foi fechada por uma semana e os carros não podem entrar na cidade, mais uma vez, diz o autarca.",
            "pt",
        ),
        (
            "Die Brücke ist nicht für den Verkehr offen, und das Rathaus bittet die Fahrer, sich mit Geduld zu rüsten.",
            "de",
        ),
        ("Мост закрыт на неделю, и машины не могут въехать в город, как сообщил мэр, это не для всех.", "ru"),
        ("大桥今日重新开放，市长表示满意。", "zh"),
        ("橋が再び開通したと市長が述べた。", "ja"),
        ("다리가 다시 열렸다고 시장이 말했다.", "ko"),
        ("أعيد فتح الجسر بعد عامين من العمل", "ar"),
        ("Brücke offen", ""),
        ("", ""),
    ],
)
def test_a_language_is_known_by_its_small_words_or_its_script(text, language):
    assert language_of(text) == language
