"""Readers that cannot run here, by what their own code does with an entry; and what trips readers up."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cloudevents.core.formats.json import JSONFormat
from readers.written import STREAMS, a_story, publish, publish_everywhere
from redis import Redis

EVENTS = (Path(__file__).parents[2] / "docs" / "events.md").read_text()
EVERYWHERE = pytest.mark.parametrize("stream", STREAMS)


@pytest.fixture
def read(redis: Redis) -> dict[str, list[dict[str, str]]]:
    """The entries of each stream as a client has them: names and values; there is one at least."""
    publish_everywhere(redis)
    streams = {
        stream: [{k.decode(): v.decode() for k, v in fields.items()} for _, fields in redis.xrange(stream)]
        for stream in STREAMS
    }
    assert all(streams.values())
    return streams


@EVERYWHERE
def test_an_entry_has_the_flat_fields_and_its_document_and_nothing_that_other_readers_take_for_theirs(read, stream):
    # FastStream takes `__data__` and `headers` for its envelope, Symfony Messenger `message` and `headers`.
    for fields in read[stream]:
        assert set(fields) == {"id", "type", "subject", "lang", "agency", "sequence", "data"}


@EVERYWHERE
def test_dapr_finds_a_cloudevent_in_data(read, stream):
    # components-contrib pubsub/redis: the message is Values["data"]; the runtime unmarshals it into a map.
    for fields in read[stream]:
        event: dict[str, Any] = json.loads(fields["data"])
        required = {name: event[name] for name in ("id", "source", "specversion", "type")}
        assert required == {"id": fields["id"], "source": "/wirefold", "specversion": "1.0", "type": fields["type"]}
        assert (event["datacontenttype"], type(event["data"])) == ("application/json", dict)


@EVERYWHERE
def test_redpanda_connect_finds_its_body_in_every_entry_and_the_rest_is_metadata(read, stream):
    # internal/impl/redis/input_streams.go: an entry without the body key is skipped and never acknowledged.
    for fields in read[stream]:
        body = json.loads(fields.pop("data"))
        assert fields == {
            "id": body["id"],
            "type": body["type"],
            "subject": body["subject"],
            "lang": "" if stream == STREAMS[2] else "en",
            "agency": "" if stream == STREAMS[2] else "EFE",
            "sequence": body["sequence"],
        }


@EVERYWHERE
def test_the_specifications_own_sdk_reads_every_event_and_writes_the_same(read, stream):
    for fields in read[stream]:
        event = JSONFormat().read(None, fields["data"])
        assert (event.get_id(), event.get_type()) == (fields["id"], fields["type"])
        assert event.get_extension("sequence") == fields["sequence"]
        assert json.loads(JSONFormat().write(event)) == json.loads(fields["data"])


@pytest.mark.parametrize("document", re.findall(r"```json\n(.*?)```", EVENTS, re.DOTALL))
def test_the_sdk_reads_an_event_of_every_type(document):
    event = JSONFormat().read(None, document)
    assert event.get_attributes().keys() | {"data"} == json.loads(document).keys()


def test_sequences_have_no_gap_on_any_stream(redis):
    publish_everywhere(redis)
    publish(redis, *(a_story(number) for number in range(3, 8)))
    for stream in STREAMS:
        numbers = [int(fields[b"sequence"]) for _, fields in redis.xrange(stream)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_long_text_stands_whole_under_its_key(redis):
    long = a_story(1, words=8000)
    publish(redis, long)
    ((_, fields),) = redis.xrange("wirefold")
    content = json.loads(fields[b"data"])["data"]["content"]
    assert long.text.startswith(content["text"])
    assert redis.get(content["text_key"]).decode() == long.text
