"""One reading of a feed's bytes, watched: what came of it, how long it took, what it reached out for.

An audit hook sees every opened file and every socket of the process (PEP 578), and cannot be taken off again.
"""

import encodings
import importlib
import pkgutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any, NamedTuple

from newswire.feed import feed_from_url
from workers.errors import Permanent
from workers.poll import FeedDocument, parse

LIMIT_S = 20  # well over the 8 s after which a worker is told to stop, so that the slowest is known
REACHING = frozenset({"open", "socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system"})
NOW = datetime(2026, 11, 23, tzinfo=UTC)
FEED = feed_from_url("https://feed.invalid/rss")  # RFC 6761


class Reading(NamedTuple):
    """What came of it: a document, or why there is none."""

    document: FeedDocument | None
    refused: str = ""  # the beginning of the detail that the refusal gives
    raised: str = ""  # any other exception
    cpu_s: float = 0.0
    reached: tuple[str, ...] = ()  # "open /etc/passwd"


class _OverTime(BaseException):
    """Raised where the reading stands when its time is over."""


_ears: list[list[str]] = []


def _hear(event: str, args: tuple[Any, ...]) -> None:
    if _ears and event in REACHING:
        _ears[-1].append(f"{event} {args[0] if args else ''}"[:200])


def _stop(*_: object) -> None:
    raise _OverTime


def prepare() -> None:
    """Hear from now on. A codec that is looked up for the first time is a file that Python opens: all are loaded."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(ImportError):  # those of other systems
            importlib.import_module(f"encodings.{module.name}")
    read(
        b"<rss><channel><item><link>http://feed.invalid/</link><pubDate>1 Nov 2026</pubDate></item></channel></rss>", ""
    )
    signal.signal(signal.SIGPROF, _stop)
    sys.addaudithook(_hear)


@contextmanager
def hearing() -> Iterator[list[str]]:
    """What is reached for within it, once `prepare` was called."""
    _ears.append([])
    try:
        yield _ears[-1]
    finally:
        _ears.pop()


def read(body: bytes, content_type: str) -> Reading:
    """Read bytes as the service reads a feed's, for LIMIT_S of CPU time at the most."""
    document, refused, raised = None, "", ""
    began_s = time.process_time()
    with hearing() as reached:
        signal.setitimer(signal.ITIMER_PROF, LIMIT_S)
        try:
            document = parse(body, feed=FEED, url=FEED.url, content_type=content_type, now=NOW)
        except Permanent as error:
            refused = error.detail.partition(":")[0] if error.reason == "not_a_feed" else error.reason
        except (Exception, _OverTime) as error:  # noqa: BLE001 - whatever comes out is what is looked for
            raised = f"{type(error).__name__}: {error}"[:200]
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return Reading(document, refused, raised, time.process_time() - began_s, tuple(reached))
