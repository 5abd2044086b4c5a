"""The Celery workers as they run, against pages that kill them."""

import os
import subprocess
import sys
import time
from pathlib import Path

from publishers import publishing, rss, tools_for

from newswire.feed import feed_from_url

PAGES = {"1": "kills its process", "2": "never returns from C", "3": "The bridge over the Arno was opened. " * 40}


def test_a_page_that_kills_its_process_is_rejected_after_three_attempts_and_stops_nobody(redis, redis_server, tmp_path):
    assert redis.dbsize() == 0
    poisoned = Path(__file__).parents[1] / "poisoned.py"
    commands = (["-m", "workers", "io"], [str(poisoned)], ["-m", "schedules"])
    with (
        publishing("p.example") as (publishers, hosts),
        tools_for(redis_server, hosts) as tools,
        (tmp_path / "log").open("w") as log,
    ):
        publishers.says("p.example/rss", rss(*PAGES, host="p.example"))
        for name, text in PAGES.items():
            publishers.says(f"p.example/{name}", f"<html><body><article><p>{text}</p></article></body></html>")
        tools.feeds.follow(feed_from_url("http://p.example/rss"))
        env = {
            **os.environ,
            "WIREFOLD_REDIS_URL": redis_server,
            "WIREFOLD_ALLOW_HOSTS": f"p.example={hosts['p.example']}",
            "WIREFOLD_RETRY_S": "0.1",
            "WIREFOLD_HOST_GAP_S": "0.1",
            "WIREFOLD_CPU_PROCESSES": "2",
        }
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
    assert balance.balanced
    assert balance.reasons == {"killed_worker": 1, "time_limit": 1}
    assert balance.outcomes["published"] == 1
