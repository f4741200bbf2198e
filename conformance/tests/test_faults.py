"""Every fault that the mock can be told to tell is caught, by exactly the checks that the table beside this says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from conformance.cli.main import main
from conformance.mock.faults import FAULTS
from conformance.tests.served import APPLICABLE, CONTRACTS, drifted, ran

TABLE = Path(__file__).with_name("drifted_checks.json")
"""Fault → stem → the checks that drift; written anew with WRITE_TABLE=1 and `-n 0`."""
BY_ANOTHER = {
    # No value of the collection is a prefix of another; a prefix that nobody has lists items.
    ("vercel_sessions", "equals-by-prefix"): "filter-shrinks",
}
"""Faults that another check than their own sees on this operation."""


@pytest.mark.parametrize(("stem", "name"), APPLICABLE)
def test_a_fault_is_caught_by_its_own_check(stem: str, name: str) -> None:
    """The check that a fault names drifts, and so do exactly those that the table lists."""
    found = drifted(ran(CONTRACTS[stem], name))

    assert BY_ANOTHER.get((stem, name), FAULTS[name].check) in found
    assert sorted(found) == _table(name, stem, found)


def _table(name: str, stem: str, found: set[str]) -> list[str]:
    table = json.loads(TABLE.read_text()) if TABLE.exists() else {}
    if os.environ.get("WRITE_TABLE"):
        table.setdefault(name, {})[stem] = sorted(found)
        TABLE.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n")
    expected: list[str] = table[name][stem]
    return expected


def test_the_table_names_no_fault_that_is_gone() -> None:
    """The table holds exactly the faults and operations that exist."""
    table = json.loads(TABLE.read_text())

    assert {(stem, name) for name, stems in table.items() for stem in stems} == set(APPLICABLE)


def test_a_fault_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """`run --fault` lies on purpose and exits 1; what does not exist or apply is exit 2."""
    assert main(["run", "vercel_sessions", "--fault", "path-retired-410"]) == 1
    assert "operation-exists" in capsys.readouterr().out
    assert main(["run", "vercel_sessions", "--fault", "path-retired-411"]) == 2
    assert main(["run", "browserbase_sessions", "--fault", "cursor-drops-order"]) == 2
    assert "hint:" in capsys.readouterr().err
