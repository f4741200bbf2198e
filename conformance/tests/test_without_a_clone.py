"""The first minutes of who has no clone: the README's lines, in an empty directory, from a bare repository on disk."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.cli.main import main
from conformance.spec.load import own_specs

ROOT = own_specs().parent
BLOCK = (
    (ROOT / "README.md").read_text().partition("## Without a clone")[2].partition("```console\n")[2].partition("```")[0]
)
LIE = ["run", "vercel_sessions", "--fault", "number-became-text", "--check", "body-matches-schema"]
Type = Callable[[str], subprocess.CompletedProcess[str]]
pytestmark = pytest.mark.machine


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Type:
    """Types a line of the README, with the address of a bare repository in the place of the real one."""
    uv, git = shutil.which("uv"), shutil.which("git")
    if uv is None or git is None or not (ROOT / ".git").exists():
        pytest.skip("needs uv, git and a repository")
    directory = tmp_path_factory.mktemp("without")
    bare, empty, environment = directory / "bare.git", directory / "empty", directory / "environment"
    subprocess.run([git, "clone", "--quiet", "--bare", str(ROOT), str(bare)], check=True, capture_output=True)
    subprocess.run([uv, "venv", "--quiet", "--seed", str(environment)], check=True, capture_output=True)
    empty.mkdir()
    places = f"{environment / 'bin'}:{Path(uv).parent}:{os.environ['PATH']}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "VIRTUAL_ENV", "PYTEST"))}
    ours = {**clean, "PATH": places, "REPOSITORY": f"file://localhost{bare}", "VIRTUAL_ENV": str(environment)}

    def run(line: str) -> subprocess.CompletedProcess[str]:
        command = ["/usr/bin/env", "bash", "-c", line]
        return subprocess.run(command, cwd=empty, env=ours, capture_output=True, text=True, check=False, timeout=300)

    return run


def line(begin: str) -> str:
    """The line of the README that begins so."""
    return next(one[2:] for one in BLOCK.splitlines() if one.startswith(f"$ {begin}"))


def test_the_lie_is_caught_without_a_clone(typed: Type) -> None:
    """The README's line prints the finding, and exits 1."""
    done = typed(line("uvx"))

    assert "`name` is not applied" in done.stdout, done.stderr
    assert done.returncode == 1


def test_verdicts_are_those_of_the_clone(typed: Type, tmp_path: Path) -> None:
    """With the extra every finding has the same id, drift and word on the client; else it says what is missing."""
    program = re.sub(r" run .*", "", line("uvx"))
    here = tmp_path / "here.json"
    main([*LIE, "--report", str(here)])
    found = {}
    for name, given in {"whole": program, "bare": program.replace("[clients]", "")}.items():
        report = tmp_path / f"{name}.json"
        typed(f"{given} {' '.join(LIE)} --report {report}")
        found[name] = [one for each in json.loads(report.read_text())["operations"] for one in each["findings"]]
    (expected,) = json.loads(here.read_text())["operations"]

    assert expected["findings"]
    for name in ("id", "headline", "drift", "client"):
        assert [one[name] for one in found["whole"]] == [one[name] for one in expected["findings"]]
    assert {one["client"]["ends"] for one in found["bare"]} == {"unknown"}
    assert "the extra `clients` has it" in found["bare"][0]["client"]["detail"]


def test_the_suite_is_installed_from_the_repository(typed: Type) -> None:
    """The README's line leaves the program, with the clients that it judges with."""
    installed = typed(line("uv pip install"))
    asked = typed(" ".join(["conformance", *LIE]))

    assert "raises, DecodeError" in asked.stdout, installed.stderr


def test_a_client_is_installed_from_the_repository(typed: Type) -> None:
    """The README's line leaves a client that can be imported."""
    installed = typed(line("pip install"))
    imported = typed("python -c 'import vercel_sessions; print(vercel_sessions.Client.__name__)'")

    assert imported.stdout == "Client\n", installed.stderr


def test_no_line_installs_another_project() -> None:
    """An index has a project called `conformance`, which is not this one."""
    texts = [path.read_text() for path in (*ROOT.glob("*.md"), *ROOT.glob("*/README.md"))]

    # The extra's names are on no index: pip would take whatever another project put there.
    assert not [one for text in texts for one in re.findall(r"(?<!uv )pip install[^\n]*\[clients\]", text)]

    assert not [one for text in texts for one in re.findall(r"(?:uvx|pip install|pipx run) conformance\b", text)]
