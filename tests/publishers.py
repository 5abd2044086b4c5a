"""Publishers on this machine, which answer as a test says, and the service's tools at work on them without Celery."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from serving import Answer, serving

from storage.frontier import Claim
from storage.stories import Lease
from workers.bootstrap import Tools
from workers.ingest import ingest
from workers.intake import intake
from workers.look import look
from workers.settings import Settings
from workers.visit import visit

# Nobody listens there, on any machine that follows RFC 863's retirement.
DEAD = "127.0.0.1:9"

STAGES = {"visit": visit, "intake": intake, "ingest": ingest, "look": look}


class Publishers:
    """`answers` holds `host/path` → (status, headers, body), and may be changed at any time; else 404.

    robots.txt is empty unless it is answered otherwise. `asked` is every request, as `host/path`.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []

    def says(self, address: str, body: str = "", status: int = 200, **headers: str) -> None:
        """From now on `address` is answered like this."""
        self.answers[address] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)

    def answer(self, host: str, path: str, headers: dict[str, str]) -> Answer:
        """What a request is answered."""
        self.asked.append(host + path)
        self.headers.append(headers)
        return self.answers.get(host + path, (200 if path == "/robots.txt" else 404, {}, ""))


def rss(*names: str, host: str = "paper.example", title: str = "") -> str:
    """A feed with these items, each linked by its name."""
    items = "".join(f"<item><title>{name}</title><link>http://{host}/{name}</link></item>" for name in names)
    return f"<rss version='2.0'><channel><title>{title or host}</title>{items}</channel></rss>"


@contextmanager
def publishing(*hosts: str) -> Iterator[tuple[Publishers, dict[str, str]]]:
    """A server for these hosts, and where they are: `allow_hosts`."""
    publishers = Publishers()
    with serving(publishers.answer) as place:
        yield publishers, dict.fromkeys(hosts, place)


@contextmanager
def tools_for(redis_url: str, hosts: dict[str, str], **given: object) -> Iterator[Tools]:
    """Tools that find these hosts on this machine, and wait for nobody."""
    settings = {"redis_url": redis_url, "allow_hosts": hosts, "host_gap_s": 0.0, "retry_s": 0.01, **given}
    with closing(Tools(Settings.model_validate(settings))) as tools:
        yield tools


def claimed(tools: Tools, within_s: float = 2.0, most: int = 100) -> list[Claim]:
    """What comes due within a time, at most so many: the first claims, or none."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if claims := tools.frontier.claim(limit=100, most=most):
            return claims
        time.sleep(0.005)
    return []


def run_all(tools: Tools, *leases: Lease, until: Callable[[], bool] = lambda: True) -> None:
    """What Celery does with these claims and all that come due, until no entry waits and `until` holds."""
    messages = [("visit", lease) for lease in leases]
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        while messages:
            name, lease = messages.pop()
            messages += STAGES[name](lease, tools)
        if until() and not any(tools.frontier.in_hand()):
            return
        messages = [("visit", claim.lease) for claim in tools.frontier.claim(limit=10)]
        time.sleep(0.005)
    raise AssertionError(f"not done; in hand: {tools.frontier.in_hand()}")
