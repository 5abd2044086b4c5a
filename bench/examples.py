"""Write docs/events.md anew where code says what stands there: the tables of fields, and a real event of each type.

    python -m bench.examples CORPUS

The service's own stages read the sample newsroom, on a throw-away Redis; `CORPUS/newsroom` is folded for what that has
none of: somebody splits off one of its briefs, and merges it again. Both were written for this project, so their texts
may stand in the documents. A feed that died and one that fell silent are the newsroom's, with another answer and
another past.

Exits 2 when the corpus is absent.
"""

import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bench.stream import read
from cli.sample.programme import LENGTH_S, Clock, feeds, hosts
from cli.sample.server import Server
from newswire.article import Mention
from newswire.event import parts
from newswire.event.contract import descriptions
from newswire.event.envelope import Flat
from newswire.event.types import TYPES
from newswire.feed import Feed
from storage import connection
from storage.embedded import throwaway
from storage.stories import Lease
from storage.streams import ALL
from workers.bootstrap import Tools
from workers.ingest import ingest
from workers.intake import intake
from workers.look import look
from workers.settings import Settings
from workers.settle import settle
from workers.takeback import merge, split
from workers.visit import visit

PAGE = Path("docs") / "events.md"
TABLES: dict[str, type[Struct]] = {
    "an entry": Flat,
    "story": parts.StoryView,
    "content": parts.StoryText,
    "article": parts.ArticleView,
    "match": parts.MatchView,
    "change": parts.Change,
    "clocks": parts.Clocks,
    "rights": parts.Rights,
    "a mention": Mention,
}
STAGES: Mapping[str, Callable[[Lease, Tools], Any]] = {
    "visit": visit, "intake": intake, "ingest": ingest, "look": look,
}  # fmt: skip
PATIENCE_S = 60.0  # the newsroom takes five seconds


class Gone(BaseHTTPRequestHandler):
    """A publisher that has given up."""

    def do_GET(self) -> None:
        """Answer what robots.txt and feed are answered."""
        self.send_response(404 if self.path == "/robots.txt" else 410)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening(server: HTTPServer) -> Iterator[str]:
    """The server at work; its `address:port`."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def tools_on(url: str, address: str) -> Tools:
    """The service's tools, for whom the newsroom's hosts are at an address and nobody waits for a turn."""
    places = dict.fromkeys(hosts(), address)
    given = {"redis_url": url, "allow_hosts": places, "host_gap_s": 0, "retry_s": 0.01, "looks_per_s": 0}
    return Tools(Settings.model_validate(given))


def run_all(tools: Tools, *, until: Callable[[], bool]) -> None:
    """Do what Celery would, until nothing is in hand and `until` holds. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        messages = [("visit", claim.lease) for claim in tools.frontier.claim(limit=10)]
        while messages:
            name, lease = messages.pop()
            messages += STAGES[name](lease, tools)
        if until() and not any(tools.frontier.in_hand()):
            return
        time.sleep(0.005)
    raise TimeoutError(f"not done after {PATIENCE_S} s; in hand: {tools.frontier.in_hand()}")


def told(tools: Tools) -> list[dict[str, Any]]:
    """All events that stand on the streams, by time."""
    return [document for _, _, document in tools.streams.read(ALL, {}, block_ms=None)]


def newsroom(url: str) -> list[dict[str, Any]]:
    """What the sample newsroom brings; then one of its feeds falls silent, and one dies."""
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=2 * LENGTH_S)
    followed = feeds()
    with listening(Server(0, Clock(start=start))) as address, closing(tools_on(url, address)) as tools:
        tools.feeds.follow_all(followed)
        run_all(tools, until=lambda: all(state.polled for _, state in tools.feeds.all()))
        silent = next(feed for feed in followed if "stader" in feed.publisher)
        _silence(url, tools, silent)
        _poll(tools, silent)
    with listening(ThreadingHTTPServer(("127.0.0.1", 0), Gone)) as address, closing(tools_on(url, address)) as tools:
        _poll(tools, next(feed for feed in followed if "kurzundknapp" in feed.publisher))
        return told(tools)


def _poll(tools: Tools, feed: Feed) -> None:
    before = datetime.now(UTC)
    tools.frontier.postpone([other.id for other in feeds() if other.id != feed.id], PATIENCE_S)
    tools.frontier.hurry([feed.id])

    def is_polled() -> bool:
        found = tools.feeds.get(feed.id)
        return found is not None and found[1].polled is not None and found[1].polled > before

    run_all(tools, until=is_polled)


def _silence(url: str, tools: Tools, feed: Feed) -> None:
    """Let a feed's last news be long ago."""
    found = tools.feeds.get(feed.id)
    assert found is not None  # noqa: S101 - it was followed
    past = replace(found[1], last_news=datetime.now(UTC) - timedelta(hours=30), longest_pause_s=9 * 3600.0)
    with closing(connection.connect(url)) as client:
        client.hset(f"{{wirefold}}:feed:{feed.id}", "state", msgspec.msgpack.encode(past))


def folded(url: str, corpus: Path) -> list[dict[str, Any]]:
    """What the authored newsroom's printings are told as; then a brief is split off, and that taken back."""
    with closing(Tools(Settings.model_validate({"redis_url": url}))) as tools:
        articles = read(corpus / "newsroom", "examples")
        for article in articles:
            settle(Lease(article.id), article, tools.stories, feed="examples", now=article.first_seen)
        brief = next(article for article in articles if article.publisher == "kurzundknapp.example")
        now = articles[-1].first_seen
        parted, left = split(brief.id, tools.stories, now)
        merge(parted.id, left.id, tools.stories, now + timedelta(minutes=5))
        return told(tools)


def example_of(kind: str, events: list[dict[str, Any]]) -> dict[str, Any]:
    """The shortest event of a type, a story's with an agency where there is one."""

    def order(event: dict[str, Any]) -> tuple[bool, int]:
        return not event["data"].get("story", {}).get("agencies"), len(json.dumps(event))

    return min((event for event in events if event["type"] == kind), key=order)


def table(part: type[Struct]) -> str:
    """The fields of a part and what is said of each."""
    rows = "".join(f"| `{name}` | {words} |\n" for name, words in descriptions(part).items())
    return f"| field | what |\n|---|---|\n{rows}"


def rewritten(page: str, events: list[dict[str, Any]]) -> str:
    """The page with these events and with the words of the code."""
    written = iter(map(table, TABLES.values()))
    page, count = re.subn(r"\| field \| what \|\n\|---\|---\|\n(?:\|.*\n)+", lambda _: next(written), page)
    assert count == len(TABLES), f"{count} tables"  # noqa: S101 - a table was added to the page, and stands not above
    for kind in TYPES.values():
        document = json.dumps(example_of(kind, events), indent=2, ensure_ascii=False)
        section = re.search(
            rf"^### {re.escape(kind)}\n(?:(?!###).*\n)*?```json\n((?:(?!```).*\n)*)", page, re.MULTILINE
        )
        assert section, kind  # noqa: S101 - a type was added, and the page has no section for it
        page = f"{page[: section.start(1)]}{document}\n{page[section.end(1) :]}"
    return page


def main(arguments: list[str]) -> int:
    """Rewrite the page in the current folder."""
    corpus = Path(arguments[0] if arguments else "../shared/corpus")
    if not (corpus / "newsroom").is_dir():
        print(f"{corpus} holds no newsroom: name the corpus", file=sys.stderr)
        return 2
    with throwaway() as url:
        events = newsroom(url)
    known = {event["type"] for event in events}
    with throwaway() as url:
        events += [event for event in folded(url, corpus) if event["type"] not in known]
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8"), events), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
