import doctest

from hypothesis import given
from hypothesis import strategies as st

from newswire import characters
from newswire.characters import mend_references, mended


def test_the_examples_hold():
    assert doctest.testmod(characters).failed == 0


@given(st.text(st.characters(codec=None)))
def test_whatever_was_mended_can_be_written(text):
    assert mended(text).encode().decode() == mended(text)


@given(st.text())
def test_what_is_whole_stays_as_it_is(text):
    assert mended(text) == text
    assert mend_references(text.replace("&#", "")) == text.replace("&#", "")
