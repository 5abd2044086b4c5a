"""Articles as they are kept."""

import zlib

import msgspec
import pytest
from builders import NOON, an_article

from newswire.article import Article
from newswire.decision import Decision, Relation
from newswire.rights import Rights
from storage import packing
from storage.packing import packed, unpacked

DECISION = Decision(relation=Relation.ORIGINAL, story="s1", coverage="c1", score=0.0, rule="new")


def test_an_article_comes_back_but_for_what_its_event_told():
    rights = Rights(robots="noai", tdm_reserved=True, licence="https://cc.example/by", copyright="Lenne Press")
    article = an_article(
        byline="By ANN LEE",
        authors=("Ann Lee",),
        is_dated_by_day=True,
        syndicated_from="https://b.example/7",
        rights=rights,
    )
    told = msgspec.structs.replace(article, image="https://a.example/b.jpg", section="Town", modified=NOON)
    assert unpacked(packed(told, DECISION)).article == article


def test_what_a_release_before_this_one_packed_can_be_read():
    article = an_article()
    names = {"authors", "is_dated_by_day", "modified", "section", "image", "syndicated_from", "rights"}
    row = [
        {name: getattr(article, name) for name in article.__struct_fields__ if name not in names} | {"robots": "noai"},
        DECISION,
        packing.comparable(article).parsed,
    ]
    squeezer = zlib.compressobj(zdict=packing._COMMON)
    old = b"\x01" + squeezer.compress(msgspec.msgpack.encode(row)) + squeezer.flush()
    assert unpacked(old).article == article


def test_another_versions_packing_is_refused():
    with pytest.raises(ValueError, match="another release"):
        unpacked(b"\x7f" + packed(an_article(), DECISION)[1:])


def test_the_new_facts_of_an_article_take_few_bytes():
    plain = an_article(byline="Ann Lee")
    told = an_article(
        byline="Ann Lee", authors=("Ann Lee",), section="Town", modified=NOON, image="https://a.example/b.jpg" * 5
    )
    assert len(packed(told, DECISION)) - len(packed(plain, DECISION)) < 24
    assert isinstance(plain, Article)
