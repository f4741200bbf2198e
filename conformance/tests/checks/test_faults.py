"""Every fault that the mock can be told to tell is caught, by exactly the checks that the table beside this says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from conformance.mock.faults import FAULTS
from conformance.tests.runs import CONTRACTS, applicable, drifted, one_of, ran

TABLE = Path(__file__).with_name("drifted_checks.json")
"""Fault → stem → the checks that drift; written anew with WRITE_TABLE=1 and `-n 0`."""
BY_ANOTHER = {
    # No value of the collection is a prefix of another; a prefix that nobody has lists items.
    ("vercel_sessions", "equals-by-prefix"): "filter-shrinks",
}
"""Faults that another check than their own sees on this operation."""


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
    """Exactly the checks of the table drift; of an operation that it does not know, some check."""
    found = sorted(drifted(ran(CONTRACTS[stem], name)))
    table = rows()
    if os.environ.get("WRITE_TABLE"):
        table.setdefault(name, {})[stem] = found
        TABLE.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n")

    assert found, stem
    if any(stem in stems for stems in table.values()):
        assert BY_ANOTHER.get((stem, name), FAULTS[name].check) in found, stem
        assert (stem, found) == (stem, table[name][stem])


def rows() -> dict[str, dict[str, list[str]]]:
    """The table as it stands."""
    table: dict[str, dict[str, list[str]]] = json.loads(TABLE.read_text()) if TABLE.exists() else {}
    return table


def test_the_table_is_whole() -> None:
    """The table holds exactly the faults that exist, for every operation of which it says anything."""
    table = {(stem, name) for name, stems in rows().items() for stem in stems}
    told = {stem for stem, _ in table}

    assert table == {(stem, name) for name in FAULTS for stem in applicable(name) if stem in told}
