"""README's claims that a machine can check: its snippets run, its names exist."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from builders import an_article

from bench.examples import rewritten
from cli.main import COMMANDS
from newswire.event.contract import schemas
from newswire.event.types import TYPES
from newswire.routes import KINDS, parse_routes
from storage.embedded import find_server
from storage.keys import Keys
from storage.stories import Lease, Stories
from workers.settings import Settings
from workers.settle import settle

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
EVENTS = (ROOT / "docs" / "events.md").read_text()


@pytest.fixture
def published(redis, redis_server):
    """A Redis with one story in its stream."""
    article = an_article(1, agency="EFE")
    settle(Lease(article.id), article, Stories(redis, Keys(), window_s=432_000), feed="f", now=article.fetched)
    return {**os.environ, "WIREFOLD_REDIS_URL": redis_server}


def snippet(language: str) -> str:
    (code,) = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return code


def test_the_python_snippet_handles_the_story(published):
    env = {**published, "PYTHONPATH": str(ROOT / "examples" / "python"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", f"import reader\n{snippet('python')}\nreader.main(handle)", "mine", "mine-1"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        printed = process.stdout.readline()
        process.terminate()
    assert re.fullmatch(r"s[0-9a-f]{16} \['EFE'\] Ferry runs aground off Orsa\n", printed)


def test_the_shell_snippet_reads_the_story(published):
    client = find_server(os.environ.get("WIREFOLD_REDIS_SERVER", "")).with_name("redis-cli")
    command = snippet("sh").replace("redis-cli", str(client)).replace('-u "$WIREFOLD_REDIS_URL"', '-s "$SOCKET"')
    env = {**published, "SOCKET": published["WIREFOLD_REDIS_URL"].removeprefix("unix://")}
    done = subprocess.run(["sh", "-c", command], env=env, capture_output=True, text=True, check=True)
    assert "org.wirefold.story.published.v1" in done.stdout


def test_every_command_that_readme_names_exists():
    named = set(re.findall(r"wirefold (\w+)", README)) - {"is", "or", "reads"}
    assert named <= set(COMMANDS)


def test_every_setting_that_the_documents_name_exists():
    named = set(re.findall(r"WIREFOLD_[A-Z_]+", README + (ROOT / "docs" / "deploy.md").read_text()))
    assert named <= {f"WIREFOLD_{name.upper()}" for name in Settings.model_fields}


def test_every_room_that_readme_names_is_there():
    named = re.findall(r"^\| `([\w/]+/)` \|", README, re.MULTILINE)
    assert {name for name in named if (ROOT / name).is_dir()} == set(named) >= {"newswire/", "storage/", "workers/"}


def test_every_event_type_is_documented_with_an_example_that_is_valid():
    import jsonschema

    known = schemas()
    examples = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", EVENTS, re.DOTALL)]
    assert sorted(example["type"] for example in examples) == sorted(TYPES.values())
    for example in examples:
        jsonschema.validate(example, known[example["type"]])


def test_the_page_of_events_says_what_the_code_says_and_its_examples_stand_as_they_are_written():
    examples = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", EVENTS, re.DOTALL)]
    assert rewritten(EVENTS, examples) == EVENTS, "run `python -m bench.examples`"


def test_every_condition_of_a_route_is_documented():
    assert set(re.findall(r"^\| `(\w+)=` \|", EVENTS, re.MULTILINE)) == set(KINDS)
    (setting,) = re.findall(r"WIREFOLD_ROUTES='(.*)'", EVENTS)
    assert {kind for route in parse_routes(setting) for kind, _ in route.conditions} == set(KINDS)


def test_every_example_is_short_enough_to_be_read_in_one_sitting():
    examples = [path for kind in ("py", "mjs", "yaml") for path in (ROOT / "examples").rglob(f"*.{kind}")]
    lengths = {path.name: len(path.read_text().splitlines()) for path in examples if "node_modules" not in path.parts}
    assert {name for name, lines in lengths.items() if lines <= 80} == set(lengths) >= {"reader.py", "reader.mjs"}


def test_every_example_that_its_readme_names_is_there_and_the_reverse():
    folder = ROOT / "examples"
    named = set(re.findall(r"\]\(([\w./-]+)\)", (folder / "README.md").read_text()))
    kinds = ("python/*.py", "node/*.mjs", "*.yaml")
    assert named == {str(path.relative_to(folder)) for kind in kinds for path in folder.glob(kind)}
