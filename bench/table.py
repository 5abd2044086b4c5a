"""The table that a bench prints."""

from collections.abc import Mapping, Sequence
from itertools import chain
from statistics import fmean

from bench.bars import Bar, shown


def table(
    bars: Sequence[Bar],
    ours: Mapping[str, float],
    others: Mapping[str, Mapping[str, float]],
    seeds: Sequence[Mapping[str, float]] = (),
) -> str:
    """A row a figure, those with a bar first: the bar, our figure, the others', and ours over the seeds.

    Where only others have a figure it stands last.
    """
    wanted = {bar.figure: str(bar) for bar in bars}
    names = list(dict.fromkeys([*wanted, *ours, *chain.from_iterable(others.values())]))
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
    return "\n".join(line.rstrip() for line in lines)


def over(values: Sequence[float], of: int) -> str:
    """Mean and range of a figure over the seeds; empty where not each has it."""
    if len(values) < max(of, 2):
        return ""
    return f"{shown(fmean(values))} ({shown(min(values))} to {shown(max(values))})"
