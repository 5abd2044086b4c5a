"""The only HTTP client: one GET, within limits of address, time and size.

Promises for every `Fetcher.get`, whatever the server does: it ends within `timeout_s` of wall-clock time over all hops,
name look-up, handshake, head and body; it holds no more than `max_bytes` of body, counted once as sent and once as
decoded; it connects to public addresses only, at each hop anew (`workers.guard`); and it raises nothing but Transient
or Permanent. TLS is verified, 1.2 at least. No cookies, no credentials, no proxies from the environment.

The reasons that its errors carry:

    Transient   dns, refused, timeout, network, tls, bad_encoding (cut), http_* of 403, 408, 425, 429, 5xx, 304 unasked
    Permanent   bad_url, inside_address, too_large, too_many_redirects, bad_encoding, http_* (every other status)

A Transient whose `counts` is false is this machine's own: no route, no name server, no file handle.

Why urllib3, and why the rest is done here: of five clients it alone held against bombs, and it has no total timeout.
"""

import math
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any, cast
from urllib.parse import urljoin

import urllib3
from msgspec import Struct
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import BaseHTTPResponse, HTTPResponse

from newswire.url import host_of, requestable
from workers import guard
from workers.errors import Moved, Permanent, Transient, WirefoldError
from workers.inflate import Inflater

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT_REDIRECTS = frozenset({301, 308})
# Below 500: a ban or a bot wall may lift (403), the rest ask for another try by their definition.
_TRY_LATER = frozenset({403, 408, 425, 429})
# Sites of 2025 send up to 12 KiB (policies, cookies); http.client alone would take 100 lines of 64 KiB.
_MAX_HEAD_BYTES = 64 * 1024
_MAX_VALUE_CHARS = 1000  # of one kept header
_CHUNK_BYTES = 16 * 1024
# One that says "in a year" is mistaken or hostile; Media Cloud's rss-fetcher caps at a day as well.
_MAX_RETRY_AFTER_S = 86_400.0


class Fetched(Struct, frozen=True, kw_only=True):
    """What a server answered. Headers as sent, "" where it sent none."""

    url: str  # after all redirects
    status: int  # 2xx, or 304 with an empty body; of a page that was read before also 404, 410, 451 (visit)
    body: bytes = b""  # decoded from its content-encoding
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    cache_control: str = ""
    expires: str = ""
    retry_after_s: float = 0.0
    robots: str = ""  # X-Robots-Tag, several joined by ", "
    tdm_reservation: str = ""
    tdm_policy: str = ""
    permanent_url: str = ""  # where it moved for good: `url`, when there were hops and each was a 301 or 308


class Fetcher:
    """Keeps connections alive between requests; may be shared by any number of threads.

    `allow_hosts` maps an invented host name to the `address:port` that is connected to for it, inside or not; the Host
    header keeps the name. Nothing else inside is reached. Raises ValueError for a place that is not `address:port`.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allow_hosts: Mapping[str, str] = {},
        timeout_s: float = 20,
        connect_timeout_s: float = 8,  # two SYN retries (1 s, 3 s) and a handshake; slower hosts fail later anyway
        max_redirects: int = 5,  # consent and country hops take three
    ) -> None:
        for place in allow_hosts.values():
            if not place.rpartition(":")[2].isdecimal():
                raise ValueError(f"allow_hosts wants address:port, not {place!r}")
        self._timeout_s = timeout_s
        self._connect_timeout_s = connect_timeout_s
        self._max_redirects = max_redirects
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": "gzip, deflate",
        }
        tls = ssl.create_default_context()
        tls.minimum_version = ssl.TLSVersion.TLSv1_2
        tls.sslsocket_class = guard.GuardedTLSSocket
        # One request in flight a host is the rule of the frontier; 2 leave room for a stuck one.
        self._pools = urllib3.PoolManager(num_pools=200, maxsize=2, ssl_context=tls)
        self._pools.pool_classes_by_scheme = {
            "http": partial(_PlainPool, allow_hosts=allow_hosts),  # type: ignore[dict-item]  # called, never subclassed
            "https": partial(_TLSPool, allow_hosts=allow_hosts),  # type: ignore[dict-item]
        }

    def get(
        self, url: str, *, etag: str = "", last_modified: str = "", max_bytes: int = 3_000_000, on_host: bool = False
    ) -> Fetched:
        """Fetch one url; with `etag` or `last_modified`, only if it changed since (status 304 when not).

        Raises Transient or Permanent, with a reason of the module's list and the url of the hop it happened at; with
        `on_host`, Moved when a redirect leads to another host.
        """
        validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        conditions = {name: value for name, value in validators.items() if value}
        deadline = time.monotonic() + self._timeout_s
        hop, all_permanent = _checked(url), True
        for hops in range(self._max_redirects + 1):
            with _errors_named(hop), self._send(hop, conditions, deadline) as response:
                location = response.headers.get("Location", "")
                if response.status not in _REDIRECTS or not location:
                    _refuse_errors(response, hop, asked=bool(conditions))
                    return _fetched(response, hop, max_bytes, permanent_url=hop if hops and all_permanent else "")
                all_permanent = all_permanent and response.status in _PERMANENT_REDIRECTS
            last, hop = hop, _checked(_as_text(location), base=hop)
            if on_host and host_of(hop) != host_of(last):
                raise Moved(hop, for_good=all_permanent)
        raise Permanent("too_many_redirects", url, f"more than {self._max_redirects}")

    def close(self) -> None:
        """Close the idle connections."""
        self._pools.clear()

    @contextmanager
    def _send(self, url: str, conditions: Mapping[str, str], deadline: float) -> Iterator[BaseHTTPResponse]:
        remaining_s = deadline - time.monotonic()
        if remaining_s <= 0:
            raise Transient("timeout", url)
        response = self._pools.urlopen(
            "GET",
            url,
            headers={**self._headers, **conditions},
            timeout=urllib3.Timeout(total=remaining_s, connect=min(self._connect_timeout_s, remaining_s)),
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )
        try:
            yield response
        finally:
            response.close()  # a body read to its end has given its connection back already; any other ends with it


class _Guarded(HTTPConnection):
    """Connects through the guard, and reads the head within the time and bytes it may take."""

    def __init__(self, *args: Any, allow_hosts: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._allow_hosts = allow_hosts

    def _new_conn(self) -> guard.GuardedSocket:
        return guard.connect(self.host, self.port, cast("float", self.timeout), self._allow_hosts)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3 departs from http.client here
        sock = cast("guard.GuardedSocket", self.sock)
        sock.deadline = time.monotonic() + cast("float", self.timeout)
        sock.bytes_left = _MAX_HEAD_BYTES
        response = super().getresponse()
        sock.bytes_left = math.inf
        return response


class _GuardedTLS(_Guarded, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Guarded


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedTLS


def _checked(url: str, base: str = "") -> str:
    try:
        return requestable(urljoin(base, url))
    except ValueError as error:
        raise Permanent("bad_url", url[:200], str(error)) from error


@contextmanager
def _errors_named(url: str) -> Iterator[None]:
    """Every error of the layers below, by what happens next."""
    try:
        yield
    except WirefoldError as error:
        error.url = url
        raise
    except (urllib3.exceptions.TimeoutError, TimeoutError) as error:
        raise Transient("timeout", url, str(error)) from error
    except (urllib3.exceptions.SSLError, ssl.SSLError) as error:
        raise Transient("tls", url, str(error)) from error
    except urllib3.exceptions.LocationParseError as error:
        raise Permanent("bad_url", url, str(error)) from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise Transient("network", url, str(error)) from error


def _refuse_errors(response: BaseHTTPResponse, url: str, *, asked: bool) -> None:
    status = response.status
    if 200 <= status < 300 or (status == 304 and asked):
        return
    if status in _TRY_LATER or status >= 500 or status == 304:
        raise Transient(f"http_{status}", url, retry_after_s=_retry_after_s(response))
    raise Permanent(f"http_{status}", url, retry_after_s=_retry_after_s(response))


def _fetched(response: BaseHTTPResponse, url: str, max_bytes: int, permanent_url: str) -> Fetched:
    return Fetched(
        url=url,
        status=response.status,
        body=_body(response, url, max_bytes),
        content_type=_header(response, "Content-Type"),
        etag=_header(response, "ETag"),
        last_modified=_header(response, "Last-Modified"),
        cache_control=_header(response, "Cache-Control"),
        expires=_header(response, "Expires"),
        retry_after_s=_retry_after_s(response),
        robots=_header(response, "X-Robots-Tag"),
        tdm_reservation=_header(response, "TDM-Reservation"),
        tdm_policy=_header(response, "TDM-Policy"),
        permanent_url=permanent_url,
    )


def _header(response: BaseHTTPResponse, name: str) -> str:
    value = " ".join(response.headers.get(name, "").split())
    return value if len(value) <= _MAX_VALUE_CHARS else ""  # half an ETag matches nothing


def _as_text(location: str) -> str:
    """A header's bytes arrive as Latin-1 characters; addresses in them are UTF-8, if anything."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _retry_after_s(response: BaseHTTPResponse) -> float:
    """RFC 9110 section 10.2.3: seconds, or a date; 0 where there is none that makes sense."""
    value = _header(response, "Retry-After")
    if value.isascii() and value.isdigit():
        return min(float(value), _MAX_RETRY_AFTER_S)
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return 0.0
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return min(max((date - datetime.now(UTC)).total_seconds(), 0.0), _MAX_RETRY_AFTER_S)


def _body(response: BaseHTTPResponse, url: str, max_bytes: int) -> bytes:
    length = response.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > max_bytes:
        raise Permanent("too_large", url, f"{length[:20]} bytes announced, {max_bytes} allowed")
    inflate = Inflater(response.headers.get("Content-Encoding", ""))
    body, sent_bytes = bytearray(), 0
    try:
        for chunk in response.stream(_CHUNK_BYTES, decode_content=False):
            sent_bytes += len(chunk)
            body += inflate(chunk, max_bytes + 1 - len(body))
            if max(sent_bytes, len(body)) > max_bytes:
                raise Permanent("too_large", url, f"{max_bytes} bytes allowed")
    except zlib.error as error:
        raise Permanent("bad_encoding", url, str(error)) from error
    if body and not inflate.is_complete:
        raise Transient("bad_encoding", url, "the compressed body is cut")
    return bytes(body)
