"""Reads the stream into a table, each event once. Copy it with consumer.py, and change `handle`.

WIREFOLD_REDIS_URL=redis://127.0.0.1:6379/0 python reader.py archive archive-1
"""

import argparse
import contextlib
import json
import logging
import os
import signal
import sqlite3
from collections.abc import Callable
from typing import Any

import redis
from consumer import Consumer
from redis.backoff import NoBackoff
from redis.retry import Retry


def handle(event: dict[str, Any]) -> None:
    """Keep the event. It comes again when this raises, or when the process dies before the entry is acknowledged.

    The second time must change nothing: `source` and `id` together are an event's key, and here the table's.
    """
    with contextlib.closing(sqlite3.connect("events.db")) as sink, sink:
        sink.execute("CREATE TABLE IF NOT EXISTS events (source, id, type, document, PRIMARY KEY (source, id))")
        row = (event["source"], event["id"], event["type"], json.dumps(event, ensure_ascii=False))
        sink.execute("INSERT INTO events VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", row)


def event_of(fields: dict[str, str], client: redis.Redis) -> dict[str, Any]:
    """An entry's event, with the whole text, of which a long one's event has only the beginning."""
    event = json.loads(fields["data"])
    content = event["data"].get("content", {})
    if key := content.get("text_key"):
        content["text"] = client.get(key) or content["text"]
    return event


def main(handle: Callable[[dict[str, Any]], None], *, deliveries: int = 5) -> None:
    """Read the command line, then the stream, until SIGTERM or Ctrl-C; the entry in hand is done first."""
    parser = argparse.ArgumentParser(epilog="Redis is named by WIREFOLD_REDIS_URL.")
    parser.add_argument("group", help="what reads together: each entry goes to one of its consumers")
    parser.add_argument("consumer", help="a name that stays after a restart, and that no two processes have at a time")
    parser.add_argument(
        "--deliveries", type=int, default=deliveries, help="then an entry is a dead letter (%(default)s)"
    )
    parser.add_argument("--idle", type=int, default=900, help="seconds until another's entry is taken (%(default)s)")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # No retries by the client, which repeats a write whose reply was lost (redis-py#3554): the loop begins anew.
    client = redis.Redis.from_url(
        os.environ["WIREFOLD_REDIS_URL"],
        decode_responses=True,
        encoding_errors="replace",  # others may put bytes into the stream that are no text
        retry=Retry(NoBackoff(), 0),
        socket_timeout=10,
    )
    consumer = Consumer(client, args.group, args.consumer, deliveries=args.deliveries, idle_s=args.idle)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: setattr(consumer, "stopping", True))
    consumer.run(lambda fields: handle(event_of(fields, client)))


if __name__ == "__main__":
    main(handle)
