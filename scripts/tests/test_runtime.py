"""The package that all clients share: its own order, and that the clients hold nothing of it."""

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from itertools import combinations
from pathlib import Path

import listing_runtime
import pytest

from tests.answers import ROOT, STEMS

SOURCE = ROOT / "scripts/runtime"
MODULES = {".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in SOURCE.rglob("*.py")}
PUBLIC = ("errors", "listing", "types")


def imported(path: Path) -> Iterator[str]:
    """Give the modules of the runtime that a module imports, for its types alone too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "listing_runtime":
            assert node.module
            whole = node.module.removeprefix("listing_runtime").removeprefix(".")
            for name in node.names:
                below = f"{whole}.{name.name}".removeprefix(".")
                yield below if below in MODULES else whole


def test_no_module_and_no_room_imports_itself_by_way_of_others() -> None:
    """Neither at run time nor for type checkers."""
    modules = {name: {each for each in imported(path) if each in MODULES} for name, path in MODULES.items()}
    rooms: dict[str, set[str]] = {}
    for name, others in modules.items():
        room = name.partition(".")[0]
        rooms.setdefault(room, set()).update(
            each.partition(".")[0] for each in others if each.partition(".")[0] != room
        )
    del modules["__init__"]
    del rooms["__init__"]

    assert len(rooms) > 5
    for graph in (modules, rooms):
        assert set(TopologicalSorter(graph).static_order()) == set(graph)


def test_modules_are_short() -> None:
    """What does not fit on three screens is two things."""
    assert {name: size for name, path in MODULES.items() if (size := len(path.read_text().splitlines())) > 160} == {}


@pytest.mark.parametrize("module", PUBLIC)
def test_all_clients_have_the_same_classes(module: str) -> None:
    """`except listing_runtime.errors.RateLimitError` catches that of every client."""
    ours = importlib.import_module(f"listing_runtime.{module}")
    theirs = [importlib.import_module(f"{stem}.{module}") for stem in STEMS]

    for name in ours.__all__:
        assert all(getattr(each, name) is getattr(ours, name) for each in theirs)
    assert all(each.__all__ == ours.__all__ for each in theirs)


@pytest.mark.parametrize("stem", STEMS)
def test_a_client_asks_for_exactly_its_runtime(stem: str) -> None:
    """Of the version that stands beside it; any other may not fit."""

    def project(name: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = tomllib.loads((ROOT / f"generated/{name}/pyproject.toml").read_text())["project"]
        return found

    pins = [each for each in project(stem)["dependencies"] if each.startswith("listing-runtime")]
    assert pins == [f"listing-runtime=={project('listing_runtime')['version']}"]
    assert pins == [f"listing-runtime=={listing_runtime.__version__}"]


def test_no_two_clients_hold_the_same_code() -> None:
    """What is the same in all of them stands in the runtime: beside names, no module of a client is another's.

    The helpers for tests name the class of the items, and differ by nothing else.
    """
    small = {"errors.py", "listing.py", "types.py", "__init__.py", "py.typed"}
    packages = [
        {path.name: path.read_text().split("\n", 1)[1] for path in (ROOT / "generated" / stem / stem).glob("*.py")}
        for stem in STEMS
    ]

    for first, second in combinations(packages, 2):
        alike = {name for name in first.keys() & second.keys() - small if first[name] == second[name]}
        items = [re.findall(r"models\.(\w+)", one["testing.py"])[0] for one in (first, second)]
        assert alike == ({"testing.py"} if items[0] == items[1] else set())


def test_importing_it_loads_nothing() -> None:
    """Neither the HTTP library nor a module of its own, until a name is used."""
    code = "import sys; before = set(sys.modules); import listing_runtime; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)

    loaded = {name.partition(".")[0] for name in done.stdout.split() if name != "listing_runtime"}
    assert loaded <= {"importlib", "__future__", "warnings"}
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = listing_runtime.nothing  # type: ignore[attr-defined]
    assert set(listing_runtime.__all__) == set(dir(listing_runtime))
