"""The house stands as DESIGN draws it: arrows one way, no provider named."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from conformance.spec.load import own_specs, stems_in

ROOT = own_specs().parent
PACKAGE = ROOT / "conformance"
MOST_FOLDERS, MOST_MODULES, MOST_LINES = 22, 10, 250
NO_ROOMS = ("__init__.py", "__main__.py")
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts)


def imported_packages(path: Path) -> set[str]:
    """The top-level packages that a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    froms = {(node.module or "").split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)}
    return froms | {name.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for name in node.names}


def test_the_floors_stand_as_they_are_written() -> None:
    """The contracts of `[tool.importlinter]` hold: arrows go down, and checks and mock never see each other."""
    # In a process of its own: the linter sets up logging anew, and silences every logger that is there.
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_the_chart_names_every_room() -> None:
    """The chart of conformance/README.md shows each folder that holds code, and the plan's bounds are kept."""
    chart = (PACKAGE / "README.md").read_text().split("```")[1]
    folders = {path.parent.relative_to(PACKAGE).parts[0] for path in SOURCES if path.parent != PACKAGE}

    assert {name for name in folders if not re.search(rf"\b{name}\b", chart)} == set()
    assert len(folders) <= MOST_FOLDERS
    assert len(list(PACKAGE.glob("*.py"))) <= MOST_MODULES + len(NO_ROOMS)


def test_no_module_is_long() -> None:
    """A module of more than 250 lines holds a second idea."""
    scripts = [path for path in (ROOT / "scripts").rglob("*.py") if "tests" not in path.parts]

    assert {path.name for path in (*SOURCES, *scripts) if len(path.read_text().splitlines()) > MOST_LINES} == set()


def test_only_cli_reads_the_environment_and_exits() -> None:
    """Exit and argv stand in cli alone; the environment is read where a command line is; two modules connect."""
    trespass = {
        path.relative_to(PACKAGE).as_posix()
        for path in SOURCES
        if re.search(r"sys\.argv|sys\.exit|(?<![.\w])print\(", path.read_text())
    }
    readers = {path.relative_to(PACKAGE).as_posix() for path in SOURCES if "os.environ" in path.read_text()}
    printers = {
        path.relative_to(PACKAGE).as_posix()
        for path in SOURCES
        if re.search(r"(?<![.\w])Console\((?!file=)|sys\.std(out|err)", path.read_text())
    }
    senders = {
        path.relative_to(PACKAGE).as_posix()
        for path in SOURCES
        if re.search(r"\.stream\(|httpx\.get", path.read_text())
    }

    assert trespass == {"__main__.py", "cli/main.py"}
    assert readers == {
        "cli/diff.py",
        "__main__.py",
        "cli/mock.py",
        "cli/output.py",
        "cli/main.py",
        "cli/run.py",
        "cli/unexpected.py",
        "pytest_plugin/suite.py",
    }
    assert {path.split("/")[0] for path in printers} == {"cli", "__main__.py"}
    assert senders == {"target/connection.py", "target/download.py"}


def test_scripts_and_conformance_do_not_know_each_other() -> None:
    """No script imports the suite, and the suite imports no script."""
    scripts = [path for path in (ROOT / "scripts").rglob("*.py") if "tests" not in path.parts]

    assert scripts
    assert not [path for path in scripts if "conformance" in imported_packages(path)]
    assert not [path for path in SOURCES if "scripts" in imported_packages(path)]


def test_no_provider_is_named() -> None:
    """What differs between providers is in the specs and fixtures, not in code."""
    providers = {stem.partition("_")[0] for stem in stems_in(own_specs())}
    code = [
        path
        for folder in ("conformance", "scripts")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".jinja", ".json", ".toml"}
        and not {"tests", "fixtures", "bench"} & set(path.relative_to(ROOT).parts)
    ]

    words = re.compile(rf"(?<![a-z0-9])({'|'.join(providers)})(?![a-z0-9])", re.IGNORECASE)
    named = {path.name for path in code if words.search(path.read_text())}

    assert named == set()
