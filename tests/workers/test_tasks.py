"""The Celery workers as they run, against pages that kill them."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newswire.feed import feed_from_url
from workers.bootstrap import Tools
from workers.settings import Settings

PAGES = {"/1": "kills its process", "/2": "never returns from C", "/3": "The bridge over the Arno was opened. " * 40}
FEED = "".join(f"<item><title>{path}</title><link>http://p.example{path}</link></item>" for path in PAGES)


class Site(BaseHTTPRequestHandler):
    """A feed and three pages, two of which are hostile."""

    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        feed = f"<rss version='2.0'><channel><title>p</title>{FEED}</channel></rss>" if self.path == "/rss" else ""
        body = (f"<html><body><article><p>{page}</p></article></body></html>" if page else feed).encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """Its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_that_kills_its_process_is_rejected_after_three_attempts_and_stops_nobody(
    redis, redis_server, site, tmp_path
):
    assert redis.dbsize() == 0
    env = {
        **os.environ,
        "WIREFOLD_REDIS_URL": redis_server,
        "WIREFOLD_ALLOW_HOSTS": f"p.example={site}",
        "WIREFOLD_RETRY_S": "0.1",
        "WIREFOLD_HOST_GAP_S": "0.1",
        "WIREFOLD_CPU_PROCESSES": "2",
    }
    poisoned = Path(__file__).parents[1] / "poisoned.py"
    commands = (["-m", "workers", "io"], [str(poisoned)], ["-m", "schedules"])
    tools = Tools(Settings.model_validate({"redis_url": redis_server}))
    tools.feeds.follow(feed_from_url("http://p.example/rss"))
    with (tmp_path / "log").open("w") as log:
        workers = [
            subprocess.Popen([sys.executable, *command], env=env, stdout=log, stderr=log) for command in commands
        ]
        try:
            deadline = time.monotonic() + 100
            while (balance := tools.ledger.balance()).entries < 3 or balance.waiting:
                assert time.monotonic() < deadline, (tmp_path / "log").read_text()[-3000:]
                time.sleep(0.1)
        finally:
            for worker in workers:
                worker.terminate()
            for worker in workers:
                worker.wait(timeout=30)
            tools.close()
    assert balance.balanced
    assert balance.reasons == {"killed_worker": 1, "time_limit": 1}
    assert balance.outcomes["published"] == 1
