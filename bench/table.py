"""The table that `make bench-sameness` prints."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from bars import Bar, shown

NOTES = """
Bars are for wirefold with the seed that it ships; over the seeds: mean (lowest to highest).
"articles a second" is of processor time, the Redis server's included; reading the corpus and its credits is not in it.
"bytes an article" of wirefold are those of all its keys in Redis, of an index opened at its least size: "index" the
postings, "kept" stories, articles with their texts, coverages and ledger, "streams" the events. Of a baseline they are
what a packed index would hold (8 bytes a hash, an id, a time): none keeps texts or tells anyone.
Of pairs of pages, those with a page that is a teaser, a wall or empty count as not merged.
""".strip()


def table(
    bars: Sequence[Bar],
    ours: Mapping[str, float],
    others: Mapping[str, Mapping[str, float]],
    seeds: Sequence[Mapping[str, float]],
) -> str:
    """A row a figure, those with a bar first: the bar, our figure, the others', and ours over the seeds."""
    wanted = {bar.figure: str(bar) for bar in bars}
    names = list(dict.fromkeys([*wanted, *ours]))
    rows = [["", "bar", "wirefold", *others, f"{len(seeds)} seeds" if len(seeds) > 1 else ""]]
    rows += [
        [
            name,
            wanted.get(name, ""),
            *(shown(column.get(name)) for column in (ours, *others.values())),
            over([seed[name] for seed in seeds if name in seed], of=len(seeds)),
        ]
        for name in names
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = (
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    )
    return "\n".join([*(line.rstrip() for line in lines), "", NOTES])


def over(values: Sequence[float], of: int) -> str:
    """Mean and range of a figure over the seeds; empty where not each has it."""
    if len(values) < max(of, 2):
        return ""
    return f"{shown(fmean(values))} ({shown(min(values))} to {shown(max(values))})"
