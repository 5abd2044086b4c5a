"""Named child processes, kept running.

Promises: a child that died is started again, after a pause that grows while it keeps dying; before that, whatever is
left of its process group is killed (a Celery main that was killed leaves its pool behind). After `stop` nothing is
left, however deaf. On Linux the children die with the supervisor, even when that is killed.

It owns no thread: the caller's loop calls `tick`. It ignores children that left their process group.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import structlog
from msgspec import Struct

from storage.embedded import bound_to_parent

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
# Who lived for so long was well: its next death is a first one.
WELL_AFTER_S = 60.0
STOP_POLL_S = 0.02


class Child(Struct, frozen=True, kw_only=True):
    """A command to keep running."""

    name: str  # also its log's: LOGS/name.log
    argv: tuple[str, ...]
    env: Mapping[str, str] = {}  # beside the supervisor's own environment


class Supervisor:
    """Keeps `children` running from the first `tick` until `stop`; their output is appended to `log_folder`/NAME.log.

    Call it from one thread, which lives as long as the children shall: the kernel takes its end for the parent's.
    `clock` gives seconds that never run backwards.
    """

    def __init__(
        self, children: Sequence[Child], log_folder: Path, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seats = [_Seat(child, log_folder / f"{child.name}.log", clock) for child in children]
        self._is_stopped = False

    def tick(self) -> None:
        """Start what has not run yet or is due again, and clear up after what died."""
        if not self._is_stopped:
            for seat in self._seats:
                seat.tick()

    def pids(self) -> dict[str, int]:
        """The children that run, as the last tick saw them: name → process id."""
        return {seat.child.name: seat.process.pid for seat in self._seats if seat.process}

    def stop(self, timeout_s: float = 20.0) -> None:
        """Ask all at once to end (SIGTERM); kill the groups of those that have not after `timeout_s` seconds.

        An exception meanwhile, such as a second Ctrl-C, kills what is left at once.
        """
        self._is_stopped = True
        deadline = time.monotonic() + timeout_s
        try:
            for seat in self._seats:
                seat.terminate()
            while any(seat.is_alive() for seat in self._seats) and time.monotonic() < deadline:
                time.sleep(STOP_POLL_S)
        finally:
            for seat in self._seats:
                seat.kill()


def next_pause_s(pause_s: float, lived_s: float) -> float:
    """How long to wait with the next start, after the pause before this one and the seconds it then lived.

    >>> [next_pause_s(0, 0), next_pause_s(1, 5), next_pause_s(16, 5), next_pause_s(16, 60)]
    [1.0, 2.0, 30.0, 1.0]
    """
    if lived_s >= WELL_AFTER_S:
        return FIRST_PAUSE_S
    return min(max(2.0 * pause_s, FIRST_PAUSE_S), LONGEST_PAUSE_S)


class _Seat:
    """One child's place: its process, or the time at which the next one is due."""

    def __init__(self, child: Child, log: Path, clock: Callable[[], float]) -> None:
        self.child = child
        self.process: subprocess.Popen[bytes] | None = None
        self._log = log
        self._clock = clock
        self._pause_s = 0.0
        self._started = 0.0
        self._due = clock()

    def tick(self) -> None:
        now = self._clock()
        if self.process and not self.is_alive():
            status = self.process.returncode
            self.kill()
            lived_s = now - self._started
            self._pause_s = next_pause_s(self._pause_s, lived_s)
            self._due = now + self._pause_s
            structlog.get_logger().warning(
                "child.died",
                name=self.child.name,
                status=status,
                lived_s=round(lived_s, 1),
                restart_in_s=self._pause_s,
                log=str(self._log),
            )
        if not self.process and now >= self._due:
            self._start(now)

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def terminate(self) -> None:
        if self.process:
            self.process.terminate()

    def kill(self) -> None:
        """Kill the whole group, whose id is its first process', and take leave of that one.

        The id is not given to another process while one of the group is left.
        """
        if self.process:
            with suppress(ProcessLookupError, PermissionError):  # gone; macOS says the second of a group of zombies
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def _start(self, now: float) -> None:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                bound_to_parent(list(self.child.argv)),
                env={**os.environ, **self.child.env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started = now
        structlog.get_logger().info("child.started", name=self.child.name, pid=self.process.pid)
