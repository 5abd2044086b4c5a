import pytest
from builders import an_article

from bench.sameness.baselines import SimHash, Titles, grams, normalised, simhash, stories_of

WORDS = [f"word{at}" for at in range(400)]


def printing(number: int, text: str = "", *, title: str = "", hours: int = 0):
    return an_article(number, text=text, title=title, minutes=60 * hours)


def grouped(articles, baseline):
    """The places of the articles by story, as the baseline has it."""
    ids = [article.id for article in articles]
    return [ids.index(story) for _, story in stories_of(articles, baseline)]


def test_grams_are_words_by_threes_and_a_short_text_is_one():
    assert grams("One two, THREE four.") == ["one two three", "two three four"]
    assert grams("One two") == ["one two"]


@pytest.mark.parametrize("count", [1, 2, 5, 64])
def test_a_simhash_has_the_bits_that_most_features_have(count: int):
    alone = [simhash([word]) for word in WORDS[:count]]
    expected = sum(1 << bit for bit in range(64) if 2 * sum(value >> bit & 1 for value in alone) > count)

    assert simhash(WORDS[:count]) == expected


@pytest.mark.parametrize(("bits", "is_found"), [(0, True), (1, True), (3, True), (4, False)])
def test_simhash_finds_up_to_three_bits_wherever_they_are(
    bits: int, monkeypatch: pytest.MonkeyPatch, *, is_found: bool
):
    values = iter([0x0123_4567_89AB_CDEF, 0x0123_4567_89AB_CDEF ^ sum(1 << 16 * at + 7 for at in range(bits))])
    monkeypatch.setattr("bench.sameness.baselines.simhash", lambda _: next(values))

    assert grouped([printing(1), printing(2)], SimHash()) == [0, 0 if is_found else 1]


def test_simhash_joins_a_copy_with_one_word_changed_and_no_other_text():
    texts = [" ".join(WORDS), " ".join([*WORDS[:399], "other"]), " ".join(WORDS[::-1])]

    assert grouped([printing(number, text) for number, text in enumerate(texts)], SimHash()) == [0, 0, 2]


def test_a_title_is_compared_without_case_markup_and_outer_punctuation():
    assert normalised("“Ferry” runs <b>aground</b>&nbsp;off  Orsa!") == normalised("“ferry” runs aground off Orsa")
    assert normalised("Ferry aground") != normalised("Ferry afloat")


@pytest.mark.parametrize(("hours", "expected"), [(7 * 24, [0, 0]), (7 * 24 + 1, [0, 1])])
def test_a_title_is_known_for_seven_days(hours: int, expected: list[int]):
    articles = [printing(1, title="Ferry aground"), printing(2, title="FERRY AGROUND.", hours=hours)]

    assert expected == grouped(articles, Titles())


def test_an_empty_title_is_nobodys():
    assert grouped([printing(1, title=""), printing(2, title="<br>")], Titles()) == [0, 1]


def test_an_article_joins_the_story_of_the_earliest_match():
    class Given:
        stored_bytes = 0

        def matches(self, place, _):
            return {2: (1,), 3: (2, 0), 4: (2,)}.get(place, ())

    assert grouped([printing(number) for number in range(5)], Given()) == [0, 1, 1, 0, 1]
