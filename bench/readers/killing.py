"""Kills a reader between read and acknowledgement, again and again, and starts it anew."""

import os
import random
import select
import subprocess
import sys
from multiprocessing.synchronize import Event
from pathlib import Path

from bench.readers.ledger import Ledger
from storage.embedded import bound_to_parent

WAIT_S = 0.2


def hunt(url: str, group: str, path: Path, kills_path: Path, kills: int, mean: int, stop: Event) -> None:
    """Let the reader handle `mean` events in the mean, then kill it; after so many kills let it live until `stop`.

    Each kill is written down: that one event was handled and not acknowledged.
    """
    at_random, ledger = random.Random(0), Ledger(kills_path)
    environment = {**os.environ, "WIREFOLD_REDIS_URL": url}
    for kill in range(kills + 1):
        after = at_random.randint(1, 2 * mean - 1) if kill < kills else 0
        command = [sys.executable, "-m", "bench.readers.killed", str(path), str(after), group, "one"]
        reader = subprocess.Popen(bound_to_parent(command), stdout=subprocess.PIPE, env=environment)
        try:
            assert reader.stdout is not None  # noqa: S101 - a pipe was asked for
            while not select.select([reader.stdout], [], [], WAIT_S)[0]:
                if stop.is_set():
                    return
            if reader.stdout.readline() != b"between\n":
                raise RuntimeError(f"the reader ended by itself: {reader.wait()}")
            ledger.write(group, f"kill-{kill}")
        finally:
            reader.kill()
            reader.wait()
