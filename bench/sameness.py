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
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import log
from pathlib import Path
from typing import Any

from newswire.article import Article, Credit, Mention
from newswire.fingerprint import Signature, sign
from newswire.match import Candidate, decide
from newswire.story import Story, centre_id, fold

WINDOW = timedelta(days=5)
MAX_POSTINGS = 100
BEST = 8
MIN_SHINGLES = 2
MIN_ANCHORS = 1.0


class Index:
    """The three posting kinds over a window of stories, as storage keeps them in Redis."""

    def __init__(self) -> None:
        self.stories: dict[str, Story] = {}
        self.postings: dict[str, dict[int, dict[str, datetime]]] = {
            kind: defaultdict(dict) for kind in ("exact", "shingles", "anchors")
        }

    def candidates(self, signature: Signature, now: datetime) -> list[Candidate]:
        """The stories that share something with the signature, and the centres of their coverages."""
        exact = Counter(s for h in signature.exact for s in self._living("exact", h, now))
        shingles = Counter(s for h in signature.shingles for s in self._living("shingles", h, now))
        anchors: defaultdict[str, float] = defaultdict(float)
        for h in signature.anchors:
            sharing = self._living("anchors", h, now)
            for story in sharing:
                anchors[story] += 1 - log(len(sharing)) / log(MAX_POSTINGS)
        chosen = set(exact)
        chosen |= {s for s, n in shingles.most_common(BEST) if n >= MIN_SHINGLES}
        chosen |= {s for s, w in sorted(anchors.items(), key=lambda kv: -kv[1])[:BEST] if w >= MIN_ANCHORS}
        chosen |= {c for s in chosen if (c := centre_id(self.stories[s].coverage)) in self.stories}
        return [
            Candidate(story=self.stories[s], exact=exact[s], shingles=shingles[s], anchors=anchors[s])
            for s in sorted(chosen)
        ]

    def add(self, story: Story, signature: Signature, now: datetime, *, face: bool) -> None:
        """Keep the story as it is now, under the printing's exact keys, and under its text where that is a face."""
        self.stories[story.id] = story
        for kind in ("exact", "shingles", "anchors") if face else ("exact",):
            for h in getattr(signature, kind):
                self.postings[kind][h][story.id] = now

    def _living(self, kind: str, key: int, now: datetime) -> list[str]:
        held = self.postings[kind].get(key, {})
        living = [s for s, at in held.items() if now - at <= WINDOW]
        return living if len(living) <= MAX_POSTINGS else []


def replay(articles: list[Article]) -> Iterator[dict[str, Any]]:
    """What becomes of each article, in order of arrival."""
    index, clock, coverages = Index(), Counter[str](), Counter[str]()
    for article in articles:
        started = time.process_time()
        signature = sign(article)
        signed = time.process_time()
        candidates = index.candidates(signature, article.first_seen)
        found = time.process_time()
        decision = decide(article, candidates, article.first_seen)
        decided = time.process_time()
        story = fold(index.stories.get(decision.story), article, decision)
        index.add(story, signature, article.first_seen, face=decision.face or decision.relation.begins_story)
        coverages[decision.coverage] += 1
        clock["sign"] += int(1e6 * (signed - started))
        clock["decide"] += int(1e6 * (decided - found))
        yield {
            "id": article.id,
            "story": decision.story,
            "coverage": decision.coverage,
            "relation": decision.relation.value,
            "score": decision.score,
            "rule": decision.rule,
            "against": decision.against,
            "agencies": [mention.agency for mention in story.agencies],
            "evidence": decision.evidence,
        }
    each = {step: spent / 1000 / (len(articles) or 1) for step, spent in clock.items()}
    print(f"{len(articles)} articles; processor time each: " + ", ".join(f"{k} {v:.1f} ms" for k, v in each.items()))
    print(f"largest coverages, in articles: {[count for _, count in coverages.most_common(5)]}")


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
