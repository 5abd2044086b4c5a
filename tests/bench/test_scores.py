from pathlib import Path

from labelled import LEAD, STORY, a_corpus

from bench.reading.pages import write_rows
from bench.reading.scores import BARS, of_newsroom, of_pages, of_texts, token_f1, worst


def test_text_and_credit_are_what_the_corpus_says(tmp_path: Path):
    pages = a_corpus(tmp_path)

    assert of_pages(pages, pages / "pages.jsonl") == {
        "token F1": 0.5,
        "token F1, fundus": 0.5,
        "token F1, scrapinghub": 0.25,
        "credit precision": 0.5,
        "credit recall": 0.25,
        "uncredited given an agency": 0.25,
        "photo agency for text agency": 0.0,
    }


def test_each_column_has_its_share_of_pages_and_who_says_no_times_is_not_wrong_about_them(tmp_path: Path):
    pages = a_corpus(tmp_path)
    good = write_rows([{"id": "a", "text": f"{LEAD}\n{STORY}", "published": "2026-03-01"}], tmp_path / "good.jsonl")
    poor = write_rows([{"id": "a", "text": "The ferry Aurora at her berth"}], tmp_path / "poor.jsonl")

    found = of_texts(pages, {"good": good, "poor": poor})

    shares = ("pages with captions", "standfirst present", "summary present", "published right")
    assert [[found[name].get(share) for share in shares] for name in ("good", "poor")] == [
        [0.0, 1.0, 1.0, 1.0],
        [1.0, 0.0, 0.0, None],
    ]


def test_the_newsroom_counts_agencies_by_their_ids(tmp_path: Path):
    texts = {
        "a": "HAMBURG (dpa) - The ferry sailed again.",
        "b": "The ferry sailed again.",
        "c": "LYON (AFP) - She sailed.",
    }
    rows = [{"id": one, "text": text, "byline": ""} for one, text in texts.items()]
    write_rows(rows, tmp_path / "articles.jsonl")
    gold = [{"article": "a", "text_agencies": ["dpa"]}, {"article": "b", "text_agencies": ["EFE"]}]
    write_rows([*gold, {"article": "c", "text_agencies": []}], tmp_path / "gold.jsonl")

    assert of_newsroom(tmp_path) == {"newsroom credit precision": 0.5, "newsroom credit recall": 0.5}
    assert of_newsroom(tmp_path / "none") == {}


def test_the_worst_pages_are_named_by_their_ids(tmp_path: Path):
    pages = a_corpus(tmp_path)
    read = write_rows([{"id": "a", "text": ""}], tmp_path / "read.jsonl")

    assert worst(pages, read, 3) == ["0.000    0.00  flairNLP/fundus  a"]


def test_token_f1_counts_words_and_chinese_characters():
    assert [token_f1("A b", "a c"), token_f1("渡輪", "渡船"), token_f1("", "")] == [0.5, 0.5, 1.0]


def test_every_bar_has_a_figure_of_its_own():
    assert len({bar.figure for bar in BARS}) == len(BARS)
