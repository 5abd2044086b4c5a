"""The image and the compose file, as far as they can be read without a Docker engine."""

import itertools
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
PACKAGES = ("newswire", "storage", "workers", "schedules", "cli")
OURS = ("io", "cpu", "beat")


@pytest.fixture(scope="module")
def stages() -> list[list[tuple[str, str]]]:
    """The Dockerfile's instructions with their arguments, parted by stage."""
    text = (ROOT / "docker/Dockerfile").read_text()
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", "")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line]
    starts = [number for number, line in enumerate(lines) if line[0] == "FROM"] + [len(lines)]
    return [[(name, rest) for name, rest in lines[a:b]] for a, b in itertools.pairwise(starts)]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker/compose.yaml").read_text())["services"]
    return found


def arguments(stage: list[tuple[str, str]], instruction: str) -> list[str]:
    return [" ".join(rest.split()) for name, rest in stage if name == instruction]


def test_the_image_is_built_in_two_stages_on_one_pinned_slim_base(stages: list[list[tuple[str, str]]]) -> None:
    bases = [arguments(stage, "FROM")[0].split()[0] for stage in stages]

    assert len(set(bases)) == 1
    assert len(bases) == 2
    assert re.fullmatch(r"python:3\.12\.\d+-slim-\w+", bases[0])


def test_what_the_image_copies_exists_and_reaches_the_builder(stages: list[list[tuple[str, str]]]) -> None:
    sources = [it for line in arguments(stages[0], "COPY") for it in line.split()[:-1]]
    let_in = [it[1:] for it in (ROOT / ".dockerignore").read_text().splitlines() if it.startswith("!")]

    assert [it for it in sources if not (ROOT / it).exists()] == []
    assert sorted(it.rstrip("/") for it in sources) == sorted(let_in)
    assert set(PACKAGES) < set(let_in)


def test_the_image_installs_the_lock_with_hashes_and_only_wheels(stages: list[list[tuple[str, str]]]) -> None:
    installs = [line for line in arguments(stages[0], "RUN") if "pip install" in line]

    assert installs[0] == "pip install --require-hashes --only-binary :all: -r /src/requirements.lock"
    assert installs[1].startswith("pip install --no-deps --no-build-isolation /src ")
    assert len(installs) == 2


def test_the_last_stage_is_no_root_and_builds_nothing(stages: list[list[tuple[str, str]]]) -> None:
    last = stages[-1]

    assert arguments(last, "USER") == ["10001:10001"]
    assert [name for name, _ in last].index("USER") > max(n for n, (name, _) in enumerate(last) if name == "RUN")
    assert [line for line in arguments(last, "RUN") if re.search(r"\b(pip|apt|apt-get|gcc|curl)\b", line)] == []
    assert arguments(last, "COPY") == ["--from=build /opt/wirefold/ /opt/wirefold/"]
    assert "PYTHONUNBUFFERED=1" in arguments(last, "ENV")[0].split()
    assert arguments(last, "HEALTHCHECK")[0].endswith('CMD ["wirefold", "health"]')


def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)

    files = {path.relative_to(source).as_posix() for name in PACKAGES for path in (source / name).rglob("*.*")}
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, source],
        check=True,
    )

    (wheel,) = tmp_path.glob("*.whl")
    assert {it for it in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in it} == files


def test_compose_runs_the_roles_of_the_procfile(services: dict[str, Any]) -> None:
    procfile = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())

    assert {name: services[name]["command"] for name in services if name != "redis"} == procfile


def test_compose_builds_one_image_for_all_roles(services: dict[str, Any]) -> None:
    build = {"context": "..", "dockerfile": "docker/Dockerfile"}

    assert [(services[name]["image"], services[name]["build"]) for name in OURS] == [("wirefold", build)] * 3


@pytest.mark.parametrize("name", ["redis", *OURS])
def test_every_container_is_confined_and_comes_back(services: dict[str, Any], name: str) -> None:
    wanted = {
        "restart": "unless-stopped",
        "stop_grace_period": "30s",
        "read_only": True,
        "tmpfs": ["/tmp"],
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
    }

    assert {key: services[name][key] for key in wanted} == wanted
    assert re.fullmatch(r"\d+[mg]", services[name]["mem_limit"])
    assert not {"privileged", "cap_add", "ports", "network_mode"} & set(services[name])


@pytest.mark.parametrize("name", OURS)
def test_every_role_waits_for_redis_and_knows_where_it_is(services: dict[str, Any], name: str) -> None:
    assert services[name]["depends_on"] == {"redis": {"condition": "service_healthy"}}
    assert services[name]["environment"]["WIREFOLD_REDIS_URL"] == "redis://redis:6379/0"


def test_redis_keeps_everything_and_evicts_nothing(services: dict[str, Any]) -> None:
    words = shlex.split(services["redis"]["command"])
    options = dict(zip(words[1::2], words[2::2], strict=True))

    assert words[0] == "redis-server"
    assert options == {
        "--appendonly": "yes",
        "--appendfsync": "everysec",
        "--save": "",
        "--maxmemory": "1gb",
        "--maxmemory-policy": "noeviction",
        "--hash-max-ziplist-value": "1024",
    }
    assert services["redis"]["volumes"] == ["redis:/data"]
    assert services["redis"]["healthcheck"]["test"] == ["CMD-SHELL", "redis-cli ping | grep -q PONG"]
    assert re.fullmatch(r"redis:7\.\d+-alpine", services["redis"]["image"])
