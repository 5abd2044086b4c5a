"""Publishers on this machine: any number of hosts behind one real server, which answer as a test says."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from workers.bootstrap import Tools
from workers.settings import Settings

# Nobody listens there, on any machine that follows RFC 863's retirement.
DEAD = "127.0.0.1:9"


class Publishers:
    """`answers` holds `host/path` → (status, headers, body), and may be changed at any time; else 404.

    robots.txt is empty unless it is answered otherwise. `asked` is every request, as `host/path`.
    """

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], str]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []

    def says(self, address: str, body: str = "", status: int = 200, **headers: str) -> None:
        """From now on `address` is answered like this."""
        self.answers[address] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)

    def reply(self, address: str, headers: dict[str, str]) -> tuple[int, dict[str, str], str]:
        """What a request is answered."""
        self.asked.append(address)
        self.headers.append(headers)
        is_robots = address.endswith("/robots.txt")
        return self.answers.get(address, (200 if is_robots else 404, {}, ""))


def rss(*names: str, host: str = "paper.example") -> str:
    """A feed with these items, each linked by its name."""
    items = "".join(f"<item><title>{name}</title><link>http://{host}/{name}</link></item>" for name in names)
    return f"<rss version='2.0'><channel><title>{host}</title>{items}</channel></rss>"


@contextmanager
def serving(*hosts: str) -> Iterator[tuple[Publishers, dict[str, str]]]:
    """A server for these hosts, and where they are: `allow_hosts`."""
    publishers = Publishers()

    class Server(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = publishers.reply(self.headers["Host"] + self.path, dict(self.headers))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body.encode()))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield publishers, dict.fromkeys(hosts, f"127.0.0.1:{server.server_port}")
        server.shutdown()


@contextmanager
def tools_for(redis_url: str, hosts: dict[str, str], **given: object) -> Iterator[Tools]:
    """Tools that find these hosts on this machine, and wait for nobody."""
    settings = {"redis_url": redis_url, "allow_hosts": hosts, "host_gap_s": 0.0, "retry_s": 0.01, **given}
    tools = Tools(Settings.model_validate(settings))
    yield tools
    tools.close()


def claimed(tools: Tools, within_s: float = 2.0) -> list:  # type: ignore[type-arg]
    """What comes due within a time: the first claims, or none."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if claims := tools.frontier.claim(limit=100):
            return claims
        time.sleep(0.005)
    return []
