import gzip
import json
from datetime import timedelta
from pathlib import Path

from builders import LEAD

from bench.sameness.pairs import read_pairs, tally

PAGE = "<html><head><title>Ferry</title></head><body><article>{}</article></body></html>"


def a_corpus(folder: Path, *pairs: tuple[str, str, str]) -> Path:
    """Labelled pairs of two pages, "page" and "empty", and of two texts, "text" and "again"."""
    body = PAGE.format("".join(f"<p>{line}</p>" for line in LEAD.split("\n")))
    for name, html in (("page", body), ("empty", PAGE.format(""))):
        (folder / f"{name}.html.gz").write_bytes(gzip.compress(html.encode()))
    pages = [{"id": one, "file": f"{one}.html.gz", "url": None, "publisher": "p.example"} for one in ("page", "empty")]
    texts = [
        {"id": one, "text": LEAD, "publisher": None, "url": None, "language": "en", "title": None}
        for one in ("text", "again")
    ]
    rows = [{"label": label, "a": a, "b": b} for label, a, b in pairs]
    for name, lines in (("pages.jsonl", pages), ("texts.jsonl.gz", texts), ("copies.jsonl", rows)):
        content = "".join(json.dumps(line) + "\n" for line in lines).encode()
        (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return folder


def test_a_pair_comes_from_pages_and_texts_an_hour_apart(tmp_path: Path):
    ((label, (first, second)),) = read_pairs(a_corpus(tmp_path, ("copy", "page", "text")))

    assert (label, first.text, second.text) == ("copy", LEAD, LEAD)
    assert second.first_seen - first.first_seen == timedelta(hours=1)


def test_the_shares_are_of_the_pairs_of_a_label(tmp_path: Path):
    folder = a_corpus(tmp_path, ("copy", "text", "again"), ("copy", "page", "text"), ("unrelated", "page", "again"))

    found = tally(folder, lambda articles: ["s" if article.id != "page" else "other" for article in articles])

    assert found == {
        "pages copy merged": 0.5,
        "pages unrelated merged": 0.0,
        "pages: one text, merged": 0.5,
        "pages: two texts, merged": 0.0,
    }


def test_what_the_service_would_reject_is_not_decided(tmp_path: Path):
    decided = []

    def decide(articles):
        decided.append(articles)
        return ["s"]

    assert tally(a_corpus(tmp_path, ("copy", "empty", "text")), decide)["pages copy merged"] == 0.0
    assert decided == []
