"""Where a command's Redis is: `--redis`, else WIREFOLD_REDIS_URL, else the embedded one in the data folder."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import structlog

from storage.embedded import embedded
from workers.bootstrap import Tools
from workers.settings import Settings, load

# Standard output is for what was asked.
structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))

F = TypeVar("F", bound=Callable[..., Any])


def options(command: F) -> F:
    """The two options that every command but `fold` has."""
    command = click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Data folder [./data].")(
        command
    )
    return click.option("--redis", "redis_url", metavar="URL", help="Redis to use [the embedded one].")(command)


@contextmanager
def settings_with_redis(redis_url: str | None, data: Path | None) -> Iterator[Settings]:
    """Settings whose `redis_url` is that of a running server; an embedded one runs for as long as somebody needs it."""
    settings = load(redis_url=redis_url, data=data)
    if settings.redis_url:
        yield settings
        return
    with interruptible(), embedded(settings.data, settings.redis_server) as url:
        yield settings.model_copy(update={"redis_url": url})


@contextmanager
def interruptible() -> Iterator[None]:
    """Within it, being told to end is like Ctrl-C, so that whoever leaves last still stops the embedded server.

    SIGINT too, for a shell's background jobs begin with it ignored.
    """
    names = [signal.SIGTERM, signal.SIGINT]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
        names.append(signal.SIGHUP)
    before = {name: signal.signal(name, _interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def tools_at(redis_url: str | None, data: Path | None) -> Iterator[Tools]:
    """The service's tools at that Redis; closed in the end."""
    with settings_with_redis(redis_url, data) as settings:
        tools = Tools(settings)
        try:
            yield tools
        finally:
            tools.close()
