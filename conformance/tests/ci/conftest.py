"""A checkout with a remote, the environment of a runner, and a `gh` that writes down what it is asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from conformance.spec.load import own_specs

ROOT = own_specs().parent
GH = f"""#!{sys.executable}
import json, os, pathlib, shutil, sys
here, asked = pathlib.Path(os.environ["FAKE_GH"]), sys.argv[1:]
body = pathlib.Path(asked[asked.index("--body-file") + 1]).read_text() if "--body-file" in asked else ""
with (here / "calls").open("a") as calls:
    calls.write(json.dumps({{"asked": asked, "body": body}}) + chr(10))
if asked[:2] == ["run", "download"]:
    kept = here / "artifacts" / asked[2] / asked[asked.index("--name") + 1]
    if not kept.is_dir():
        sys.exit(1)
    shutil.copytree(kept, asked[asked.index("--dir") + 1], dirs_exist_ok=True)
answer = here / "-".join(asked[:2])
print(answer.read_text() if answer.exists() else "", end="")
"""


@frozen
class Runner:
    """A checkout on a runner."""

    root: Path
    checkout: Path
    environment: Mapping[str, str]

    def run(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one of `scripts/ci` as a workflow does."""
        command = ["bash", str(self.checkout / "scripts/ci" / script), *arguments]
        everything = {**self.environment, **environment}
        return subprocess.run(command, cwd=self.checkout, env=everything, capture_output=True, text=True, check=False)

    def git(self, *arguments: str) -> str:
        """What git says in the checkout."""
        command = ["git", *arguments]
        return subprocess.run(command, cwd=self.checkout, capture_output=True, text=True, check=True).stdout

    @property
    def gh(self) -> Path:
        """Where the answers of `gh` are, one file for each command, and what it was asked."""
        return self.root / "gh"

    def asked(self) -> list[dict[str, Any]]:
        """What `gh` was asked, in order."""
        calls = self.gh / "calls"
        return [json.loads(line) for line in calls.read_text().splitlines()] if calls.exists() else []

    def told(self, variable: str) -> str:
        """What was written to a file that the runner reads."""
        return Path(self.environment[variable]).read_text()


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A fresh checkout of this repository with a remote to push to, and nothing in the environment but the runner's."""
    made = Runner(tmp_path, tmp_path / "checkout", _environment(tmp_path))
    for name in ("bin", "gh", "checkout"):
        (tmp_path / name).mkdir()
    (tmp_path / "bin/gh").write_text(GH)
    (tmp_path / "bin/gh").chmod(0o755)
    for name in ("specs", "generated", "scripts", "pyproject.toml", "LICENSE", ".gitignore"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, made.checkout / name, ignore=shutil.ignore_patterns("__pycache__", "tests", "bench")
            )
        else:
            shutil.copy(source, made.checkout / name)
    for command in (
        ["init", "--quiet", "--initial-branch", "main"],
        ["init", "--quiet", "--bare", str(tmp_path / "origin")],
        ["remote", "add", "origin", str(tmp_path / "origin")],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "start"],
    ):
        made.git(*command)
    return made


def _environment(directory: Path) -> dict[str, str]:
    files = {name: str(directory / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for path in files.values():
        Path(path).touch()
    path = os.pathsep.join([str(directory / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    return {
        "PATH": path,
        "HOME": str(directory),
        "TOOL": "",
        "FAKE_GH": str(directory / "gh"),
        "GITHUB_ACTIONS": "true",
        "GITHUB_REF_NAME": "main",
        "GITHUB_RUN_ID": "7",
        "RUN_URL": "https://ci.example.org/runs/7",
        "RUNNER_TEMP": str(directory),
        **files,
    }
