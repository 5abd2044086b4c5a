import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from cli.supervise import Child, Supervisor, next_pause_s

SLEEPS = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
POLITE = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(print("bye")))
print("hello", flush=True)
time.sleep(60)
"""
PARENT = f"""
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-c", {DEAF!r}], stdout=subprocess.DEVNULL).pid, flush=True)
time.sleep(60)
"""


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def supervise(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Supervisor]]:
    """Makes a supervisor of small Python programs, given by name, and stops it at the end."""
    made = []

    def supervisor(**programs: str) -> Supervisor:
        children = [python(name, program) for name, program in programs.items()]
        made.append(Supervisor(children, tmp_path, clock))
        return made[-1]

    yield supervisor
    for each in made:
        each.stop(timeout_s=0)


def python(name: str, program: str, **env: str) -> Child:
    return Child(name=name, argv=(sys.executable, "-c", program), env=env)


def until(claim: Callable[[], bool], timeout_s: float = 20.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not claim():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def runs(pid: int) -> bool:
    """Whether the process lives; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def printed(log: Path) -> str:
    return log.read_text() if log.exists() else ""


def grandchild(log: Path) -> int:
    until(lambda: printed(log).endswith("\n"))
    return int(printed(log).split()[-1])


@pytest.mark.parametrize(
    ("pause_s", "lived_s", "expected"),
    [(0, 0, 1), (1, 0, 2), (2, 59.9, 4), (4, 0, 8), (8, 0, 16), (16, 0, 30), (30, 0, 30), (30, 60, 1), (0, 3600, 1)],
)
def test_the_pause_doubles_until_a_child_was_well(pause_s: float, lived_s: float, expected: float) -> None:
    assert expected == next_pause_s(pause_s, lived_s)


def test_a_child_speaks_into_its_own_log(supervise: Callable[..., Supervisor], tmp_path: Path) -> None:
    supervise(a="import sys; print('one', file=sys.stderr)", b="print('two')").tick()
    until(lambda: printed(tmp_path / "a.log") == "one\n" and printed(tmp_path / "b.log") == "two\n")


def test_a_child_has_its_own_variables_beside_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OURS", "1")
    program = "import os; print(os.environ['OURS'], os.environ['ITS'])"
    supervisor = Supervisor([python("a", program, ITS="2")], tmp_path)
    supervisor.tick()
    until(lambda: printed(tmp_path / "a.log") == "1 2\n")
    supervisor.stop()


def test_ctrl_c_in_the_terminal_does_not_reach_a_child(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(a=SLEEPS)
    supervisor.tick()
    pid = supervisor.pids()["a"]
    assert (pid, pid) == (os.getsid(pid), os.getpgid(pid))


def test_a_broken_pipe_ends_a_child_as_it_would_without_us(tmp_path: Path) -> None:
    supervisor = Supervisor([Child(name="a", argv=("grep", "SigIgn", "/proc/self/status"))], tmp_path)
    supervisor.tick()
    until(lambda: printed(tmp_path / "a.log").endswith("\n"))
    supervisor.stop()
    ignored = int(printed(tmp_path / "a.log").split()[1], 16)
    assert ignored & (1 << signal.SIGPIPE - 1) == 0


def test_a_dead_child_is_started_again_when_its_pause_is_over(
    supervise: Callable[..., Supervisor], clock: Clock, tmp_path: Path
) -> None:
    supervisor = supervise(a="print('hello'); raise SystemExit(3)")
    with capture_logs() as events:
        supervisor.tick()
        for seconds in (1, 2, 4):
            until(lambda: supervisor.tick() or not supervisor.pids())
            clock.now += seconds - 0.5
            supervisor.tick()
            assert supervisor.pids() == {}
            clock.now += 0.5
            supervisor.tick()
            assert list(supervisor.pids()) == ["a"]
    deaths = [(e["name"], e["status"], e["restart_in_s"]) for e in events if e["event"] == "child.died"]
    assert deaths == [("a", 3, 1.0), ("a", 3, 2.0), ("a", 3, 4.0)]
    until(lambda: printed(tmp_path / "a.log") == "hello\n" * 4)


def test_the_other_children_stay_when_one_dies(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(a=SLEEPS, b=SLEEPS)
    supervisor.tick()
    before = supervisor.pids()
    os.kill(before["b"], signal.SIGKILL)
    until(lambda: supervisor.tick() or "b" not in supervisor.pids())
    assert {"a": before["a"]} == supervisor.pids()


def test_a_dead_child_leaves_no_zombie(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(a=SLEEPS)
    supervisor.tick()
    pid = supervisor.pids()["a"]
    os.kill(pid, signal.SIGKILL)
    until(lambda: supervisor.tick() or not supervisor.pids())
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def test_a_killed_child_leaves_no_grandchild(supervise: Callable[..., Supervisor], tmp_path: Path) -> None:
    supervisor = supervise(a=PARENT)
    supervisor.tick()
    left = grandchild(tmp_path / "a.log")
    os.kill(supervisor.pids()["a"], signal.SIGKILL)
    until(lambda: supervisor.tick() or not supervisor.pids())
    until(lambda: not runs(left))


def test_stop_asks_first(tmp_path: Path) -> None:
    supervisor = Supervisor([python("a", POLITE)], tmp_path)
    supervisor.tick()
    until(lambda: printed(tmp_path / "a.log") == "hello\n")
    supervisor.stop()
    assert printed(tmp_path / "a.log") == "hello\nbye\n"


def test_stop_waits_for_the_deaf_together_and_then_kills_them(
    supervise: Callable[..., Supervisor], tmp_path: Path
) -> None:
    supervisor = supervise(a=DEAF, b=DEAF, c=DEAF)
    supervisor.tick()
    pids = supervisor.pids()
    until(lambda: all(printed(tmp_path / f"{name}.log") for name in pids))
    began = time.monotonic()
    supervisor.stop(timeout_s=0.6)
    assert 0.6 <= time.monotonic() - began < 1.5  # one after the other would take 1.8
    assert [pid for pid in pids.values() if Path(f"/proc/{pid}").exists()] == []


def test_stop_leaves_no_grandchild(supervise: Callable[..., Supervisor], tmp_path: Path) -> None:
    supervisor = supervise(a=PARENT)
    supervisor.tick()
    left = grandchild(tmp_path / "a.log")
    supervisor.stop()
    until(lambda: not runs(left))


def test_a_second_ctrl_c_does_not_wait(supervise: Callable[..., Supervisor], tmp_path: Path) -> None:
    supervisor = supervise(a=DEAF)
    supervisor.tick()
    pid = supervisor.pids()["a"]
    until(lambda: printed(tmp_path / "a.log") == "deaf\n")
    handler = signal.signal(signal.SIGUSR1, signal.default_int_handler)
    with subprocess.Popen(["sh", "-c", f"sleep .2; kill -USR1 {os.getpid()}"]), pytest.raises(KeyboardInterrupt):
        supervisor.stop(timeout_s=60)
    signal.signal(signal.SIGUSR1, handler)
    assert not Path(f"/proc/{pid}").exists()


def test_after_stop_nothing_is_started(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(a=SLEEPS)
    supervisor.tick()
    supervisor.stop()
    supervisor.tick()
    assert supervisor.pids() == {}


def test_a_program_that_is_not_there_is_named_in_the_log(tmp_path: Path) -> None:
    supervisor = Supervisor([Child(name="a", argv=("no-such-program",))], tmp_path)
    supervisor.tick()
    until(lambda: printed(tmp_path / "a.log") == "no-such-program: No such file or directory\n")
    supervisor.stop()


def test_children_die_with_a_killed_supervisor(tmp_path: Path) -> None:
    program = f"""
import sys, time
from pathlib import Path
from cli.supervise import Child, Supervisor
supervisor = Supervisor([Child(name="a", argv=(sys.executable, "-c", {DEAF!r}))], Path({str(tmp_path)!r}))
supervisor.tick()
print(supervisor.pids()["a"], file=sys.stderr)
time.sleep(60)
"""
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen([sys.executable, "-c", program], env=env, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        pid = int(process.stderr.readline())
        until(lambda: printed(tmp_path / "a.log") == "deaf\n")
        process.kill()
    until(lambda: not runs(pid))
