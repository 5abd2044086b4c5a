"""The contract: its documents are those that are committed, and what was promised once is kept."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from builders import NOON, an_article

from cli import board, tail
from newswire.decision import Decision, Relation
from newswire.event.contract import VERSION, asyncapi, descriptions, files, schemas
from newswire.event.envelope import Event, Flat, decode, encode, event_of
from newswire.event.parts import ArticleView, Change, Clocks, MatchView, Rights, StoryText, StoryView
from newswire.event.telling import events_of
from newswire.event.types import FORMER, TYPES, CoverageLinked, CoverageLinkedV1
from newswire.story import coverage_id, fold, story_id
from storage.keys import Keys

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "tests" / "contract"
# What was written and what was promised before the contract had a number: docs/events.md and `wirefold schemas` of
# commit 36bd865, when there was no `sequence`, no `text_key`, no `tags`, and a story without title and language.
EARLY = KEPT / "2026-11-23"
EARLY_EVENTS = [json.loads(line) for line in (EARLY / "events.jsonl").read_text().splitlines()]
EARLY_SCHEMAS = json.loads((EARLY / "schemas.json").read_text())


def of_type(event: dict[str, Any]) -> str:
    return event["type"].removeprefix("org.wirefold.")


def test_the_committed_documents_are_those_that_the_code_makes():
    committed = {path.name: path.read_text() for path in (ROOT / "docs" / "contract").iterdir()}
    assert committed == files(), "run `wirefold schemas --out docs/contract`"


@pytest.mark.parametrize("schema", schemas().values(), ids=schemas())
def test_a_schema_is_one(schema):
    jsonschema.Draft202012Validator.check_schema(schema)


# The streams as AsyncAPI describes them


def test_every_stream_stands_in_the_asyncapi_document_under_the_address_that_it_has():
    addresses = []
    for channel in asyncapi()["channels"].values():
        parameters = {name: said.get("default", "NAME") for name, said in channel.get("parameters", {}).items()}
        addresses.append(channel["address"].format(**parameters))
    keys = Keys()
    assert addresses == [keys.stream(), keys.stream("copies"), keys.stream("rejects"), keys.route("NAME")]


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from ([value["$ref"]] if isinstance(value.get("$ref"), str) else [])
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from references(part)


def resolved(document: Any, reference: str) -> Any:
    for step in reference.removeprefix("#/").split("/"):
        document = document[step]
    return document


def test_every_reference_of_the_asyncapi_document_leads_somewhere():
    document = asyncapi()
    assert all(resolved(document, reference) for reference in set(references(document)))


def test_wirefold_sends_every_type_on_one_stream_and_on_routes_and_none_that_is_written_no_more():
    document = asyncapi()
    sent = {key: [] for key in document["operations"]}
    for key, operation in document["operations"].items():
        assert operation["action"] == "send"
        for reference in operation["messages"]:
            message = resolved(document, resolved(document, reference["$ref"])["$ref"])
            sent[key].append(message["name"])
    routed = sent.pop("routes")
    assert sorted(name for names in sent.values() for name in names) == sorted(routed) == sorted(TYPES.values())


def test_a_message_of_the_asyncapi_document_is_what_the_schema_of_its_type_says():
    document = asyncapi()
    (event,) = (one for one in EARLY_EVENTS if of_type(one) == "story.published.v1")
    message = document["components"]["messages"]["StoryPublished"]
    validator = jsonschema.Draft202012Validator(message["payload"]["schema"] | {"components": document["components"]})
    assert list(validator.iter_errors(event)) == []
    assert [error.json_path for error in validator.iter_errors(event | {"subject": ""})] == ["$.subject"]


@pytest.mark.parametrize(
    "part", [Flat, StoryView, StoryText, ArticleView, MatchView, Change, Clocks, Rights, *TYPES, *FORMER]
)
def test_every_field_is_described_where_it_is_no_part_of_its_own(part):
    silent = {name for name, words in descriptions(part).items() if not words}
    assert silent <= {"story", "content", "article", "match", "clocks", "rights", "change"} | (
        {"coverage", "centre", "independent_sources"} if part is CoverageLinkedV1 else set()
    )


# What was written once


def test_of_every_type_of_before_an_event_is_kept():
    assert sorted(event["type"] for event in EARLY_EVENTS) == sorted(EARLY_SCHEMAS)


@pytest.mark.parametrize("event", EARLY_EVENTS, ids=of_type)
def test_an_event_of_before_is_read(event):
    read = decode(json.dumps(event).encode())
    assert isinstance(read, Event)
    assert (read.id, read.type, read.subject) == (event["id"], event["type"], event["subject"])


@pytest.mark.parametrize("event", EARLY_EVENTS, ids=of_type)
def test_an_event_of_before_is_valid_under_the_schemas_of_today(event):
    jsonschema.validate(event, schemas()[event["type"]])


@pytest.mark.parametrize("event", EARLY_EVENTS, ids=of_type)
def test_an_event_of_before_is_shown(event):
    _, kind, subject, *_ = tail.line_of(event).split()
    assert (f"{kind}.v1", subject) == (of_type(event), event["subject"])
    is_shown = board.line_of(event) is not None
    assert is_shown == (kind.partition(".")[0] in ("entry", "story") and kind != "story.split")


def events_of_today() -> list[dict[str, Any]]:
    """The examples of docs/events.md, which are real, of the types that there were before."""
    written = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / "events.md").read_text(), re.DOTALL)
    return [event for event in map(json.loads, written) if event["type"] in EARLY_SCHEMAS]


@pytest.mark.parametrize("event", events_of_today(), ids=of_type)
def test_what_is_written_today_is_valid_for_whoever_kept_the_schemas_of_before(event):
    assert "sequence" in event  # which they do not know
    jsonschema.validate(event, EARLY_SCHEMAS[event["type"]])


# What may change


def breaks(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, ...]:
    """What of a schema does not hold any more for who relied on it: each a line, with the field's path.

    A field may be added where it is not required. Everything else breaks somebody: what is gone, optional by now or of
    more values than before breaks readers; what is required by now or of fewer values makes events that were kept
    invalid.
    """
    return tuple(_breaks(old, new, old, new, "$"))


BOUNDS = ("type", "const", "enum", "pattern", "format", "minimum", "maximum", "minLength", "maxLength")


def _breaks(old: Any, new: Any, was: dict[str, Any], now: dict[str, Any], path: str) -> Iterator[str]:
    was, now = (resolved(root, part["$ref"]) if "$ref" in part else part for root, part in ((old, was), (new, now)))
    for bound in BOUNDS:
        if was.get(bound) != now.get(bound):
            yield f"{path}: {bound} was {was.get(bound)}, is {now.get(bound)}"
    known, given = was.get("properties", {}), now.get("properties", {})
    yield from (f"{path}.{name}: is gone" for name in known if name not in given)
    needed, promised = set(now.get("required", ())), set(was.get("required", ()))
    yield from (f"{path}.{name}: is required by now" for name in sorted(needed - promised))
    yield from (f"{path}.{name}: is not always there any more" for name in sorted(promised - needed) if name in given)
    for name in known.keys() & given.keys():
        yield from _breaks(old, new, known[name], given[name], f"{path}.{name}")
    if "items" in was and "items" in now:
        yield from _breaks(old, new, was["items"], now["items"], f"{path}[]")
    choices, offered = was.get("anyOf", []), now.get("anyOf", [])
    if len(choices) != len(offered):
        yield f"{path}: has {len(offered)} forms, had {len(choices)}"
    for one, other in zip(choices, offered, strict=False):
        yield from _breaks(old, new, one, other, path)


RELEASED = sorted(KEPT.glob("*.json"), key=lambda path: [int(number) for number in path.stem.split(".")])


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.stem)
def test_a_type_only_gains_fields_that_need_not_be_there(path):
    today = schemas()
    told = {name: breaks(old, today[name]) for name, old in json.loads(path.read_text()).items()}
    assert {name: found for name, found in told.items() if found} == {}, "make a new version of the type (types.FORMER)"


def without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_words(part) for name, part in value.items() if name != "description"}
    return [without_words(part) for part in value] if isinstance(value, (list, tuple)) else value


def test_a_contract_that_has_grown_has_a_number_of_its_own():
    kept = json.loads((KEPT / f"{VERSION}.json").read_text())
    assert without_words(kept) == without_words(schemas()), (
        f"when {VERSION} is out, let contract.VERSION grow; then `wirefold schemas > tests/contract/VERSION.json`"
    )


PUBLISHED = "org.wirefold.story.published.v1"


def changed(*path: str, **to: Any) -> dict[str, Any]:
    """The schema of published stories with something else at a path of `$defs`."""
    schema = json.loads(json.dumps(schemas()[PUBLISHED]))
    part = schema["$defs"]
    for step in path:
        part = part[step]
    part.update(to)
    return schema


def test_the_law_sees_what_breaks_readers_and_lets_pass_what_does_not():
    today = schemas()[PUBLISHED]
    gone = changed()
    del gone["$defs"]["StoryView"]["properties"]["language"]
    required = changed("Rights", required=["robots", "licence"])
    narrowed = changed("MatchView", "properties", "rule", pattern="^[a-z_]+$")
    relations = today["$defs"]["Relation"]["enum"]
    widened = changed("Relation", enum=[*relations, "summary"])
    retyped = changed("StoryView", "properties", "printings", type="string")
    added = changed("Rights", "properties", fee={"type": "string", "default": ""})
    found = [breaks(today, new) for new in (gone, required, narrowed, widened, retyped, added, changed())]
    assert found == [
        ("$.data.story.language: is gone",),
        ("$.data.rights.licence: is required by now",),
        ("$.data.match.rule: pattern was None, is ^[a-z_]+$",),
        (f"$.data.match.relation: enum was {relations}, is {[*relations, 'summary']}",),
        ("$.data.story.printings: type was integer, is string",),
        (),
        (),
    ]


def test_a_former_version_is_told_apart_from_the_one_of_today():
    article = an_article(1)
    story = story_id(article.id)
    decision = Decision(
        relation=Relation.ORIGINAL, story=story, coverage=coverage_id(story_id("a0")), score=0.4, rule="same_happening"
    )
    *_, linked = events_of(article, decision, fold({}, article, decision), sources=2, now=NOON)
    (before,) = (event for event in EARLY_EVENTS if of_type(event) == "coverage.linked.v1")
    read = [decode(document) for document in (json.dumps(before).encode(), encode(linked))]
    assert [type(event.data) for event in read if event] == [CoverageLinkedV1, CoverageLinked]
    with pytest.raises(KeyError):
        event_of(read[0].data, story, "", NOON)  # it is not written any more
