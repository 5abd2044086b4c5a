"""The web server of the tests: real sockets, invented hosts, and a function that says what each request is answered."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Status, headers, body; the length is the server's to tell.
Answer = tuple[int, Mapping[str, str], str | bytes]


@contextmanager
def serving(answer: Callable[[str, str, dict[str, str]], Answer]) -> Iterator[str]:
    """A server that asks `answer` with host, path and headers of each request, on any thread; its `address:port`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, said = answer(self.headers["Host"], self.path, dict(self.headers))
            body = said.encode() if isinstance(said, str) else said
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


class Pages:
    """An answer by the path alone: a page is its bytes, a status, or a path to be redirected to for good; else 404."""

    def __init__(self, pages: Mapping[str, bytes | int | str]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def __call__(self, _host: str, path: str, _headers: Mapping[str, str]) -> Answer:
        self.asked.append(path)
        page = self.pages.get(path, 404)
        if isinstance(page, str):
            return 301, {"Location": page}, ""
        return (page, {}, "") if isinstance(page, int) else (200, {"ETag": '"1"'}, page)
