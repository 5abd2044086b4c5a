"""Replay a corpus of articles through the decision, as the service would see them, and score it.

    python bench/sameness.py CORPUS [--set dev|newsroom|seeds] [--out predictions.jsonl]

CORPUS is the folder that holds the sets. Articles come in order of arrival; the index is kept in memory with the
meaning that storage gives it in Redis. Writes one prediction a line and runs the corpus's own score.py. Exits
2 when the corpus is absent. This is how a changed threshold is measured: before and after.
"""

import argparse
import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newswire.article import Article, Credit, Mention, as_dict
from storage.embedded import throwaway
from storage.stories import Lease
from workers.bootstrap import Tools
from workers.settings import Settings
from workers.settle import settle

WINDOW_S = 5 * 86400


def replay(articles: list[Article]) -> Iterator[dict[str, Any]]:
    """What became of each article, as it stands at the end; they come in order of arrival, to a Redis of their own."""
    with throwaway() as url, closing(Tools(Settings.model_validate({"redis_url": url}))) as tools:
        stories = tools.stories
        decisions = []
        for article in articles:
            settled = settle(Lease(article.id), article, stories, feed="bench", now=article.first_seen)
            if settled.decision:
                decisions.append((article, settled.decision))
        living = {decision.story: stories.story(decision.story) for _, decision in decisions}
        for article, decision in decisions:
            story = living[decision.story]
            yield as_dict(decision) | {
                "id": article.id,
                "story": story.id if story else decision.story,
                "coverage": story.coverage if story else decision.coverage,
            }


def read(folder: Path, name: str) -> list[Article]:
    """The articles of a set in order of arrival; the seeds are bare texts, an hour apart."""
    if name == "seeds":
        start = datetime(2023, 3, 8, tzinfo=UTC)
        return [
            _article(
                {"id": path.stem, "publisher": f"seed-{n}.example", "lang": "en", "text": text},
                start + n * timedelta(hours=1),
            )
            for n, path in enumerate(sorted(folder.glob("*.txt")))
            if (text := path.read_text())
        ]
    path = next(folder.glob("articles.jsonl*"))
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        rows = [json.loads(line) for line in lines]
    credited = _credits(folder) if name == "newsroom" else {}
    found = [_article(row, datetime.fromisoformat(row["fetched"]), credited.get(row["id"], ())) for row in rows]
    return sorted(found, key=lambda article: article.first_seen)


def _credits(folder: Path) -> dict[str, tuple[str, ...]]:
    with (folder / "gold.jsonl").open() as lines:
        return {row["article"]: tuple(row["text_agencies"]) for row in map(json.loads, lines)}


def _article(row: dict[str, Any], seen: datetime, agencies: tuple[str, ...] = ()) -> Article:
    mentions = tuple(Mention(agency=agency, evidence="gold", where="trailing") for agency in agencies)
    return Article(
        id=row["id"],
        publisher=row["publisher"],
        url=row.get("url", ""),
        language=row.get("lang", ""),
        title=row.get("title", ""),
        text=row["text"],
        published=datetime.fromisoformat(row["published"]) if row.get("published") else None,
        first_seen=seen,
        fetched=seen,
        credit=Credit(text=mentions),
    )


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--set", choices=("dev", "newsroom", "seeds"), default="dev", dest="name")
    parser.add_argument("--out", type=Path, default=Path("predictions.jsonl"))
    arguments = parser.parse_args()
    folder = arguments.corpus / arguments.name
    if not folder.is_dir():
        print(f"no corpus at {folder}: nothing measured")
        return 2
    with arguments.out.open("w") as out:
        for row in replay(read(folder, arguments.name)):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    if arguments.name == "dev":
        score = [str(arguments.corpus / "score.py"), str(folder / "gold.jsonl.gz"), str(arguments.out)]
    elif arguments.name == "newsroom":
        score = [str(folder / "score.py"), str(arguments.out), str(folder / "gold.jsonl"), "--show"]
    else:
        print(arguments.out.read_text())
        return 0
    return subprocess.run([sys.executable, *score], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
