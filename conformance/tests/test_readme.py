"""The README shows true output."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest

from conformance.cli.commands import command
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


LIE = "uv run --all-packages conformance run vercel_sessions --fault equals-ignored"
HONEST = "uv run --all-packages conformance run"


@pytest.mark.parametrize(("typed", "code"), [(f"python -m pip install uv && {LIE}", 1), (HONEST, 0)])
def test_the_first_commands_print_what_the_readme_shows(typed: str, code: int) -> None:
    """A lie is caught in full, and the honest run prints table, notes and verdict; another operation adds lines."""
    program = [sys.executable, "-m", *typed.partition("--all-packages ")[2].split()]
    done = subprocess.run(program, capture_output=True, text=True, check=False, cwd=ROOT)

    lines = iter([steady(line) for line in done.stdout.rstrip().splitlines()][:-1])
    *readme, verdict = shown(typed)
    assert [line for line in readme if line not in lines] == []
    assert verdict.partition("(")[0] in done.stdout
    assert (done.returncode, done.stderr) == (code, "")


def test_every_command_of_the_readme_is_one_that_the_program_takes() -> None:
    """No option of a block has gone, and what is typed before the environment is entered says how it is reached."""
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    lines = [line[2:].partition(" #")[0] for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    ours = [line.partition("conformance ")[2] for line in lines if re.search(r"\bconformance (?!@)", line)]

    assert len(ours) > 10
    for line in ours:
        name, *arguments = shlex.split(line)
        assert command(name).make_context(name, arguments)


def test_the_second_command_is_what_is_run_before_a_change_lands() -> None:
    """`scripts/check` runs the README's command, and after it every mark that this leaves out."""
    marks = re.findall(r'^    "(\w+):', (ROOT / "pyproject.toml").read_text().partition("markers = [")[2], re.MULTILINE)
    typed = next(line for line in README.splitlines() if line.endswith("pytest"))
    run = (ROOT / "scripts/check").read_text().splitlines()

    assert marks == ["exhaustive", "machine"]
    assert run[run.index(typed.removeprefix("$ ")) + 1 :] == [
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
