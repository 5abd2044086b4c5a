"""The language of a text that declares none."""

import pytest

from newswire.language import language_of, spoken


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
        ("Most został otwarty po dwóch latach, jak podał burmistrz, i nie jest to koniec prac na rzece.", "pl"),
        ("Mostul nu este încă deschis pentru mașini, iar primarul spune că lucrările au fost mai lungi.", "ro"),
        ("Міст закрито на тиждень, і машини не можуть в'їхати в місто, як повідомив мер, це не для всіх.", "uk"),
        (
            "Мостът е затворен за една седмица и колите не могат да влязат, каза кметът, като това не е за всички.",
            "bg",
        ),
        (
            "Broen er stengt og det er ikke mulig å kjøre, sier ordføreren, som hadde ventet på det nå etter to år.",
            "no",
        ),
        (
            "Broen er lukket og det er ikke muligt at køre, siger borgmesteren, som havde ventet på det nu efter år.",
            "da",
        ),
        ("पुल एक सप्ताह के लिए बंद है और शहर में गाड़ियों को जाने की अनुमति नहीं है, महापौर ने कहा कि काम पर लोग हैं।", "hi"),
        ("این پل برای یک هفته بسته است و شهردار گفت که خودروها را از مرکز شهر به بیرون می‌فرستند.", "fa"),
        ("پل ایک ہفتے کے لیے بند ہے اور میئر نے کہا کہ شہر میں گاڑیوں کو نہیں آنے دیا جائے گا، لوگ کام پر ہیں۔", "ur"),
        ("সেতুটি এক সপ্তাহের জন্য বন্ধ", "bn"),
        ("הגשר נפתח מחדש", "he"),
        ("The word for bridge is 橋, and はし when it is spoken, said the man who had built it for the town.", "en"),
        ("Brücke offen", ""),
        ("", ""),
    ],
)
def test_a_language_is_known_by_its_small_words_or_its_script(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("declared", "language"),
    [(["pl-PL"], "en"), (["en-US", "fr"], "en"), ([], "en"), (["", "en"], "en")],
)
def test_the_words_know_better_than_the_template(declared, language):
    assert (
        spoken("The mayor said that the bridge has been closed and that it is to open on Monday.", declared) == language
    )


def test_neighbours_are_told_apart_by_what_is_declared():
    text = "Most je zatvoren i ne zna se da li će se otvoriti, kako je rekao načelnik, koji nije bio na mostu."
    assert [spoken(text, [tag]) for tag in ("bs-BA", "sr-Latn", "en")] == ["bs", "sr", "hr"]


@pytest.mark.parametrize(
    ("tag", "language"), [("nb-NO", "no"), ("iw", "he"), ("zh_TW", "zh"), ("english", ""), ("x", "")]
)
def test_declared_codes_are_read_in_their_present_form(tag, language):
    assert spoken("Orsa", [tag]) == language
