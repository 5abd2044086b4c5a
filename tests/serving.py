"""A web server of invented sites, for tests: what lies at each address."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site(ThreadingHTTPServer):
    """Pages by their paths; a page is its bytes, a status, or a path to be redirected to for good."""

    daemon_threads = True

    def __init__(self, pages: Mapping[str, bytes | int | str]) -> None:
        self.pages = pages
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def place(self) -> str:
        """Its `address:port`."""
        return f"127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        page = self.server.pages.get(self.path, 404)
        self.send_response(page if isinstance(page, int) else 301 if isinstance(page, str) else 200)
        if isinstance(page, str):
            self.send_header("Location", page)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", str(len(page) if isinstance(page, bytes) else 0))
        self.end_headers()
        if isinstance(page, bytes):
            self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(pages: Mapping[str, bytes | int | str]) -> Iterator[Site]:
    """A site of these pages, running."""
    with Site(pages) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield site
        site.shutdown()
