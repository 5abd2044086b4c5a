"""What is let through of walls, and refused of good pages: `python -m bench.reading.walls [CORPUS]`.

Two sets: `walls.jsonl`, pages written by hand in the known forms of the makers of bot checks, consent pages and
paywalls, and good pages that look like them (half of the makers, marked `held`, was not looked at while the rules were
made); and, where CORPUS/pages is there, its pages: those in `verdicts.jsonl` have the verdict named there, and good
are the others whose reference text was found. A wall is let through when its verdict would go to matching.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from bench.bars import shown
from newswire.article import Page, Verdict
from newswire.verdict import count_words
from workers.extract import extract

FOLDER = Path(__file__).parent
WALLS = frozenset((Verdict.CONSENT, Verdict.PAYWALL, Verdict.BOT_WALL))
# A reference text that counts, and the share of its words that a text must have to be that article's.
GOOD_WORDS = 60
FOUND = 0.5


class Reading(NamedTuple):
    """What a page is, and what was made of it."""

    id: str
    group: str
    right: Verdict
    got: Verdict

    @property
    def is_let_through(self) -> bool:
        """Whether a wall went to matching."""
        return self.right in WALLS and self.got.is_readable

    @property
    def is_refused(self) -> bool:
        """Whether a good page did not."""
        return self.right.is_readable and not self.got.is_readable


class Walls(NamedTuple):
    """The two rates with their counts, and every page whose verdict is not the right one."""

    walls: int
    let_through: int
    good: int
    refused: int
    misses: tuple[Reading, ...]

    @property
    def let_through_rate(self) -> float:
        """Of the walls; 0 where there are none."""
        return self.let_through / max(self.walls, 1)

    @property
    def refused_rate(self) -> float:
        """Of the good pages; 0 where there are none."""
        return self.refused / max(self.good, 1)


def measure(corpus: Path | None = None, *, read: Mapping[str, tuple[Verdict, str]] | None = None) -> Walls:
    """The rates over both sets; CORPUS may be None or lack its pages.

    `read` may give the verdict and the text of the corpus's pages by their ids, where they have been read already.
    """
    return summed([*made(), *(of_corpus(corpus / "pages", read) if corpus else ())])


def summed(readings: Iterable[Reading]) -> Walls:
    """The rates of some readings."""
    readings = list(readings)
    return Walls(
        walls=sum(one.right in WALLS for one in readings),
        let_through=sum(one.is_let_through for one in readings),
        good=sum(one.right.is_readable for one in readings),
        refused=sum(one.is_refused for one in readings),
        misses=tuple(one for one in readings if one.got != one.right),
    )


def made() -> Iterator[Reading]:
    """The pages written by hand, as the service reads them."""
    for row in rows(FOLDER / "walls.jsonl"):
        page = Page(url=row["url"], body=row["html"].encode(), fetched=datetime.now(UTC))
        yield Reading(row["id"], f"made, {row['half']}", Verdict(row["verdict"]), extract(page).verdict)


def of_corpus(pages: Path, read: Mapping[str, tuple[Verdict, str]] | None = None) -> Iterator[Reading]:
    """The corpus's pages of which the right verdict is known."""
    if not (pages / "pages.jsonl").exists():
        return
    right = {row["id"]: Verdict(row["verdict"]) for row in rows(FOLDER / "verdicts.jsonl")}
    for row in rows(pages / "pages.jsonl"):
        expected = (row.get("expected") or {}).get("text") or ""
        if row["id"] not in right and count_words(expected) < GOOD_WORDS:
            continue
        verdict, text = (read or {}).get(row["id"]) or _read(row, pages)
        if row["id"] in right or _is_found(expected, text):
            yield Reading(row["id"], "corpus", right.get(row["id"], Verdict.FULL), verdict)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _read(row: dict[str, Any], pages: Path) -> tuple[Verdict, str]:
    body = gzip.decompress((pages / row["file"]).read_bytes())
    article = extract(Page(url=row["url"] or "http://file.invalid/", body=body, fetched=datetime.now(UTC)))
    return article.verdict, article.text


def _is_found(expected: str, text: str) -> bool:
    """Whether the extraction found the article at all, whatever its verdict."""
    wanted, got = (Counter(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|\w+", one.lower())) for one in (expected, text))
    return sum((wanted & got).values()) >= FOUND * sum(wanted.values())


def main(corpus: Path | None) -> int:
    """Print the table and the misses; the exit status."""
    readings = [*made(), *(of_corpus(corpus / "pages") if corpus else ())]
    print(f"{'set':12}  {'walls let through':>20}  {'good pages refused':>20}")
    for group in (*dict.fromkeys(one.group for one in readings), "all"):
        sums = summed(one for one in readings if group in ("all", one.group))
        let_through = f"{sums.let_through} of {sums.walls}: {shown(sums.let_through_rate)}"
        print(f"{group:12}  {let_through:>20}  {f'{sums.refused} of {sums.good}: {shown(sums.refused_rate)}':>20}")
    for miss in summed(readings).misses:
        print(f"{miss.group}: {miss.id} is {miss.right}, taken for {miss.got}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit("usage: python -m bench.reading.walls [CORPUS]")
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) == 2 else None))
