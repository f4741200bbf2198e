"""Help, examples and completion, as a user at a shell meets them."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from conformance import checks
from conformance.cli.commands import COMMANDS, command
from conformance.cli.examples import EXAMPLES, EXIT_CODES
from conformance.cli.main import main
from conformance.mock.faults import FAULTS
from conformance.spec.load import own_specs
from conformance.tests.conftest import STEMS
from conformance.tests.runs import CONTRACTS

ROOT = own_specs().parent
STEM = "browserbase_sessions"


def complete(line: str) -> list[str]:
    """What bash is told to complete the last word of a line with."""
    words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1), "_CONFORMANCE_COMPLETE": "complete_bash"}
    program = str(Path(sys.executable).parent / "conformance")
    done = subprocess.run([program], env={**os.environ, **words}, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    return done.stdout.split()


def test_every_command_has_examples() -> None:
    """No command is without, and no example is of a command that is not there."""
    assert list(EXAMPLES) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_summary_of_a_command_is_its_own(name: str) -> None:
    """What all commands are listed with, before any is imported, is how the help of each begins."""
    assert (command(name).help or "").partition("\n\n")[0] == COMMANDS[name][1]


@pytest.mark.parametrize("line", [line for examples in EXAMPLES.values() for _, line in examples])
def test_every_example_is_a_line_that_the_program_takes(line: str) -> None:
    """Each option exists and each value is of its kind; FAULT and STEM stand for one."""
    program, name, *arguments = shlex.split(line)

    assert program == "conformance"
    assert command(name).make_context(name, arguments)


@pytest.mark.parametrize("width", [80, 120])
def test_help_lists_the_commands_whole_in_the_order_of_use(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`run` comes first, no summary is cut, and a wider terminal is used."""
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_: os.terminal_size((width, 24)))
    main(["--help"])
    told = capsys.readouterr().out
    listed = told.partition("Commands:\n")[2].partition("\n\n")[0]

    assert [line.split()[0] for line in listed.splitlines() if line[2:3].strip()] == list(COMMANDS)
    assert all(" ".join(summary.split()) in " ".join(listed.split()) for _, summary in COMMANDS.values())
    assert next(iter(COMMANDS)) == "run"
    assert width - 30 < max(map(len, told.splitlines())) <= width


def test_who_names_no_command_is_greeted(capsys: pytest.CaptureFixture[str]) -> None:
    """Three lines to paste, each of which the program takes; nothing was checked, so it is no 0."""
    code = main([])
    told = capsys.readouterr()
    lines = [line.split() for line in told.out.splitlines() if line.startswith("  conformance")]

    assert (code, told.err, len(lines)) == (2, "", 3)
    assert max(map(len, told.out.splitlines())) <= 80
    assert [main([*line[1:], "--check", "credentials-required"]) for line in lines] == [0, 1, 0]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("which", ["checks", "faults", "readings"])
def test_lists_fit_the_terminal_in_groups(
    which: str, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every name stands once at the head of its line, under the name of its group, and its sentence is whole."""
    monkeypatch.setenv("COLUMNS", str(width))
    main(["list", f"--{which}", "--json"])
    rows = json.loads(capsys.readouterr().out)
    main(["list", f"--{which}"])
    lines = capsys.readouterr().out.splitlines()

    key = which.removesuffix("s")
    named = [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "]
    assert sorted(named) == sorted(row[key] for row in rows)
    assert [line for line in lines if line and line[0] != " "] == list(
        dict.fromkeys(row.get("family", "lawful ways to serve") for row in rows)
    )
    assert all((row.get("tests") or row["says"]) in " ".join(" ".join(lines).split()) for row in rows)
    assert max(map(len, lines)) <= width


def test_two_lists_at_once_are_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    """Which one is meant is not guessed."""
    assert main(["list", "--checks", "--faults"]) == 2
    assert "Ask for one of them" in capsys.readouterr().err


def test_help_shows_examples_and_exit_codes() -> None:
    """They are printed line by line, within 80 columns."""
    for arguments in ([], ["run"]):
        command = [sys.executable, "-m", "conformance", *arguments, "--help"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "80"})

        assert max(map(len, done.stdout.splitlines())) <= 80
        shown = [line for _, line in EXAMPLES["run"]] if arguments else EXIT_CODES.splitlines()
        assert not [line for line in shown if line.strip() not in done.stdout]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("conformance run ", STEMS),
        (f"conformance run {STEM} vercel_", [stem for stem in STEMS if stem.startswith("vercel_")]),
        ("conformance mock browser", [STEM]),
        ("conformance run --check pages-", [one.id for one in checks.ALL if one.id.startswith("pages-")]),
        ("conformance run --skip json", ["json-strict"]),
        ("conformance explain walk", ["walk-ends"]),
    ],
)
def test_the_shell_completes(line: str, offered: list[str]) -> None:
    """Stems and checks are completed."""
    assert complete(line) == offered


def test_the_shell_completes_faults() -> None:
    """A fault is offered only where the operation has what it breaks."""
    offered = [name for name, fault in FAULTS.items() if name.startswith("en") and fault.applies(CONTRACTS[STEM])]

    assert complete(f"conformance run {STEM} --fault en") == offered


def test_a_fault_that_does_not_apply_is_not_offered() -> None:
    """An operation that does not page has no lie about cursors; where none is named, every lie is offered."""
    assert complete(f"conformance mock {STEM} --fault cursor") == []
    assert complete("conformance run --fault cursor") == [name for name in FAULTS if name.startswith("cursor")]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_installed(shell: str) -> None:
    """`--show-completion` prints a script for the shell."""
    command = [str(Path(sys.executable).parent / "conformance"), "--show-completion", shell]
    # Typer asks which shell started it; where none did, as in a container, it must be told to read the argument.
    environment = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)

    assert "_CONFORMANCE_COMPLETE" in done.stdout


SHELL = {"_CONFORMANCE_COMPLETE": "complete_bash"}
TEST_TOOLS = {"hypothesis", "schemathesis", "openapi_spec_validator", "pytest", "trio", "distributed"}
SERVERS = {"httpx", "anyio", "starlette", "uvicorn"}
TERMINAL = {"rich", "jinja2"}
YAML_EDITOR = {"ruamel", "ruamel.yaml"}
LOADED: dict[str, tuple[list[str], dict[str, str], set[str]]] = {
    "help": (["--help"], {}, TEST_TOOLS | SERVERS | TERMINAL | YAML_EDITOR | {"attrs", "yaml", "conformance.spec"}),
    "help of a command": (["run", "--help"], {}, TEST_TOOLS | SERVERS | TERMINAL | YAML_EDITOR | {"attrs", "yaml"}),
    "a TAB after a command": (
        [],
        SHELL | {"COMP_WORDS": "conformance run ", "COMP_CWORD": "2"},
        TEST_TOOLS | SERVERS | TERMINAL | YAML_EDITOR | {"attrs", "yaml", "conformance.checks"},
    ),
    "a TAB after --check": (
        [],
        SHELL | {"COMP_WORDS": "conformance run --check pages-", "COMP_CWORD": "3"},
        TEST_TOOLS | SERVERS | TERMINAL | YAML_EDITOR | {"conformance.run", "conformance.mock"},
    ),
    "list": (["list"], {}, TEST_TOOLS | SERVERS | YAML_EDITOR | {"jinja2", "conformance.checks", "conformance.mock"}),
    "a run without generated queries": (
        ["run", STEM, "--check", "operation-exists"],
        {},
        TEST_TOOLS | YAML_EDITOR | {"uvicorn", "jinja2", "conformance.replay", "conformance.published"},
    ),
}
"""What is not needed, by what is asked."""


@pytest.mark.parametrize("name", LOADED)
def test_what_is_not_needed_is_not_loaded(name: str) -> None:
    """What takes long to load is loaded when it is needed: neither help, nor a TAB, nor a list waits for it."""
    arguments, environment, unwanted = LOADED[name]
    program = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
from conformance.__main__ import entry
sys.argv[0] = "conformance"
entry()
"""
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **environment})

    loaded = set(done.stderr.splitlines()[-1].split())
    assert done.stdout
    assert "conformance.cli.main" in loaded
    assert not loaded & unwanted


def test_one_table_has_all_exit_codes_and_variables() -> None:
    """conformance/README.md says every exit code, and every variable that our code reads."""
    table = (ROOT / "conformance/README.md").read_text().partition("## Exit codes and environment")[2]
    read = {
        name
        for path in (ROOT / "conformance").rglob("*.py")
        if "tests" not in path.parts
        for name in re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', path.read_text())
    }

    assert read
    assert not [name for name in read if f"`{name}`" not in table]
    assert all(f"| {code} |" in table for code in range(4))
