"""Read the pages of a labelled corpus and print its score: `python bench/reading.py CORPUS`.

CORPUS holds `pages/` (pages.jsonl, credits.jsonl, the page files, score.py) and, where present, `newsroom/`
(articles.jsonl, gold.jsonl, score.py). Each score.py is the reference: this file only runs the pages through
workers.extract and prints what it says. Exits with 2 when the corpus is absent.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newswire.article import Page, as_dict
from newswire.credit import attribute
from workers.extract import extract


def main(corpus: Path) -> int:
    """Print the figures; the exit status."""
    pages = corpus / "pages"
    if not (pages / "score.py").exists():
        print(f"no corpus at {corpus}: it needs pages/score.py (see the file's head)")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "pages.jsonl"
        started = time.process_time()
        count = _write(predictions, (_read(row, pages) for row in _rows(pages / "pages.jsonl")))
        print(f"{(time.process_time() - started) / max(count, 1) * 1000:.0f} ms a page")
        print(_score(pages / "score.py", predictions, pages))
    newsroom = corpus / "newsroom"
    if (newsroom / "articles.jsonl").exists():
        print(json.dumps({"newsroom": _newsroom(newsroom)}))
    return 0


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _write(path: Path, rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, row in enumerate(rows, 1):  # noqa: B007 - the count is the result
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


def _read(row: dict[str, Any], folder: Path) -> dict[str, Any]:
    body = gzip.decompress((folder / row["file"]).read_bytes())
    article = extract(Page(url=row["url"] or "http://file.invalid/", body=body, fetched=datetime.now(UTC)))
    return {
        "id": row["id"],
        "title": article.title,
        "text": article.text,
        "byline": article.byline,
        "dateline": as_dict(article.dateline),
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "verdict": article.verdict.value,
        "credit": as_dict(article.credit),
    }


def _score(script: Path, *arguments: Path) -> str:
    return subprocess.run(
        [sys.executable, str(script), *map(str, arguments)], check=True, capture_output=True, text=True
    ).stdout.strip()


def _newsroom(folder: Path) -> dict[str, Any]:
    """Precision and recall of the agencies by their ids, and how many uncredited texts were given one."""
    gold = {row["article"]: {name.lower() for name in row["text_agencies"]} for row in _rows(folder / "gold.jsonl")}
    right = said = true = false_credits = 0
    for row in _rows(folder / "articles.jsonl"):
        credit = attribute(text=row["text"], byline=row["byline"])
        found = {name.lower() for name in credit.agencies}
        right += len(found & gold[row["id"]])
        said += len(found)
        true += len(gold[row["id"]])
        false_credits += bool(found and not gold[row["id"]])
    return {
        "precision": round(right / max(said, 1), 3),
        "recall": round(right / max(true, 1), 3),
        "uncredited_given_one": false_credits,
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python bench/reading.py CORPUS")
    sys.exit(main(Path(sys.argv[1])))
