"""The readers of examples/ as processes of their own: well, or with a `handle` that fails or kills them."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from redis import Redis

EXAMPLES = Path(__file__).parents[2] / "examples"

# What a reader's `handle` does here: its own work, then the end of the process; that end at once; or an error for one.
PYTHON = {
    "killed_after": "reader.main(lambda event: (reader.handle(event), os.kill(os.getpid(), 9)))",
    "killed_before": "reader.main(lambda event: os.kill(os.getpid(), 9))",
    "refuses_story_1": "reader.main(lambda event: reader.handle(event) if 'Story 1' not in str(event) else 1 / 0)",
}
NODE = {
    "killed_after": "await main((event) => { handle(event); process.kill(process.pid, 'SIGKILL'); })",
    "killed_before": "await main(() => process.kill(process.pid, 'SIGKILL'))",
    "refuses_story_1": "await main((e) => JSON.stringify(e).includes('Story 1') ? null.no : handle(e))",
}


class Reader:
    """One language's reader in a folder of its own, where it keeps what it read."""

    def __init__(self, folder: Path, url: str, node: Path | None) -> None:
        self.folder, self.node = folder, node
        self.env = {**os.environ, "WIREFOLD_REDIS_URL": url, "PYTHONPATH": str(EXAMPLES / "python")}

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    @contextmanager
    def running(self, *options: str, handle: str = "") -> Iterator[subprocess.Popen[bytes]]:
        """The process as `g-1` of the group `g`; it must end well when it is told to, unless it was to be killed."""
        with (self.folder / "log").open("ab") as log:
            command = [*self._program(handle), "g", "g-1", *options]
            process = subprocess.Popen(command, cwd=self.folder, env=self.env, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            code = process.wait(10)
        assert code == (-signal.SIGKILL if handle.startswith("killed") else 0), self.log

    def kept(self) -> list[dict[str, Any]]:
        """The events in its sink, in the order of the stream."""
        if self.node:
            documents = [path.read_text() for path in (self.folder / "events").glob("*.json")]
        elif not (self.folder / "events.db").exists():
            documents = []
        else:
            with closing(sqlite3.connect(self.folder / "events.db")) as sink:
                has = sink.execute("SELECT 1 FROM sqlite_master").fetchone()
                documents = [row[0] for row in sink.execute("SELECT document FROM events")] if has else []
        return sorted(map(json.loads, documents), key=lambda event: event["sequence"])

    def _program(self, handle: str) -> list[str]:
        if self.node is None:
            plain = [str(EXAMPLES / "python" / "reader.py")]
            return [sys.executable, *(["-c", f"import os, reader; {PYTHON[handle]}"] if handle else plain)]
        program = self.node / f"{handle or 'reader'}.mjs"
        if handle:
            program.write_text(f'import {{ handle, main }} from "./reader.mjs";\n{NODE[handle]};\n')
        return ["node", str(program)]


def has_read_all(redis: Redis) -> bool:
    """Whether the group has had every entry, and acknowledged it."""
    groups: Any = redis.xinfo_groups("wirefold")
    ((last, _),) = redis.xrevrange("wirefold", count=1)
    return [(group["pending"], group["last-delivered-id"]) for group in groups] == [(0, last)]
