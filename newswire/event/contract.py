"""The contract as documents that others can use: JSON Schemas, made from the events themselves."""

from typing import Any

import msgspec

from newswire.event.envelope import Event
from newswire.event.snapshot import STORY_STATE, StoryState
from newswire.event.types import FORMER, TYPES


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema (2020-12) of the whole envelope, by event type, of former versions too; and of a snapshot's lines."""
    made = {STORY_STATE: _schema(STORY_STATE, msgspec.json.schema(StoryState))}
    for data, name in (TYPES | FORMER).items():
        schema = msgspec.json.schema(Event[data])  # type: ignore[valid-type]
        (envelope,) = (part for key, part in schema["$defs"].items() if key.startswith("Event"))
        envelope["properties"]["type"] = {"const": name}
        made[name] = _schema(name, schema)
    return made


def _schema(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name, **schema}
