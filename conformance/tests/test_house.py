"""The house stands as DESIGN draws it: arrows one way, no provider named."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from conformance import specs

ROOT = specs.directory().parent
PACKAGE = ROOT / "conformance"
FLOORS = [
    {"errors"},
    {"pointer", "strict"},
    {"promises", "document"},
    {"contract"},
    {"holes", "describing"},
    {
        "building",
        "rules",
        "schemas",
        "exchange",
        "redaction",
        "receiving",
        "reaching",
        "patience",
        "pacing",
        "authorities",
    },
    {"smaller", "shapes"},
    {"hiding"},
    {"privacy"},
    {"specs", "finding", "known", "reading", "fetching"},
    {"target", "mock", "movement", "profile"},
    {"following"},
    {"pages"},
    {"visit"},
    {"checks", "judging"},
    {"fuzz", "shrinking"},
    {"confirming", "telling", "verdicts", "proposals"},
    {"runner"},
    {"report", "listing", "progress", "targets", "completing", "replay"},
    {"planning"},
    {"published"},
    {"drafting"},
    {"commands"},
    {"cli", "pytest_plugin"},
    {"__main__"},
]
HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts)


def room(path: Path) -> str:
    """The module or sub-package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The rooms that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "conformance":
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("conformance."):
            found.add((node.module or "").split(".")[1])
    return found - {"__version__"}


def imported_packages(path: Path) -> set[str]:
    """The top-level packages that a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    froms = {(node.module or "").split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)}
    return froms | {name.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for name in node.names}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_arrows_point_one_way(path: Path) -> None:
    """A room imports only rooms below it, so checks and mock never see each other."""
    if path == PACKAGE / "__init__.py":
        return
    here = room(path)

    above = {other for other in imports(path) if other != here and HEIGHT[other] >= HEIGHT[here]}

    assert above == set()
    assert not (here in {"checks", "fuzz", "runner", "report", "published"} and "mock" in imports(path))


def test_the_table_of_layers_is_the_house() -> None:
    """conformance/README.md names every room once, each below all that it imports."""
    table = [line.split("|")[1] for line in (PACKAGE / "README.md").read_text().splitlines() if line.startswith("| `")]
    named = [name for row in table for name in re.findall(r"`(\w+)(?:/\*)?`", row) if name in HEIGHT]
    layer = {name: index for index, row in enumerate(table) for name in re.findall(r"`(\w+)(?:/\*)?`", row)}

    assert sorted(named) == sorted(HEIGHT)
    assert not [(path.name, other) for path in SOURCES for other in imports(path) if layer[other] > layer[room(path)]]


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

    assert trespass == {"cli.py"}
    assert readers == {"cli.py", "pytest_plugin/running.py"}
    assert {path.split("/")[0] for path in printers} == {"cli.py", "commands", "progress.py"}
    assert senders == {"target.py", "fetching.py"}


def test_scripts_and_conformance_do_not_know_each_other() -> None:
    """No script imports the suite, and the suite imports no script."""
    scripts = [path for path in (ROOT / "scripts").rglob("*.py") if "tests" not in path.parts]

    assert scripts
    assert not [path for path in scripts if "conformance" in imported_packages(path)]
    assert not [path for path in SOURCES if "scripts" in imported_packages(path)]


def test_no_provider_is_named() -> None:
    """What differs between providers is in the specs and fixtures, not in code."""
    providers = {stem.partition("_")[0] for stem in specs.stems(specs.directory())}
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
