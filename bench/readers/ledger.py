"""What everybody writes down in a file of his own: which event, from which stream, when. Lines survive a SIGKILL."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """A line of a ledger."""

    at_s: float  # since 1970
    stream: str  # its key
    event: str  # its id
    sequence: int  # its number on the stream; 0 where the writer does not know it
    more: str  # what else was written down; "" where nothing was


class Ledger:
    """Appends lines, each with one write of its own: what is not in the file has not happened."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write(self, stream: str, event: str, sequence: int | str | bytes = 0, more: str = "") -> None:
        """Write down an event, as of now."""
        os.write(self._file, f"{time.time():.6f} {stream} {event} {int(sequence)} {more}\n".encode())


def rows(path: Path) -> Iterator[Row]:
    """The lines of a ledger, in order; of one that nobody wrote none."""
    if not path.exists():
        return
    with path.open() as file:
        for line in file:
            at_s, stream, event, sequence, more = line.rstrip("\n").split(" ", 4)
            yield Row(float(at_s), stream, event, int(sequence), more)
