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

STEM, EXPRESSIONS = "acme_notes", "loom_runs"
SPECS = ROOT / "conformance" / "tests" / "checks" / "contracts" / "specs"
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


RUNS = [
    {
        "id": "a",
        "name": "nightly",
        "state": "done",
        "size": 3,
        "team": "blue",
        "labels": {"loom": "old"},
        "startedAt": "2026-05-01T10:00:00Z",
    },
    {
        "id": "b",
        "name": "nightly-eu",
        "state": "waiting",
        "size": 12,
        "team": "red",
        "startedAt": "2026-05-02T10:00:00Z",
    },
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the clients of two invented operations are."""
    root: Path = tmp_path_factory.mktemp("words")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, root / name)
    (root / "specs").mkdir()
    for stem in (STEM, EXPRESSIONS):
        shutil.copy(SPECS / f"{stem}.yaml", root / "specs")
    assert generate.main([], root) == 0
    return root


@pytest.fixture(scope="module")
def package(root: Path) -> Iterator[Any]:
    """The client of the notes."""
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


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("name = 'nightly'", "a"),
        ('state != "done"', "b"),
        ("name:eu", "b"),
        ("size > 3", "b"),
        ('startedAt >= "2026-05-01T12:00:00+02:00"', "ab"),
        ("labels.loom = 'old'", "a"),
        ("name = 'nobody'", ""),
        ("name:nightly and size > 3", "b"),
        ("labels.loom = 'old' and size > 3", ""),
        ("name:nightly and size is 3", ""),
        ("name is nightly", ""),  # which no documented expression is
    ],
)
def test_an_expression_leaves_what_it_asks_for(
    root: Path, monkeypatch: pytest.MonkeyPatch, expression: str, found: str
) -> None:
    """Each that the spec names, and a text that is none of them leaves nothing."""
    monkeypatch.syspath_prepend(str(root / "generated" / EXPRESSIONS))
    testing = importlib.import_module(f"{EXPRESSIONS}.testing")

    assert "".join(sorted(run.id for run in testing.client(RUNS).list_runs(filter_=expression))) == found
