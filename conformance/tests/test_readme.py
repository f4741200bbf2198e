"""The README shows true output."""

from __future__ import annotations

import re
import subprocess
import sys

from conformance.spec.load import load_contract, own_specs, stems_in

ROOT = own_specs().parent
README = (ROOT / "README.md").read_text()


def shown(command: str) -> list[str]:
    """The output that the README shows under a command."""
    block = README.split(f"$ {command}\n", 1)[1].split("```", 1)[0]
    return [steady(line) for line in block.rstrip().splitlines()]


def steady(line: str) -> str:
    """A line without what differs from run to run: seconds."""
    return re.sub(r"\s+\d+\.\d$", " SECONDS", line).rstrip()


def test_the_first_command_prints_what_the_readme_shows() -> None:
    """`conformance run` prints the README's table, notes and verdict, and exits 0."""
    # In a process of its own: what is generated depends on the modules that are loaded.
    command = [sys.executable, "-m", "conformance", "run"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)

    assert [steady(line) for line in done.stdout.rstrip().splitlines()] == shown(
        "python -m pip install uv && uv run --all-packages conformance run"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_second_command_is_what_is_run_before_a_change_lands() -> None:
    """`scripts/check` runs the README's command, and after it every mark that this leaves out."""
    marks = re.findall(r'^    "(\w+):', (ROOT / "pyproject.toml").read_text().partition("markers = [")[2], re.MULTILINE)
    command = next(line for line in README.splitlines() if line.endswith("pytest"))
    run = (ROOT / "scripts/check").read_text().splitlines()

    assert marks == ["exhaustive", "machine"]
    assert run[run.index(command.removeprefix("$ ")) + 1 :] == [
        f"uv run --all-packages pytest -m {mark}" for mark in marks
    ]
    assert not [mark for mark in marks if f"pytest -m {mark}" not in README]


def test_the_table_names_every_operation() -> None:
    """Each spec has its row, with operation and credential."""
    for stem in stems_in(own_specs()):
        contract = load_contract(stem, own_specs())
        row = next(line for line in README.splitlines() if line.startswith(f"| `{stem}`"))

        assert f"`{contract.operation}`" in row
        assert contract.credentials[0].env in row
        assert str(contract.lifecycle.state) in row
