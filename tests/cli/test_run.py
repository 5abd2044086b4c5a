"""The whole service as it runs: real Redis, real Celery processes, real sockets, the sample newsroom's minute."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import jsonschema
import pytest
from redis import Redis
from watching import descendants_of, processes, processes_with

from cli.sample.programme import expected
from newswire.event.contract import schemas

WIREFOLD = (sys.executable, "-m", "cli.main")
STREAMS = ("wirefold", "{wirefold}:copies", "{wirefold}:rejects")

pytestmark = pytest.mark.timeout(300)


def wirefold(*arguments: str, redis: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "WIREFOLD_REDIS_URL": redis}
    return subprocess.run([*WIREFOLD, *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def run_sample(redis: str, cwd: Path) -> subprocess.Popen[str]:
    env = {**os.environ, "WIREFOLD_REDIS_URL": redis}
    return subprocess.Popen(
        [*WIREFOLD, "run", "--sample", "--until-idle"], cwd=cwd, env=env, stdout=subprocess.PIPE, text=True
    )


@pytest.fixture(scope="module")
def after_two_runs(redis_server: str, tmp_path_factory: pytest.TempPathFactory):
    """The streams after a run whose cpu worker was killed in its midst, and what a second run added to them."""
    cwd = tmp_path_factory.mktemp("run")
    with Redis.from_url(redis_server) as client:
        client.flushall()
        first = run_sample(redis_server, cwd)
        deadline = time.monotonic() + 90
        while client.xlen("wirefold") < 5:  # in the middle of the programme
            assert time.monotonic() < deadline, "nothing was published"
            time.sleep(0.05)
        (cpu,) = (pid for pid, (parent, command) in processes().items() if parent == first.pid and "cpu" in command)
        os.kill(cpu, signal.SIGKILL)
        shown, _ = first.communicate()
        assert first.returncode == 0, shown
        streams = {name: client.xrange(name) for name in STREAMS}
        ledger = json.loads(wirefold("ledger", "--json", redis=redis_server, cwd=cwd).stdout)
        tailed = wirefold("tail", "--from", "beginning", "--json", redis=redis_server, cwd=cwd).stdout

        second = run_sample(redis_server, cwd)
        second.communicate()
        assert second.returncode == 0
        added = {name: client.xlen(name) - len(streams[name]) for name in STREAMS}
        keys = {key.decode() for key in client.scan_iter()}
        ledger_after = json.loads(wirefold("ledger", "--json", redis=redis_server, cwd=cwd).stdout)
    events = {name: [json.loads(fields[b"data"]) for _, fields in entries] for name, entries in streams.items()}
    return events, added, ledger, ledger_after, [json.loads(line) for line in tailed.splitlines()], keys


@pytest.fixture(scope="module")
def events(after_two_runs):
    return after_two_runs[0]


def test_each_story_of_the_newsroom_is_published_once(events):
    by_link = {row.link: row for row in expected()}
    published = [event for event in events["wirefold"] if event["type"].endswith("story.published.v1")]
    told = sorted(by_link[event["data"]["article"]["url"]].story for event in published)
    assert told == sorted({row.story for row in expected() if not row.rejected})


def test_each_printing_joins_the_story_it_prints(events):
    stories = defaultdict(set)
    seen = set()
    by_link = {row.link: row for row in expected()}
    for event in events["wirefold"] + events["{wirefold}:copies"]:
        if event["type"].startswith("org.wirefold.story."):
            link = event["data"]["article"]["url"]
            stories[event["data"]["story"]["id"]].add(by_link[link].story)
            seen.add(link)
    assert all(len(names) == 1 for names in stories.values()), stories
    assert seen == {row.link for row in expected() if not row.rejected}


def test_each_printing_says_who_wrote_it(events):
    by_link = {row.link: row for row in expected()}
    credited = {
        event["data"]["article"]["url"]: {mention["agency"] for mention in event["data"]["article"]["agencies"]}
        for event in events["wirefold"] + events["{wirefold}:copies"]
        if "article" in event["data"]
    }
    assert credited == {link: set(by_link[link].agencies) for link in credited}


def test_two_agencies_on_one_event_are_two_stories_of_one_coverage(events):
    """A machine-translated pair, the first with its credit and the second without: linked, not merged."""
    by_link = {row.link: row for row in expected()}
    told = {
        by_link[event["data"]["article"]["url"]].story: event["data"]["story"]
        for event in events["wirefold"]
        if event["type"] == "org.wirefold.story.published.v1"
    }
    efe, afp = told["oni-efe"], told["oni-afp"]
    assert efe["id"] != afp["id"]
    assert efe["coverage"] == afp["coverage"]
    assert [mention["agency"] for mention in efe["agencies"]] == ["EFE"]
    assert afp["agencies"] == []


def test_what_could_not_be_read_says_why(events):
    told = {event["data"]["url"]: event["data"]["reason"] for event in events["{wirefold}:rejects"]}
    assert told == {row.link: row.rejected for row in expected() if row.rejected}


def test_every_event_is_valid(events):
    known = schemas()
    for event in (event for stream in events.values() for event in stream):
        jsonschema.validate(event, known[event["type"]])


def test_tail_shows_the_stream_as_it_is(after_two_runs):
    events, *_, tailed, _ = after_two_runs
    assert tailed == events["wirefold"]


def test_the_ledger_balances(after_two_runs):
    ledger = after_two_runs[2]
    assert ledger["balanced"] is True
    assert ledger["entries"] == len(expected())
    assert ledger["waiting"] == 0


def test_a_second_run_adds_nothing(after_two_runs):
    _, added, ledger, ledger_after, *_ = after_two_runs
    assert added == dict.fromkeys(STREAMS, 0)
    assert ledger_after["outcomes"] == ledger["outcomes"]


def test_every_key_is_in_one_hash_slot(after_two_runs):
    keys = after_two_runs[-1]
    assert len(keys) > 100
    assert [key for key in keys if key != "wirefold" and not key.startswith("{wirefold}:")] == []


def test_an_interrupted_run_leaves_no_process_behind(tmp_path):
    env = {name: value for name, value in os.environ.items() if not name.startswith("WIREFOLD_")}
    with subprocess.Popen(
        [*WIREFOLD, "run", "--sample"], cwd=tmp_path, env=env, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert any(line.startswith("●") for line in run.stdout)  # it is at work
        begun = [run.pid, *descendants_of(run.pid), *processes_with(str(tmp_path))]
        run.send_signal(signal.SIGINT)
        run.stdout.read()
        assert run.wait(timeout=30) == 0
    assert len(begun) > 6  # it, the newsroom, io, cpu and its pool, beat, redis-server
    assert {*begun} & {*processes()} == set()
