"""The sample newsroom's server: all its sites on one loopback port, told apart by the Host header.

    python -m cli.sample.server --port 0

Prints one line when it listens, `{"address": "127.0.0.1:PORT", "hosts": [...]}`, and ends at once on SIGTERM or Ctrl-C.
The wire is the standard library's: the service's client is tried against something it shares nothing with.
"""

import argparse
import gzip
import json
import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cli.sample.pages import page
from cli.sample.programme import Clock, Publisher, hosts, is_over, newsroom, published
from cli.sample.syndication import feed

LATEST_START_S = 3600.0
"""However late one asks to begin, the dates stay fresh enough for a service that leaves yesterday's news alone."""


class Answer(NamedTuple):
    """What one request gets; `changed` is the date of what it carries, where that has one."""

    status: HTTPStatus
    content_type: str = "text/plain; charset=utf-8"
    body: bytes = b""
    changed: datetime | None = None
    retry_after_s: int = 0


class Server(ThreadingHTTPServer):
    """All publishers behind one port of the loopback address."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64  # a service that opens all its connections at once is not turned away

    def __init__(self, port: int, clock: Clock) -> None:
        self.clock = clock
        self._failed: set[str] = set()
        self._publishers = {publisher.host: publisher for publisher in newsroom().publishers}
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet about a client that went away in the middle: a killed worker is one."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def publisher(self, host: str) -> Publisher | None:
        """The site of that name, whatever its case and port."""
        return self._publishers.get(host.partition(":")[0].lower())

    def answer(self, publisher: Publisher, path: str, now: datetime) -> Answer:
        """What the site has under this path and query at this moment."""
        here = published(self.clock.elapsed_s(now), publisher.host)
        if path == "/robots.txt":
            return Answer(HTTPStatus.OK, body=publisher.robots.encode())
        if path in publisher.feed_paths:
            newest = self.clock.date(max((item.offset_s for item in here), default=0))
            return Answer(HTTPStatus.OK, *feed(publisher, here, self.clock), changed=newest)
        path = path.removesuffix(publisher.tracking)
        item = next((item for item in here if item.path == path), None)
        if item is None:
            return Answer(HTTPStatus.NOT_FOUND, body=b"Not found\n")
        if item.fails_first and item.link not in self._failed:
            self._failed.add(item.link)
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE, body=b"Try again\n", retry_after_s=2)
        earlier = [other for other in here if other.offset_s < item.offset_s]
        return Answer(
            HTTPStatus.OK,
            f"text/html; charset={publisher.charset}",
            page(publisher, item, earlier, self.clock),
            self.clock.date(item.offset_s),
        )

    def programme(self, now: datetime) -> Answer:
        """How far the programme is."""
        elapsed_s = self.clock.elapsed_s(now)
        state = {
            "over": is_over(elapsed_s),
            "elapsed_s": round(elapsed_s, 1),
            "articles_published": len(published(elapsed_s)),
        }
        return Answer(HTTPStatus.OK, "application/json", json.dumps(state).encode())


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "Newsroom"
    timeout = 30  # an idle connection gives its thread back

    def do_GET(self) -> None:
        """Answer with what the named site has under the path."""
        now = datetime.now(UTC)
        if urlsplit(self.path).path == "/programme":
            self._send(self.server.programme(now))
            return
        publisher = self.server.publisher(self.headers.get("Host", ""))
        if publisher is None:
            self._send(Answer(HTTPStatus.MISDIRECTED_REQUEST, body=b"No such site here\n"))
            return
        time.sleep(publisher.latency_s)
        self._send(self.server.answer(publisher, self.path, now), zipped=publisher.gzip)

    do_HEAD = do_GET  # noqa: N815 - the name that the standard library calls

    def _send(self, answer: Answer, *, zipped: bool = False) -> None:
        etag = f'"{sha256(answer.body).hexdigest()[:16]}"'
        if answer.changed is not None and self._is_known(etag, answer.changed):
            answer = answer._replace(status=HTTPStatus.NOT_MODIFIED, body=b"")
        body = answer.body
        self.send_response(answer.status)
        if answer.changed is not None:
            self.send_header("ETag", etag)
            self.send_header("Last-Modified", format_datetime(answer.changed, usegmt=True))
        if answer.retry_after_s:
            self.send_header("Retry-After", str(answer.retry_after_s))
        if answer.status is not HTTPStatus.NOT_MODIFIED:
            if zipped and "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _is_known(self, etag: str, changed: datetime) -> bool:
        """Whether the client has it already (RFC 9110, 13.2.2: an ETag outranks a date)."""
        known = self.headers.get("If-None-Match")
        if known is not None:
            return etag in known or known.strip() == "*"
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and changed.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # no date, or one without a zone: then it asks for nothing
            return False

    def log_message(self, *_args: object) -> None:
        """Stay quiet: the service's own log tells what it asked for."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Listen, say where, and serve until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m cli.sample.server", description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--speed", type=float, default=1.0, help="how many seconds of the programme pass in one")
    parser.add_argument("--elapsed", type=float, default=0.0, help="begin as if so many of its seconds had passed")
    options = parser.parse_args(arguments)
    passed_s = min(options.elapsed, LATEST_START_S) / options.speed
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=passed_s)
    server = Server(options.port, Clock(start=start, speed=options.speed))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: sys.exit(0))
    sys.stdout.write(json.dumps({"address": f"127.0.0.1:{server.server_port}", "hosts": hosts()}) + "\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
