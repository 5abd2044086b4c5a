import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswire.sameness.fingerprint import (
    BESIDE,
    KNOWN,
    MAX_SHINGLES,
    NAMES,
    NUMBER_PAIRS,
    NUMBERS,
    SOUND_PAIRS,
    SOUNDS,
    WORDS,
    sign,
)
from tests.newswire.printings import (
    FERRY,
    FERRY_AR,
    FERRY_ES,
    FERRY_REWORDED,
    FERRY_RU,
    FURNITURE_ABOVE,
    FURNITURE_BELOW,
    HARVEST,
    an_article,
    cut,
)


def shared(one: str, other: str, kind: str) -> int:
    return len(set(getattr(sign(an_article(one)), kind)) & set(getattr(sign(an_article(other)), kind)))


def test_hashes_are_the_same_in_every_run():
    assert (
        sign(an_article("The bridge over the river Aln in Warkby was closed for the whole of May.")).anchors[0]
        == 2477094745239476060
    )


def test_furniture_changes_nothing():
    bare, furnished = sign(an_article(FERRY)), sign(an_article(FURNITURE_ABOVE + FERRY + FURNITURE_BELOW))
    assert furnished == bare


def test_a_printing_cut_to_its_first_two_paragraphs_still_shares_shingles():
    assert shared(FERRY, cut(FERRY, 2), "shingles") >= 2


def test_two_wordings_of_one_text_share_many_anchors():
    assert shared(FERRY, FERRY_REWORDED, "anchors") >= 20


@pytest.mark.parametrize(("language", "text"), [("ru", FERRY_RU), ("ar", FERRY_AR)])
def test_a_translation_in_another_script_shares_anchors(language, text):
    translated = sign(an_article(text, language=language))
    assert len(set(sign(an_article(FERRY)).anchors) & set(translated.anchors)) >= 15


def test_a_translation_shares_anchors_and_no_shingles():
    assert shared(FERRY, FERRY_ES, "shingles") == 0
    assert shared(FERRY, FERRY_ES, "anchors") >= 20


def test_another_text_shares_no_shingle():
    assert shared(FERRY, HARVEST, "shingles") == 0


def test_the_same_body_elsewhere_shares_one_exact_key():
    here, there = an_article(FERRY, publisher="a.example"), an_article(FERRY.upper(), publisher="b.example")
    assert len(set(sign(here).exact) & set(sign(there).exact)) == 1


def test_a_guid_means_nothing_at_another_publisher():
    here = an_article("Short.", publisher="a.example", guid="7")
    there = an_article("Brief.", publisher="b.example", guid="7")
    assert set(sign(here).exact) & set(sign(there).exact) == set()


def test_a_body_of_a_few_words_is_no_key():
    assert len(sign(an_article("Please accept our cookies.")).exact) == 1


def test_a_long_text_fills_no_more_than_its_quotas():
    text = " ".join(f"Name{chr(65 + n % 26)}x met {n}00{n} persons from Place{chr(65 + n % 23)}y." for n in range(9000))
    signature = sign(an_article(text))
    assert len(signature.shingles) <= MAX_SHINGLES
    assert len(signature.anchors) <= NUMBERS + NUMBER_PAIRS + NAMES + SOUNDS + SOUND_PAIRS + KNOWN + BESIDE + WORDS


def test_a_megabyte_of_one_letter_is_signed_at_once():
    started = time.perf_counter()
    sign(an_article("a" * 1_000_000))
    sign(an_article("A. " * 350_000))
    sign(an_article("“" * 1_000_000))
    assert time.perf_counter() - started < 10


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_can_be_signed_and_every_hash_fits_64_bits(title: str, text: str):
    signature = sign(an_article(text, title=title))
    for hashes in (signature.exact, signature.shingles, signature.anchors):
        assert list(hashes) == sorted(set(hashes))
        assert all(0 <= value < 2**64 for value in hashes)
