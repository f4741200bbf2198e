"""Filters that our operations do not document: the client has a typed argument for each, and its server obeys it."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.checkout import invented, packages_of

STEM, EXPRESSIONS = "acme_notes", "loom_runs"
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
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The clients of two invented operations."""
    with packages_of(tmp_path_factory.mktemp("words"), invented(STEM, EXPRESSIONS)) as made:
        yield made


def listed(package: Any, rows: list[Any], **asked: Any) -> str:
    """The names of the items that a filter leaves, in alphabetical order."""
    client = importlib.import_module(f"{package.__name__}.testing").client(rows)
    return "".join(sorted(item.id for item in (client.list_notes if rows is NOTES else client.list_runs)(**asked)))


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
def test_a_filter_leaves_what_it_asks_for(packages: dict[str, Any], asked: dict[str, Any], found: str) -> None:
    """As the spec's words say."""
    assert listed(packages[STEM], NOTES, **asked) == found


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
def test_an_expression_leaves_what_it_asks_for(packages: dict[str, Any], expression: str, found: str) -> None:
    """Each that the spec names, and a text that is none of them leaves nothing."""
    assert listed(packages[EXPRESSIONS], RUNS, filter_=expression) == found
