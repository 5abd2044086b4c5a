"""A publisher whose pages look all alike."""

import pytest
from msgspec.structs import replace

from newswire.alike import MOST_PRINTINGS, is_alike
from newswire.decision import Decision, Relation
from tests.newswire.printings import FERRY, a_story, an_article

ALONE = replace(a_story(an_article(FERRY, publisher="root.example")), printings=MOST_PRINTINGS)


def a_decision(relation: Relation = Relation.COPY, **given: object) -> Decision:
    values: dict[str, object] = {"story": ALONE.id, "coverage": ALONE.coverage, "score": 1.0, "rule": "same_text"}
    return Decision(relation=relation, **{**values, **given})


def test_the_copy_after_the_most_that_a_publisher_alone_may_have_is_alike():
    copy = an_article(FERRY, publisher="root.example", hours=1)
    few = replace(ALONE, printings=MOST_PRINTINGS - 1)
    assert [is_alike(copy, a_decision(), story) for story in (few, ALONE)] == [False, True]


@pytest.mark.parametrize(
    ("publisher", "decision", "story"),
    [
        ("other.example", a_decision(), ALONE),
        ("root.example", a_decision(), replace(ALONE, publishers=("root.example", "other.example"))),
        ("root.example", a_decision(Relation.EDITED), ALONE),
        ("root.example", a_decision(Relation.UPDATE), ALONE),
        ("root.example", a_decision(merges=("s1",)), ALONE),
    ],
)
def test_what_others_print_too_and_what_says_something_else_is_not_alike(publisher, decision, story):
    assert not is_alike(an_article(FERRY, publisher=publisher, hours=1), decision, story)
