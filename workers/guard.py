"""Where a connection may lead, and how much it may take: time and header bytes.

Promises: no byte is sent to an address inside (this machine, its networks, its cloud's metadata service), because the
check is made on the very address that is connected to, after the name was resolved; so neither decimal, hexadecimal or
mapped spellings nor a name server that changes its answer get round it. And no server holds a thread beyond its
deadline by sending a byte a second, neither in the answer's head nor in its body.

It ignores what is sent over the connection; `workers.fetch` knows HTTP.
"""

import errno
import math
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

from workers.errors import Permanent, Transient

# IANA's special-purpose address registries (RFC 6890), all that is not for everybody.
_INSIDE_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network; Linux takes 0.0.0.0 for loopback
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598; some clouds keep their metadata service here
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; 169.254.169.254 is the metadata service of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Of IPv6 only global unicast is outside: not loopback, mapped v4, NAT64, unique local, link-local, multicast.
_OUTSIDE_V6 = IPv6Network("2000::/3")
_INSIDE_V6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocols: Teredo and ORCHID carry other addresses
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries a v4 address
        "3fff::/20",  # documentation, RFC 9637
    )
)

# What a failing name server or a machine without memory says; "no such name" is the name's own fault.
_OWN_DNS_FAULTS = frozenset({socket.EAI_AGAIN, socket.EAI_MEMORY, socket.EAI_SYSTEM})
# No way out of here, or no file handle left: this machine's fault, not the host's.
_OWN_NETWORK_FAULTS = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EMFILE, errno.ENFILE, errno.ENOBUFS})
# An answer with a hundred addresses would eat the connect timeout in slices too thin to succeed.
_MAX_ADDRESSES = 4


class GuardedSocket(socket.socket):
    """A socket whose reading ends at a deadline (seconds of the monotonic clock) and after so many bytes."""

    deadline: float = math.inf
    bytes_left: float = math.inf

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        """Read as a socket does. Raises TimeoutError at the deadline, Permanent `too_large` beyond the bytes."""
        remaining_s = self.deadline - time.monotonic()
        if remaining_s <= 0:
            raise TimeoutError("the deadline has passed")
        if remaining_s < math.inf:
            self.settimeout(remaining_s)
        count = super().recv_into(buffer, nbytes or len(memoryview(buffer)), flags)
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise Permanent("too_large", detail="the answer's head")
        return count


class GuardedTLSSocket(GuardedSocket, ssl.SSLSocket):
    """The same over TLS; a handshake ends at the timeout set before it, as CPython's _ssl.c keeps a deadline."""


def is_inside(address: str) -> bool:
    """Whether a numeric address, v4 or v6, is anything but a public one."""
    ip = ip_address(address)
    if ip.version == 4:
        return any(ip in network for network in _INSIDE_V4)
    return ip not in _OUTSIDE_V6 or any(ip in network for network in _INSIDE_V6)


def connect(host: str, port: int, timeout_s: float, allow_hosts: Mapping[str, str]) -> GuardedSocket:
    """A connected socket to a public address of the host, or to the `address:port` that `allow_hosts` names for it.

    The timeout holds for the name, all attempts and a handshake thereafter together: what remains of it is set on the
    socket. Raises Permanent `inside_address`, `bad_url`; Transient `dns`, `refused`, `timeout`, `network`.
    """
    deadline = time.monotonic() + timeout_s
    if host in allow_hosts:
        address, _, allowed_port = allow_hosts[host].rpartition(":")
        return _attempt(address.strip("[]"), int(allowed_port), deadline - time.monotonic(), deadline)
    addresses = _resolve(host, port, timeout_s)
    outside = [address for address in addresses if not is_inside(address)][:_MAX_ADDRESSES]
    if not outside:
        raise Permanent("inside_address", host, ", ".join(addresses))
    failures = []
    for count, address in enumerate(outside):
        slice_s = (deadline - time.monotonic()) / (len(outside) - count)
        try:
            return _attempt(address, port, slice_s, deadline)
        except Transient as failure:
            failures.append(failure)
    # Without IPv6 here, its addresses fail by our own fault; what the host itself did is the better answer.
    raise max(failures, key=lambda failure: failure.counts)


def _resolve(host: str, port: int, timeout_s: float) -> list[str]:
    """The host's addresses, each once. In a thread of its own, as the system's resolver knows no timeout."""
    found: list[str] = []
    failures: list[Exception] = []

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
            # An address of some interface (fe80::1%2) is never a public one, with or without its name.
            found.extend(dict.fromkeys(str(row[4][0]).partition("%")[0] for row in rows))
        except (OSError, UnicodeError) as error:
            failures.append(error)

    thread = threading.Thread(target=look_up, name="look-up", daemon=True)
    thread.start()
    thread.join(timeout_s)
    for error in failures:
        if isinstance(error, UnicodeError):
            raise Permanent("bad_url", host, str(error)) from error
        counts = not isinstance(error, socket.gaierror) or error.errno not in _OWN_DNS_FAULTS
        raise Transient("dns", host, str(error), counts=counts) from error
    if not found:
        raise Transient("dns", host, f"no answer within {timeout_s:.1f} s", counts=False)
    return found


def _attempt(address: str, port: int, timeout_s: float, deadline: float) -> GuardedSocket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        sock = GuardedSocket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise Transient("network", address, str(error), counts=False) from error
    try:
        sock.settimeout(max(timeout_s, 0.001))  # 0 would mean "do not wait"
        sock.connect((address, port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(max(deadline - time.monotonic(), 0.001))
    except OSError as error:
        sock.close()
        raise _connect_failure(error, address) from error
    return sock


def _connect_failure(error: OSError, address: str) -> Transient:
    if isinstance(error, TimeoutError):
        return Transient("timeout", address, "no connection")
    if isinstance(error, ConnectionRefusedError):
        return Transient("refused", address, str(error))
    return Transient("network", address, str(error), counts=error.errno not in _OWN_NETWORK_FAULTS)
