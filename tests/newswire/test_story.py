import pytest
from msgspec.structs import replace

from newswire.decision import PAGE_GONE, Decision, Relation
from newswire.story import MAX_FACES, Story, centre_id, coverage_id, fold, origin_of, story_id, united
from tests.newswire.printings import FERRY, a_story, an_article


def a_decision(story: Story, relation: Relation, *, face: bool = False) -> Decision:
    return Decision(relation=relation, story=story.id, coverage=story.coverage, score=1.0, rule="x", face=face)


def test_a_coverage_is_named_after_its_first_story():
    story = story_id("1abc")
    assert centre_id(coverage_id(story)) == story


def test_a_story_begins_with_one_printing():
    story = a_story(an_article(FERRY, publisher="root.example", agency="NTB"))
    assert (story.revision, story.changes, story.printings, story.publishers) == (1, 1, 1, ("root.example",))
    assert [mention.agency for mention in story.agencies] == ["NTB"]
    assert [face.article for face in story.faces] == ["root.example/0"]


def test_a_copy_is_a_printing_and_no_revision():
    story = a_story(an_article(FERRY, publisher="root.example"))
    after = fold({story.id: story}, an_article(FERRY, hours=1), a_decision(story, Relation.COPY))
    assert (after.revision, after.changes, after.printings) == (1, 2, 2)
    assert after.publishers == ("root.example", "morning.example")
    assert after.faces == story.faces


@pytest.mark.parametrize("relation", [Relation.UPDATE, Relation.CORRECTION, Relation.WITHDRAWAL])
def test_an_update_a_correction_and_a_withdrawal_are_revisions(relation: Relation):
    story = a_story(an_article(FERRY))
    assert fold({story.id: story}, an_article(FERRY, hours=1), a_decision(story, relation)).revision == 2


def gone(story: Story, publisher: str = "morning.example") -> Story:
    """The story after its page at this publisher was gone; that is no further printing."""
    decision = replace(a_decision(story, Relation.WITHDRAWAL), rule=PAGE_GONE)
    after = fold({story.id: story}, an_article(FERRY, publisher=publisher, hours=1), decision)
    return replace(after, printings=story.printings)


def test_a_page_that_is_gone_takes_back_the_story_that_nobody_else_prints():
    story = a_story(an_article(FERRY))
    copied = fold({story.id: story}, an_article(FERRY, publisher="b.example"), a_decision(story, Relation.COPY))
    assert (gone(story).withdrawn, gone(copied).withdrawn, gone(copied).revision) == (True, False, 2)


@pytest.mark.parametrize("relation", [Relation.COPY, Relation.TRANSLATION, Relation.UPDATE])
def test_any_printing_brings_a_story_back_whose_page_was_gone(relation: Relation):
    story = gone(a_story(an_article(FERRY)))
    after = fold({story.id: story}, an_article(FERRY, hours=2), a_decision(story, relation))
    assert (after.withdrawn, after.gone) == (False, False)


def test_a_copy_brings_no_story_back_that_was_killed():
    story = gone(a_story(an_article(FERRY)))
    kill = replace(a_decision(story, Relation.WITHDRAWAL), against=story.root.article)
    killed = fold({story.id: story}, an_article(FERRY, hours=2), kill)
    after = fold({story.id: killed}, an_article(FERRY, hours=3), a_decision(killed, Relation.COPY))
    assert (killed.withdrawn, killed.gone, after.withdrawn) == (True, False, True)


def test_a_story_whose_page_was_gone_is_back_when_it_turns_out_to_be_printed_elsewhere():
    story, other = gone(a_story(an_article(FERRY))), a_story(an_article(FERRY, publisher="b.example", hours=5))
    assert (united([other, story]).withdrawn, united([story]).withdrawn) == (False, True)


def test_agencies_stand_in_order_of_appearance_with_their_first_evidence():
    story = a_story(an_article(FERRY, agency="NTB"))
    for hours, agency in ((1, "AFP"), (2, "NTB"), (3, "")):
        story = fold({story.id: story}, an_article(FERRY, hours=hours, agency=agency), a_decision(story, Relation.COPY))
    assert [mention.agency for mention in story.agencies] == ["NTB", "AFP"]


def test_the_root_stays_when_faces_are_too_many():
    story = a_story(an_article(FERRY))
    root = story.root
    for hours in range(1, 10):
        update = an_article(f"{FERRY} {hours}", hours=hours)
        story = fold({story.id: story}, update, a_decision(story, Relation.UPDATE, face=True))
    assert (len(story.faces), story.root) == (MAX_FACES, root)
    assert story.faces[-1].article == "morning.example/9"


def test_the_same_article_is_a_face_once():
    story = a_story(an_article(FERRY))
    update = an_article(f"{FERRY} 1", hours=1)
    for _ in range(2):
        story = fold({story.id: story}, update, a_decision(story, Relation.UPDATE, face=True))
    assert len(story.faces) == 2


def test_a_decision_about_another_story_is_refused():
    story, other = a_story(an_article(FERRY)), a_story(an_article(FERRY, hours=9))
    with pytest.raises(ValueError, match="was not given"):
        fold({story.id: story}, an_article(FERRY, hours=1), a_decision(other, Relation.COPY))


def test_a_printing_of_no_story_is_refused():
    story = a_story(an_article(FERRY))
    with pytest.raises(ValueError, match="was not given"):
        fold({}, an_article(FERRY, hours=1), a_decision(story, Relation.COPY))


def an_excerpt(of: Story, *, coverage: str, rule: str = "block", agency: str = "") -> Story:
    article = an_article(FERRY, publisher="page.example", hours=1, agency=agency)
    begun = Decision(
        relation=Relation.EXCERPT,
        story="s1",
        coverage=coverage,
        score=0.3,
        rule=rule,
        against=of.root.article,
    )
    return fold({of.id: of}, article, begun)


def test_a_story_comes_from_its_agencies_else_from_its_publishers_site():
    assert origin_of(a_story(an_article(FERRY, publisher="sport.paper.example"))) == "paper.example"
    story = a_story(an_article(FERRY, publisher="paper.example", agency="EFE"))
    copy = an_article(FERRY, hours=1, agency="AFP")
    assert origin_of(fold({story.id: story}, copy, a_decision(story, Relation.COPY))) == "AFP,EFE"


def test_an_excerpt_is_an_echo_beside_what_it_quotes_and_a_report_elsewhere():
    quoted = a_story(an_article(FERRY, publisher="paper.example"))
    assert origin_of(an_excerpt(quoted, coverage=quoted.coverage)) == ""
    assert origin_of(an_excerpt(quoted, coverage="c1")) == "page.example"
    assert origin_of(an_excerpt(quoted, coverage="c1", rule="digest")) == ""
    assert origin_of(an_excerpt(quoted, coverage=quoted.coverage, agency="EFE")) == "EFE"


def test_an_echo_that_turns_out_to_be_anothers_text_is_that_ones():
    quoted = a_story(an_article(FERRY, publisher="paper.example"))
    echo = an_excerpt(quoted, coverage=quoted.coverage)
    late = a_story(an_article(FERRY, publisher="other.example", hours=2))
    assert united([echo, late]).is_echo is False
    assert united([echo, echo]).is_echo is True
