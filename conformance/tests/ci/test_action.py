"""The action and the hook, as another repository runs them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from conformance.spec.load import load_contract, own_specs
from conformance.tests.ci.conftest import ROOT, Runner
from conformance.tests.conftest import listening
from conformance.tests.runs import CONTRACTS

STEM = "browserbase_sessions"
pytestmark = pytest.mark.machine
ACTION: dict[str, Any] = YAML(typ="safe").load((ROOT / "action.yml").read_text())
STEP = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "run")


def run(runner: Runner, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's step in another repository: its line and its environment, with inputs put in."""
    values = {name: str(given["default"]) for name, given in ACTION["inputs"].items()} | {
        name.replace("_", "-"): value for name, value in inputs.items()
    }
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: values[match[1]], value)
        for name, value in STEP["env"].items()
        if name.startswith("INPUT_")
    }
    elsewhere = runner.root / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    command = ["bash", "-c", STEP["run"]]
    return subprocess.run(
        command,
        cwd=elsewhere,
        env={**runner.environment, **environment, "GITHUB_ACTION_PATH": str(runner.checkout)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_input_is_used_and_said() -> None:
    """What the action declares is what its step reads, what its script reads, and each has a sentence."""
    whole = (ROOT / "action.yml").read_text()
    script = (ROOT / "scripts/ci/action").read_text()
    declared = set(ACTION["inputs"])

    assert set(re.findall(r"\binputs\.([\w-]+)", whole)) == declared
    assert {f"INPUT_{name.upper().replace('-', '_')}" for name in declared} == set(
        re.findall(r"INPUT_[A-Z_]+\b", script)
    )
    assert all(one["description"].endswith(".") for one in (*ACTION["inputs"].values(), *ACTION["outputs"].values()))


def test_no_input_becomes_part_of_a_shell_line() -> None:
    """Inputs reach the shell through the environment, so that no value is run as a command."""
    assert not [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


def test_the_five_lines_of_the_readme_are_what_the_action_takes() -> None:
    """The README's workflow gives only inputs that exist."""
    shown = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert shown is not None
    (job,) = YAML(typ="safe").load(shown[1]).values()
    (step,) = job["steps"]

    assert len(shown[1].strip().splitlines()) == 5
    assert set(step["with"]) <= set(ACTION["inputs"])
    assert set(job["env"]) <= {one.env for stem in step["with"]["stems"].split() for one in _contract(stem).credentials}


def _contract(stem: str) -> Any:
    return load_contract(stem, own_specs())


def test_it_runs_in_another_repository(runner: Runner) -> None:
    """Against the mock it ends at 0, with every report, a summary, and its outputs."""
    done = run(runner, stems=STEM, target="mock")

    reports = runner.root / "elsewhere" / ACTION["inputs"]["reports"]["default"]
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.suffix for path in reports.iterdir()} == {".json", ".md", ".html", ".xml", ".sarif"}
    assert runner.told("GITHUB_OUTPUT") == "exit-code=0\n"
    assert runner.told("GITHUB_STEP_SUMMARY") == (reports / "report.md").read_text()


def test_drift_fails_the_job_and_is_annotated(runner: Runner) -> None:
    """A lying server ends at 1; the annotation names no file of ours, which the user's repository has not."""
    with listening(CONTRACTS[STEM], fault="duplicate-keys") as url:
        done = run(runner, stems=STEM, target=url, max_requests="60", reports="out/of/the/way")

    record = json.loads((runner.root / "elsewhere/out/of/the/way/report.json").read_text())
    assert done.returncode == 1, done.stdout + done.stderr
    assert runner.told("GITHUB_OUTPUT") == "exit-code=1\n"
    assert f"::error title={STEM} json-strict" in done.stdout
    assert "::error file=" not in done.stdout
    assert record["operations"][0]["requests"] <= 60


def test_wrong_inputs_are_a_sentence(runner: Runner) -> None:
    """A stem that does not exist ends at 2 and says which is near."""
    done = run(runner, stems="browserbase_session", target="mock")

    assert done.returncode == 2
    assert f"Did you mean '{STEM}'?" in done.stderr


def test_stems_stand_on_one_line_or_on_several(runner: Runner, tmp_path: Path) -> None:
    """Each word of each line is one operation; the directory of the action may have a blank in its name."""
    fake = tmp_path / "bin" / "my uv"
    fake.parent.mkdir(exist_ok=True)
    fake.write_text('#!/bin/sh\nprintf "%s|" "$@"\n')
    fake.chmod(0o755)
    environment = {name: value for name, value in runner.environment.items() if name != "TOOL"}
    given = {
        "INPUT_STEMS": "a_b  c_d\n\n e_f\r\n",
        "INPUT_REPORTS": "r",
        "INPUT_TARGET": "mock",
        "INPUT_FAIL_ON": "error",
    }

    command = ["bash", str(ROOT / "scripts/ci/action")]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**environment, **given, "UV": str(fake), "GITHUB_ACTION_PATH": "/an action/path"},
        capture_output=True,
        text=True,
        check=False,
    )

    words = done.stdout.split("|")
    assert words[:4] == ["run", "--project", "/an action/path", "--no-dev"]
    assert words[words.index("conformance") : words.index("--target")] == ["conformance", "run", "a_b", "c_d", "e_f"]


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """Another repository, with one spec, the client made of it, and what that needs."""
    directory = tmp_path / "user"
    (directory / "specs").mkdir(parents=True)
    shutil.copy(ROOT / "specs" / f"{STEM}.yaml", directory / "specs")
    for package in (STEM, "listing_runtime"):
        shutil.copytree(ROOT / "generated" / package, directory / "generated" / package)
    return directory


def test_the_hook_makes_the_client_of_a_changed_spec_anew(runner: Runner, user: Path) -> None:
    """Fresh: 0 and nothing changes. Changed: 1, and the package is made anew, once. Broken: 2, and a sentence."""
    (hook,) = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text())
    spec = user / "specs" / f"{STEM}.yaml"

    def commit() -> subprocess.CompletedProcess[str]:
        assert re.match(hook["files"], f"specs/{spec.name}")
        command = [str(runner.checkout / hook["entry"]), f"specs/{spec.name}"]
        return subprocess.run(
            command, cwd=user, env=dict(runner.environment), capture_output=True, text=True, check=False
        )

    fresh = commit()
    spec.write_text(spec.read_text().replace("version: 1.0.0", "version: 1.0.1", 1))
    changed, again = commit(), commit()
    spec.write_text("openapi: [")
    broken = commit()

    assert (fresh.returncode, changed.returncode, again.returncode, broken.returncode) == (0, 1, 0, 2), (
        fresh.stderr + changed.stderr + again.stderr + broken.stderr
    )
    assert 'version = "1.0.1"' in (user / "generated" / STEM / "pyproject.toml").read_text()
    assert "not YAML" in broken.stderr
    assert "Traceback" not in broken.stderr
