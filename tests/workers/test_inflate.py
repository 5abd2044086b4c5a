"""Content-Encoding: undone whatever the chunks are, never beyond what is asked for."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.errors import Permanent
from workers.inflate import Inflater


def inflated(encoding, chunks, max_length=1 << 20):
    inflate = Inflater(encoding)
    return b"".join(inflate(chunk, max_length) for chunk in chunks), inflate.is_complete


def in_chunks(body, size):
    return [body[start : start + size] for start in range(0, len(body), size)]


@given(st.binary(min_size=1), st.sampled_from(["gzip", "x-gzip", "deflate"]), st.integers(3, 100))
def test_every_chunking_gives_the_body(body, encoding, size):
    packed = zlib.compress(body) if encoding == "deflate" else gzip.compress(body)
    assert inflated(encoding, in_chunks(packed, size)) == (body, True)


@given(st.binary(), st.binary())
def test_members_follow_one_another(first, second):
    assert inflated("gzip", [gzip.compress(first) + gzip.compress(second)]) == (first + second, True)


@given(st.binary(min_size=50), st.integers(1, 49))
def test_a_cut_body_is_not_complete(body, missing):
    packed = gzip.compress(body)
    assert inflated("gzip", [packed[:-missing]])[1] is False


def test_no_more_is_made_than_asked_for():
    inflate = Inflater("gzip")
    assert inflate(gzip.compress(bytes(1 << 24)), 1000) == bytes(1000)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "deflate,gzip", "compress", "\0"])
def test_what_was_not_asked_for_is_refused(encoding):
    with pytest.raises(Permanent) as raised:
        Inflater(encoding)
    assert raised.value.reason == "bad_encoding"


@pytest.mark.parametrize("encoding", ["", "identity", "utf-8", "none"])
def test_a_plain_body_stays_as_it_is(encoding):
    assert inflated(encoding, [b"news"]) == (b"news", True)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_bytes_that_are_not_compressed_are_an_error(encoding):
    with pytest.raises(zlib.error):
        inflated(encoding, [b"<p>news"])
