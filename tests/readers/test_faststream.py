"""FastStream's own subscriber on the service's own stream, with a consumer group."""

import asyncio
from typing import Any

import pytest
from faststream.redis import RedisBroker, StreamSub
from pydantic import BaseModel
from readers.written import a_story, publish


class Story(BaseModel):
    id: str
    revision: int
    publishers: list[str]


class Data(BaseModel):
    story: Story


class CloudEvent(BaseModel):
    """What an application would write: the attributes and the data it wants."""

    id: str
    type: str
    subject: str
    sequence: str
    data: Data


def received(url: str, wanted: Any, count: int, **options: Any) -> list[Any]:
    """What a handler of this type is called with until it has had so many."""

    async def run() -> list[Any]:
        broker = RedisBroker(url, logger=None)
        calls: list[Any] = []
        done = asyncio.Event()

        @broker.subscriber(stream=StreamSub("wirefold", group="g", consumer="g-1", last_id="0", **options))
        async def handle(message: wanted) -> None:
            calls.append(message)
            if sum(len(call) if isinstance(call, list) else 1 for call in calls) == count:
                done.set()

        async with broker:
            await broker.start()
            await asyncio.wait_for(done.wait(), timeout=10)
        return calls

    return asyncio.run(run())


def test_a_typed_handler_is_given_every_event_and_acknowledges_it(redis, redis_server):
    publish(redis, a_story(1), a_story(2))
    events = received(redis_server, CloudEvent, 2)
    assert [(event.sequence, event.data.story.revision) for event in events] == [(f"{1:016}", 1), (f"{2:016}", 1)]
    assert [event.data.story.publishers for event in events] == [["p1.example"], ["p2.example"]]
    assert redis.xpending("wirefold", "g")["pending"] == 0


def test_an_untyped_handler_is_given_the_document(redis, redis_server):
    publish(redis, a_story(1))
    (event,) = received(redis_server, dict[str, Any], 1)
    assert (event["specversion"], event["data"]["content"]["title"]) == ("1.0", "Story 1")
    assert redis.xpending("wirefold", "g")["pending"] == 0


@pytest.mark.parametrize("body_field", ["data", "__data__"])
def test_a_batch_is_typed_where_the_body_field_is_faststreams(redis, redis_server, body_field):
    publish(redis, a_story(1), a_story(2), body_field=body_field)
    wanted = CloudEvent if body_field == "__data__" else dict[str, Any]
    ((first, second),) = received(redis_server, list[wanted], 2, batch=True)
    if body_field == "__data__":
        assert [first.data.story.publishers, second.data.story.publishers] == [["p1.example"], ["p2.example"]]
    else:  # else a batch is the entries as they are, and the document is text in one of their fields
        assert CloudEvent.model_validate_json(first["data"]).data.story.publishers == ["p1.example"]
    assert redis.xpending("wirefold", "g")["pending"] == 0
