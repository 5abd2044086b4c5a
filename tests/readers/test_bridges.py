"""The configurations of examples/ for Redpanda Connect, which is not run here: its fields, and what they would send."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from cloudevents.core.bindings.kafka import KafkaMessage, from_structured_event
from readers.written import a_story, publish

EXAMPLES = Path(__file__).parents[2] / "examples"

# docs.redpanda.com/connect/components of 4.93.0: the fields of each component, common and advanced, that may be used.
FIELDS = {
    "redis_streams": {
        "url", "kind", "master", "client_name", "tls", "body_key", "streams", "auto_replay_nacks", "limit", "client_id",
        "consumer_group", "create_streams", "start_from_oldest", "commit_period", "timeout",
    },
    "http_client": {
        "url", "verb", "headers", "metadata", "dump_request_log_level", "oauth", "oauth2", "basic_auth", "jwt", "tls",
        "extract_headers", "rate_limit", "timeout", "retry_period", "max_retry_backoff", "retries", "backoff_on",
        "drop_on", "successful_on", "proxy_url", "batch_as_multipart", "propagate_response", "max_in_flight",
        "batching", "multipart",
    },
    "redpanda": {"seed_brokers", "client_id", "tls", "sasl", "topic", "key", "metadata", "max_in_flight", "batching"},
}  # fmt: skip


def config(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((EXAMPLES / name).read_text())
    return read


@pytest.mark.parametrize("name", ["redpanda-connect.yaml", "kafka-bridge.yaml"])
def test_a_configuration_names_only_fields_that_there_are(name):
    read = config(name)
    assert set(read) == {"input", "pipeline", "output"}
    for part in (read["input"], read["output"]):
        ((component, fields),) = part.items()
        assert set(fields) <= FIELDS[component]


@pytest.mark.parametrize("name", ["redpanda-connect.yaml", "kafka-bridge.yaml"])
def test_a_configuration_reads_what_the_service_writes(redis, name):
    publish(redis, a_story(1))
    reads = config(name)["input"]["redis_streams"]
    ((_, fields),) = redis.xrange(*reads["streams"])
    assert reads["body_key"].encode() in fields
    metadata = {name.decode() for name in fields} - {reads["body_key"]}
    assert set(re.findall(r"@(\w+)", (EXAMPLES / name).read_text())) <= metadata


def test_what_the_bridge_sends_to_kafka_is_a_cloudevent_in_structured_mode(redis):
    publish(redis, a_story(1))
    ((_, fields),) = redis.xrange("wirefold")
    (mapping,) = config("kafka-bridge.yaml")["pipeline"]["processors"]
    header, value = re.fullmatch(r'meta "(.+)" = "(.+)"', mapping["mapping"]).groups()
    event = from_structured_event(KafkaMessage({header: value.encode()}, fields[b"subject"], fields[b"data"]))
    assert (event.get_id(), event.get_subject()) == (fields[b"id"].decode(), fields[b"subject"].decode())
