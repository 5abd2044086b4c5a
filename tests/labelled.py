"""A corpus of one labelled page, for the tests of the benches."""

import json
from pathlib import Path

from bench.reading.pages import write_rows

LEAD = "After three weeks in the dock the ferry is back on her line."
STORY = "The Aurora left the old harbour on Monday morning with forty passengers."
PAGE = f"""<html><head><meta name="description" content="{LEAD}"></head><body><h1>Ferry is back</h1><h2>{LEAD}</h2>
<figure><figcaption>The ferry Aurora at her berth</figcaption></figure>
<p>{STORY}</p><p>{STORY} Again.</p></body></html>"""


def a_corpus(folder: Path) -> Path:
    pages = folder / "pages"
    pages.mkdir()
    (pages / "a.html").write_text(PAGE)
    expected = {"text": f"{LEAD}\n{STORY}\n{STORY} Again.", "published": "2026-03-01T10:00:00+00:00"}
    row = {
        "id": "a",
        "file": "a.html",
        "source_repo": "flairNLP/fundus",
        "title": "Ferry is back",
        "expected": expected,
    }
    write_rows([row], pages / "pages.jsonl")
    credit = {"precision": 0.5, "recall": 0.25, "uncredited_given_one": "1/4", "photo_for_text": "0/4"}
    f1 = {"all": [0.5, 40], "flairNLP/fundus": [0.5, 20], "scrapinghub/article-extraction-benchmark": [0.25, 20]}
    (pages / "score.py").write_text(f"print({json.dumps({'f1': f1, 'credit': credit})!r})")
    return pages
