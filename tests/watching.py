"""Looking at processes, and waiting for what is claimed to come true."""

import time
from collections.abc import Callable
from pathlib import Path


def until(claim: Callable[[], bool], timeout_s: float = 20.0) -> None:
    """Wait until the claim holds; fails when it does not in time."""
    deadline = time.monotonic() + timeout_s
    while not claim():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def processes() -> dict[int, tuple[int, str]]:
    """Every living process: its id → its parent's, its command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat, command = (folder / "stat").read_text(), (folder / "cmdline").read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            continue
        state, parent = stat.rpartition(")")[2].split()[:2]
        if state != "Z":  # dead, and not yet taken leave of by whoever is process 1 here
            found[int(folder.name)] = int(parent), command
    return found


def descendants_of(parent: int) -> list[int]:
    children = [pid for pid, (its_parent, _) in processes().items() if its_parent == parent]
    return children + [pid for child in children for pid in descendants_of(child)]


def processes_with(word: str) -> list[int]:
    return [pid for pid, (_, command) in processes().items() if word in command]
