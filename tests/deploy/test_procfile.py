"""The Procfile under honcho, on a real Redis: it is the whole service, and nothing of it stays behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

ROOT = Path(__file__).parents[2]
# Stands in the environment of all that the Procfile starts, children of children included, and nowhere else.
MARK = "PROCFILE_TEST"
# The canary sings every 10 s; the rest is three interpreters that start at once on a slow machine.
START_S = 40
# Longer than honcho waits (5 s) before it kills: what it killed is no trace, what it lost is.
STOP_S = 20


@pytest.fixture
def honcho(redis_server: str, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("WIREFOLD_")} | {
        "WIREFOLD_REDIS_URL": redis_server,
        "WIREFOLD_CPU_PROCESSES": "2",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        MARK: str(tmp_path),
    }
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            ["honcho", "start"], cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield process
    finally:
        for pid in marked(tmp_path):
            os.kill(pid, signal.SIGKILL)
        process.wait()


def test_a_canary_comes_through_all_that_the_procfile_starts_and_sigterm_ends_every_process(
    redis: Redis, honcho: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    assert comes_true(lambda: redis.exists("{wirefold}:heartbeat") == 1, START_S), (tmp_path / "log").read_text()

    honcho.terminate()

    assert comes_true(lambda: honcho.poll() is not None, STOP_S), (tmp_path / "log").read_text()
    assert marked(tmp_path) == {}
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_the_procfile_names_the_three_roles() -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()

    assert [line.partition(": ")[::2] for line in lines] == [
        ("io", "python -m workers io"),
        ("cpu", "python -m workers cpu"),
        ("beat", "python -m schedules"),
    ]


def marked(mark: Path) -> dict[int, bytes]:
    """The living processes with the mark, and their command lines."""
    wanted = f"{MARK}={mark}".encode()
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                found[int(folder.name)] = (folder / "cmdline").read_bytes()
        except OSError:  # it ended meanwhile
            continue
    return found


def comes_true(claim: Callable[[], bool], within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
