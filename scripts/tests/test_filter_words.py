"""Filters that our operations do not document: the client has a typed argument for each, and its server obeys it."""

import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import generate
import pytest

from tests.answers import ROOT

STEM = "acme_jobs"
SPEC = ROOT / "conformance" / "tests" / "checks" / "contracts" / "specs" / f"{STEM}.yaml"
JOB = {"state": "done", "createdAt": 1778000000000, "startedAt": 1778000001000, "hiddenAt": None}
JOB |= {"dueAt": "2026-06-01T12:00:00"}
JOBS = [
    {**JOB, "id": "a", "title": "Nightly build", "endedAt": 1778000002000, "note": "Ask Ada"},
    {**JOB, "id": "b", "title": "Send letters", "note": None},
    {**JOB, "id": "c", "title": "nightly backup", "endedAt": 1778000003000},
]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The client of an invented operation."""
    root: Path = tmp_path_factory.mktemp("words")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, root / name)
    (root / "specs").mkdir()
    shutil.copy(SPEC, root / "specs")
    assert generate.main([], root) == 0
    sys.path.insert(0, str(root / "generated" / STEM))
    yield importlib.import_module(STEM)
    sys.path.pop(0)


def listed(package: Any, **asked: Any) -> str:
    """The names of the jobs that a filter leaves, in alphabetical order."""
    testing = importlib.import_module(f"{package.__name__}.testing")
    return "".join(sorted(job.id for job in testing.client(JOBS).list_jobs(**asked)))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"has_end": True}, "ac"),
        ({"has_end": False}, "abc"),  # a word that the spec does not explain
        ({"note_isnull": "1"}, "bc"),
        ({"note_isnull": "0"}, "a"),
        ({"title_like": "NIGHTLY"}, "ac"),
        ({"search": "NIGHTLY"}, ""),
    ],
)
def test_a_filter_leaves_what_it_asks_for(package: Any, asked: dict[str, Any], found: str) -> None:
    """As the spec's words say."""
    assert listed(package, **asked) == found
