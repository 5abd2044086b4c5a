"""What `make bench-polling` holds against the service, and what its publishers do."""

from bench.polling.fleet import Fleet, Request
from bench.polling.judge import judge, told, visits_of
from bench.polling.publishers import ASKED, SHARES, Feed, Kind, Publishers, page
from bench.polling.watch import Sample, growth

PUBLISHERS = Publishers(hosts=100, feeds=300, pages_per_s=1.0)


def feed_of(kind: Kind, number: int = 0) -> Feed:
    return [feed for feed in PUBLISHERS.feeds if feed.kind is kind][number]


def asked(feed: Feed, start_s: float, status: int = 200) -> Request:
    return Request(feed.host, f"/feed/{feed.number}", start_s, start_s + 0.2, status)


def found_in(*requests: Request) -> dict[str, int]:
    return told(judge(PUBLISHERS, requests, {}, 1.0, 100.0).breaches, PUBLISHERS)


def test_there_are_hosts_of_every_kind_in_their_shares():
    kinds = list(PUBLISHERS.kinds.values())
    assert {kind: kinds.count(kind) for kind in Kind} == SHARES


def test_a_feed_asked_for_a_gap_apart_is_asked_politely():
    feed = feed_of(Kind.PLAIN)
    assert found_in(asked(feed, 1.0), asked(feed, 2.2)) == {}


def test_requests_too_close_or_at_once_are_named():
    feed = feed_of(Kind.PLAIN)
    assert found_in(asked(feed, 1.0), asked(feed, 2.1)) == {"closer than the gap": 1}
    assert found_in(asked(feed, 1.0), asked(feed, 1.1)) == {"overlapping": 1}


def test_a_crawl_delay_and_a_retry_after_are_asked_of_the_hosts_that_want_them():
    patient, busy = feed_of(Kind.PATIENT), feed_of(Kind.BUSY)
    assert found_in(asked(patient, 1.0), asked(patient, 4.0)) == {"Crawl-delay not kept, otherwise": 1}
    assert found_in(asked(busy, 1.0, status=429), asked(busy, 20.0)) == {"Retry-After not kept": 1}
    assert found_in(asked(busy, 1.0, status=429), asked(busy, 31.3)) == {}


def test_a_redirect_on_its_host_is_one_visit_and_one_to_another_host_is_a_visit_there():
    here, away = feed_of(Kind.MOVED_HERE), feed_of(Kind.MOVED_AWAY)
    hop = Request(here.host, here.leads_to, 1.25, 1.5, 200)
    visits, hops = visits_of(PUBLISHERS, [asked(here, 1.0, 301), hop], 1.0)
    assert [(visit.item, visit.start_s, visit.end_s) for visit in visits] == [(f"/feed/{here.number}", 1.0, 1.5)]
    assert hops == 1
    _, _, host, path = away.leads_to.split("/", 3)
    there = Request(host, f"/{path}", 1.3, 1.5, 200)
    crowded = Request(host, "/feed/1", 1.2, 1.4, 200)
    assert found_in(asked(away, 1.0, 301), there, crowded) == {"a feed's redirect to another host": 1}


def test_lateness_is_from_the_due_time_and_what_the_host_was_busy_with_is_told_apart():
    feed = feed_of(Kind.PLAIN)
    other = next(one for one in PUBLISHERS.feeds if one.host == feed.host and one != feed)
    due_s = {feed.number: [10.0], other.number: [10.0]}
    requests = [asked(feed, 5.0), asked(feed, 11.0), asked(other, 12.5)]
    found = judge(PUBLISHERS, requests, due_s, 1.0, 100.0)
    assert [round(value, 3) for value in found.after_due_s] == [1.0, 2.5]
    assert [round(value, 3) for value in found.after_free_s] == [0.3, 1.0]
    assert found.again_after_free_s == (1.0,)


def test_a_feed_that_was_due_and_not_asked_again_is_waiting():
    feed = feed_of(Kind.PLAIN)
    due_s = {feed.number: [10.0, 30.0]}
    assert judge(PUBLISHERS, [asked(feed, 11.0)], due_s, 1.0, 100.0).waiting == (feed.url,)
    assert judge(PUBLISHERS, [asked(feed, 11.0)], due_s, 1.0, 80.0).waiting == ()


def test_a_host_that_refused_twice_is_left_alone_and_its_feeds_are_not_late():
    feed = feed_of(Kind.FLAKY)
    refused = [asked(feed, 11.0, 503), asked(feed, 13.0, 503)]
    due_s = {feed.number: [10.0, 12.0, 20.0]}
    found = judge(PUBLISHERS, [*refused, asked(feed, 74.0)], due_s, 1.0, 200.0)
    assert [round(value, 3) for value in found.after_free_s] == [0.8, 0.8, 1.0]
    assert judge(PUBLISHERS, refused, due_s, 1.0, 100.0).waiting == ()
    assert judge(PUBLISHERS, refused, due_s, 1.0, 150.0).waiting == (feed.url,)


def test_a_feed_asked_for_where_it_moved_to_was_asked():
    feed = feed_of(Kind.MOVED_AWAY)
    host, path = feed.leads_to.removeprefix("http://").split("/", 1)
    found = judge(PUBLISHERS, [Request(host, f"/{path}", 11.0, 11.2, 200)], {feed.number: [10.0]}, 1.0, 100.0)
    assert (found.waiting, found.after_due_s) == ((), (1.0,))


def test_a_feed_that_was_never_asked_is_counted():
    feeds = [feed for feed in PUBLISHERS.feeds if feed.kind in ASKED]
    found = judge(PUBLISHERS, [asked(feed, 1.0) for feed in feeds[1:]], {}, 1.0, 100.0)
    assert found.unanswered == (feeds[0].number,)


def test_the_publishers_behave_as_their_kind_says():
    fleet = Fleet(PUBLISHERS)

    def statuses(kind: Kind, times: int) -> list[int]:
        feed = feed_of(kind)
        return [fleet.answer(feed.host, f"/feed/{feed.number}", "").status for _ in range(times)]

    assert statuses(Kind.FLAKY, 5) == [200, 200, 200, 503, 200]
    assert statuses(Kind.BUSY, 5) == [200, 200, 200, 200, 429]
    assert statuses(Kind.ENDED, 1) == [410]
    assert statuses(Kind.GONE, 1) == [404]
    assert fleet.answer(feed_of(Kind.PATIENT).host, "/robots.txt", "").body == b"User-agent: *\nCrawl-delay: 5\n"
    assert fleet.answer(feed_of(Kind.SILENT_RULES).host, "/robots.txt", "").status == 503
    feed = feed_of(Kind.PLAIN)
    etag = fleet.answer(feed.host, f"/feed/{feed.number}", "").headers["ETag"]
    assert fleet.answer(feed.host, f"/feed/{feed.number}", etag).status == 304


def test_every_item_is_printed_by_one_feed_when_its_time_has_come():
    printed = [number for feed in PUBLISHERS.news for number in PUBLISHERS.printed(feed, elapsed_s=20.0)]
    assert sorted(printed) == list(range(21))


def test_pages_are_different_texts():
    assert len({page(number) for number in range(50)}) == 50


def test_growth_is_the_rise_of_the_line_through_the_samples_as_a_share_of_their_mean():
    assert growth([Sample(at, 100 + at, 0.0) for at in range(11)]) == 10 / 105
    assert growth([Sample(at, 100, 0.0) for at in range(11)]) == 0.0
