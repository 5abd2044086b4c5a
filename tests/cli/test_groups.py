"""What the commands tell whoever reads the streams: groups, replay, snapshot. Each on a real Redis."""

import json
import re
from datetime import UTC, datetime

import pytest
from builders import an_article
from streams import append, now_ms, read

from cli.main import main
from cli.replay import place
from storage.keys import Keys
from storage.stories import Lease, Stories
from workers.settle import settle

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def wirefold(capsys, monkeypatch, tmp_path, redis, redis_server):
    """Run a command on a Redis that holds nothing yet: (exit status, standard output, standard error)."""
    assert redis.dbsize() == 0
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIREFOLD_REDIS_URL", redis_server)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture
def published(redis):
    """Two stories of now, and a copy."""
    stories = Stories(redis, Keys(), window_s=432_000)
    now = datetime.now(UTC)
    pears = "Growers in the Aldana valley expect 340,000 tonnes of pears this year, their association said on Monday."
    for article in (an_article(1), an_article(2), an_article(3, text=pears, title="Pears aplenty")):
        settle(Lease(article.id), article, stories, feed="f", now=now)
    return now


def test_without_groups_it_is_said_how_to_make_one(wirefold):
    assert wirefold("groups", "--json") == (0, "", "")
    assert "XGROUP CREATE wirefold NAME $" in wirefold("groups")[1]


def test_each_group_is_a_line(wirefold, redis):
    append(redis, 10)
    append(redis, 4, stream="{wirefold}:copies")
    redis.xgroup_create("wirefold", "indexer", "0")
    redis.xgroup_create("{wirefold}:copies", "counter\x1b[2J", "$")
    read(redis, "indexer", 3, acknowledge=1)
    head, first, second = wirefold("groups")[1].splitlines()
    assert head.split() == ["stream", "group", "lag", "pending", "oldest", "pending", "idle", "consumers", "state"]
    assert re.fullmatch(r"wirefold +indexer +7 +2 +\d seconds +\d seconds +1 +live", first)
    assert re.fullmatch(r"\{wirefold\}:copies +counter\[2J +0 +0 +- +0 seconds +0 +live", second)
    row = json.loads(wirefold("groups", "--json")[1].splitlines()[0])
    assert (row["group"], row["lag"], row["pending"], row["state"], row["lost"]) == ("indexer", 7, 2, "live", 0)
    assert row["room"] == 1_000_000 - 9


def test_status_tells_of_readers_only_when_something_is_the_matter(wirefold, redis, monkeypatch):
    monkeypatch.setenv("WIREFOLD_STREAM_MAX_ENTRIES", "1000")
    append(redis, 700, days_ago=7)
    redis.xgroup_create("wirefold", "g", "0")
    assert "g on wirefold" not in wirefold("status")[1]
    append(redis, 150, days_ago=6)
    said = "ALARM     g on wirefold is 850 entries behind and has 0 pending: it loses the first after 150 more\n"
    assert said in wirefold("status")[1]
    assert "live, loses the first after 150 more" in wirefold("groups")[1]
    told = json.loads(wirefold("status", "--json")[1])["readers"]
    assert [(row["group"], row["room"]) for row in told["held_back"]] == [("g", 150)]
    assert (told["idle"], told["lost"], told["full"]) == ([], [], [])


def test_status_names_who_is_idle_and_who_has_lost(wirefold, redis):
    append(redis, 10, days_ago=7)
    redis.xgroup_create("wirefold", "g", "0")
    day_ago = now_ms(redis) - 90_000_000
    redis.hset("{wirefold}:groups", "wirefold g", f"{day_ago} 0-0 0 5")
    out = wirefold("status")[1]
    assert "readers   g on wirefold is idle for 25 hours and holds nothing, 10 entries behind\n" in out
    assert "readers   g on wirefold lost 5: trimmed before they were read and acknowledged\n" in out
    assert wirefold("groups")[1].rstrip().endswith("idle: holds nothing, lost 5")


def test_a_full_stream_is_an_alarm(wirefold, redis, monkeypatch):
    monkeypatch.setenv("WIREFOLD_STREAM_MAX_ENTRIES", "1000")
    append(redis, 1000)
    assert "ALARM     wirefold is full" in wirefold("status")[1]


def test_a_replay_prints_documents_from_a_place_on(wirefold, redis, published):
    ids = [entry_id.decode() for entry_id, _ in redis.xrange("wirefold")]
    assert all(int(entry_id.split("-")[0]) >= int(published.timestamp() * 1000) for entry_id in ids)
    everything = wirefold("tail", "--from", "beginning", "--json")[1]
    status, out, err = wirefold("replay", "--since", ids[0])
    assert (status, err) == (0, "")
    assert [*map(json.loads, out.splitlines())] == [*map(json.loads, everything.splitlines())]
    assert wirefold("replay", "--since", ids[1])[1] == out.splitlines()[1] + "\n"
    assert wirefold("replay", "--since", ids[0], "--until", ids[0])[1] == out.splitlines()[0] + "\n"
    assert len(wirefold("replay", "copies", "--since", "5m")[1].splitlines()) == 1


def test_a_replay_says_from_when_on_there_is_something(wirefold, redis):
    ids = append(redis, 10)
    redis.xtrim("wirefold", minid=ids[4], approximate=False)
    begun = datetime.fromtimestamp(int(ids[4].split("-")[0]) // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = f"wirefold: the first entry is of {begun} ({ids[4]}); the 4 before it are gone\n"
    assert wirefold("replay", "--since", "3d") == (0, "", said)
    assert wirefold("replay", "rejects", "--since", "3d") == (0, "", "wirefold: the stream is empty\n")


def test_a_replay_to_a_stream_says_how_many_and_may_be_done_again(wirefold, redis):
    ids = append(redis, 10)
    assert wirefold("replay", "--since", ids[0], "--to", "archive") == (0, "10 copied to archive\n", "")
    _, out, _ = wirefold("replay", "--since", ids[0], "--to", "archive", "--json")
    assert json.loads(out) == {"copied": 0, "to": "archive"}
    assert redis.xrange("archive") == redis.xrange("wirefold")


@pytest.mark.parametrize(
    "arguments",
    [
        ("replay",),
        ("replay", "gossip", "--since", "2h"),
        ("replay", "--since", "yesterday"),
        ("replay", "--since", "2026-11-24T09:00:00"),
        ("replay", "--since", "2026-13-40"),
        ("replay", "--since", "999999d"),
        ("replay", "--since", "2h", "--to", "{wirefold}:copies"),
        ("snapshot", "--out", "nowhere/stories.jsonl"),
    ],
    ids=" ".join,
)
def test_bad_input_is_one_line_and_exit_status_2(wirefold, arguments):
    status, out, err = wirefold(*arguments)
    assert (status, out) == (2, "")
    assert re.fullmatch(r"(wirefold: the stream is empty\n)?wirefold: \S.*\n", err)


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2h", "2026-11-24T10:00:00+00:00"),
        ("3d", "2026-11-21T12:00:00+00:00"),
        ("90m", "2026-11-24T10:30:00+00:00"),
        ("2026-11-24", "2026-11-24T00:00:00+00:00"),
        ("2026-11-24T09:00:00Z", "2026-11-24T09:00:00+00:00"),
        ("2026-11-24T09:00:00+02:00", "2026-11-24T07:00:00+00:00"),
    ],
)
def test_a_place_is_a_time_or_how_long_ago(said, moment):
    assert place(said, NOW) == str(int(datetime.fromisoformat(moment).timestamp() * 1000))


@pytest.mark.parametrize("said", ["0", "1763985600000", "1763985600000-3"])
def test_a_place_may_be_an_id(said):
    assert place(said, NOW) == said


def test_a_snapshot_says_where_to_read_on_and_how_many_stories_there_were(wirefold, redis, published, tmp_path):
    status, out, _ = wirefold("snapshot")
    head, *states, end = map(json.loads, out.splitlines())
    ((last, _),) = redis.xrevrange("wirefold", count=1)
    taken = head["snapshot"].pop("taken")
    assert status == 0
    assert head == {
        "snapshot": {
            "stream": "wirefold", "read_on_from": last.decode(), "sequence": "0000000000000002", "window_days": 5.0
        }
    }  # fmt: skip
    assert published <= datetime.fromisoformat(taken)
    assert {(state["story"]["title"], state["story"]["printings"]) for state in states} == {
        ("Ferry runs aground off Orsa", 2),
        ("Pears aplenty", 1),
    }
    assert end == {"end": {"stories": 2}}
    assert wirefold("snapshot", "--out", "stories.jsonl")[1] == ""
    assert len((tmp_path / "stories.jsonl").read_text().splitlines()) == 4


def test_a_snapshot_of_nothing_says_so(wirefold):
    head, end = map(json.loads, wirefold("snapshot")[1].splitlines())
    assert (head["snapshot"]["read_on_from"], end) == ("0", {"end": {"stories": 0}})


@pytest.mark.parametrize("command", ["groups", "replay", "snapshot"])
def test_every_command_has_help_with_an_example(wirefold, command):
    assert "Example" in wirefold(command, "--help")[1]


def test_a_route_is_shown_that_no_setting_names(wirefold, redis):
    append(redis, 1, stream="{wirefold}:route:former")
    for said in ("route:former", "{wirefold}:route:former"):
        assert wirefold("tail", said, "--from", "beginning", "--json") == (0, "", "")
    assert "copies, rejects, route:former" in wirefold("tail", "gossip")[2]
