"""Pages made to break the reader of pages: what raised, what never ended, what filled the memory.

Where an input took quadratic time the test asks for the answer alone: before the mend it did not come within the
tests' time limit.
"""

import json
from datetime import UTC, datetime

import msgspec
import pytest

from newswire.agencies import find
from newswire.article import Entry, Page, Verdict
from newswire.furniture import is_furniture, without_furniture
from newswire.phrases import phrased
from newswire.verdict import Signs, judge
from workers.extract import extract
from workers.page.glue import BORDER, words_of
from workers.page.hold import hold
from workers.page.jsonld import MAX_DOCUMENTS, MAX_NODES, bare, names_of, nodes_of
from workers.page.lines import MAX_CHARS, MAX_LINES, Line, lines
from workers.page.signs import signs_of
from workers.page.stated import MAX_STATED
from workers.page.tree import MAX_ATTRIBUTES, MAX_NAMES, decode, parse

FETCHED = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
URL = "https://www.lennepost.example/town/bridge-reopens"
SENTENCE = "The bridge over the Lenne has reopened after two years of work, the mayor of the town said on Monday."


def a_page(body="", *, head="") -> Page:
    story = f"<article><p>{SENTENCE}</p>{body}</article>"
    html = f"<!doctype html><html lang=en><head>{head}</head><body>{story}</body></html>"
    return Page(url=URL, body=html.encode(), fetched=FETCHED)


def json_ld(text) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def a_tree(html):
    tree = parse(html)
    assert tree is not None
    return tree


@pytest.mark.parametrize("trick", ['b="<"', 'b=">"', "b='<'", "/", ""])
def test_a_tag_with_more_attributes_than_any_page_has_is_no_tag(trick):
    monster = " ".join(f"a{number} {trick if number % 100 == 0 else ''}" for number in range(40_000))
    tree = a_tree(f"<p>before<p {monster}>after</p>")
    assert max(len(element.attrib) for element in tree.iter()) <= MAX_ATTRIBUTES
    assert tree.text_content() == "beforeafter"


@pytest.mark.parametrize(
    "held", ["<script>if (i<n {})</script>", "<!-- <p {} -->", "<style>a<b {}</style>", '<p data-x="{}">']
)
def test_words_in_a_script_a_comment_or_a_value_are_no_attributes(held):
    tree = a_tree("<div>" + held.format("word " * 5 * MAX_ATTRIBUTES) + "<p>after</p></div>")
    assert tree.xpath("string(//p[last()])") == "after"
    assert len(tree.xpath("//script | //style | //comment() | //p[@data-x]")) == 1


@pytest.mark.parametrize(
    "label", ["punycode", "idna", "undefined", "utf-7", "unicode_escape", "base64", "zlib", "rot13", "aliases", "é"]
)
def test_a_charset_that_no_page_is_written_in_is_none(label):
    assert decode(b"caf\xe9 " * 50_000, f"text/html; charset={label}").startswith("caf")


@pytest.mark.parametrize("key", ["license", "image", "author", "headline", "url", "datePublished", "articleSection"])
def test_half_a_surrogate_pair_in_json_can_be_written_to_a_stream(key):
    value = f'{{"@type": "NewsArticle", "{key}": "https://lennepost.example/\\ud83d"}}'
    article = extract(a_page(head=json_ld(value)))
    assert msgspec.json.decode(msgspec.json.encode(article), type=type(article)) == article


@pytest.mark.parametrize("depth", [900, 100_000])
def test_a_deep_value_says_nothing_of_access(depth):
    head = json_ld('{"@type": "NewsArticle", "isAccessibleForFree": ' + "[" * depth + "]" * depth + "}")
    assert extract(a_page(head=head)).text == SENTENCE


def test_of_a_script_of_many_documents_the_first_are_read():
    assert len(nodes_of(['{"a": 1}' * 200_000])) == MAX_DOCUMENTS


def test_of_many_scripts_no_more_nodes_are_read_than_of_one():
    assert len(nodes_of(['[{"a": 1}, {"a": 2}, {"a": 3}, {"a": 4}]'] * MAX_NODES)) == MAX_NODES


def test_lists_of_lists_hold_no_node():
    assert nodes_of([json.dumps([[[[]] * 200] * 200] * 20)]) == []


def test_of_many_authors_the_first_are_asked_for_among_the_nodes():
    nodes = [{"@id": f"#{number}", "name": "Ann Lee"} for number in range(MAX_NODES)]
    assert len(names_of([{"@id": f"#x{number}"} for number in range(200_000)], nodes)) == 0


def test_an_address_of_question_marks_is_bare():
    assert bare("?" * 200_000 + "\nx") == ""


def test_of_many_dates_the_first_are_held_against_each_other():
    nodes = [
        {"@type": "NewsArticle", "url": URL, "datePublished": f"2028-01-{1 + number % 28:02}T10:{number // 28:02}"}
        for number in range(MAX_NODES)
    ]
    article = extract(a_page(head=json_ld(json.dumps(nodes))))
    assert MAX_STATED < MAX_NODES
    assert article.published is None


def test_a_word_without_end_is_one_word():
    assert words_of("a" * 200_000) == {"a" * 200_000}
    assert words_of(f"{'a' * 200_000}{BORDER}b") == frozenset()


def test_no_more_is_read_of_a_page_than_any_page_holds():
    seen = lines(a_tree("<body>" + "<p>a</p>" * (MAX_LINES + 100)))
    assert len(seen) == MAX_LINES
    seen = lines(a_tree("<body>" + f"<p>{'a' * 100_000}</p>" * 10))
    assert sum(len(line.text) for line in seen) == MAX_CHARS


def test_no_line_bears_a_megabyte_of_its_blocks_names():
    seen = lines(a_tree(f"<div class='{'x' * 1_000_000}'><p>a</p><p>b</p></div>"))
    assert max(len(line.names) + len(line.home) for line in seen) < 5 * MAX_NAMES


def test_paragraphs_that_are_all_alike_are_held_in_their_order():
    alike = ["The same words again."] * 10_000
    assert [number for number, _ in hold(alike, [Line(text) for text in alike])] == list(range(10_000))


def test_paragraphs_that_begin_as_many_short_lines_do_are_looked_for_among_few():
    seen = [Line("abcd")] * 10_000
    held = hold([f"abcd {number} of it" for number in range(10_000)], seen)
    assert {number for number, _ in held} == {-1}


def test_headings_of_lists_before_a_sentence_are_read_once():
    assert without_furniture(["Read more"] * 20_000 + [SENTENCE]) == (SENTENCE,)


@pytest.mark.parametrize("line", ["/" * 290 + "newsletter é (", "© " * 155 + "AFP", "|" * 300 + "\0x", "(" * 319])
def test_a_line_of_marks_is_asked_for_furniture_three_hundred_times(line):
    assert len({is_furniture(line) for _ in range(300)}) == 1


def test_a_paragraph_of_phrases_names_who_stands_before_the_first():
    assert phrased("The mayor spoke. AFP" + " contributed to it" * 15 + " contributed to this report.") == []
    assert phrased("The mayor spoke. AFP contributed to this report.") == ["AFP"]


def test_false_friends_are_told_from_names_in_one_reading():
    assert list(find("Isle of Man TT, " * 20_000)) == []


def test_what_a_page_marks_as_paid_counts_once_where_it_stands_in_itself():
    data = '{"hasPart": {"isAccessibleForFree": false, "cssSelector": ".a"}}'
    tree = a_tree(json_ld(data) + "<div class='a'>" * 60 + "one two three")
    assert signs_of(tree, is_short=True).given_words == 3


def test_a_selector_of_blanks_selects_nothing():
    part = '"hasPart": ["isAccessibleForFree": false, "cssSelector":' + " " * 1900 + "x],"
    assert signs_of(a_tree(json_ld(part * 700) + "<p>a"), is_short=True).given_words is None


def test_a_live_entry_is_known_by_its_first_words():
    html = "<div class='live-entry'>" * 150 + "<time>9:00</time>" * 120 + "a" * 500_000
    assert signs_of(a_tree(html), is_short=False).updates == 0


def test_a_wall_of_dots_is_no_consent():
    text = "We value your privacy. Accept all. " + "." * 100_000
    assert judge(text=text, visible=text, signs=Signs()) is Verdict.CONSENT


def test_a_feed_of_hostile_markup_gives_what_it_shows():
    entry = Entry(id="1a", feed="f1", publisher="lennepost.example", link=URL, html="<p>" * 30_000)
    assert extract(a_page(), entry).text == SENTENCE


@pytest.mark.parametrize("tag", ["b", "a", "span"])
def test_words_set_off_without_end_stand_plain(tag):
    article = extract(a_page("<p>" + f"<{tag}>words</{tag}> of it " * 5000 + "</p>"))
    assert article.text.startswith(SENTENCE + "\nwords of it words of it ")


def test_names_without_end_may_hold_what_no_attribute_can_be_set_to():
    tree = a_tree(f"<p class='&#1;{'x' * 2 * MAX_NAMES}'>words</p>")
    assert (tree.text_content(), tree.xpath("//@class")) == ("words", [])
