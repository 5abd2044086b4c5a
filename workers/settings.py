"""The settings: one frozen object from the environment. A typo or a bad value stops the boot and says which."""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from newswire.routes import parse_routes
from storage.streams import COPIES, REJECTS
from workers.errors import BadSetting

PREFIX = "WIREFOLD_"


class Settings(BaseSettings):
    """Each is the environment's `WIREFOLD_` and its name in capitals; docs/settings.md says the same in a table."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", allow_inf_nan=False)

    redis_url: str = Field("", description="Redis for all that must last; empty: one of its own in the data folder")
    broker_url: str = Field("", description="Redis for Celery and bodies in transit, may lose all; empty: the same")
    redis_server: str = Field("", description="the server binary of the embedded Redis; empty: it is looked for")
    data: Path = Field(Path("data"), description="the folder of the embedded Redis and the logs")
    name: str = Field(
        "wirefold", pattern=r"^[A-Za-z0-9_.-]+$", description="main stream, and hash tag of every other key"
    )
    body_field: Literal["data", "body", "payload", "__data__"] = Field(
        "data", description="the field of an entry that holds its document (docs/events.md: which reader wants which)"
    )
    routes: str = Field(
        "", description="events that go to streams of their own too: `iberia: lang=es,pt & agency=EFE; …`"
    )
    window_days: float = Field(5.0, ge=1, le=60, description="how long stories are known and streams are kept")
    stream_max_entries: int = Field(
        1_000_000, ge=1000, le=10**12, description="of one stream: beyond it the oldest go, whatever anyone has read"
    )
    group_idle_hours: float = Field(
        24.0, gt=0, le=8784, description="a group of readers that nobody worked for so long holds no entries any more"
    )
    max_age_hours: float = Field(48.0, gt=0, le=8784, description="entries older than that when first seen end unread")
    contact: str = Field(
        "", pattern=r"^[ -~]*$", description="an address or page for publishers, named in the user agent"
    )
    host_gap_s: float = Field(1.0, ge=0, le=3600, description="between the end of one request to a host and the next")
    fetch_timeout_s: float = Field(20.0, gt=0, le=30, description="for one request, redirects and body included")
    max_page_bytes: int = Field(3_000_000, gt=0, le=100_000_000, description="of a page, decoded")
    max_feed_bytes: int = Field(10_000_000, gt=0, le=100_000_000, description="of a feed, decoded")
    poll_min_s: float = Field(120.0, gt=0, le=604_800, description="between two polls of a feed, at the least")
    poll_max_s: float = Field(3600.0, gt=0, le=604_800, description="between two polls of a feed, at the most")
    polls_per_s: float = Field(
        20.0, ge=0.01, le=100_000, description="of all feeds together: beyond it each is asked less often"
    )
    retry_s: float = Field(
        30.0, gt=0, le=86_400, description="before the second attempt at a page; four times that before the third"
    )
    attempts: int = Field(3, ge=1, le=10, description="at a page, before it is rejected")
    looks_per_s: float = Field(
        2.0, ge=0, le=1000, description="at pages that were read, to see whether they were edited; 0: none"
    )
    in_flight: int = Field(64, ge=1, le=100_000, description="claims at work at once, over all workers")
    io_threads: int = Field(16, ge=1, le=1000, description="of one io worker")
    cpu_processes: int = Field(0, ge=0, le=512, description="of one cpu worker; 0: one per core")
    cpu_memory_mb: int = Field(2048, ge=512, le=1_000_000, description="address space of one cpu process")
    allow_hosts: Annotated[dict[str, str], NoDecode] = Field(
        {}, description="host=address:port, comma-separated: invented hosts on this machine (the sample newsroom)"
    )
    metrics_port: int = Field(0, ge=0, le=65535, description="where the io worker serves Prometheus; 0: nowhere")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="of the service's own log lines")

    @field_validator("allow_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = [pair.strip().partition("=") for pair in value.split(",") if pair.strip()]
        if bad := [host for host, _, address in pairs if not _is_port(address.rpartition(":")[2])]:
            raise ValueError(f"{bad[0]!r} is not host=address:port")
        return {host: address for host, _, address in pairs}

    @field_validator("name")
    @classmethod
    def _check_name(cls, value: str) -> str:
        if value in (COPIES, REJECTS):  # a stream may be named without its tag: copies would go to the main one
            raise ValueError(f"{value!r} is what another stream is called")
        return value

    @field_validator("routes")
    @classmethod
    def _check_routes(cls, value: str) -> str:
        parse_routes(value)
        return value

    @property
    def window_s(self) -> int:
        """The window in seconds."""
        return int(self.window_days * 86400)

    @property
    def user_agent(self) -> str:
        """What publishers see."""
        return f"Wirefold/0.1 (+{self.contact})" if self.contact else "Wirefold/0.1"


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536


def named_redis(settings: Settings) -> str:
    """The URL of the Redis that holds all that must last. Raises BadSetting when none is named."""
    if not settings.redis_url:
        raise BadSetting("WIREFOLD_REDIS_URL is not set: name a Redis, or use `wirefold run`, which brings its own")
    return settings.redis_url


def load(environ: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Settings from the environment, `given` first. Raises `BadSetting` with one line."""
    environ = os.environ if environ is None else environ
    names = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in environ:
        if name.upper().startswith(PREFIX) and name.upper() not in names:
            near = difflib.get_close_matches(name.upper(), names, n=1)
            raise BadSetting(f"{name} is no setting" + (f"; did you mean {near[0]}?" if near else ""))
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        raise BadSetting(f"{PREFIX}{'.'.join(map(str, first['loc'])).upper()}: {first['msg']}") from error
