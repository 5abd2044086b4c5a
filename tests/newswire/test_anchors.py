import pytest

from newswire.sameness.anchors import latin, names, numbers, short_sound, sound
from newswire.text import fold, sentences


def test_a_number_is_one_whatever_the_separators():
    assert numbers("1.900 and 1,900 and 1 900; 2,50 and 2.5; 10,59 %") == [
        "1900",
        "1900",
        "1900",
        "2.5",
        "2.5",
        "10.59",
    ]


def test_a_spelled_number_is_the_number():
    assert numbers("Seven dead, siete muertos, fünf Verletzte, три дома") == ["7", "7", "5", "3"]


def test_words_that_are_numbers_in_another_language_only_are_none():
    assert numbers("The train is due once in Sept, in spite of rain") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zelensky", "Зеленского"), ("Bakhmut", "Бахмут"), ("Putin", "Poutine"), ("Shevchenko", "Шевченко")],
)
def test_a_name_sounds_the_same_in_another_script_and_case(one: str, other: str):
    assert sound(latin(fold(one))) == sound(latin(fold(other)))


def test_names_that_begin_alike_and_go_on_otherwise_sound_different():
    assert sound("zelensky") != sound("zaluzhny")


def test_a_name_of_two_consonants_has_no_sound():
    assert sound("mao") == ""


def test_a_name_of_two_consonants_has_a_short_sound():
    assert short_sound("doyle") == short_sound(latin(fold("Дойл"))) != ""
    assert short_sound("obama") == short_sound(latin(fold("Обама"))) != short_sound("bam")


@pytest.mark.parametrize("text", ["1.2 million", "1,2 Millionen", "1 200 000", "1.200.000"])
def test_a_word_that_multiplies_is_part_of_the_number(text: str):
    assert numbers(text, {"million": 6, "millionen": 6}) == ["1200000"]


def test_a_word_that_multiplies_does_so_beside_its_number_only():
    assert numbers("3 of a million", {"million": 6}) == ["3"]


def test_names_are_what_has_a_capital_inside_a_sentence():
    text = "Yesterday Ada Lund's boat reached L'Aquila. Lund slept."
    assert set(names(sentences(text))) == {"ada", "lund", "aquila"}


def test_a_headline_in_capitals_names_nobody():
    assert not names(["FERRY RUNS AGROUND OFF THE ISLAND OF LYRSUND"])


def test_in_a_script_without_capitals_words_that_come_again_count():
    assert set(names(["وصل سولبرغ الميناء", "قال سولبرغ ذلك"])) == {latin("سولبرغ")}
