"""Articles and stories as they are kept in Redis: packed small, since they fill it.

Promises that what was packed can be read by a later release: the first byte is the version of the packing.
"""

import zlib
from functools import lru_cache

import msgspec
from msgspec import Struct

from newswire.article import Article
from newswire.decision import Decision
from newswire.sameness.comparable import KEPT_TEXTS, Comparable, Parsed, comparable
from newswire.story import Story

_VERSION = b"\x01"
# What every article and story says, for the compressor to point at (RFC 1950, preset dictionary). It belongs to the
# version: whoever changes it counts on.
_COMMON = (
    " einer haben werden worden nicht auch sich dem den des das die der ein eine ist war im zu und von mit auf für für "
    " durante entre desde hasta sobre como pero más este esta fue una por con para los las del que el la en de y se un "
    " dans pour avec sur une qui que est été son cette aux plus par pas des les du et le la à en au un "
    " government president minister people police country million percent company according reported statement "
    " which would their about after there other could first between against before because during under more than "
    " had have has were been being not but its his her they who will one two this was for with that from are it as by "
    " said on Tuesday Wednesday Thursday Friday Saturday Sunday Monday of the in the to the and the a he is at an. The "
    "verdict\xa4fullcredit\x83\xa4text\xa5photo\xa9mentioned\xa6robots\xa0dateline\x83\xa5place\xa4date\xa6agency"
    "\xa8evidence\xa5where\xabfirst_seen\xc7\x0c\xff\xa7fetched\xd7\xff\xa9published\xa4guid\xa6byline\xa8language\xa2en"
    "\xa5title\xa4text\xa9publisher\xa3url\xbdhttps://www.\xa2id"
    "agencies publishers printings merged apart revision changes faces words seen agency evidence where"
    "\xa8relation\xa8original\xa5story\xa8coverage\xa5score\xcb\xa4rule\xa3new\xa7against\xa4face\xc2\xa6merges\x90"
).encode("latin-1")


class Kept(Struct, frozen=True, array_like=True):
    """An article, what became of it, and what was dear to find in its text."""

    article: Article
    decision: Decision
    parsed: Parsed

    def comparable(self) -> Comparable:
        """The text made ready to be compared."""
        return Comparable(self.article.title, self.article.text, self.article.language, self.parsed)


_encode = msgspec.msgpack.Encoder().encode
_article = msgspec.msgpack.Decoder(Kept).decode
_story = msgspec.msgpack.Decoder(Story).decode


def packed(article: Article, decision: Decision) -> bytes:
    """The article and what was decided of it: about half of its text's bytes.

    What only its own event tells is left out: the picture's address alone would take 64 bytes, section and time of
    change 12 (means of 290 pages).
    """
    kept = msgspec.structs.replace(article, image="", section="", modified=None)
    return _squeezed(_encode(Kept(kept, decision, comparable(article).parsed)))


def unpacked(form: bytes) -> Kept:
    """What was packed. Raises ValueError for another version's packing."""
    return _article(_loosened(form))


@lru_cache(maxsize=KEPT_TEXTS)
def text_of(form: bytes) -> Comparable:
    """The text of a packed article, ready to be compared; of one that was looked at a moment ago, the same object."""
    return unpacked(form).comparable()


def packed_story(story: Story) -> bytes:
    """The story, without the texts of its faces."""
    return _squeezed(_encode(story))


def unpacked_story(form: bytes) -> Story:
    """What was packed. Raises ValueError for another version's packing."""
    return _story(_loosened(form))


def _squeezed(plain: bytes) -> bytes:
    squeezer = zlib.compressobj(zdict=_COMMON)
    return _VERSION + squeezer.compress(plain) + squeezer.flush()


def _loosened(form: bytes) -> bytes:
    if form[:1] != _VERSION:
        raise ValueError(f"packed by another release (version {form[:1].hex()})")
    return zlib.decompressobj(zdict=_COMMON).decompress(form[1:])
