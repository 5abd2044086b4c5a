"""One request to a host, and what is remembered of the host: whether it answered, and how often it refused.

An error leaves here knowing whom it counts against and for how long the host is to be left alone.
"""

import time
from typing import Any

from newswire.polling.manners import OVERLOADED, REFUSALS, SILENCES, is_to_blame, rest_s
from workers.bootstrap import Tools
from workers.errors import UNSENT, Transient, WirefoldError
from workers.fetch import Fetched


def ask(url: str, host: str, tools: Tools, **options: Any) -> Fetched:
    """Fetch a url of a host, with the options of `Fetcher.get`, and raise what that raises."""
    began = time.monotonic()
    try:
        fetched = tools.fetcher.get(url, **options)
    except WirefoldError as error:
        _remember(error, host, time.monotonic() - began, tools)
        raise
    tools.hosts.answered(host)
    return fetched


def _remember(error: WirefoldError, host: str, took_s: float, tools: Tools) -> None:
    if error.reason in REFUSALS:
        error.retry_after_s = rest_s(error.reason, tools.hosts.refused(host), error.retry_after_s)
        if isinstance(error, Transient):
            error.counts = error.reason not in OVERLOADED or not error.retry_after_s
    elif error.reason in SILENCES:
        silence = tools.hosts.silent(host)
        if isinstance(error, Transient):
            error.counts = error.counts and is_to_blame(
                silent_hosts=silence.hosts, answered_ago_s=silence.answered_ago_s, took_s=took_s
            )
    elif error.reason not in UNSENT:
        tools.hosts.answered(host)
