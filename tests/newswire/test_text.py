from hypothesis import given
from hypothesis import strategies as st

from newswire.text import MAX_CHARS, MAX_WORD, fold, plain, sentences, without_quotations, words


def test_a_soft_hyphen_a_zero_width_space_and_a_no_break_space_are_not_seen():
    assert plain("Regie\u00adrung\u200b in\u00a0Wien\ufeff") == "Regierung in Wien"


def test_ligatures_full_width_letters_and_foreign_digits_get_their_plain_form():
    assert plain("ﬁnal Ｔｏｋｙｏ ٣٤") == "final Tokyo 34"


def test_empty_lines_part_nothing():
    assert plain(" one \n\n \n two ") == "one\ntwo"


def test_case_and_accents_make_no_difference():
    assert fold("ÉLYSÉE Łódź Straße Йод") == fold("elysee lodz strasse иод")


def test_a_number_is_one_word_and_so_is_each_ideograph():
    assert words("1.900 ha, G7: 東京で") == ["1.900", "ha", "g7", "東", "京", "で"]


def test_quotations_of_every_country_are_taken_out():
    for quoted in (
        "“Nein”",
        "„Nein“",
        "«Nein»",
        "»Nein«",
        '"Nein"',
        "”Nein”",
        "‘Nein’",
        "'Nein'",
        "「Nein」",
        "‹Nein›",
    ):
        assert words(without_quotations(f"Sie sagte {quoted} und ging")) == ["sie", "sagte", "und", "ging"]


def test_an_apostrophe_and_inches_open_nothing():
    text = "The workers' union and the mayor's 6'2\" son don't agree"
    assert without_quotations(text) == text


def test_a_quotation_that_goes_on_in_the_next_paragraph_ends_with_its_own():
    assert without_quotations("“We began.\n“We ended,” she said.").split() == [",", "she", "said."][1:]


def test_a_lone_straight_mark_inside_a_paragraph_takes_nothing_away():
    assert without_quotations('He measured 12 " and left') == 'He measured 12 " and left'


def test_initials_and_short_titles_end_no_sentence():
    assert sentences('Mr. J. Hale left. "I go," he said! Was it so?') == [
        "Mr. J. Hale left.",
        '"I go," he said!',
        "Was it so?",
    ]


def test_a_million_letters_are_cut_to_what_is_looked_at():
    assert len(plain("a" * 1_000_000)) == MAX_CHARS
    assert words("a" * 1_000_000) == ["a" * MAX_WORD]


@given(st.text())
def test_what_is_plain_stays_as_it_is(text: str):
    assert plain(plain(text)) == plain(text)


@given(st.text(alphabet="ab \n\"'“”„«»‘’"))
def test_taking_quotations_out_adds_no_word(text: str):
    assert len(words(without_quotations(text))) <= len(words(text)) * 2
