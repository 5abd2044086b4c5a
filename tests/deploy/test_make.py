"""The Makefile and what a CI calls."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def outer_make(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests may run under `make test`: a make inside it would take itself for its child."""
    for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
        monkeypatch.delenv(name, raising=False)


def said(*argv: str, cwd: Path = ROOT) -> str:
    return subprocess.run(argv, cwd=cwd, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ((), ".venv/bin/wirefold run --sample"),
        (("FEEDS=my.opml",), ".venv/bin/wirefold run 'my.opml'"),
        (("FEEDS=a.toml https://b.example/?c&d",), ".venv/bin/wirefold run 'a.toml' 'https://b.example/?c&d'"),
    ],
)
def test_run_is_the_sample_newsroom_or_the_feeds_that_are_named(arguments: tuple[str, ...], command: str) -> None:
    assert said("make", "--dry-run", "run", *arguments).splitlines()[-1] == f"exec {command}"


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ((), ".venv/bin/python -m bench.sameness ../shared/corpus --seeds 5"),
        (("CORPUS=mine", "SEEDS=1", "CHECK=1"), ".venv/bin/python -m bench.sameness mine --seeds 1 --check"),
    ],
)
def test_bench_sameness_takes_a_corpus_seeds_and_whether_to_fail(arguments: tuple[str, ...], command: str) -> None:
    assert said("make", "--dry-run", "bench-sameness", *arguments).splitlines()[-1].strip() == command


def test_a_bench_without_its_corpus_says_so_and_exits_2(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.sameness", tmp_path / "none"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (2, f"no corpus at {tmp_path / 'none'}: nothing measured\n")


def test_help_lists_every_target() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert phony

    assert set(re.findall(r"^  make (\S+)", said("make", "help"), flags=re.MULTILINE)) == set(phony[1].split())


@pytest.mark.parametrize(
    ("check", "test", "passes"),
    [("true", "true", True), ("false", "true", False), ("true", "false", False), ("false", "false", False)],
)
def test_ci_passes_when_both_pass_and_runs_both_in_any_case(
    check: str, test: str, tmp_path: Path, *, passes: bool
) -> None:
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    (tmp_path / "Makefile").write_text(f"check:\n\t@echo checked\n\t@{check}\ntest:\n\t@echo tested\n\t@{test}\n")

    done = subprocess.run([tmp_path / ".ci" / "run"], check=False, capture_output=True, text=True)

    assert (done.returncode == 0) == passes
    lines = [line for line in done.stdout.splitlines() if not line.startswith("make check FAILED")]
    assert lines == ["checked", "tested"]
