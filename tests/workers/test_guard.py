"""The guard: what lies inside, however it is spelt, is not connected to."""

import socket
import time

import pytest

from workers.errors import Permanent, Transient
from workers.guard import connect, is_inside


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.31.255.255",
        "192.168.0.1",
        "192.88.99.1",
        "198.19.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_an_inside_address_is_known(address):
    assert is_inside(address) is True


@pytest.mark.parametrize("address", ["8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"])
def test_a_public_address_is_not_inside(address):
    assert is_inside(address) is False


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0",
        "::1",
        "[::1]",
        "::ffff:127.0.0.1",
    ],
)
def test_no_spelling_of_loopback_is_connected_to(host):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(Permanent) as raised:
            connect(host, port, 5, {})
    assert raised.value.reason == "inside_address"


def test_an_allowed_host_is_connected_to_at_its_place():
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
        with connect("newsroom.example", 80, 5, {"newsroom.example": place}) as sock:
            assert sock.getpeername() == server.getsockname()


def test_a_closed_port_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(Transient) as raised:
        connect("newsroom.example", 80, 5, {"newsroom.example": place})
    assert (raised.value.reason, raised.value.counts) == ("refused", True)


def test_a_name_that_is_no_name_is_a_bad_url():
    with pytest.raises(Permanent) as raised:
        connect("a" * 64 + ".example", 80, 5, {})
    assert raised.value.reason == "bad_url"


def test_a_name_of_nobody_is_a_dns_error():
    with pytest.raises(Transient) as raised:
        connect("nobody.invalid", 80, 5, {})
    assert raised.value.reason == "dns"


def answering(*addresses):
    """A name server, as the system's resolver shows it, that knows these addresses for every name."""
    rows = [(socket.AF_INET6 if ":" in it else socket.AF_INET, socket.SOCK_STREAM, 6, "", (it, 80)) for it in addresses]
    return lambda *_args, **_options: rows


def failing(number):
    def look_up(*_args, **_options):
        raise socket.gaierror(number, "no")

    return look_up


@pytest.mark.parametrize(
    ("number", "counts"), [(socket.EAI_NONAME, True), (socket.EAI_AGAIN, False), (socket.EAI_SYSTEM, False)]
)
def test_a_failing_name_server_does_not_count_against_the_host(monkeypatch, number, counts):
    monkeypatch.setattr(socket, "getaddrinfo", failing(number))
    with pytest.raises(Transient) as raised:
        connect("paper.example", 80, 5, {})
    assert (raised.value.reason, raised.value.counts) == ("dns", counts)


def test_a_slow_name_server_ends_at_the_timeout(monkeypatch):
    def slow(*_args, **_options):
        time.sleep(1)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    begun = time.monotonic()
    with pytest.raises(Transient) as raised:
        connect("paper.example", 80, 0.2, {})
    assert (raised.value.reason, time.monotonic() - begun < 0.9) == ("dns", True)


def test_a_name_with_inside_addresses_alone_is_refused_with_all_of_them(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", answering("127.0.0.1", "fe80::1%2", "10.0.0.1"))
    with pytest.raises(Permanent) as raised:
        connect("paper.example", 80, 5, {})
    assert (raised.value.reason, raised.value.detail) == ("inside_address", "127.0.0.1, fe80::1, 10.0.0.1")


def test_reading_ends_at_the_deadline():
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
        with connect("newsroom.example", 80, 5, {"newsroom.example": place}) as sock:
            sock.deadline = time.monotonic() + 0.2
            with pytest.raises(TimeoutError):
                sock.recv_into(bytearray(10))
            assert time.monotonic() - sock.deadline < 1


def test_reading_ends_after_the_bytes_allowed():
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
        with connect("newsroom.example", 80, 5, {"newsroom.example": place}) as sock, server.accept()[0] as peer:
            peer.sendall(b"x" * 20)
            sock.bytes_left = 10
            with pytest.raises(Permanent, match="too_large"):
                sock.recv_into(bytearray(20))
