import re
import shutil
import subprocess
from pathlib import Path

import pytest
from readers.running import EXAMPLES, Reader

# npm could not get at a registry at all: that is no fault of the examples. A lock that does not fit is.
OFFLINE = {"ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH", "E404"}


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of examples/node with what its lock names; nothing is installed into the source tree."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed")
    folder = tmp_path_factory.mktemp("node") / "node"
    shutil.copytree(EXAMPLES / "node", folder, ignore=shutil.ignore_patterns("node_modules"))
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode and OFFLINE.intersection(re.findall(r"npm error code (\w+)", done.stderr)):
        pytest.skip("the packages of examples/node cannot be had: no registry answers")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(params=["python", "node"])
def reader(request: pytest.FixtureRequest, tmp_path: Path, redis_server: str) -> Reader:
    """The reader of examples/, in each language."""
    return Reader(tmp_path, redis_server, request.getfixturevalue("node") if request.param == "node" else None)
