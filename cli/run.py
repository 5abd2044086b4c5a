"""`wirefold run`: the whole service under one parent process."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from msgspec import Struct

from cli.board import Board
from cli.feeds import feeds_from
from cli.place import interruptible, settings_with_redis
from cli.supervise import Child, Supervisor
from newswire.feed import Feed
from newswire.url import host_of
from storage.embedded import bound_to_parent, embedded
from storage.errors import Unavailable
from storage.streams import COPIES, MAIN, REJECTS
from workers.bootstrap import Tools
from workers.errors import WirefoldError
from workers.settings import Settings, load

SHOWN = (MAIN, COPIES, REJECTS)
TURN_MS = 300  # how long one turn of the loop waits for events
# The newsroom's minute asks for a quicker pace than the world does.
SAMPLE_PACE = {"poll_min_s": 2.0, "poll_max_s": 4.0, "retry_s": 2.0}
# A feed that was tried is put off by this, again and again, while a run until idle goes on; afterwards it comes due.
PUT_OFF_S = 30.0


@click.command(epilog="Example: wirefold run my.opml https://paper.example/rss")
@click.argument("feeds", nargs=-1)
@click.option("--sample", is_flag=True, help="The sample newsroom: a minute's programme of invented publishers.")
@click.option("--until-idle", is_flag=True, help="Try every feed once, read what it brings, and stop.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Data folder [./data].")
@click.option("--redis", "redis_url", metavar="URL", help="Redis to use [the embedded one].")
def run(feeds: tuple[str, ...], data: Path | None, redis_url: str | None, *, sample: bool, until_idle: bool) -> None:
    """Follow feeds and publish their stories: Redis if none is named, io, cpu and beat, under one parent.

    FEEDS (.toml, .opml, or a feed's address) are added to the catalogue; without them it follows the catalogue.
    """
    if sample and feeds:
        raise click.UsageError("--sample keeps to itself: leave out either --sample or the feeds")
    added = tuple(feed for source in feeds for feed in feeds_from(source))
    base = load(redis_url=redis_url, data=data)
    if sample and not base.redis_url:
        base = base.model_copy(update={"data": base.data / "sample"})
    try:
        with interruptible(), ExitStack() as stack:
            settings = stack.enter_context(settings_with_redis(base.redis_url or None, base.data))
            newsroom = stack.enter_context(_newsroom()) if sample else None
            if newsroom:
                settings = settings.model_copy(update={**SAMPLE_PACE, "allow_hosts": newsroom.allow_hosts})
                added = newsroom.feeds
            tools = Tools(settings)
            stack.callback(tools.close)
            if newsroom and {feed.id for feed, _ in tools.feeds.all()} - {feed.id for feed in newsroom.feeds}:
                raise click.UsageError("this Redis follows other feeds: give the sample newsroom one of its own")
            tools.feeds.follow_all(added)
            if not len(tools.feeds):
                raise click.UsageError(
                    "no feed is followed: name some (`wirefold run my.opml`), or try `wirefold run --sample`"
                )
            Service(settings, tools, newsroom, is_embedded=not base.redis_url).run(until_idle=until_idle)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)


class Newsroom(Struct, frozen=True, kw_only=True):
    """The sample newsroom, as it runs."""

    feeds: tuple[Feed, ...]
    allow_hosts: dict[str, str]

    def is_over(self, tools: Tools) -> bool:
        """Whether it said that its programme is over."""
        try:
            page = tools.fetcher.get(f"http://{next(iter(self.allow_hosts))}/programme")
        except WirefoldError as error:
            raise click.ClickException(f"the sample newsroom does not answer: {error}") from error
        return bool(json.loads(page.body)["over"])


class Service:
    """The processes, and the loop that watches over them and shows what they bring."""

    def __init__(self, settings: Settings, tools: Tools, newsroom: Newsroom | None, *, is_embedded: bool) -> None:
        self._settings = settings
        self._tools = tools
        self._newsroom = newsroom
        self._is_embedded = is_embedded
        self._supervisor = Supervisor(children_of(settings), settings.data / "logs")
        self._tried_since = None if newsroom else datetime.now(UTC)

    def run(self, *, until_idle: bool) -> None:
        """Go on until interrupted, or with `until_idle` until nothing is left to do."""
        from rich.console import Console

        position = dict.fromkeys(SHOWN, "0") if self._newsroom else self._tools.streams.last_ids(SHOWN)
        if until_idle:
            self._tools.frontier.hurry([feed.id for feed, _ in self._tools.feeds.all()])
        with Board(Console()) as board:
            board.note(f"Redis {_without_secret(self._settings.redis_url)} · logs in {self._settings.data / 'logs'}")
            try:
                while True:
                    self._supervisor.tick()
                    try:
                        is_idle = until_idle and self._is_idle()
                        for _, _, document in self._tools.streams.read(SHOWN, position, block_ms=TURN_MS):
                            board.show(document)
                    except Unavailable as error:
                        board.note(f"Redis does not answer: {error}")
                        self._heal()
                        continue
                    if is_idle:
                        balance = self._tools.ledger.balance()
                        said = ", ".join(f"{count} {name}" for name, count in balance.outcomes.items() if count)
                        board.note(f"idle: {balance.entries} entries: {said or 'none'}")
                        return
            finally:
                self._supervisor.stop()

    def _is_idle(self) -> bool:
        """Whether every feed was tried since it mattered, and no entry waits or is being read."""
        if self._tried_since is None:
            if self._newsroom is None or not self._newsroom.is_over(self._tools):
                return False
            self._tried_since = datetime.now(UTC)
            self._tools.frontier.hurry([feed.id for feed, _ in self._tools.feeds.all()])
        feeds = self._tools.feeds.all()
        tried = {f.id for f, state in feeds if state.ended or (state.polled and state.polled >= self._tried_since)}
        self._tools.frontier.postpone(sorted(tried), PUT_OFF_S)
        # A host that asked for a long rest when one of its feeds was tried has answered for the others.
        resting = self._tools.frontier.resting({host_of(feed.url) for feed, _ in feeds if feed.id not in tried})
        waiting = [feed for feed, _ in feeds if feed.id not in tried and host_of(feed.url) not in resting]
        return not waiting and not any(self._tools.frontier.in_hand())

    def _heal(self) -> None:
        """Start the embedded server again when it died; this run's hold on it keeps it from being stopped."""
        if self._is_embedded:
            with embedded(self._settings.data, self._settings.redis_server):
                return
        time.sleep(TURN_MS / 1000)


def children_of(settings: Settings) -> tuple[Child, ...]:
    """io, cpu and beat, with these settings in their environment."""
    env = {
        f"WIREFOLD_{name.upper()}": _spell(value)
        for name, value in settings.model_dump().items()
        if value != Settings.model_fields[name].default
    }
    modules = {"io": ("workers", "io"), "cpu": ("workers", "cpu"), "beat": ("schedules",)}
    return tuple(Child(name=name, argv=(sys.executable, "-m", *module), env=env) for name, module in modules.items())


@contextmanager
def _newsroom() -> Iterator[Newsroom]:
    from cli.sample.programme import feeds

    server = subprocess.Popen(
        bound_to_parent([sys.executable, "-m", "cli.sample.server", "--port", "0"]),
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert server.stdout is not None  # noqa: S101 - a pipe was asked for
        said = json.loads(server.stdout.readline())
        yield Newsroom(feeds=feeds(), allow_hosts=dict.fromkeys(said["hosts"], said["address"]))
    finally:
        server.terminate()
        server.wait()
        if server.stdout:
            server.stdout.close()


def _spell(value: Any) -> str:
    return ",".join(f"{host}={address}" for host, address in value.items()) if isinstance(value, dict) else str(value)


def _without_secret(url: str) -> str:
    """The URL without user, password and options, each of which may hold a secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
