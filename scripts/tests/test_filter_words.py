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

STEM = "acme_notes"
SPEC = ROOT / "conformance" / "tests" / "checks" / "contracts" / "specs" / f"{STEM}.yaml"
NOTES = [
    {
        "id": "a",
        "title": "Nightly build",
        "state": "done",
        "size": 3,
        "endedAt": "2026-05-02T10:00:00Z",
        "body": "Ask Ada",
        "labels": [{"name": "env", "text": "dev"}, {"name": "team", "text": "a"}],
    },
    {
        "id": "b",
        "title": "Send letters",
        "state": "done",
        "size": 12,
        "body": None,
        "labels": [{"name": "env", "text": "dev"}],
    },
    {"id": "c", "title": "nightly backup", "state": "done", "size": 40, "endedAt": "2026-05-03T10:00:00Z"},
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
    """The names of the notes that a filter leaves, in alphabetical order."""
    testing = importlib.import_module(f"{package.__name__}.testing")
    return "".join(sorted(note.id for note in testing.client(NOTES).list_notes(**asked)))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"has_end": True}, "ac"),
        ({"has_end": False}, "abc"),  # a word that the spec does not explain
        ({"body_isnull": "1"}, "bc"),
        ({"body_isnull": "0"}, "a"),
        ({"title_like": "NIGHTLY"}, "ac"),
        ({"in_texts": "NIGHTLY"}, ""),
        ({"in_texts": "Ada"}, "a"),
        ({"exclude_title": ["Nightly build", "nightly backup"]}, "b"),
        ({"exclude_title": ["Nightly build"]}, "bc"),
        ({"in_texts": "ight"}, "ac"),
        ({"q": "Ada"}, "a"),
        ({"label": "env:dev"}, "ab"),
        ({"label": "team:a"}, "a"),
        ({"label": "env:a"}, ""),
        ({"q": "done"}, "abc"),
        ({"q": "nowhere"}, ""),
    ],
)
def test_a_filter_leaves_what_it_asks_for(package: Any, asked: dict[str, Any], found: str) -> None:
    """As the spec's words say."""
    assert listed(package, **asked) == found
