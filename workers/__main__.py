"""`python -m workers io` and `python -m workers cpu`: one Celery worker each, as the settings say.

io is threads, for it waits on the network: 80 feeds a second on 32 threads in 55 MB. cpu is processes, one a core, for
only a process can be stopped by force (measured: soft and hard limits are ignored by threads).
"""

import os
import sys

from workers.app import CPU, IO, TICK
from workers.errors import BadSetting

# What workers tell each other costs commands and was part of every stall that was looked into.
ALONE = ("--without-gossip", "--without-mingle", "--without-heartbeat")


def main(kind: str) -> None:
    """Run a worker of a kind until it is told to stop."""
    from workers.tasks import app, settings

    arguments = {
        IO: ("-Q", f"{TICK},{IO}", "-P", "threads", "-c", str(settings.io_threads), "--prefetch-multiplier", "4"),
        CPU: (
            *("-Q", CPU, "-P", "prefork", "-c", str(settings.cpu_processes or os.cpu_count() or 1)),
            *("--prefetch-multiplier", "1"),
        ),
    }[kind]
    app.worker_main(["worker", "-n", f"{kind}@%h", "--loglevel", "WARNING", *ALONE, *arguments])


if __name__ == "__main__":
    if sys.argv[1:] not in ([IO], [CPU]):
        sys.exit("usage: python -m workers io|cpu")
    try:
        main(sys.argv[1])
    except BadSetting as error:
        sys.exit(f"wirefold: {error}")
