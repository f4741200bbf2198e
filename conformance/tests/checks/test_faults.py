"""Every fault that the mock can be told to tell is caught, by exactly the checks that the table beside this says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from conformance.finding import LEVELS
from conformance.mock.faults import FAULTS
from conformance.result import Result
from conformance.tests.runs import CONTRACTS, applicable, drifted, one_of, ran

TABLE = Path(__file__).with_name("drifted_checks.json")
"""Fault → stem → the checks that drift → level; written anew with WRITE_TABLE=1 and `-n 0 -m ""`."""


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught_by_its_own_check(name: str) -> None:
    """On an operation that it breaks, the check that a fault names drifts, and so do exactly those of the table."""
    for stem in one_of(applicable(name), name):
        assert_caught(stem, name)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught_wherever_it_applies(name: str) -> None:
    """So it is on every operation that the fault breaks."""
    for stem in applicable(name):
        assert_caught(stem, name)


def assert_caught(stem: str, name: str) -> None:
    """Exactly the checks of the table drift, each at its level; of an operation that it does not know, some check."""
    found = levels(ran(CONTRACTS[stem], name))
    table = rows()
    if os.environ.get("WRITE_TABLE"):
        table.setdefault(name, {})[stem] = found
        TABLE.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n")

    assert found, stem
    if any(stem in stems for stems in table.values()):
        assert FAULTS[name].check in found, stem
        assert (stem, found) == (stem, table[name][stem])


def levels(result: Result) -> dict[str, str]:
    """The checks with findings, each with the level of its worst."""
    worst: dict[str, str] = {}
    for finding, _ in sorted(result.findings, key=lambda pair: LEVELS.index(pair[0].level)):
        if finding.check in drifted(result):
            worst[finding.check] = str(finding.level)
    return dict(sorted(worst.items()))


def rows() -> dict[str, dict[str, dict[str, str]]]:
    """The table as it stands."""
    table: dict[str, dict[str, dict[str, str]]] = json.loads(TABLE.read_text()) if TABLE.exists() else {}
    return table


def test_a_warning_fails_who_asks_for_it() -> None:
    """Each fault is seen at least as a warning, so that `--fail-on warning` exits 1, but for news and announcements."""
    notes = {name for name, stems in rows().items() for found in stems.values() if set(found.values()) == {"note"}}

    assert notes == {name for name, fault in FAULTS.items() if fault.level == "note"}


def test_most_faults_are_errors() -> None:
    """A fault against a clause is an error on every page that states it; those that never are contradict inferences."""
    never = {name for name, stems in rows().items() if all("error" not in found.values() for found in stems.values())}

    assert len(never) <= len(rows()) / 4
    assert {"repeat-last-item", "equals-ignored", "limit-ignored", "required-field-gone"} & never == set()


def test_the_table_is_whole() -> None:
    """The table holds exactly the faults that exist, for every operation of which it says anything."""
    table = {(stem, name) for name, stems in rows().items() for stem in stems}
    told = {stem for stem, _ in table}

    assert table == {(stem, name) for name in FAULTS for stem in applicable(name) if stem in told}
