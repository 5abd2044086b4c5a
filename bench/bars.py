"""What a figure must reach, and what falls short of it. For every bench."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Bar(NamedTuple):
    """A figure, and its least or greatest good value."""

    figure: str
    least: float | None = None
    most: float | None = None
    said: str = ""  # how people say it, where it is not the number: "2 of 60"

    def __str__(self) -> str:
        value = self.least if self.least is not None else self.most
        return f"{'≥' if self.least is not None else '≤'} {self.said or shown(value)}"

    def missed_by(self, value: float) -> float:
        """How much is missing, 0 where the bar is reached."""
        if self.least is not None:
            return max(0.0, self.least - value)
        return max(0.0, value - self.most) if self.most is not None else 0.0


def shown(value: float | None) -> str:
    """A share with three decimals, four where it is small; a count as it is, a mean of counts with one."""
    if value is None:
        return "–"
    if isinstance(value, int) or value >= 100:
        return f"{value:,.0f}"
    if value >= 2:
        return f"{value:.1f}"
    return f"{value:.4f}" if 0 < value < 0.01 else f"{value:.3f}"


def ending(short: Sequence[str]) -> str:
    """The last lines of a bench: what falls short, or that nothing does."""
    return "\n".join(["", "Falls short:", *(f"  {line}" for line in short)] if short else ["", "Every bar is reached."])


def falls_short(bars: Iterable[Bar], figures: Mapping[str, float]) -> list[str]:
    """A line for each bar that is not reached, with what is missing; a figure that was not measured reaches none."""
    lines = []
    for bar in bars:
        value = figures.get(bar.figure)
        if value is None:
            lines.append(f"{bar.figure}: not measured, {bar} is wanted")
        elif (missing := bar.missed_by(value)) > 0:
            lines.append(f"{bar.figure}: {shown(value)}, {bar} is wanted: {shown(missing)} away")
    return lines
