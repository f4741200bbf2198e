"""The README shows true output."""

from __future__ import annotations

import re
import subprocess
import sys

from conformance.spec.load import load_contract, own_specs

ROOT = own_specs().parent
README = (ROOT / "README.md").read_text()


def shown(command: str) -> list[str]:
    """The output that the README shows under a command."""
    block = README.split(f"$ {command}\n", 1)[1].split("```", 1)[0]
    return [steady(line) for line in block.rstrip().splitlines()]


def steady(line: str) -> str:
    """A line without what grows with the suite, and differs from run to run: counts and seconds."""
    return re.sub(r"\s+\d+(\.\d)?(?=\s|$)", " N", line).rstrip()


def test_the_first_command_prints_what_the_readme_shows() -> None:
    """`conformance run` prints the README's table, notes and verdict, and exits 0; another operation adds lines."""
    command = [sys.executable, "-m", "conformance", "run"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)

    lines = iter([steady(line) for line in done.stdout.rstrip().splitlines()][:-1])
    *readme, verdict = shown("python -m pip install uv && uv run --all-packages conformance run")
    assert [line for line in readme if line not in lines] == []
    assert verdict.partition("(")[0] in done.stdout
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


def test_the_table_is_true() -> None:
    """Each row is a spec's own operation, credential and state; a new spec needs no row."""
    rows = [line for line in README.splitlines() if re.match(r"\| `\w+` \|", line)]
    contracts = {row: load_contract(row.split("`")[1], own_specs()) for row in rows}

    assert rows
    for row, contract in contracts.items():
        assert f"`{contract.operation}`" in row
        assert any(one.env in row for one in contract.credentials)
        assert str(contract.lifecycle.state) in row
