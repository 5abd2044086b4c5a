"""The Celery application: queues and limits. It carries the work; what is to be done waits in the frontier.

Messages may be lost, repeated or reordered: each holds an item's id and the token of its lease, and a token that is no
longer current is dropped. So: early acknowledgement, no results, no retry, no ETA. Figures: docs/decisions/celery.md.
"""

import ssl
from urllib.parse import urlsplit

from celery import Celery
from kombu.entity import Queue

from workers.settings import Settings, named_redis

TICK, IO, CPU = "tick", "io", "cpu"

# A page that takes longer is hostile: of 1,033 measured the slowest took 1 s. Soft stops Python, hard stops lxml.
CPU_SOFT_LIMIT_S, CPU_HARD_LIMIT_S = 8, 12
# trafilatura's memory is flat over 1,290 pages; this bounds what it is not.
MAX_TASKS_PER_CHILD = 1000


def make_app(settings: Settings) -> Celery:
    """An application for these settings; nothing connects. Raises BadSetting when no Redis is named."""
    app = Celery("wirefold", set_as_current=False)
    url = broker_url(settings)
    app.conf.update(
        broker_url=url,
        # kombu itself verifies nothing; what is no rediss:// takes no such option.
        broker_use_ssl={"ssl_cert_reqs": ssl.CERT_REQUIRED} if url.startswith("rediss:") else None,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "global_keyprefix": f"{{{settings.name}}}:celery:",
            # Without a timeout a silent peer stalls the worker for ever; with 5 s it recovered in 52 s (measured).
            "socket_timeout": 5,
            "socket_connect_timeout": 5,
            "socket_keepalive": True,
            "health_check_interval": 10,
            # What a dead worker had not acknowledged is delivered again after 60 s; its lease has ended by then.
            "visibility_timeout": 60,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
        },
        task_queues=[Queue(name) for name in (TICK, IO, CPU)],  # type: ignore[no-untyped-call]
        task_default_queue=IO,
        task_create_missing_queues=False,
        task_acks_late=False,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_publish_retry=False,
        task_serializer="json",
        accept_content=["json"],
        worker_hijack_root_logger=False,
        worker_enable_remote_control=False,
        worker_max_tasks_per_child=MAX_TASKS_PER_CHILD,
        beat_scheduler="celery.beat:Scheduler",  # in memory: the clock holds no state
    )
    return app


def broker_url(settings: Settings) -> str:
    """Kombu's form of the broker's URL: it calls a unix socket `redis+socket`."""
    url = settings.broker_url or named_redis(settings)
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    return f"redis+socket://{parts.netloc}{parts.path}?{parts.query.replace('db=', 'virtual_host=')}"
