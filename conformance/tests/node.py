"""Node.js, and packages of npm, for the tests that run what vendors publish for it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

OLDEST = (20, 18, 1)  # what the packages need; one of them asks for more, and works on this
PATIENCE = 400  # seconds for 50 packages of 120 MB


def installed(packages: Sequence[str], kept: Path) -> Path:
    """The folder in which packages are installed, each as NAME@VERSION: once, by whoever comes first."""
    from filelock import FileLock  # noqa: PLC0415 - nothing is loaded when tests are collected

    npm = _program("npm")
    _program("node")
    folder = kept / hashlib.sha256(" ".join(packages).encode()).hexdigest()[:12]
    with FileLock(f"{folder}.lock"):
        if not (folder / "node_modules/.package-lock.json").exists():  # what npm writes last
            _install(npm, packages, folder)
    return folder


def evaluated(script: Path, folder: Path, given: object) -> Any:
    """What a script writes as JSON when it is given JSON, with the packages of a folder at hand."""
    command = [_program("node"), "--input-type=module", "--eval", script.read_text()]
    done = subprocess.run(
        command, cwd=folder, input=json.dumps(given), capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _install(npm: str, packages: Sequence[str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), *packages]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        _missing(f"npm did not end within {PATIENCE} s")
    if done.returncode:
        _missing(f"npm could not install {', '.join(packages)}: {done.stderr.strip()[-500:]}")


def _program(name: str) -> str:
    """Node.js of this machine, or its npm; where .ci/run finds them, their absence is a failure, but not their age."""
    found = shutil.which(name)
    if found is None:
        _missing(f"no {name} here: apt-get install nodejs npm")
    if name == "node":
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
        if tuple(map(int, re.findall(r"\d+", said)[:3])) < OLDEST:
            pytest.skip(f"node is {said.strip()} here, and the packages need {'.'.join(map(str, OLDEST))}")
    return found


def _missing(what: str) -> NoReturn:
    if os.environ.get("NODE_REQUIRED"):
        pytest.fail(what)
    pytest.skip(what)
