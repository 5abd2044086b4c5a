"""The HTTP client, on real sockets: what honest servers send arrives, and what hostile ones send ends in time."""

import contextlib
import gzip
import itertools
import resource
import socket
import ssl
import subprocess
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from workers.errors import Permanent, Transient
from workers.fetch import Fetched, Fetcher

HOST = "newsroom.example"
URL = f"http://{HOST}/a"


class Newsroom:
    """A server that sends, for each request, the next of its answers: bytes, or chunks to be sent one by one."""

    def __init__(self, *answers, tls=None):
        self.requests = []
        self.connections = 0
        self._answers = itertools.chain(answers, itertools.repeat(answers[-1]))
        self._tls = tls
        self._server = socket.create_server(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self._server.getsockname()[1]}"
        self._open = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                peer = self._server.accept()[0]
                self.connections += 1
                self._open.append(peer)
                threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer):
        with contextlib.suppress(OSError), peer:
            if self._tls:
                peer = self._tls.wrap_socket(peer, server_side=True)
            with peer, peer.makefile("rb") as lines:
                while head := b"".join(itertools.takewhile(lambda line: line.strip(), lines)):
                    self.requests.append(head.decode("latin-1"))
                    answer = next(self._answers)
                    for chunk in [answer] if isinstance(answer, bytes) else answer:
                        peer.sendall(chunk)
                    if b"Connection: close" in (answer if isinstance(answer, bytes) else b"Connection: close"):
                        return

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for sock in (self._server, *self._open):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits on it
            sock.close()


def answer(body=b"", status="200 OK", **headers):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def moved(location, status="301 Moved Permanently"):
    return answer(status=status, Location=location)


@contextlib.contextmanager
def a_fetcher(newsroom, **options):
    fetcher = Fetcher(
        user_agent="Wirefold/0 (+https://wirefold.example)", allow_hosts={HOST: newsroom.place}, **options
    )
    try:
        yield fetcher
    finally:
        fetcher.close()


def fetched(*answers, **options):
    with Newsroom(*answers) as newsroom, a_fetcher(newsroom) as fetcher:
        return fetcher.get(URL, **options)


def failure(*answers, timeout_s=20, url=URL, tls=None):
    with Newsroom(*answers, tls=tls) as newsroom, a_fetcher(newsroom, timeout_s=timeout_s) as fetcher:
        with pytest.raises((Transient, Permanent)) as raised:
            fetcher.get(url)
        return raised.value


def test_a_page_arrives_with_its_headers():
    headers = {
        "Content_Type": "text/html; charset=utf-8",
        "ETag": '"v1"',
        "Last_Modified": "Sun, 22 Nov 2026 07:00:00 GMT",
        "Cache_Control": "max-age=60",
        "Expires": "Sun, 22 Nov 2026 08:00:00 GMT",
        "Retry_After": "120",
        "X_Robots_Tag": "noai",
        "TDM_Reservation": "1",
        "TDM_Policy": "https://paper.example/tdm.json",
    }
    assert fetched(answer(b"<p>Hello", **headers)) == Fetched(
        url=URL,
        status=200,
        body=b"<p>Hello",
        content_type="text/html; charset=utf-8",
        etag='"v1"',
        last_modified="Sun, 22 Nov 2026 07:00:00 GMT",
        cache_control="max-age=60",
        expires="Sun, 22 Nov 2026 08:00:00 GMT",
        retry_after_s=120.0,
        robots="noai",
        tdm_reservation="1",
        tdm_policy="https://paper.example/tdm.json",
    )


def test_the_request_names_the_host_and_us_and_carries_no_cookie():
    with Newsroom(answer(b"1", Set_Cookie="a=b")) as newsroom, a_fetcher(newsroom) as fetcher:
        fetcher.get(f"http://user:secret@{HOST}/a?b=c&utm_source=rss#d")
        fetcher.get(URL)
    assert newsroom.requests == [
        f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nUser-Agent: Wirefold/0 (+https://wirefold.example)\r\n"
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate\r\n"
        for path in ("/a?b=c&utm_source=rss", "/a")
    ]


def test_a_connection_is_kept_for_the_next_request():
    with Newsroom(answer(b"1"), answer(b"2")) as newsroom, a_fetcher(newsroom) as fetcher:
        bodies = [fetcher.get(URL).body, fetcher.get(URL).body]
    assert (bodies, newsroom.connections) == ([b"1", b"2"], 1)


def test_unchanged_is_no_error_when_it_was_asked_for():
    unchanged = b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n'
    with Newsroom(unchanged) as newsroom, a_fetcher(newsroom) as fetcher:
        got = fetcher.get(URL, etag='"v1"', last_modified="Sun, 22 Nov 2026 07:00:00 GMT")
    assert (got.status, got.body, got.etag) == (304, b"", '"v1"')
    assert 'If-None-Match: "v1"\r\n' in newsroom.requests[0]
    assert "If-Modified-Since: Sun, 22 Nov 2026 07:00:00 GMT\r\n" in newsroom.requests[0]


def test_unchanged_is_an_error_when_it_was_not_asked_for():
    assert failure(b"HTTP/1.1 304 Not Modified\r\n\r\n").reason == "http_304"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"news " * 1000)),
        ("x-gzip", gzip.compress(b"news " * 500) + gzip.compress(b"news " * 500)),
        ("gzip", gzip.compress(b"news " * 1000) + b"\0 garbage"),
        ("deflate", zlib.compress(b"news " * 1000)),
        ("deflate", zlib.compress(b"news " * 1000, wbits=-15)),
        ("identity", b"news " * 1000),
    ],
)
def test_a_compressed_body_is_decoded(encoding, body):
    assert fetched(answer(body, Content_Encoding=encoding)).body == b"news " * 1000


def test_a_chunked_body_is_put_together():
    assert (
        fetched(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nnew\r\n1\r\ns\r\n0\r\n\r\n").body == b"news"
    )


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        ("400 Bad Request", Permanent, "http_400"),
        ("401 Unauthorized", Permanent, "http_401"),
        ("403 Forbidden", Transient, "http_403"),
        ("404 Not Found", Permanent, "http_404"),
        ("408 Request Timeout", Transient, "http_408"),
        ("410 Gone", Permanent, "http_410"),
        ("425 Too Early", Transient, "http_425"),
        ("429 Too Many Requests", Transient, "http_429"),
        ("451 Unavailable For Legal Reasons", Permanent, "http_451"),
        ("500 Internal Server Error", Transient, "http_500"),
        ("503 Service Unavailable", Transient, "http_503"),
        ("302 Found", Permanent, "http_302"),
    ],
)
def test_a_status_says_what_happens_next(status, error, reason):
    raised = failure(answer(b"sorry", status=status))
    assert (type(raised), raised.reason, raised.url) == (error, reason, URL)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("120", 120.0), ("999999999", 86_400.0), ("-5", 0.0), ("soon", 0.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0)],
)
def test_retry_after_in_seconds_is_bounded(value, expected):
    assert failure(answer(status="429 Too Many", Retry_After=value)).retry_after_s == expected


def test_retry_after_may_be_a_date():
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    asked = failure(answer(status="503 Unavailable", Retry_After=in_an_hour)).retry_after_s
    assert 3500 < asked <= 3600


def test_a_permanent_move_is_told_with_where_it_leads():
    got = fetched(moved("/b"), moved(f"http://{HOST}/c", status="308 Permanent Redirect"), answer(b"here"))
    assert (got.url, got.body, got.permanent_url) == (f"http://{HOST}/c", b"here", f"http://{HOST}/c")


def test_one_temporary_hop_makes_the_move_temporary():
    got = fetched(moved("/b"), moved("/c", status="302 Found"), answer(b"here"))
    assert (got.url, got.permanent_url) == (f"http://{HOST}/c", "")


def test_a_redirect_in_utf8_is_followed():
    with (
        Newsroom(moved("/café".encode().decode("latin-1")), answer(b"here")) as newsroom,
        a_fetcher(newsroom) as fetcher,
    ):
        assert fetcher.get(URL).url == f"http://{HOST}/caf%C3%A9"


def test_a_redirect_loop_ends():
    assert failure(moved("/a")).reason == "too_many_redirects"


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/", "http://[::1]:1/", "http://2130706433:1/", "//localhost:1/"])
def test_a_redirect_inside_is_refused(target):
    raised = failure(moved(target))
    assert (type(raised), raised.reason) == (Permanent, "inside_address")


def test_a_redirect_to_a_file_is_refused():
    assert failure(moved("file:///etc/hostname")).reason == "bad_url"


@pytest.mark.parametrize("url", ["", "ftp://news.example/", "http://", "not a url", "http://a b/"])
def test_what_is_no_url_is_refused(url):
    raised = failure(answer(b""), url=url)
    assert (type(raised), raised.reason) == (Permanent, "bad_url")


def test_a_body_over_the_limit_is_refused_before_it_is_read():
    assert failure(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n").reason == "too_large"


def test_a_body_of_just_the_limit_arrives():
    assert len(fetched(answer(b"x" * 1000), max_bytes=1000).body) == 1000


def test_an_unannounced_body_over_the_limit_is_refused():
    endless = itertools.chain([b"HTTP/1.1 200 OK\r\n\r\n"], itertools.repeat(b"x" * 65536))
    assert failure(endless).reason == "too_large"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_refused_in_little_memory(encoding):
    packer = zlib.compressobj(1, wbits=31 if encoding == "gzip" else 15)
    bomb = b"".join([packer.compress(bytes(1 << 20)) for _ in range(64)]) + packer.flush()
    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    raised = failure(answer(bomb, Content_Encoding=encoding))
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib
    assert (type(raised), raised.reason, grown_kib < 32_000) == (Permanent, "too_large", True)


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "gzip, deflate, gzip", "compress"])
def test_layers_and_unasked_encodings_are_refused(encoding):
    raised = failure(answer(gzip.compress(gzip.compress(b"news")), Content_Encoding=encoding))
    assert (type(raised), raised.reason) == (Permanent, "bad_encoding")


def test_plain_text_under_the_name_of_gzip_is_refused():
    assert failure(answer(b"<p>news", Content_Encoding="gzip")).reason == "bad_encoding"


def test_a_compressed_body_that_is_cut_may_be_tried_again():
    raised = failure(answer(gzip.compress(bytes(range(256)))[:-40], Content_Encoding="gzip"))
    assert (type(raised), raised.reason) == (Transient, "bad_encoding")


def test_a_body_shorter_than_announced_may_be_tried_again():
    raised = failure(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\nhalf")
    assert (type(raised), raised.reason) == (Transient, "network")


def test_a_body_longer_than_announced_is_cut_there_and_spoils_nothing():
    lie = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnewsHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlies"
    with Newsroom(lie, answer(b"true")) as newsroom, a_fetcher(newsroom) as fetcher:
        assert [fetcher.get(URL).body, fetcher.get(URL).body] == [b"news", b"true"]


@pytest.mark.parametrize(
    "head", [b"X: " + b"x" * 60_000 + b"\r\nY: " + b"y" * 60_000, b"X: y\r\n" * 50_000, b"X" * 5_000_000]
)
def test_an_endless_head_is_refused(head):
    raised = failure([b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n"])
    assert raised.reason in {"too_large", "network"}


def test_what_is_not_http_is_a_network_error():
    assert failure(b"SSH-2.0-server\r\nConnection: close\r\n").reason == "network"


def drip(*first):
    yield from first
    while True:
        time.sleep(0.1)
        yield b"x"


@pytest.mark.parametrize(
    "dripping",
    [
        (),
        (b"HTTP/1.1 200 OK\r\nX: ",),
        (b"HTTP/1.1 200 OK\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",),
        (b"HTTP/1.1 301 Moved\r\nContent-Length: 1000\r\nX: ",),
    ],
)
def test_a_drip_ends_at_the_deadline(dripping):
    begun = time.monotonic()
    raised = failure(drip(*dripping), timeout_s=1)
    assert (type(raised), raised.reason, time.monotonic() - begun < 2) == (Transient, "timeout", True)


def test_hops_share_one_deadline():
    def slow_move():
        time.sleep(0.4)
        yield moved("/a")

    begun = time.monotonic()
    assert failure(*(slow_move() for _ in range(5)), timeout_s=1).reason == "timeout"
    assert time.monotonic() - begun < 2


def test_a_redirects_body_is_not_read():
    sent = []

    def endless():
        yield b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n"
        for _ in range(1000):
            sent.append(65536)
            yield b"x" * 65536

    assert fetched(endless(), answer(b"here")).body == b"here"
    assert sum(sent) < 20_000_000


@pytest.mark.parametrize("first", [b"", b"\x16\x03\x03\x40\x00"])
def test_a_drip_in_the_tls_handshake_ends_at_the_deadline(first):
    class Endless:
        """Stands where a server's TLS would: sends pieces of a record of 16 KiB, or nothing at all."""

        def wrap_socket(self, peer, *, server_side):
            while first and server_side:
                peer.sendall(first)
                time.sleep(0.1)
            while peer.recv(1 << 16):
                pass
            raise ConnectionResetError

    begun = time.monotonic()
    raised = failure(b"", tls=Endless(), timeout_s=1, url=f"https://{HOST}/")
    assert (type(raised), raised.reason, time.monotonic() - begun < 2) == (Transient, "timeout", True)


@pytest.fixture
def certificate(tmp_path):
    """A key and a certificate for the newsroom that it signed itself, in one file."""
    file = tmp_path / "newsroom.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-nodes",
        "-days",
        "2",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
    ]
    name = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    subprocess.run([*command, *name, "-keyout", file, "-out", tmp_path / "c"], check=True, capture_output=True)
    file.write_bytes(file.read_bytes() + (tmp_path / "c").read_bytes())
    return file


def server_tls(certificate, version=ssl.TLSVersion.TLSv1_3):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    tls.maximum_version = version
    return tls


def test_a_certificate_that_vouches_for_itself_is_refused(certificate):
    assert failure(answer(b"news"), tls=server_tls(certificate), url=f"https://{HOST}/").reason == "tls"


def test_a_certificate_of_a_known_authority_is_accepted(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Newsroom(answer(b"news"), tls=server_tls(certificate)) as newsroom, a_fetcher(newsroom) as fetcher:
        assert [fetcher.get(f"https://{HOST}/").body for _ in range(2)] == [b"news", b"news"]
    assert newsroom.connections == 1


def test_a_drip_under_tls_ends_at_the_deadline(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    begun = time.monotonic()
    dripping = drip(b"HTTP/1.1 200 OK\r\nX: ")
    assert failure(dripping, tls=server_tls(certificate), timeout_s=1, url=f"https://{HOST}/").reason == "timeout"
    assert time.monotonic() - begun < 2


def test_proxies_of_the_environment_are_not_used(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert fetched(answer(b"direct")).body == b"direct"


def test_many_threads_may_share_a_fetcher():
    with Newsroom(answer(b"news")) as newsroom, a_fetcher(newsroom) as fetcher:
        bodies = []
        threads = [threading.Thread(target=lambda: bodies.append(fetcher.get(URL).body)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert bodies == [b"news"] * 20


def test_a_place_without_a_port_stops_the_boot():
    with pytest.raises(ValueError, match="address:port"):
        Fetcher(user_agent="w", allow_hosts={HOST: "127.0.0.1"})
