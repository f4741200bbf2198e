"""A header like `Content-Range: boats 0-24/108` says where a page stands, and how many there are."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

import pytest

from conformance.finding_text import tell
from conformance.spec.content_range import ContentRange, read_range
from conformance.spec.load import own_specs
from conformance.tests.propose.loops import generated
from conformance.tests.runs import drifted, ran
from conformance.tests.sixth.test_operations import CONTRACTS, SPECS

ROOT = own_specs().parent
STEM = "lagoon_boats"
LIES = {
    "range-starts-over": ("range-is-page", "0"),
    "range-from-one": ("range-is-page", "1"),
    "count-is-zero": ("count-is-page", "0"),
    "matching-off-by-one": ("total-is-matching", "109"),
    "matching-total-of-everything": ("total-is-matching", "108"),
}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("items 0-24/319", ContentRange(0, 24, 319)),
        ("items 0-24/*", ContentRange(0, 24, None)),
        ("boats */0", ContentRange(None, None, 0)),
        ("0-24/319", None),
        ("items 0-24", None),
        ("items 0-٢/3", None),
        (319, None),
    ],
)
def test_what_a_range_says(text: object, read: ContentRange | None) -> None:
    """The form is RFC 9110's; an asterisk is what nobody knows."""
    assert read_range(text) == read


@pytest.mark.parametrize("name", LIES)
def test_a_wrong_range_is_caught(name: str) -> None:
    """One check sees the lie, as an error, and shows the number that was told."""
    check, told = LIES[name]
    result = ran(CONTRACTS[STEM], name, fixtures=SPECS / "fixtures")

    assert drifted(result) == {check}
    assert {tell(finding.actual) for finding, _ in result.findings} == {told}


def test_what_nobody_counted_is_no_drift() -> None:
    """An asterisk behind the slash is lawful: the check of the total says that it saw none."""
    result = ran(CONTRACTS[STEM], readings=("total-not-counted",), fixtures=SPECS / "fixtures")

    assert drifted(result) == set()
    assert [one.outcome for one in result.outcomes if one.check == "total-is-matching"] == ["skipped"]


def test_the_testing_helper_says_it(tmp_path: Path) -> None:
    """What a package serves a user's own tests says where each page stands."""
    (tmp_path / "specs").mkdir()
    shutil.copy(SPECS / f"{STEM}.yaml", tmp_path / "specs")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)

    with generated(tmp_path, STEM):
        testing = importlib.import_module(f"{STEM}.testing")
        boats = [
            {"id": f"boat_{day}", "berth": "north", "built_at": f"2026-01-0{day}T00:00:00Z"} for day in range(1, 6)
        ]
        with testing.client(boats) as client:
            pages = list(client.list_boats(limit=2).pages())

    assert [page.response.headers["content-range"] for page in pages] == [
        "boats 0-1/5",
        "boats 2-3/5",
        "boats 4-4/5",
        "boats */5",
    ]
