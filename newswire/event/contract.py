"""The contract as documents that others can use: JSON Schemas and AsyncAPI, made from the events themselves.

Promises that a schema takes every event of its type, of today and of any day since the type's version began: readers
find both on a stream, and in what they kept. So `required` is what was written from the first day on; what came later
is written always too, and has its `default` for the events before it. Further fields may come: none is forbidden.
"""

import json
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from newswire.article import Dateline
from newswire.event.envelope import Event, Flat
from newswire.event.parts import Change
from newswire.event.snapshot import STORY_STATE, StoryState
from newswire.event.types import FORMER, TYPES, Channel, channel_of

# Of the contract, not of the program: the second number grows with a field or a type, the first never. What cannot be
# added is a type of its own (`….v2`). Words do not count. tests/contract/ keeps the schemas of every number.
VERSION = "1.0"

_ALL = TYPES | FORMER
# Their defaults are for who makes them: no event was ever written with only a part of one.
_WHOLE = frozenset({Dateline.__name__, Change.__name__})


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema (2020-12) of the whole envelope, by event type, of former versions too; and of a snapshot's line."""
    made = {STORY_STATE: _schema(STORY_STATE, StoryState.__name__, _parts([StoryState], "#/$defs/{name}"))}
    for data, name in _ALL.items():
        (envelope,), parts = _described((data,), "#/$defs/{name}")
        made[name] = _schema(name, envelope, parts)
    return made


def _schema(name: str, top: str, parts: dict[str, Any]) -> dict[str, Any]:
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:wirefold:{name}"}
    return {**whole, **parts.pop(top), "$defs": parts}


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI 3.0 document: each stream a channel, each type a message."""
    envelopes, parts = _described(tuple(_ALL), "#/components/schemas/{name}")
    (headers,), flat = msgspec.json.schema_components([Flat], ref_template="#/components/schemas/{name}")
    messages = {
        data.__name__: {
            "name": name,
            "title": name,
            "summary": _first_line(data),
            "contentType": "application/cloudevents+json",
            "headers": headers,
            "payload": {
                "schemaFormat": "application/vnd.aai.asyncapi+json;version=3.0.0",
                "schema": {"$ref": f"#/components/schemas/{envelope}"},
            },
        }
        for (data, name), envelope in zip(_ALL.items(), envelopes, strict=True)
    }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Wirefold",
            "version": VERSION,
            "description": "Each news story once, on Redis streams. An entry holds one CloudEvents 1.0 document in the "
            "field `data` (a setting, WIREFOLD_BODY_FIELD), and beside it the fields that stand here as headers.",
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {key: _channel(*said) for key, said in _CHANNELS.items()},
        "operations": {key: _operation(key, told) for key, (_, _, _, told) in _CHANNELS.items()},
        "components": {"messages": messages, "schemas": parts | flat},
    }


def files() -> dict[str, str]:
    """The contract's files, by name: what is committed under docs/contract/."""
    documents = schemas() | {"asyncapi": asyncapi()}
    return {
        f"{name}.json": json.dumps(document, indent=1, ensure_ascii=False) + "\n"
        for name, document in documents.items()
    }


def descriptions(part: type[Struct]) -> dict[str, str]:
    """What is said of each field of a part of an event, by its name; empty where it is a part itself."""
    (_,), parts = msgspec.json.schema_components([part])
    return {name: field.get("description", "") for name, field in parts[part.__name__]["properties"].items()}


def _described(types: tuple[type[Struct], ...], ref: str) -> tuple[list[str], dict[str, Any]]:
    """The names of the envelopes of these types, and the schemas of all that they are made of, by name."""
    parts = _parts([Event[data] for data in types], ref)  # type: ignore[valid-type]
    names = []
    for data in types:
        envelope = parts.pop(f"Event_{data.__name__}_")
        names.append(f"{data.__name__}Event")
        fields = envelope["properties"]
        for name, value in (("type", _ALL[data]), ("specversion", "1.0"), ("datacontenttype", "application/json")):
            fields[name] = {"description": fields[name]["description"], "const": value}
        parts[names[-1]] = envelope | {"title": names[-1], "description": _first_line(data)}
    return names, dict(sorted(parts.items()))


def _parts(types: Sequence[Any], ref: str) -> dict[str, Any]:
    """The schemas of all that these types are made of, by name."""
    _, parts = msgspec.json.schema_components(types, ref_template=ref)
    for name in _WHOLE & parts.keys():
        parts[name]["required"] = list(parts[name]["properties"])
    for part in parts.values():
        if "enum" in part:
            part["type"] = "string"
    return dict(sorted(parts.items()))


def _first_line(data: type[Struct]) -> str:
    return (data.__doc__ or "").partition("\n")[0]


def _told_on(channel: Channel) -> list[type[Struct]]:
    return [data for data in _ALL if channel_of(data) is channel]


# AsyncAPI has no sign for a brace that is none of its own: the hash tag of the keys, braces and all, is a parameter.
_TAG = {
    "tag": {
        "enum": ["{wirefold}"],
        "default": "{wirefold}",
        "description": "The main stream's name in braces: Redis Cluster hashes what stands between them. The name is a "
        "setting, WIREFOLD_NAME.",
    }
}
_ROUTE = {"route": {"description": "A route's name, as set in WIREFOLD_ROUTES.", "examples": ["iberia"]}}
# Address, parameters, what it carries, and the types of its events.
_CHANNELS: dict[str, tuple[str, dict[str, Any], str, list[type[Struct]]]] = {
    "stories": ("wirefold", {}, "Each story once, and what became of it.", _told_on(Channel.STORIES)),
    "copies": ("{tag}:copies", _TAG, "Each further printing, without the text.", _told_on(Channel.COPIES)),
    "rejects": (
        "{tag}:rejects",
        _TAG,
        "Entries that could not be read, and feeds that bring nothing any more.",
        _told_on(Channel.REJECTS),
    ),
    "routes": (
        "{tag}:route:{route}",
        _TAG | _ROUTE,
        "The events that a route takes, and all that becomes of their stories.",
        list(_ALL),
    ),
}


def _channel(address: str, parameters: dict[str, Any], what: str, told: list[type[Struct]]) -> dict[str, Any]:
    messages = {data.__name__: {"$ref": f"#/components/messages/{data.__name__}"} for data in told}
    return {
        "address": address,
        "description": what,
        "messages": messages,
        **({"parameters": parameters} if parameters else {}),
        "bindings": {"redis": {}},  # that of Redis, 0.1.0, may say nothing
    }


def _operation(key: str, told: list[type[Struct]]) -> dict[str, Any]:
    """What Wirefold does; who reads the stream does the contrary. What is not written any more is not sent."""
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{key}"},
        "messages": [{"$ref": f"#/channels/{key}/messages/{data.__name__}"} for data in told if data in TYPES],
    }
