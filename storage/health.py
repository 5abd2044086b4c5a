"""Signs of life: the canary's heartbeat, and how often something went wrong that nobody expected."""

import time
from typing import Any

from storage.connection import Redis, unavailable
from storage.keys import Keys

HEARTBEAT_TTL_S = 3600


class Health:
    """Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys) -> None:
        self._client = client
        self._keys = keys

    def beat(self) -> None:
        """A canary came through beat → broker → io → cpu → here."""
        with unavailable():
            self._client.set(self._keys("heartbeat"), int(self._now_s()), ex=HEARTBEAT_TTL_S)

    def heartbeat_age_s(self) -> float | None:
        """Seconds since a canary last came through; None when none did within the hour."""
        with unavailable():
            at: Any = self._client.get(self._keys("heartbeat"))
            return None if at is None else max(0.0, self._now_s() - int(at))

    def count_unexpected(self) -> int:
        """Count an error that nobody expected; returns how many there were this minute, over all workers."""
        key = self._keys("unexpected", int(time.time() // 60))
        with unavailable():
            pipeline = self._client.pipeline(transaction=True)
            pipeline.incr(key)
            pipeline.expire(key, 120)
            return int(pipeline.execute()[0])

    def memory(self) -> tuple[int, int]:
        """Bytes in use by Redis, and its limit (0: none)."""
        with unavailable():
            info: Any = self._client.info("memory")
        return int(info["used_memory"]), int(info.get("maxmemory", 0))

    def _now_s(self) -> float:
        seconds, micros = self._client.time()
        return float(seconds) + float(micros) / 1e6
