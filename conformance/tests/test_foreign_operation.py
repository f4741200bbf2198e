"""Another operation is a spec, a fixture and one run of the generator: no test, no table and no count is edited."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.spec.load import own_specs

ROOT = own_specs().parent
STEM, AS_WRITTEN = "harbour_boxes", "cabin_boxes"
"""The name in the copy; the spec that it is made of pages by a response header."""

pytestmark = pytest.mark.machine


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the checkout with one operation more."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines():
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    foreign = ROOT / "conformance/tests/sixth/specs"
    shutil.copy(foreign / f"{AS_WRITTEN}.yaml", tmp_path / f"specs/{STEM}.yaml")
    shutil.copy(foreign / f"fixtures/{AS_WRITTEN}.json", tmp_path / f"conformance/fixtures/{STEM}.json")
    return tmp_path


def python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the packages of a checkout before those that are installed."""
    path = [root, *sorted((root / "generated").glob("*/"))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))}
    environment = {name: value for name, value in environment.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def test_a_foreign_operation_edits_nothing(copy: Path) -> None:
    """The generator makes its client, and the default run of the tests is green with it."""
    made = python(copy, "scripts/generate.py")
    done = python(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider")

    assert (made.returncode, made.stderr) == (0, "")
    assert (copy / f"generated/{STEM}/pyproject.toml").is_file()
    assert done.returncode == 0, done.stdout[-4000:]
