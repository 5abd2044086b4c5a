"""The figures of what was read, and their bars.

Text and credit are as the corpus's own score.py counts them; captions, related lines, standfirsts and times of
publication as leaks.py, standfirst.py and published.py define.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench.bars import Bar
from bench.reading.leaks import Seen, captions, related
from bench.reading.pages import html_of, is_of, is_whole, read_rows, reference_of
from bench.reading.published import is_right
from bench.reading.standfirst import is_present, standfirst_of, summary_of
from bench.reading.walls import measure
from newswire.article import Verdict
from newswire.credit import attribute
from workers.page.tree import parse

BARS = (
    Bar("token F1", least=0.930),
    Bar("token F1, fundus", least=0.975),
    Bar("token F1, scrapinghub", least=0.975),
    Bar("pages with captions", most=0.01, said="1 %"),
    Bar("pages with related lines", most=0.015, said="1.5 %"),
    Bar("standfirst present", least=0.90),
    Bar("credit precision", least=0.95),
    Bar("credit recall", least=0.90),
    Bar("uncredited given an agency", most=0.03, said="3 %"),
    Bar("photo agency for text agency", most=0.01, said="1 %"),
    Bar("newsroom credit precision", least=0.97),
    Bar("newsroom credit recall", least=0.95),
    Bar("published right", least=0.98),
    Bar("walls let through", most=0.02, said="2 %"),
    Bar("good pages refused", most=0.01, said="1 %"),
    Bar("CPU against the reference", most=1.5),
)
_SOURCES = {"flairNLP/fundus": "fundus", "scrapinghub/article-extraction-benchmark": "scrapinghub"}

Column = dict[str, float]


def of_pages(pages: Path, predictions: Path) -> Column:
    """Text and credit, as the corpus's score.py counts them."""
    script = [sys.executable, str(pages / "score.py"), str(predictions), str(pages)]
    told = json.loads(subprocess.run(script, check=True, stdout=subprocess.PIPE).stdout)
    credit = told["credit"]
    f1 = {source: mean for source, (mean, _) in told["f1"].items()}
    return {
        "token F1": f1.pop("all"),
        **{f"token F1, {_SOURCES.get(source, source)}": mean for source, mean in sorted(f1.items())},
        "credit precision": credit["precision"],
        "credit recall": credit["recall"],
        "uncredited given an agency": _share(credit["uncredited_given_one"]),
        "photo agency for text agency": _share(credit["photo_for_text"]),
    }


def of_texts(pages: Path, columns: Mapping[str, Path]) -> dict[str, Column]:
    """Captions, related lines, standfirsts and times of each column's predictions, in one walk through the pages."""
    said = {name: {row["id"]: row for row in read_rows(path)} for name, path in columns.items()}
    counts: dict[str, Counter[str]] = {name: Counter() for name in columns}
    asked: Counter[str] = Counter()
    for row in read_rows(pages / "pages.jsonl"):
        tree = parse(html_of(row, pages))
        if tree is None:
            continue
        seen = Seen(tree)
        standfirst, summary = standfirst_of(row, tree, seen.lines), summary_of(row, tree)
        published = (row.get("expected") or {}).get("published") if is_of(row, "fundus") else None
        judged = {
            "pages with captions": is_whole(row),
            "pages with related lines": is_whole(row),
            "captions, all pages": True,
            "related lines, all pages": True,
            "standfirst present": bool(standfirst),
            "summary present": bool(summary),
            "published right": bool(published),
        }
        asked.update(figure for figure, holds in judged.items() if holds)
        for name in columns:
            found = said[name].get(row["id"], {})
            text = found.get("text") or ""
            has_captions, has_related = bool(captions(row, text, seen)), bool(related(row, text, seen))
            is_so = {
                "pages with captions": has_captions,
                "pages with related lines": has_related,
                "captions, all pages": has_captions,
                "related lines, all pages": has_related,
                "standfirst present": bool(standfirst) and is_present(standfirst, text),
                "summary present": bool(summary) and is_present(summary, text),
                "published right": bool(published) and is_right(found.get("published"), str(published)),
            }
            counts[name].update(figure for figure, holds in is_so.items() if holds and judged[figure])
    # Who never says a time is not wrong about it.
    silent = {name for name, rows in said.items() if not any(row.get("published") for row in rows.values())}
    return {
        name: {
            figure: count[figure] / asked[figure]
            for figure in asked
            if not (figure == "published right" and name in silent)
        }
        for name, count in counts.items()
    }


def of_newsroom(folder: Path) -> Column:
    """Precision and recall of the agencies of the authored newsroom, by their ids; empty where there is none."""
    if not (folder / "articles.jsonl").exists():
        return {}
    gold = {row["article"]: _names(row["text_agencies"]) for row in read_rows(folder / "gold.jsonl")}
    right = said = true = 0
    for row in read_rows(folder / "articles.jsonl"):
        found = _names(attribute(text=row["text"], byline=row["byline"]).agencies)
        right += len(found & gold[row["id"]])
        said += len(found)
        true += len(gold[row["id"]])
    return {"newsroom credit precision": right / max(said, 1), "newsroom credit recall": right / max(true, 1)}


def of_walls(corpus: Path, predictions: Path) -> Column:
    """What is let through of walls, and refused of good pages, as walls.py counts them."""
    read = {row["id"]: (Verdict(row["verdict"]), row["text"]) for row in read_rows(predictions) if "verdict" in row}
    walls = measure(corpus, read=read)
    return {"walls let through": walls.let_through_rate, "good pages refused": walls.refused_rate}


def worst(pages: Path, predictions: Path, count: int) -> list[str]:
    """The pages with the lowest token F1, a line each: F1, length against the reference's, source, id."""
    said = {row["id"]: row.get("text") or "" for row in read_rows(predictions)}
    found = [
        (token_f1(said.get(row["id"], ""), reference), len(said.get(row["id"], "")) / len(reference), row)
        for row in read_rows(pages / "pages.jsonl")
        if (reference := reference_of(row))
    ]
    found.sort(key=lambda one: one[0])
    return [f"{f1:.3f}  {ratio:6.2f}  {row['source_repo']}  {row['id']}" for f1, ratio, row in found[:count]]


def token_f1(one: str, other: str) -> float:
    """The F1 of two bags of words, as score.py counts it."""
    first, second = _bag(one), _bag(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def _bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"[぀-ヿ㐀-鿿]|\w+", text.lower()))


def _names(agencies: Iterable[Any]) -> set[str]:
    return {str(name).lower() for name in agencies}


def _share(counted: str) -> float:
    """The share that is printed as "3/294"."""
    part, whole = counted.split("/")
    return int(part) / max(int(whole), 1)
