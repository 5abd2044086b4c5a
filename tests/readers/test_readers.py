"""The readers of examples/, in each language, on the real stream."""

import json
import os
import re
import subprocess
import sys

from readers.running import EXAMPLES, Reader, has_read_all
from readers.written import a_story, publish
from watching import until


def titles(reader: Reader) -> list[str]:
    return [event["data"]["content"]["title"] for event in reader.kept()]


def test_every_event_is_kept_once_with_its_whole_text(redis, reader):
    stories = [a_story(1), a_story(2, words=8000), a_story(3)]
    publish(redis, *stories)
    with reader.running():
        until(lambda: has_read_all(redis))
    assert [event["data"]["content"]["text"] for event in reader.kept()] == [story.text for story in stories]
    assert "lost" not in reader.log
    assert "missed" not in reader.log


def test_what_was_handled_and_not_acknowledged_comes_again_and_is_kept_once(redis, reader):
    publish(redis, a_story(1), a_story(2))
    with reader.running(handle="killed_after") as process:
        process.wait(20)
    assert (titles(reader), redis.xpending("wirefold", "g")["pending"]) == (["Story 1"], 1)
    with reader.running():
        until(lambda: has_read_all(redis))
    assert titles(reader) == ["Story 1", "Story 2"]


def test_what_cannot_be_handled_is_a_dead_letter_and_holds_nothing_up_for_ever(redis, reader):
    publish(redis, a_story(1), a_story(2))
    with reader.running("--deliveries", "2", handle="refuses_story_1"):
        until(lambda: has_read_all(redis))
    assert titles(reader) == ["Story 2"]
    ((refused, _),) = redis.xrange("wirefold", count=1)
    ((_, dead),) = redis.xrange("{wirefold}:dead:g")
    original = redis.xrange("wirefold", refused, refused)[0][1]
    assert dead == original | {b"entry": refused, b"reason": dead[b"reason"]}
    assert dead[b"reason"].startswith(b"TypeError" if reader.node else b"ZeroDivisionError")
    assert len(re.findall("delivery [12]", reader.log)) == 2


def test_what_kills_its_reader_each_time_is_a_dead_letter_too(redis, reader):
    publish(redis, a_story(1))
    for _ in range(2):
        with reader.running("--deliveries", "2", handle="killed_before") as process:
            process.wait(20)
    with reader.running("--deliveries", "2"):
        until(lambda: has_read_all(redis))
    assert (titles(reader), redis.xlen("{wirefold}:dead:g")) == ([], 1)


def test_what_died_in_anothers_hand_is_taken_over(redis, reader):
    publish(redis, a_story(1), a_story(2))
    redis.xgroup_create("wirefold", "g", id="0")
    redis.xreadgroup("g", "dead", {"wirefold": ">"}, count=1)
    with reader.running("--idle", "0"):
        until(lambda: has_read_all(redis))
    assert titles(reader) == ["Story 1", "Story 2"]


def test_what_was_trimmed_while_it_was_pending_is_named_and_acknowledged(redis, reader):
    publish(redis, a_story(1), a_story(2), a_story(3))
    redis.xgroup_create("wirefold", "g", id="0")
    redis.xreadgroup("g", "g-1", {"wirefold": ">"}, count=1)
    redis.xreadgroup("g", "dead", {"wirefold": ">"}, count=1)
    trimmed = [entry_id.decode() for entry_id, _ in redis.xrange("wirefold", count=2)]
    redis.xtrim("wirefold", maxlen=1, approximate=False)
    with reader.running("--idle", "0"):
        until(lambda: has_read_all(redis))
    assert titles(reader) == ["Story 3"]
    assert re.findall(r"lost (\S+):", reader.log) == trimmed


def test_what_was_trimmed_before_anybody_of_the_group_read_it_is_counted(redis, reader):
    publish(redis, a_story(1))
    with reader.running():
        until(lambda: has_read_all(redis))
    publish(redis, a_story(2), a_story(3), a_story(4))
    redis.xtrim("wirefold", maxlen=1, approximate=False)
    with reader.running():
        until(lambda: has_read_all(redis))
    assert re.findall(r"missed \d+", reader.log) == ["missed 2"]


def test_what_another_of_the_group_has_read_is_not_missed(redis, reader):
    publish(redis, a_story(1))
    with reader.running():
        until(lambda: has_read_all(redis))
    publish(redis, a_story(2), a_story(3), a_story(4))
    ((_, others),) = redis.xreadgroup("g", "other", {"wirefold": ">"}, count=2)
    redis.xack("wirefold", "g", *(entry_id for entry_id, _ in others))
    with reader.running():
        until(lambda: has_read_all(redis))
    assert (titles(reader), "missed" in reader.log) == (["Story 1", "Story 4"], False)


def test_what_others_put_into_the_stream_stops_nobody(redis, reader):
    publish(redis, a_story(1))
    with reader.running():
        until(lambda: has_read_all(redis))
    publish(redis, a_story(2))
    ((_, others),) = redis.xreadgroup("g", "other", {"wirefold": ">"})
    redis.xack("wirefold", "g", *(entry_id for entry_id, _ in others))
    for note in ({"note": "no document"}, {"data": "null", "sequence": "no number"}, {"data": b"\xff\x00"}):
        redis.xadd("wirefold", note)
    publish(redis, a_story(3))
    with reader.running("--deliveries", "1"):
        until(lambda: has_read_all(redis))
    assert (titles(reader), "missed" in reader.log) == (["Story 1", "Story 3"], False)
    assert (redis.xlen("{wirefold}:dead:g"), redis.get("{wirefold}:at:g")) == (3, b"3")


def test_what_was_trimmed_as_it_was_read_is_handled_still(redis, redis_server):
    publish(redis, a_story(1))
    redis.xgroup_create("wirefold", "g", id="0")
    redis.xreadgroup("g", "g-1", {"wirefold": ">"})
    ((entry_id, _),) = redis.xrange("wirefold")
    redis.xack("wirefold", "g", entry_id)  # as trimming does
    code = f"""
import consumer, redis
reader = consumer.Consumer(redis.Redis.from_url({redis_server!r}), "g", "g-1", deliveries=5, idle_s=900)
reader.take({entry_id.decode()!r}, {{"sequence": "0000000000000001"}}, lambda fields: print(fields["sequence"]))
"""
    env = {**os.environ, "PYTHONPATH": str(EXAMPLES / "python")}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0000000000000001\n", "")


def test_a_lost_connection_is_survived(redis, reader):
    publish(redis, a_story(1))
    with reader.running():
        until(lambda: has_read_all(redis))
        redis.client_kill_filter(_type="normal", skipme=True)
        publish(redis, a_story(2))
        until(lambda: has_read_all(redis))
    assert (titles(reader), "Redis: " in reader.log) == (["Story 1", "Story 2"], True)


def test_the_lock_of_the_node_reader_names_no_registry():
    packages = json.loads((EXAMPLES / "node" / "package-lock.json").read_text())["packages"]
    assert {name: "resolved" in package for name, package in packages.items()} == dict.fromkeys(packages, False)
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
