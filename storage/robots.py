"""What hosts' robots.txt said when they were last asked."""

from typing import Any

from storage.connection import Redis, text, unavailable
from storage.keys import Keys

# RFC 9309 section 2.4: not longer than a day.
TTL_S = 86_400


class RobotsCache:
    """Keeps the rules of a host; "" where everything is allowed. Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys) -> None:
        self._client = client
        self._keys = keys

    def get(self, host: str) -> str | None:
        """The rules of a host, or None when it is to be asked."""
        with unavailable():
            rules: Any = self._client.get(self._keys("robots", host))
        return None if rules is None else text(rules)

    def put(self, host: str, rules: str) -> None:
        """Keep what a host said."""
        with unavailable():
            self._client.set(self._keys("robots", host), rules.encode("utf-8", "replace"), ex=TTL_S)
