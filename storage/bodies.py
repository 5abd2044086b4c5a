"""What the network brought, on its way from io to cpu: on the broker's Redis, which may lose everything.

A message stays small, and a missing body gives the item back.
"""

import zlib
from typing import Any, TypeVar

import msgspec

from storage.connection import Redis, unavailable
from storage.keys import Keys
from storage.stories import Lease

# Longer than any lease is renewed for; a body whose message was lost does not stay.
TTL_S = 300

T = TypeVar("T", bound=msgspec.Struct)


class Bodies:
    """Keeps one value a lease. Raises `Unavailable` when Redis does not answer."""

    def __init__(self, client: Redis, keys: Keys) -> None:
        self._client = client
        self._keys = keys

    def put(self, lease: Lease, body: msgspec.Struct) -> None:
        """Keep what was fetched; level 1, for a page is read once and soon."""
        packed = zlib.compress(msgspec.msgpack.encode(body), level=1)
        with unavailable():
            self._client.set(self._key(lease), packed, ex=TTL_S)

    def take(self, lease: Lease, kind: type[T]) -> T | None:
        """What was fetched under this lease, once; None when it is gone."""
        with unavailable():
            packed: Any = self._client.getdel(self._key(lease))
        return msgspec.msgpack.decode(zlib.decompress(packed), type=kind) if packed else None

    def _key(self, lease: Lease) -> str:
        return self._keys("body", lease.id, lease.token)
