"""What a spec says of limit and order is what a client sends, and what the testing helper serves."""

import importlib
import inspect
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import generate
import pytest

ROOT = Path(__file__).parents[2]
SPECS = ROOT / "conformance" / "tests" / "checks" / "contracts" / "specs"
STEM = "quarry_blocks"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The generated package of an invented operation."""
    place = tmp_path_factory.mktemp("quarry")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, place / name)
    (place / "specs").mkdir()
    shutil.copy(SPECS / f"{STEM}.yaml", place / "specs")
    assert generate.main([], place) == 0
    sys.path.insert(0, str(place / "generated" / STEM))
    yield importlib.import_module(STEM)
    sys.path.pop(0)


def blocks(package: Any, count: int = 35, **arguments: Any) -> Any:
    """A listing of blocks, of which some weigh the same."""
    rows = [
        {"name": f"b-{number:02}", "kind": "slate", "weight": number % 3 + 1, "cutAt": "2026-05-06T10:00:00Z"}
        for number in range(count)
    ]
    client = importlib.import_module(f"{STEM}.testing").client(rows)
    return client.list_blocks(**arguments)


def test_a_limit_above_its_cap_is_sent_and_capped(package: Any) -> None:
    """The client lets it through, and the helper serves the largest page; the documentation of the argument says so."""
    assert len(blocks(package, page_size=100).first_page().items) == 30
    assert len(blocks(package, page_size=7).first_page().items) == 7
    assert "A larger value counts as 30." in " ".join(inspect.getdoc(package.Client.list_blocks).split())
