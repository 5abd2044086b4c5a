"""The loop of a reader: one consumer of a group, at least once, in order, one entry at a time, and no loss unsaid."""

import logging
import random
import time
from collections.abc import Callable

import redis

STREAM = "wirefold"


class Consumer:
    def __init__(self, client: redis.Redis, group: str, name: str, *, deliveries: int, idle_s: int) -> None:
        self.client, self.group, self.name, self.deliveries, self.idle_s = client, group, name, deliveries, idle_s
        self.at, self.last, self.stopping = f"{{{STREAM}}}:at:{group}", 0, False

    def run(self, handle: Callable[[dict[str, str]], None]) -> None:
        """Read until `stopping`; what a lost connection interrupts is in this hand still, and is read first."""
        failures = 0
        while not self.stopping:
            try:
                # From the oldest entry on; an error is an answer here, BUSYGROUP: the group is there already.
                step = self.client.pipeline().xgroup_create(STREAM, self.group, "0", mkstream=True).get(self.at)
                self.last = int(step.execute(raise_on_error=False)[1] or 0)
                while not self.stopping:
                    for entry_id, fields in self.read("0") or self.claim() or self.read(">", block_ms=1000):
                        self.take(entry_id, fields, handle)
                    failures = 0
            except redis.RedisError as error:
                logging.warning("Redis: %s", error)
                self.rest(failures := failures + 1)

    def read(self, after: str, block_ms: int | None = None) -> list[tuple[str, dict[str, str]]]:
        reply = self.client.xreadgroup(self.group, self.name, {STREAM: after}, count=1, block=block_ms)
        return reply[0][1] if reply else []

    def claim(self) -> list[tuple[str, dict[str, str]]]:
        _, entries, *gone = self.client.xautoclaim(STREAM, self.group, self.name, self.idle_s * 1000, count=1)
        for entry_id in gone[0] if gone else ():  # Redis 7 takes trimmed entries off as it claims
            logging.error("lost %s: trimmed before it was handled", entry_id)
        return [entry for entry in entries if entry[0]]  # 6.2 gives no id: the next read of this hand does

    def take(self, entry_id: str, fields: dict[str, str], handle: Callable[[dict[str, str]], None]) -> None:
        done = self.client.pipeline().xack(STREAM, self.group, entry_id)  # MULTI: all of it or nothing
        if not fields:
            done.execute()
            logging.error("lost %s: trimmed before it was handled", entry_id)
            return
        found = self.client.xpending_range(STREAM, self.group, entry_id, entry_id, 1)  # none: trimmed this very moment
        times = found[0]["times_delivered"] if found else 1
        try:
            self.notice_gap(entry_id, int(fields.get("sequence", 0)))  # what others put there has none, or anything
            if times > self.deliveries:
                raise RuntimeError("whoever had it died")
            handle(fields)
        except redis.RedisError:
            raise
        except Exception as error:
            logging.warning("%s failed, delivery %d: %r", entry_id, times, error)
            if times < self.deliveries:
                self.rest(times, getattr(error, "after_s", 0))
                return
            done.xadd(f"{{{STREAM}}}:dead:{self.group}", {**fields, "entry": entry_id, "reason": repr(error)})
        done.set(self.at, self.last).execute()

    def notice_gap(self, entry_id: str, sequence: int) -> None:
        if self.last and sequence > self.last + 1:  # what others of the group read stands before this one still
            pages = (self.client.xrevrange(STREAM, f"({entry_id}", count=most) for most in (1, 100))
            numbers = (one.get("sequence", "") for page in pages for _, one in page)
            before = next((int(number) for number in numbers if number.isdecimal()), self.last)
            if sequence > before + 1:
                logging.error("missed %d entries before %s", sequence - 1 - before, entry_id)
        self.last = max(self.last, sequence)

    def rest(self, times: int, at_least_s: float = 0) -> None:
        until = time.monotonic() + max(at_least_s, 2 ** min(times - 1, 9) * random.uniform(0.5, 1))  # 8 minutes at most
        while not self.stopping and time.monotonic() < until:
            time.sleep(0.2)
