"""What `wirefold run` shows: stories as they appear, each with its printings folding into it."""

from typing import Any, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from cli.plain import plain
from newswire.event.types import PREFIX

KEPT = 200  # stories remembered for the screen
MARKS = {"story.published": "●", "story.revised": "↻", "story.withdrawn": "✗", "story.copied": "↳"}


class Board:
    """A picture on a terminal, a line an event elsewhere. A context manager."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = (
            Live(console=console, auto_refresh=False, vertical_overflow="crop") if console.is_terminal else None
        )
        self._stories: dict[str, list[Text]] = {}  # in order of their last event

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._live.stop()

    def show(self, document: dict[str, Any]) -> None:
        """Take in one event."""
        line = line_of(document)
        if line is None:
            return
        if not self._live:
            self._console.print(line, soft_wrap=True)
            return
        lines = self._stories.pop(document["subject"], [])
        self._stories[document["subject"]] = [*lines, line]
        while len(self._stories) > KEPT:
            del self._stories[next(iter(self._stories))]
        self._live.update(self._picture(), refresh=True)

    def note(self, line: str) -> None:
        """Say something beside the stories."""
        console = self._live.console if self._live else self._console
        console.print(line, highlight=False, markup=False, soft_wrap=True)

    def _picture(self) -> Text:
        """The stories that last moved, as many as fit."""
        room = self._console.height - 2
        shown: list[Text] = []
        for lines in reversed(self._stories.values()):
            if shown and len(shown) + len(lines) > room:
                break
            shown = [*lines, *shown]
        return Text("\n", no_wrap=True, overflow="ellipsis").join(shown[-room:])


def line_of(document: dict[str, Any]) -> Text | None:
    """One event as a line; None for one that is not about a printing."""
    kind = document["type"].removeprefix(PREFIX).rpartition(".")[0]
    data = document["data"]
    if kind == "entry.rejected":
        return Text(f"✕ {plain(data['publisher'])}: {plain(data['reason'])} · {plain(data['title'], 60)}", style="dim")
    if kind == "story.merged":
        return Text(f"   ⇇ one story with {', '.join(data['merged'])}  {data['match']['rule']}", style="yellow")
    if kind not in MARKS:
        return None
    article, match = data["article"], data["match"]
    agencies = ", ".join(mention["agency"] for mention in data["story"]["agencies"])
    if kind == "story.published":
        text = Text(f"{MARKS[kind]} ", style="bold green").append(plain(article["title"], 90), style="bold")
        text.append(
            f"  {agencies or 'no agency'} · {plain(article['publisher'])} · {plain(article['language'])}", style="cyan"
        )
        return text
    text = Text(f"   {MARKS[kind]} ", style="yellow").append(f"{match['relation']:11} ")
    text.append(f"{plain(article['publisher'])} ", style="cyan").append(plain(article["title"], 60))
    return text.append(f"  {match['rule']} {match['score']:.2f}", style="dim")
