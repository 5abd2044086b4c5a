"""The Celery tasks: thin, each one stage for one lease, and the one place that catches everything.

    beat ─tick─▶ tick ─io─▶ visit ─cpu─▶ intake   a feed: its new entries enter the frontier, the free are visited
                              ├────cpu─▶ ingest   a page: its article becomes an event
                              └────cpu─▶ look     a page known before: what was edited becomes one

`celery -A workers.tasks worker` runs them; schedules.beat is the clock.
"""

import resource
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Any

import structlog
from billiard.exceptions import SoftTimeLimitExceeded, TimeLimitExceeded, WorkerLostError
from celery import Task
from celery.signals import setup_logging, worker_process_init, worker_ready, worker_shutdown
from celery.worker.request import Request
from kombu.exceptions import OperationalError

from storage.errors import Unavailable
from storage.stories import Lease
from workers import failure, logs, metrics
from workers.app import CPU, CPU_HARD_LIMIT_S, CPU_SOFT_LIMIT_S, IO, TICK, make_app
from workers.bootstrap import Tools
from workers.errors import Transient
from workers.ingest import ingest
from workers.intake import intake
from workers.look import look
from workers.retain import retain
from workers.settings import load
from workers.visit import visit

log = structlog.get_logger()
settings = load()
app = make_app(settings)

# More unexpected errors a minute than this, over all workers, are no page's fault: nothing is counted against entries.
UNEXPECTED_PER_MINUTE = 50

Stage = Callable[[Lease, Tools], Iterable[tuple[str, Lease]]]


@lru_cache(maxsize=1)
def tools() -> Tools:
    """The tools of this process."""
    return Tools(settings)


class Watched(Request):  # type: ignore[misc] # Celery is untyped
    """A request of the cpu worker, seen from its main process: the death of the child that began it is an attempt."""

    def on_failure(self, exc_info: Any, send_failed_event: bool = True, return_ok: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Celery's hook for a failed request; runs in the main process."""
        answer = super().on_failure(exc_info, send_failed_event=send_failed_event, return_ok=return_ok)
        error = getattr(exc_info.exception, "exc", exc_info.exception)
        if isinstance(error, WorkerLostError | TimeLimitExceeded):
            reason = "time_limit" if isinstance(error, TimeLimitExceeded) else "killed_worker"
            _give_back(Lease(*self.args), Transient(reason, detail=str(error)))
        return answer


class Staged(Task):  # type: ignore[misc] # Celery is untyped
    """A task whose requests are watched."""

    Request = Watched


@app.task(name="tick", queue=TICK)
def tick() -> None:
    """Send what is due to whoever is free."""
    try:
        frontier = tools().frontier
        _send(("visit", claim.lease) for claim in frontier.claim(limit=settings.in_flight))
        looks = frontier.claim_looks(limit=settings.in_flight, per_s=settings.looks_per_s)
        _send(("visit", claim.lease) for claim in looks)
    except Unavailable as error:
        log.warning("redis_unavailable", error=str(error))


@app.task(name="visit", queue=IO)
def visit_task(item: str, token: str) -> None:
    """The io half: one request to one host."""
    _run(visit, Lease(item, token))


_on_cpu = partial(app.task, base=Staged, queue=CPU, soft_time_limit=CPU_SOFT_LIMIT_S, time_limit=CPU_HARD_LIMIT_S)


@_on_cpu(name="intake")
def intake_task(item: str, token: str) -> None:
    """The cpu half of a feed."""
    _run(intake, Lease(item, token))


@_on_cpu(name="ingest")
def ingest_task(item: str, token: str) -> None:
    """The cpu half of a page."""
    _run(ingest, Lease(item, token))


@_on_cpu(name="look")
def look_task(item: str, token: str) -> None:
    """The cpu half of a page that was read before."""
    _run(look, Lease(item, token))


@app.task(name="trim", queue=IO)
def trim() -> None:
    """Take off the streams what is older than the window and no reader needs."""
    try:
        retain(tools())
    except Unavailable as error:
        log.warning("redis_unavailable", error=str(error))


@app.task(name="canary", queue=IO)
def canary() -> None:
    """The first half of the way that every article goes."""
    sing.apply_async()


@app.task(name="sing", queue=CPU)
def sing() -> None:
    """The second half: what arrived here came through beat, broker, io and cpu."""
    try:
        tools().health.beat()
    except Unavailable as error:
        log.warning("redis_unavailable", error=str(error))


def _run(stage: Stage, lease: Lease) -> None:
    """Run one stage and send what follows from it. The ONE place that catches everything."""
    with structlog.contextvars.bound_contextvars(item=lease.id, stage=stage.__name__):
        try:
            _send(stage(lease, tools()))
        except Unavailable as error:  # the lease ends, and the item comes due again
            log.warning("redis_unavailable", error=str(error))
        except SoftTimeLimitExceeded:
            _give_back(lease, Transient("time_limit"))
        except Exception as error:
            log.exception("unexpected")
            _give_back(lease, Transient("unexpected", detail=f"{type(error).__name__}: {error}"))


def _give_back(lease: Lease, error: Transient) -> None:
    """Count a failure that no stage foresaw against its item, unless everything fails at once."""
    try:
        if error.reason == "unexpected" and tools().health.count_unexpected() > UNEXPECTED_PER_MINUTE:
            log.critical("everything_fails", limit=UNEXPECTED_PER_MINUTE)
            error.counts = False
        failure.give_back(lease, error, tools())
    except Unavailable as gone:
        log.warning("redis_unavailable", error=str(gone))


def _send(messages: Iterable[tuple[str, Lease]]) -> None:
    """Hand leases to the next stage; one that cannot be sent ends by itself, and its item comes due again."""
    for name, lease in messages:
        try:
            app.tasks[name].apply_async((lease.id, lease.token))
        except OperationalError as error:
            log.warning("broker_unavailable", error=str(error))


@setup_logging.connect
def _configure_logs(**_: Any) -> None:
    logs.configure(settings.log_level)


@worker_ready.connect
def _serve_metrics(sender: Any, **_: Any) -> None:
    if settings.metrics_port and IO in sender.app.amqp.queues.consume_from:
        metrics.serve(settings.metrics_port, tools())


@worker_process_init.connect
def _begin_child(**_: Any) -> None:
    """In a forked cpu process: its own connections, and an end to what it may take."""
    tools.cache_clear()
    limit = settings.cpu_memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


@worker_shutdown.connect
def _close(**_: Any) -> None:
    if tools.cache_info().currsize:
        tools().close()
