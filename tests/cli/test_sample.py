"""The sample newsroom over real sockets: it serves what its programme says, and a stranger can read it."""

import gzip
import html
import http.client
import json
import re
import socket
import struct
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import feedparser
import pytest

from cli.sample.pages import page
from cli.sample.programme import (
    AGREES,
    LENGTH_S,
    Clock,
    Printing,
    Publisher,
    expected,
    feeds,
    hosts,
    newsroom,
    printings,
    published,
)
from cli.sample.syndication import feed
from newswire.article import identity
from newswire.decision import Relation

PUBLISHERS = {publisher.host: publisher for publisher in newsroom().publishers}
QUICK = {host: publisher for host, publisher in PUBLISHERS.items() if not publisher.latency_s}
FEEDPARSER_READS = ("rss_summary", "rss_content", "atom", "rdf")


class Site:
    """A running server, asked as a browser would ask it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        self.hello = json.loads(process.stdout.readline())

    def get(self, url: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        host, slash, path = url.removeprefix("http://").partition("/")
        connection = http.client.HTTPConnection(self.hello["address"], timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", slash + path, headers={"Host": host, **named})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body


@contextmanager
def a_server(*options: str) -> Iterator[Site]:
    command = [sys.executable, "-m", "cli.sample.server", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield Site(process)
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def finished() -> Iterator[Site]:
    with a_server("--elapsed", "60") as site:
        yield site


def the_printing(**claims: str) -> Printing:
    return next(p for p in printings() if all(getattr(p, name) == value for name, value in claims.items()))


def the_publisher(**claims: object) -> Publisher:
    return next(p for p in newsroom().publishers if all(getattr(p, name) == value for name, value in claims.items()))


def feed_url(publisher: Publisher) -> str:
    return f"http://{publisher.host}{publisher.feed_paths[0]}"


def newest_first(publisher: Publisher) -> list[Printing]:
    return sorted(published(LENGTH_S, publisher.host), key=lambda p: -p.offset_s)


def test_it_says_where_it_listens_and_for_whom(finished: Site) -> None:
    assert re.fullmatch(r"127\.0\.0\.1:\d+", finished.hello["address"])
    assert tuple(finished.hello["hosts"]) == hosts()


@pytest.mark.parametrize("publisher", [p for p in PUBLISHERS.values() if p.feed_make in FEEDPARSER_READS])
def test_feedparser_reads_what_the_publisher_has_published(finished: Site, publisher: Publisher) -> None:
    response, body = finished.get(feed_url(publisher))
    parsed = feedparser.parse(body, response_headers={"content-type": response.headers["Content-Type"]})
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert [(entry.link, entry.title) for entry in parsed.entries] == [
        (p.link + publisher.tracking, p.title) for p in newest_first(publisher)
    ]


def test_a_json_feed_has_what_the_publisher_has_published(finished: Site) -> None:
    publisher = the_publisher(feed_make="json")
    response, body = finished.get(feed_url(publisher))
    assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    assert [item["url"] for item in json.loads(body)["items"]] == [p.link for p in newest_first(publisher)]


def test_the_feeds_are_of_five_makes_and_a_broken_one() -> None:
    assert {p.feed_make for p in PUBLISHERS.values()} == {*FEEDPARSER_READS, "json", "broken"}


def test_the_broken_feed_is_beyond_use(finished: Site) -> None:
    _, body = finished.get(feed_url(the_publisher(feed_make="broken")))
    parsed = feedparser.parse(body)
    assert (bool(parsed.bozo), parsed.entries) == (True, [])


def test_one_publisher_lists_its_entries_in_two_feeds(finished: Site) -> None:
    publisher = the_publisher(host="elfarodelmino.example")
    links = [
        [entry.link for entry in feedparser.parse(finished.get(f"http://{publisher.host}{path}")[1]).entries]
        for path in publisher.feed_paths
    ]
    assert len(links) == 2
    assert links[0] == links[1] != []


def test_a_feed_with_content_carries_every_paragraph(finished: Site) -> None:
    publisher = the_publisher(host="lavozdelaribeira.example")
    entries = feedparser.parse(finished.get(feed_url(publisher))[1]).entries
    for printing, entry in zip(newest_first(publisher), entries, strict=True):
        content = html.unescape(entry.content[0].value)
        assert [line for line in printing.text.split("\n") if line not in content] == []


@pytest.mark.parametrize("printing", [p for p in printings() if not p.rejected], ids=lambda p: p.link)
def test_a_page_has_every_paragraph_in_its_own_charset(printing: Printing) -> None:
    publisher = PUBLISHERS[printing.host]
    body = page(publisher, printing, (), Clock(start=datetime(2026, 3, 2, 9, tzinfo=UTC)))
    text = html.unescape(body.decode(publisher.charset))
    assert [line for line in printing.text.split("\n") if line not in text] == []


def test_pages_are_served_when_the_programme_is_over(finished: Site) -> None:
    for p in printings():
        if p.host in QUICK and not p.fails_first:
            response, body = finished.get(p.link + QUICK[p.host].tracking)
            assert (p.link, response.status, body.startswith(b"<!DOCTYPE")) == (p.link, 200, True)


def test_one_page_is_in_latin_1_and_says_so(finished: Site) -> None:
    printing = the_printing(host="radiovalledeoro.example", relation="exact")
    response, body = finished.get(printing.link)
    assert response.headers["Content-Type"] == "text/html; charset=iso-8859-1"
    assert "evacuar tres aldeas en el sur de Ourense y calcina 1.200 hectáreas".encode("latin-1") in body


def test_one_host_compresses_for_those_who_can_read_it(finished: Site) -> None:
    link = the_printing(host="deportealdia.example").link
    plain, body = finished.get(link)
    zipped, packed = finished.get(link, Accept_Encoding="gzip")
    assert (plain.headers["Content-Encoding"], zipped.headers["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(packed) == body


def test_an_etag_that_still_holds_brings_304_and_no_body(finished: Site) -> None:
    url = feed_url(the_publisher(feed_make="rdf"))
    first, _ = finished.get(url)
    again, body = finished.get(url, If_None_Match=first.headers["ETag"])
    assert (again.status, body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


def test_a_date_that_still_holds_brings_304_and_an_earlier_one_does_not(finished: Site) -> None:
    url = feed_url(the_publisher(feed_make="atom"))
    changed = finished.get(url)[0].headers["Last-Modified"]
    earlier = (parsedate_to_datetime(changed) - timedelta(seconds=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    answers = [finished.get(url, If_Modified_Since=date)[0].status for date in (changed, earlier)]
    assert answers == [304, 200]


def test_another_etag_outranks_a_date_that_holds(finished: Site) -> None:
    url = feed_url(the_publisher(feed_make="atom"))
    changed = finished.get(url)[0].headers["Last-Modified"]
    assert finished.get(url, If_None_Match='"other"', If_Modified_Since=changed)[0].status == 200


def test_the_consent_wall_hides_the_article(finished: Site) -> None:
    printing = the_printing(rejected="consent")
    response, body = finished.get(printing.link)
    assert response.status == 200
    assert "Alle akzeptieren" in body.decode()
    assert printing.title not in body.decode()


def test_robots_txt_closes_the_path_of_just_that_entry_which_ends_so(finished: Site) -> None:
    for host, publisher in QUICK.items():
        response, body = finished.get(f"http://{host}/robots.txt")
        closed = re.findall(r"Disallow: (\S+)", body.decode())
        assert (response.status, body.decode()) == (200, publisher.robots)
        for p in published(LENGTH_S, host):
            assert any(p.path.startswith(path) for path in closed) == (p.rejected == "robots")


def test_one_host_takes_a_second_and_a_half_for_everything(finished: Site) -> None:
    began = time.monotonic()
    finished.get(feed_url(the_publisher(host="newsbox365.example")))
    assert 1.5 <= time.monotonic() - began < 4


def test_one_page_fails_once_and_says_when_to_come_again() -> None:
    (printing,) = [p for p in printings() if p.fails_first]
    with a_server("--elapsed", "60") as site:
        first, _ = site.get(printing.link)
        second, _ = site.get(printing.link)
    assert (first.status, first.headers["Retry-After"], second.status) == (503, "2", 200)


def test_a_host_that_it_does_not_know_is_not_served(finished: Site) -> None:
    assert finished.get("http://stranger.example/robots.txt")[0].status == 421


def test_a_page_is_not_there_before_its_time_and_its_feed_changes_with_it() -> None:
    last = printings()[-1]
    publisher = PUBLISHERS[last.host]
    with a_server("--speed", "25") as site:
        early, _ = site.get(last.link)
        etag = site.get(feed_url(publisher))[0].headers["ETag"]
        state = json.loads(site.get(f"http://{last.host}/programme")[1])
        assert (early.status, state["over"]) == (404, False)
        deadline = time.monotonic() + 20
        while not json.loads(site.get(f"http://{last.host}/programme")[1])["over"]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        late, _ = site.get(last.link)
        later, body = site.get(feed_url(publisher), If_None_Match=etag)
    assert (late.status, later.status) == (200, 200)
    assert last.link in html.unescape(body.decode(publisher.charset))


def test_the_programme_tells_how_far_it_is(finished: Site) -> None:
    state = json.loads(finished.get("http://anyone.example/programme")[1])
    assert (state["over"], state["articles_published"]) == (True, len(printings()))
    assert state["elapsed_s"] >= 60


def test_a_later_run_announces_the_same_links_and_guids(finished: Site) -> None:
    def announced(site: Site) -> list[tuple[str, str]]:
        parsed = [feedparser.parse(site.get(feed_url(p))[1]) for p in QUICK.values()]
        return [(entry.link, entry.id) for one in parsed for entry in one.entries if "id" in entry]

    with a_server("--elapsed", "3000") as site:
        again = announced(site)
    assert len(again) > 20
    assert again == announced(finished)


def test_however_late_it_begins_nothing_is_two_days_old() -> None:
    publisher = the_publisher(feed_make="atom")
    with a_server("--elapsed", "1000000") as site:
        entries = feedparser.parse(site.get(feed_url(publisher))[1]).entries
    oldest = min(datetime.fromisoformat(entry.published) for entry in entries)
    assert timedelta(0) < datetime.now(UTC) - oldest < timedelta(hours=48)


def test_it_ends_at_once_when_it_is_told_to() -> None:
    with a_server() as site:
        began = time.monotonic()
        site.process.terminate()
        assert site.process.wait(5) == 0
        assert time.monotonic() - began < 1


def test_it_says_nothing_about_a_client_that_hangs_up() -> None:
    host = the_publisher(latency_s=1.5).host
    with a_server() as site:
        address, port = site.hello["address"].split(":")
        with socket.create_connection((address, int(port))) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # hang up with a reset
            client.sendall(f"GET /feed HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        time.sleep(2)
        site.process.terminate()
        assert site.process.stderr is not None
        assert site.process.stderr.read() == ""


def test_a_feed_is_the_same_until_something_appears_in_it() -> None:
    publisher = the_publisher(feed_make="json")
    clock = Clock(start=datetime(2026, 3, 2, 9, tzinfo=UTC))
    (only,) = published(LENGTH_S, publisher.host)
    assert feed(publisher, (), clock) == feed(publisher, published(only.offset_s - 1, publisher.host), clock)
    assert feed(publisher, (), clock) != feed(publisher, published(only.offset_s, publisher.host), clock)


def test_the_catalogue_names_every_feed_by_its_url() -> None:
    assert len(feeds()) == sum(len(p.feed_paths) for p in PUBLISHERS.values())
    assert [f.id for f in feeds()] == [identity("f", f.url) for f in feeds()]
    assert {f.publisher for f in feeds()} == set(hosts())


def test_no_two_printings_share_a_link_or_a_guid() -> None:
    assert Counter(p.link for p in printings()).most_common(1)[0][1] == 1
    assert Counter(p.guid for p in printings()).most_common(1)[0][1] == 1


def test_every_story_begins_with_its_original_and_no_publisher_prints_one_text_twice() -> None:
    heads: dict[str, str] = {}
    copies = []
    for p in printings():
        if p.story:
            heads.setdefault(p.story, p.relation)
            if p.relation not in ("update", "correction"):
                copies.append((p.story, p.host))
    assert set(heads.values()) <= {"original", "rival", "digest"}
    assert len(copies) == len(set(copies))


def test_a_story_lies_in_one_coverage() -> None:
    stories = {(p.story, p.coverage) for p in printings() if p.story}
    assert len(stories) == len({story for story, _ in stories})


def test_the_truth_covers_every_kind_of_printing_and_every_entry_ends_somehow() -> None:
    assert {p.relation for p in printings()} - {""} == set(AGREES)
    assert Counter(e.rejected for e in expected() if e.rejected) == {"consent": 1, "robots": 1}
    assert all(bool(e.story and e.relations) != bool(e.rejected) for e in expected())
    assert {r for e in expected() for r in e.relations} == set(Relation) - {Relation.WITHDRAWAL}


def test_the_pair_is_two_stories_of_one_coverage_with_few_words_in_common() -> None:
    efe, afp = the_printing(story="oni-efe"), the_printing(story="oni-afp")
    assert (efe.coverage, efe.agencies, afp.agencies) == (afp.coverage, ("EFE",), ())

    def grams(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return set(zip(*(words[i:] for i in range(5)), strict=False))

    shared = len(grams(efe.text) & grams(afp.text)) / min(len(grams(efe.text)), len(grams(afp.text)))
    assert 0.03 < shared < 0.15  # the quotations; printings of one text share more than half
