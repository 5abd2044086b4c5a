"""The figures of one way to decide, from what the corpus's own score.py says of its predictions; and their bars."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.bars import Bar

BARS = (
    Bar("edited F1", least=0.985),
    Bar("edited brief recall", least=0.97),
    Bar("mt F1", least=0.95),
    Bar("translation F1", least=0.93),
    Bar("translation whole recall", least=0.96),
    Bar("translation cut recall", least=0.88),
    Bar("natural F1", least=0.92),
    Bar("natural quote_only merged", most=2 / 60, said="2 of 60"),
    Bar("natural boilerplate merged", most=1 / 29, said="1 of 29"),
    Bar("template F1", least=0.93),
    Bar("template template merged", most=2 / 21, said="2 of 21"),
    Bar("same_event merged", most=0.005),
    Bar("background unrelated merged", most=0.0005),
    Bar("macro F1", least=0.94),
    Bar("event link F1", least=0.75),
    Bar("largest coverage", most=60),
    Bar("newsroom link precision", least=0.90),
    Bar("update named", least=0.70),
    Bar("correction named", least=0.70),
    Bar("translation named", least=0.95),
    Bar("excerpt named", least=0.60),
    Bar("digest named", least=0.60),
)


def of_stream(corpus: Path, predictions: Path) -> dict[str, float]:
    """The figures of predictions on the labelled stream; those that it has no pairs for are left out."""
    told = _said(corpus / "score.py", corpus / "dev" / "gold.jsonl.gz", predictions, "--json")
    suites, overall, link = told["suites"], told["overall"], told["event_link"]

    def recall(suite: str, kind: str) -> Any:
        return suites.get(suite, {}).get("recall_by_kind", {}).get(kind, {}).get("rate")

    def merged(suite: str, kind: str) -> Any:
        return suites.get(suite, {}).get("false_merge", {}).get(kind, {}).get("rate")

    found = {
        **{f"{name} F1": suite["f1"] for name, suite in suites.items() if suite["pos"]},
        "macro F1": overall["macro_f1"],
        "precision": overall["precision"],
        "recall": overall["recall"],
        **{f"{kind} recall": row["rate"] for kind, row in overall["recall_by_kind"].items()},
        "edited brief recall": recall("edited", "brief"),
        "translation whole recall": recall("translation", "translation"),
        "translation cut recall": recall("translation", "translation_truncated"),
        "natural quote_only merged": merged("natural", "quote_only"),
        "natural boilerplate merged": merged("natural", "boilerplate"),
        "template template merged": merged("template", "template"),
        "background unrelated merged": merged("background", "unrelated"),
        **{f"{kind} merged": row["rate"] for kind, row in overall["false_merge"].items()},
        **{f"{kind} merged": row["rate"] for kind, row in overall["unscored_merged"].items()},
        **{f"{kind} named": row["rate"] for kind, row in told["named"].items()},
        **{
            f"event link {name}": link[key]
            for name, key in (("F1", "f1"), ("precision", "precision"), ("recall", "recall"))
        },
        "merged and not linked": link["torn"],
        "largest story": told["stories"]["largest"],
        "largest coverage": max(Counter(_coverages(predictions)).values()) if link["given"] else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def of_newsroom(folder: Path, predictions: Path) -> dict[str, float]:
    """The figures of predictions on the authored newsroom."""
    told = _said(folder / "score.py", predictions, folder / "gold.jsonl")
    found = {
        f"newsroom {kind} {name}": told[kind][name] for kind in ("merge", "link") for name in ("precision", "recall")
    }
    return found | {"newsroom relation": told["relation"]}


def write(rows: Iterable[dict[str, Any]], path: Path) -> Path:
    """Write predictions, one a line; the path again."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def _coverages(predictions: Path) -> Iterator[str]:
    """The coverage of each article, its story where it names none."""
    with predictions.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield row.get("coverage") or row["story"]


def _said(script: Path, *arguments: str | Path) -> Any:
    """What a score.py says, which is JSON. Its own words go to standard error."""
    command = [sys.executable, str(script), *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
