"""The wheel stands alone: installed in an empty environment, it works from any directory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance import __version__
from conformance.spec.load import own_specs
from conformance.tests.conftest import STEMS

ROOT = own_specs().parent
Run = Callable[..., subprocess.CompletedProcess[str]]
pytestmark = pytest.mark.machine


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Build the wheel, install it alone, and run programs of that environment in an empty directory."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not on PATH")
    directory = tmp_path_factory.mktemp("installed")
    python = directory / "environment/bin/python"
    for command in (
        [uv, "build", "--quiet", "--wheel", "--out-dir", str(directory), str(ROOT)],
        [uv, "venv", "--quiet", str(directory / "environment")],
    ):
        subprocess.run(command, check=True, capture_output=True)
    (wheel,) = directory.glob("*.whl")
    install = [uv, "pip", "install", "--quiet", "--python", str(python), str(wheel), "pytest"]
    subprocess.run(install, check=True, capture_output=True, cwd=ROOT)
    (directory / "empty").mkdir()

    def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(python.parent / program), *arguments]
        clean = {"PATH": "/nowhere", "HOME": str(directory)}
        return subprocess.run(command, cwd=directory / "empty", env=clean, capture_output=True, text=True, check=False)

    return run


def test_specs_and_fixtures_come_along(installed: Run) -> None:
    """`list` names the operations, and each is checked against its mock: every promise holds."""
    listed = installed("conformance", "list", "--json")
    done = installed("conformance", "run", "--report", "out.json", "--report", "out.html")

    assert [row["stem"] for row in json.loads(listed.stdout)] == STEMS
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()[1 : 1 + len(STEMS)]] == STEMS
    left = installed("python", "-c", "import os; print(*os.listdir())").stdout.split()
    assert set(left) <= {"out.json", "out.html", ".pytest_cache", "drift.json", "mine"}


def test_every_door_opens(installed: Run) -> None:
    """`python -m conformance`, `explain`, `mock`, and pytest's option all find what they need."""
    version = installed("python", "-m", "conformance", "--version")
    explained = installed("conformance", "explain", "json-strict")
    refused = installed("conformance", "mock", "nothing")
    collected = installed("python", "-m", "pytest", "--conformance", STEMS[0], "--collect-only", "-q")

    assert version.stdout == f"conformance {__version__}\n"
    assert "Run it alone" in explained.stdout
    assert refused.returncode == 2
    assert f"conformance::{STEMS[0]}::json-strict" in collected.stdout


def test_nothing_is_written_into_the_package(installed: Run) -> None:
    """A change of a spec is refused there, and made in a directory of the user's own; the drift stays drift."""
    code = "import conformance, pathlib; print(pathlib.Path(conformance.__file__).parent)"
    package = Path(installed("python", "-c", code).stdout.strip())
    before = {path: path.read_bytes() for path in package.rglob("*.yaml")}
    checks = ["--check", "body-matches-schema", "--check", "pages-complete"]
    lie = ["vercel_sessions", "--fault", "enum-grew-once", *checks, "--fail-on", "warning"]

    installed("conformance", "run", *lie, "--report", "drift.json")
    refused = installed("conformance", "propose", "drift.json", "--write")
    written = installed("conformance", "propose", "drift.json", "--write", "--specs", "mine")

    assert (refused.returncode, written.returncode) == (2, 0)
    assert {path: path.read_bytes() for path in package.rglob("*.yaml")} == before
    assert installed("conformance", "run", *lie).returncode == 1
    assert installed("conformance", "run", *lie, "--specs", "mine").returncode == 0


def test_the_wheel_holds_what_runs_and_no_more(installed: Run) -> None:
    """No test, no cache; the specs are inside the package."""
    code = "import conformance, pathlib; print(*pathlib.Path(conformance.__file__).parent.rglob('*'), sep='\\n')"
    files = installed("python", "-c", code).stdout.splitlines()

    assert {Path(path).stem for path in files if "bundled_specs" in path and path.endswith(".yaml")} == set(STEMS)
    assert not [path for path in files if "/conformance/tests" in path]
