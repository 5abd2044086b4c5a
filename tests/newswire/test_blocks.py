from newswire.decision import Relation
from newswire.sameness.blocks import held_blocks
from newswire.sameness.comparable import comparable
from tests.newswire.printings import (
    FERRY,
    FOLLOW_UP,
    HARVEST,
    MATCH,
    NORTH,
    RIVAL,
    SOUTH,
    TEXTS,
    a_story,
    against,
    an_article,
    cut,
)

SPEECH = """The minister Tove Lind wrote on Tuesday that I have asked my staff to find a second ship for the summer and
we shall not let our islands wait for it, whatever I have to pay from my own budget and whoever says that we cannot."""
COLUMN = "The old fleet is a scandal, as readers of this column know.\n{}\nNobody in Bergholm will answer for it."
ROUND_UP = "\n".join(("The evening in brief", cut(HARVEST, 2), "Stranded", cut(FERRY, 2), NORTH))


def blocks_of(text: str, *stories):
    article = an_article(text, hours=3)
    return held_blocks(article, comparable(article), stories, TEXTS)


def test_a_column_that_takes_two_paragraphs_is_an_excerpt_and_begins_its_own_story():
    ferry = a_story(an_article(FERRY, publisher="root.example"))
    column = COLUMN.format(RIVAL + "\n" + "\n".join(FERRY.split("\n")[5:7]))
    decision = against(an_article(column, hours=3), ferry)
    assert (decision.relation, decision.rule, decision.against) == (Relation.EXCERPT, "block", ferry.root.article)
    assert decision.story != ferry.id


def test_a_round_up_of_two_stories_begins_its_own():
    stories = [a_story(an_article(text, publisher=f"{n}.example")) for n, text in enumerate((FERRY, HARVEST))]
    decision = against(an_article(ROUND_UP, hours=3), *stories)
    assert decision.relation is Relation.EXCERPT
    assert decision.story not in {story.id for story in stories}


def test_a_story_that_comes_after_the_round_up_is_an_original():
    digest = a_story(an_article(ROUND_UP, publisher="evening.example"))
    assert against(an_article(FERRY, hours=3), digest).relation is Relation.ORIGINAL


def test_a_shared_sentence_is_no_block():
    ferry = a_story(an_article(FERRY, publisher="root.example"))
    assert blocks_of(FOLLOW_UP, ferry) == ()


def test_what_a_publisher_prints_on_each_of_its_pages_is_no_excerpt():
    line = FERRY.split("\n")[1]
    story = a_story(an_article(f"{HARVEST}\n{line}", publisher="morning.example"))
    assert blocks_of(f"{RIVAL}\n{line}", story) == ()


def test_what_three_stories_hold_is_a_statement_that_everyone_prints():
    line = "\n".join(FERRY.split("\n")[5:7])
    texts = (HARVEST, NORTH, MATCH)
    stories = [a_story(an_article(f"{text}\n{line}", publisher=f"{n}.example")) for n, text in enumerate(texts)]
    assert len(blocks_of(f"{RIVAL}\n{line}", *stories[:2])) == 2
    assert blocks_of(f"{RIVAL}\n{line}", *stories) == ()


def test_speech_without_its_marks_is_no_block():
    spoken = SPEECH.replace("\n", " ")
    story = a_story(an_article(f"{HARVEST}\n{spoken}", publisher="root.example"))
    assert blocks_of(f"{RIVAL}\n{spoken}", story) == ()


def test_a_page_that_begins_in_its_own_words_and_takes_half_its_text_quotes_it():
    ferry = a_story(an_article(FERRY, publisher="root.example"))
    page = cut(RIVAL, 2) + "\n" + "\n".join(FERRY.split("\n")[1:3])
    decision = against(an_article(page, hours=3), ferry)
    assert (decision.relation, decision.rule) == (Relation.EXCERPT, "quoted")


def test_a_cut_with_paragraphs_of_its_own_begins_as_the_whole_does():
    ferry = a_story(an_article(FERRY, publisher="root.example"))
    page = cut(FERRY, 2) + "\nOur readers asked what the owners in Warkby knew about the steering, and when."
    assert against(an_article(page, hours=3), ferry).story == ferry.id


def test_one_title_makes_a_long_page_with_other_matter_a_printing():
    title = "Ferry runs aground off Lyrsund"
    brief = a_story(an_article(cut(FERRY, 2), title=title, publisher="brief.example"))
    page = "\n".join((cut(FERRY, 2), HARVEST, SOUTH))
    assert against(an_article(page, title=title, hours=1), brief).relation is Relation.EXTENDED
    assert against(an_article(page, title="The evening in brief", hours=1), brief).relation is Relation.EXCERPT


def test_a_page_with_an_opening_of_its_own_before_the_lead_is_a_printing():
    ferry = a_story(an_article(FERRY, publisher="root.example"))
    page = (
        "Our reporter on the quay in Tarnes saw the first families come ashore.\n"
        + cut(FERRY, 2)
        + "\n"
        + cut(RIVAL, 2)
    )
    assert against(an_article(page, hours=3), ferry).story == ferry.id


def test_a_round_up_that_holds_half_of_one_story_and_pieces_of_two_others_joins_none():
    texts = (FERRY, HARVEST, NORTH)
    stories = [a_story(an_article(text, publisher=f"{n}.example")) for n, text in enumerate(texts)]
    page = "\n".join((*HARVEST.split("\n")[:2], *FERRY.split("\n")[1:3], *NORTH.split("\n")[:2]))
    assert against(an_article(page, hours=1), stories[1]).story == stories[1].id
    decision = against(an_article(page, hours=1), *stories)
    assert (decision.relation, decision.rule) == (Relation.EXCERPT, "digest")
