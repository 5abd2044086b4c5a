"""What is known of hosts: their robots.txt, refusals in a row, pages that went missing, and which do not answer at all.

Ages are told by how much of a key's life is left, so that no two machines' clocks are compared.
"""

import math

from msgspec import Struct

from storage.connection import Redis, text, unavailable
from storage.keys import Keys

_DAY_S = 86_400
# RFC 9309 section 2.4: not used for longer than a day, unless the host cannot give it again; 2.3.1.4: 30 days then.
_ROBOTS_TTL_S = 30 * _DAY_S
_ROBOTS_RETRY_S = 3600
_REFUSALS_TTL_S = 2 * _DAY_S
_ANSWERED_TTL_S = 3600
_SILENT_TTL_S = 3600
_MISSING_TTL_S = 6 * 3600


class Rules(Struct, frozen=True):
    """A host's robots.txt, "" where everything is allowed; stale ones are to be fetched anew, and hold until then."""

    text: str
    is_stale: bool


class Silence(Struct, frozen=True):
    """How many hosts have been silent since the last answer from any, and how long ago that was."""

    hosts: int
    answered_ago_s: float  # infinity: not within the last hour


class Hosts:
    """Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys) -> None:
        self._client = client
        self._keys = keys

    def rules(self, host: str) -> Rules | None:
        """The rules of a host, or None when it was never asked."""
        key = self._keys("robots", host)
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            pipeline.get(key)
            pipeline.ttl(key)
            rules, left_s = pipeline.execute()
        return None if rules is None else Rules(text(rules), is_stale=left_s < _ROBOTS_TTL_S - _DAY_S)

    def put_rules(self, host: str, rules: str) -> None:
        """Keep what a host said."""
        with unavailable():
            self._client.set(self._keys("robots", host), rules.encode("utf-8", "replace"), ex=_ROBOTS_TTL_S)

    def keep_rules(self, host: str) -> None:
        """Use the rules that are known for another hour: the host does not give them now."""
        with unavailable():
            self._client.expire(self._keys("robots", host), _ROBOTS_TTL_S - _DAY_S + _ROBOTS_RETRY_S)

    def answered(self, host: str) -> None:
        """A host answered, whatever it said: the network is there, and its own refusals are over."""
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            pipeline.set(self._keys("frontier", "answered"), "", ex=_ANSWERED_TTL_S)
            pipeline.delete(self._keys("frontier", "silent"), self._keys("frontier", "refusals", host))
            pipeline.execute()

    def refused(self, host: str) -> int:
        """A host refused, which is an answer too; returns how often in a row."""
        key = self._keys("frontier", "refusals", host)
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            pipeline.set(self._keys("frontier", "answered"), "", ex=_ANSWERED_TTL_S)
            pipeline.delete(self._keys("frontier", "silent"))
            pipeline.incr(key)
            pipeline.expire(key, _REFUSALS_TTL_S)
            return int(pipeline.execute()[2])

    def silent(self, host: str) -> Silence:
        """A host did not answer; returns how many have not since anyone did."""
        key = self._keys("frontier", "silent")
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            pipeline.sadd(key, host)
            pipeline.expire(key, _SILENT_TTL_S)
            pipeline.execute()
        return self.silence()

    def missing(self, host: str, entry: str) -> int:
        """A page that was read before is not there; returns how many of the host's were not, within six hours."""
        key = self._keys("frontier", "missing", host)
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            pipeline.sadd(key, entry)
            pipeline.scard(key)
            pipeline.ttl(key)
            _, missing, left_s = pipeline.execute()
            if left_s < 0:
                self._client.expire(key, _MISSING_TTL_S)
        return int(missing)

    def silence(self) -> Silence:
        """How it stands now."""
        with unavailable():
            pipeline = self._client.pipeline(transaction=False)
            pipeline.scard(self._keys("frontier", "silent"))
            pipeline.pttl(self._keys("frontier", "answered"))
            hosts, left_ms = pipeline.execute()
        return Silence(int(hosts), _ANSWERED_TTL_S - left_ms / 1000 if left_ms > 0 else math.inf)
