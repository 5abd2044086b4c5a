"""README's claims that a machine can check: its snippets run, its names exist."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from builders import an_article

from cli.main import COMMANDS
from newswire.event.contract import schemas
from newswire.event.parts import ArticleView, Change, Clocks, MatchView, Rights, StoryText, StoryView
from newswire.event.types import TYPES
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


def test_the_python_snippet_reads_the_story(published):
    done = subprocess.run(
        [sys.executable, "-c", snippet("python")], env=published, capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"s[0-9a-f]{16} \['EFE'\] Ferry runs aground off Orsa\n", done.stdout)


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


@pytest.mark.parametrize("part", [StoryView, StoryText, ArticleView, MatchView, Change, Clocks, Rights])
def test_every_field_of_an_event_is_documented(part):
    tables = {frozenset(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) for section in EVENTS.split("\n`")}
    assert frozenset(part.__struct_fields__) in tables
