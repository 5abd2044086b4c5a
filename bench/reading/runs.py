"""One run over the labelled pages, by its name: the service's own command, another's extractor, or the weighing.

Each writes what it read as `wirefold read --batch` does, a row a page: id, text, published, credit.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

from bench.reading.cost import weigh
from bench.reading.extractors import EXTRACTORS, Reading, no_network, quiet
from bench.reading.pages import html_of, read_rows, url_of, write_rows

OURS = "wirefold"
COST = "cost"


def run_by_name(name: str, pages: Path, out: Path) -> dict[str, float]:
    """Do the run; what it tells of itself, beside the predictions that it writes to `out`."""
    if name == COST:
        return weigh(pages)
    if name == OURS:
        return read_ours(pages, out)
    quiet()
    no_network()
    return read_theirs(name, pages, out)


def read_ours(pages: Path, out: Path) -> dict[str, float]:
    """The service's command over all pages."""
    command = [sys.executable, "-m", "cli.main", "read", "--batch", str(pages / "pages.jsonl"), "--out", str(out)]
    subprocess.run(command, check=True)
    return {"pages that made it raise": sum(1 for row in read_rows(out) if row.get("error"))}


def read_theirs(name: str, pages: Path, out: Path) -> dict[str, float]:
    """Another's extractor over all pages; one that makes it raise counts as empty."""
    raised = 0
    passed = 0.0

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal raised, passed
        for row in read_rows(pages / "pages.jsonl"):
            html = html_of(row, pages)
            began = process_time()
            try:
                found = EXTRACTORS[name](html, url_of(row))
            except Exception:  # noqa: BLE001 - whatever a page makes of a library is counted
                raised += 1
                found = Reading("")
            passed += process_time() - began
            agencies = [{"agency": agency} for agency in sorted(found.agencies())]
            yield {
                "id": row["id"],
                "text": found.text,
                "published": found.published or None,
                "credit": {"text": agencies},
            }

    count = len(write_rows(rows(), out).read_text(encoding="utf-8").splitlines())
    return {"pages that made it raise": raised, "CPU ms a page": 1000 * passed / max(count, 1)}
