"""The bench of the cadence: its world, what its rules are, what is seen and missed."""

import gzip
import json
import subprocess
import sys

import numpy as np
import pytest

from bench.cadence import __main__ as bench
from bench.cadence.clairvoyant import clairvoyant
from bench.cadence.rules import fixed, media_cloud, miniflux, ours
from bench.cadence.sight import look
from bench.cadence.world import (
    DAY_S,
    DAYS,
    END_S,
    MEASURED_DAYS,
    MEASURED_S,
    START_S,
    SimulatedFeed,
    Template,
    templates,
    world,
)

HOURLY = Template(np.ones(20), 1 / 3600, 30)


def a_feed(appeared, *, length=10, intensity=0.0):
    minutes = np.full(MEASURED_DAYS * 1440, intensity, dtype=np.float32)
    return SimulatedFeed(number=0, appeared=np.array(appeared, float), printed=None, length=length, intensity=minutes)


def every(seconds, since=START_S - DAY_S):
    return np.arange(since + 1, END_S, seconds)


def test_a_template_is_a_real_feeds_gaps_rate_and_length(tmp_path):
    dates = [f"2026-11-0{day}T00:00:00Z" for day in range(1, 9)] + ["2026-11-08T00:00:00Z"]
    entries = "".join(
        f"<entry><id>{n}</id><link href='/{n}'/><published>{date}</published></entry>" for n, date in enumerate(dates)
    )
    (tmp_path / "a.gz").write_bytes(
        gzip.compress(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode())
    )
    rows = [{"kind": kind, "file": "a.gz"} for kind in ("real", "real", "synthetic")]
    (tmp_path / "feeds.jsonl").write_text("\n".join(map(json.dumps, rows)))
    [found] = templates(tmp_path)
    assert (found.gaps.tolist(), found.rate * DAY_S, found.length) == ([8 / 7] * 7 + [0], pytest.approx(8 / 7), 9)


def test_a_world_is_the_same_for_its_seed_and_another_for_another():
    first, again, other = (next(iter(world([HOURLY], 1, seed))).appeared for seed in (1, 1, 2))
    assert (first.tolist() == again.tolist(), first.tolist() == other.tolist()) == (True, False)


def test_a_worlds_feed_publishes_in_order_as_much_as_its_intensity_says():
    for feed in world([HOURLY], 20, 1):
        measured = ((feed.appeared >= MEASURED_S) & (feed.appeared < END_S)).sum()
        assert measured == pytest.approx(feed.intensity.sum(), abs=2)
        assert np.diff(feed.appeared).min() >= 0


def test_a_worlds_feed_has_a_full_document_from_the_start():
    assert min((feed.appeared < START_S).sum() for feed in world([HOURLY], 20, 1)) >= HOURLY.length


def test_an_entry_is_seen_by_the_first_poll_after_it_while_it_stands():
    feed = a_feed([MEASURED_S + 10, MEASURED_S + 20, MEASURED_S + 30], length=2)
    sight = look(feed, [MEASURED_S, MEASURED_S + 15, MEASURED_S + 40])
    assert (sight.delays.tolist(), sight.missed, sight.requests) == ([5, 20, 10], 0, 3)
    assert look(feed, [MEASURED_S, MEASURED_S + 40]).missed == 1


def test_a_fixed_interval_is_fixed():
    assert set(np.diff(fixed(a_feed([]), 2.0)).round()) == {3600}


def test_media_clouds_rule_takes_an_hour_off_for_news_and_adds_ten_minutes_for_none():
    busy, quiet = a_feed(every(600)), a_feed(every(600, END_S - 1))
    assert (np.diff(media_cloud(busy, 1.0))[:4] / 60).tolist() == [360, 300, 240, 180]
    quiet = a_feed([START_S - 1])
    assert (np.diff(media_cloud(quiet, 1.0))[:4] / 60).tolist() == [360, 370, 380, 390]


def test_minifluxs_rule_is_the_week_over_its_count():
    assert (np.diff(miniflux(a_feed(every(7200)), 0.5))[-3:] / 60).tolist() == [60, 60, 60]
    assert (np.diff(miniflux(a_feed([START_S - 1]), 0.5)) / 60).tolist()[-1] == 720


def test_the_service_asks_a_feed_of_one_entry_an_hour_every_quarter_of_an_hour():
    feed = next(iter(world([HOURLY], 1, 1)))
    polls = np.array(ours(feed, 1.0))
    assert np.diff(polls[polls >= MEASURED_S]).mean() / 60 == pytest.approx(15, rel=0.3)


def test_the_clairvoyant_waits_as_the_root_of_the_gap_and_stands_after_a_batch():
    even = a_feed([], intensity=1 / 60)
    batch = a_feed([], intensity=1e-9)
    batch.intensity[9 * 60 :: 1440] = 10
    polls = clairvoyant([even, batch], 1.875)
    assert np.diff(polls[0]).mean() / 60 == pytest.approx(15, abs=0.5)
    assert {int(poll - MEASURED_S) // 60 % 1440 for poll in polls[1]} >= {9 * 60 + 1}


def test_rules_are_brought_to_the_same_number_of_requests():
    feeds = [a_feed(every(3600))]
    factor, sights = bench.equal(bench.by_rule(fixed), feeds, 1 / 600, 5.0)
    assert (factor * 1800, sights[0].requests) == (pytest.approx(600, rel=0.01), pytest.approx(2016, rel=0.01))


def test_rules_that_cannot_be_brought_to_it_are_an_error():
    with pytest.raises(RuntimeError, match="no factor brings the requests to"):
        bench.equal(lambda feeds, _: bench.by_rule(fixed)(feeds, 1.0), [a_feed([])], 1.0, 1.0)


def test_a_small_bench_has_each_rule_and_every_bars_figure():
    found, others = bench.bench(list(world([HOURLY], 3, 1)), 15.0)
    assert {bar.figure for bar in bench.BARS} <= set(found)
    assert list(others) == ["fixed", "AIMD (Media Cloud)", "weekly count (Miniflux)", "clairvoyant"]


def test_the_measured_days_end_with_the_world():
    assert (END_S - START_S, END_S - MEASURED_S) == (DAYS * DAY_S, MEASURED_DAYS * DAY_S)


def test_without_a_corpus_it_says_so_and_exits_2(tmp_path):
    command = [sys.executable, "-m", "bench.cadence", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, f"no feeds at {tmp_path / 'pages'}: nothing measured\n")
