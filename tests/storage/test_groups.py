"""Groups of readers and trimming, on a real Redis."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from builders import an_article
from redis import Redis
from streams import append, now_ms, numbers, read, rest

from newswire.routes import parse_routes
from storage.groups import Groups, Loss
from storage.keys import Keys
from storage.outbox import Outbox
from storage.retention import Group, Limits, Stream, keep_from, texts_until_ms
from storage.stories import Lease, Stories
from storage.streams import Streams
from workers.settle import settle

WINDOW_MS = 5 * 86_400_000
LIMITS = Limits(window_ms=WINDOW_MS, idle_ms=86_400_000, max_entries=1000)
COPIES = "{wirefold}:copies"


@pytest.fixture
def groups(redis: Redis) -> Groups:
    return Groups(redis, Keys(), Streams(redis, Keys()))


def of(groups: Groups, key: str = "wirefold") -> Stream:
    (stream,) = (stream for stream in groups.streams() if stream.key == key)
    return stream


def one(groups: Groups, key: str = "wirefold") -> Group:
    (group,) = of(groups, key).groups
    return group


def trim(groups: Groups, limits: Limits = LIMITS) -> tuple[Loss, ...]:
    return groups.trim("wirefold", keep_from(of(groups), limits), limits.max_entries)


def test_a_group_is_as_far_behind_as_it_has_not_read(redis, groups):
    append(redis, 10)
    redis.xgroup_create("wirefold", "g", "0")
    assert (one(groups).lag, one(groups).pending, one(groups).consumers) == (10, 0, 0)
    ids = read(redis, "g", 4, acknowledge=1)
    group = one(groups)
    assert (group.lag, group.pending, group.oldest_pending, group.oldest_pending_number) == (6, 3, ids[1], 2)
    assert (group.consumers, group.idle_ms < 5000) == (1, True)


def test_a_group_made_from_the_end_has_nothing_to_read(redis, groups):
    append(redis, 10)
    redis.xgroup_create("wirefold", "g", "$")
    assert (one(groups).lag, one(groups).is_behind) == (0, False)
    append(redis, 2)
    assert one(groups).lag == 2


def test_the_first_entry_left_tells_how_far_behind_a_group_is_whose_last_is_gone(redis, groups):
    ids = append(redis, 10)
    redis.xgroup_create("wirefold", "g", "0")
    read(redis, "g", 3, acknowledge=3)
    redis.xtrim("wirefold", minid=ids[6], approximate=False)
    assert (one(groups).number, one(groups).lag) == (6, 4)
    redis.xtrim("wirefold", maxlen=0, approximate=False)
    assert one(groups).lag == 0


def test_what_others_put_into_the_stream_counts_for_nothing(redis, groups):
    append(redis, 3)
    redis.xadd("wirefold", {"note": "not ours"})
    redis.xadd("wirefold", {"sequence": "neither"})
    redis.xgroup_create("wirefold", "g", "$")
    assert one(groups).lag == 0
    redis.xgroup_setid("wirefold", "g", "0")
    assert one(groups).lag == 3
    redis.xtrim("wirefold", maxlen=2, approximate=False)
    assert one(groups).lag == 0


def test_entries_from_before_there_were_numbers_are_held_too(redis, groups):
    begun = now_ms(redis) - 8 * 86_400_000
    for at in range(300):
        redis.xadd("wirefold", {"data": "{}"}, id=f"{begun + at}-0")
    append(redis, 5)
    redis.xgroup_create("wirefold", "g", "0")
    assert one(groups).lag == 5
    trim(groups)
    assert redis.xlen("wirefold") == 305


def test_a_slow_group_that_lives_holds_what_it_has_not_read_and_acknowledged(redis, groups):
    append(redis, 10, days_ago=7)
    redis.xgroup_create("wirefold", "g", "0")
    read(redis, "g", 6, acknowledge=4)
    append(redis, 2)
    assert trim(groups) == ()
    assert numbers(redis) == [5, 6, 7, 8, 9, 10, 11, 12]
    redis.xack("wirefold", "g", *(entry["message_id"] for entry in redis.xpending_range("wirefold", "g", "-", "+", 9)))
    trim(groups)
    assert numbers(redis) == [7, 8, 9, 10, 11, 12]


def test_a_group_that_nobody_works_for_holds_nothing_and_is_told_what_it_lost(redis, groups):
    append(redis, 10, days_ago=7)
    redis.xgroup_create("wirefold", "g", "0")
    read(redis, "g", 6, acknowledge=4)
    append(redis, 2)
    rest()
    limits = Limits(window_ms=WINDOW_MS, idle_ms=1, max_entries=1000)
    assert trim(groups, limits) == (Loss(group="g", unread=4, unacknowledged=2),)
    assert numbers(redis) == [11, 12]
    assert (one(groups).lost, one(groups).lag, one(groups).pending) == (6, 2, 0)


def test_what_is_lost_stays_counted_and_is_counted_once(redis, groups):
    append(redis, 10, days_ago=7)
    redis.xgroup_create("wirefold", "g", "0")
    rest()
    limits = Limits(window_ms=WINDOW_MS, idle_ms=1, max_entries=1000)
    trim(groups)
    rest()
    trim(groups, limits)
    assert trim(groups, limits) == ()
    assert one(groups).lost == 10
    append(redis, 3)
    read(redis, "g", 3, acknowledge=3)
    trim(groups)
    assert (one(groups).lost, one(groups).lag) == (10, 0)


def test_beyond_the_most_entries_the_oldest_go_whoever_needs_them(redis, groups):
    append(redis, 30)
    redis.xgroup_create("wirefold", "g", "0")
    read(redis, "g", 8, acknowledge=3)
    limits = Limits(window_ms=WINDOW_MS, idle_ms=86_400_000, max_entries=20)
    assert trim(groups, limits) == (Loss(group="g", unread=2, unacknowledged=5),)
    assert numbers(redis) == list(range(11, 31))
    assert redis.xpending("wirefold", "g")["pending"] == 0
    assert one(groups).lost == 7


def test_trimming_by_hand_is_counted_for_a_group_that_did_not_move(redis, groups):
    ids = append(redis, 10)
    redis.xgroup_create("wirefold", "g", "0")
    trim(groups)
    redis.xtrim("wirefold", minid=ids[4], approximate=False)
    assert trim(groups) == (Loss(group="g", unread=4, unacknowledged=0),)


def test_of_a_new_group_nothing_is_lost_that_was_gone_before(redis, groups):
    ids = append(redis, 10)
    redis.xtrim("wirefold", minid=ids[4], approximate=False)
    redis.xgroup_create("wirefold", "g", "0")
    assert trim(groups) == ()
    assert (one(groups).lost, one(groups).lag) == (0, 6)


def test_thousands_go_in_steps_and_each_is_counted(redis, groups, monkeypatch):
    monkeypatch.setattr("storage.groups.STEP", 500)
    append(redis, 2500, days_ago=7)
    redis.xgroup_create("wirefold", "g", "0")
    read(redis, "g", 1800)
    append(redis, 5)
    rest()
    limits = Limits(window_ms=WINDOW_MS, idle_ms=1, max_entries=1000)
    assert trim(groups, limits) == (Loss(group="g", unread=700, unacknowledged=1800),)
    assert numbers(redis) == [2501, 2502, 2503, 2504, 2505]


def test_whatever_a_group_reads_meanwhile_each_entry_is_read_or_lost(redis, redis_server, groups):
    append(redis, 1)
    redis.xgroup_create("wirefold", "g", "0")
    limits = Limits(window_ms=WINDOW_MS, idle_ms=86_400_000, max_entries=20)
    done = threading.Event()

    def reading() -> int:
        with Redis.from_url(redis_server) as reader:
            taken = 0
            while not done.is_set():
                found = reader.xreadgroup("g", "reader", {"wirefold": ">"}, count=7)
                ids = [entry_id for _, entries in found for entry_id, _ in entries]
                taken += reader.xack("wirefold", "g", *ids) if ids else 0
            return taken

    with ThreadPoolExecutor() as pool:
        taken = pool.submit(reading)
        for _ in range(40):
            append(redis, 200)
            trim(groups, limits)
        done.set()
    trim(groups, limits)
    group = one(groups)
    assert group.lost > 0
    assert taken.result() + group.lost + group.lag == 8001


def test_a_group_without_consumers_is_idle_since_it_was_first_seen_or_moved(redis, groups):
    append(redis, 10)
    redis.xgroup_create("wirefold", "g", "0")
    assert one(groups).idle_ms == 0
    trim(groups)
    rest(0.05)
    assert 50 <= one(groups).idle_ms < 5000
    redis.xgroup_setid("wirefold", "g", "5")
    assert one(groups).idle_ms == 0


def test_the_least_idle_consumer_tells_how_idle_a_group_is(redis, groups):
    append(redis, 10)
    redis.xgroup_create("wirefold", "g", "0")
    redis.xreadgroup("g", "first", {"wirefold": ">"}, count=1)
    rest(0.05)
    assert one(groups).idle_ms >= 50
    redis.xreadgroup("g", "second", {"wirefold": ">"}, count=1)
    assert one(groups).idle_ms < 50


def test_a_group_that_was_removed_is_forgotten(redis, groups):
    append(redis, 10)
    for name in ("g", "g h"):
        redis.xgroup_create("wirefold", name, "0")
    append(redis, 1, stream=COPIES)
    redis.xgroup_create(COPIES, "g", "0")
    trim(groups)
    groups.trim(COPIES, "0", 1000)
    redis.xgroup_destroy("wirefold", "g")
    trim(groups)
    assert sorted(redis.hkeys("{wirefold}:groups")) == [b"wirefold g h", COPIES.encode() + b" g"]


def test_a_group_may_be_named_by_any_bytes(redis, groups):
    append(redis, 1)
    redis.xgroup_create("wirefold", b"\xff\x00 g", "0")
    assert one(groups).lag == 1
    trim(groups)
    assert one(groups).name == "\ufffd\x00 g"


def test_streams_are_ours_by_setting_or_by_what_was_written(redis):
    streams = Streams(redis, Keys(), routes=parse_routes("iberia: lang=es"))
    assert streams.names() == ("", "copies", "rejects", "route:iberia")
    append(redis, 1, stream="{wirefold}:route:former")
    assert streams.names() == ("", "copies", "rejects", "route:former", "route:iberia")
    assert streams.lengths()["{wirefold}:route:former"] == 1


def test_a_route_that_no_setting_names_any_more_is_trimmed_too(redis, groups):
    append(redis, 3, days_ago=7, stream="{wirefold}:route:former")
    stream = of(groups, "{wirefold}:route:former")
    groups.trim(stream.key, keep_from(stream, LIMITS), 1000)
    assert redis.xlen("{wirefold}:route:former") == 0


def test_a_text_lives_as_long_as_a_stream_may_hold_its_entry(redis, groups):
    outbox = Outbox(Keys(), routes=parse_routes("english: lang=en"))
    stories = Stories(redis, Keys(), window_s=432_000, outbox=outbox)
    article = an_article(1, text="\n".join(f"Sentence {number} of a very long report." for number in range(2000)))
    settle(Lease(article.id), article, stories, feed="f", now=article.fetched)
    (key,) = redis.keys("{wirefold}:text:*")
    written = redis.zscore("{wirefold}:texts", key)
    redis.zadd("{wirefold}:texts", {key: written - 7_200_000})  # as if it had been written two hours ago
    redis.xtrim("wirefold", maxlen=0)
    ((entry_id, _),) = redis.xrange("{wirefold}:route:english")
    assert texts_until_ms(groups.streams()) == int(entry_id.split(b"-")[0]) - 3_600_000
    assert groups.drop_texts(int(written) - 7_200_000) == 0
    assert redis.exists(key)
    redis.xtrim("{wirefold}:route:english", maxlen=0)
    assert groups.drop_texts(texts_until_ms(groups.streams())) == 1
    assert redis.exists(key, "{wirefold}:texts") == 0


def test_a_clock_set_back_takes_no_text_from_its_entry(redis, groups):
    for stream in ("wirefold", COPIES, "{wirefold}:rejects"):
        append(redis, 1, days_ago=-2 / 24, stream=stream)  # before it was set back by two hours
    stories = Stories(redis, Keys(), window_s=WINDOW_MS // 1000)
    article = an_article(1, text=" ".join(f"word{number}" for number in range(5000)))
    settle(Lease("a1"), article, stories, feed="f", now=article.fetched)
    assert groups.drop_texts(texts_until_ms(groups.streams())) == 0
    assert len(redis.keys("{wirefold}:text:*")) == 1


def test_a_group_made_at_the_end_of_a_millisecond_holds_what_follows(redis, groups):
    ids = append(redis, 2)
    redis.xgroup_create("wirefold", "g", f"{ids[0].partition('-')[0]}-{2**64 - 1}")
    assert trim(groups, Limits(window_ms=0, idle_ms=86_400_000, max_entries=1000)) == ()
    assert numbers(redis) == [2]


def test_reading_and_trimming_leave_other_keys_alone(redis, groups):
    assert [stream.entries for stream in groups.streams()] == [0, 0, 0]
    assert trim(groups) == ()
    assert redis.keys() == []
    assert of(groups).now_ms <= now_ms(redis)
