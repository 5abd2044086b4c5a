import subprocess
import sys
from pathlib import Path

from labelled import a_corpus

from bench.reading.pages import read_rows

ROOT = Path(__file__).parents[2]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench.reading", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_without_a_corpus_it_says_so(tmp_path: Path):
    done = run(tmp_path)

    assert (done.returncode, done.stdout.startswith(f"no corpus at {tmp_path}")) == (2, True)


def test_check_fails_and_names_what_falls_short(tmp_path: Path):
    a_corpus(tmp_path)

    done = run(tmp_path, "--ours", "--check", "--worst", 1, "--out", tmp_path / "out")

    assert done.returncode == 1, done.stderr
    assert "  token F1: 0.500, ≥ 0.930 is wanted: 0.430 away" in done.stdout.splitlines()
    assert [row["id"] for row in read_rows(tmp_path / "out" / "wirefold.jsonl")] == ["a"]
