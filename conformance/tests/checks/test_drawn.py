"""Whatever a spec may say: the honest mock of a contract drawn at random is clean, and its faults are caught."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from conformance.mock.faults import FAULTS
from conformance.spec.contract import Contract
from conformance.tests.checks.drawn_contracts import STYLES, drawn
from conformance.tests.runs import drifted, ran

FEW = range(len(STYLES))
"""One contract of each style of paging."""
MANY = range(len(STYLES), 400)
NEVER = ("-once", "-a-fraction")
"""Faults of one item alone, which a limit may cut off, and one that the type `number` allows."""
PLAIN = (
    "equals-ignored",
    "filter-loses-one",
    "limit-ignored",
    "next-page-refused",
    "order-reversed",
    "repeat-last-item",
    "required-field-gone",
    "total-off-by-one",
)
"""Faults that show wherever they apply."""
SHARE = 0.95
"""Of all faults, those that are caught at least: a drawn collection need not show each."""


def held_against(contract: Contract, directory: Path, fault: str = "", *, generated: bool = False) -> set[str]:
    """What a run finds against the mock of a contract, and the checks that could not be made."""
    result = ran(contract, fault or None, fixtures=directory / "fixtures", generated=generated)
    return drifted(result) | {one.check for one in result.outcomes if one.outcome == "errored"}


@pytest.mark.parametrize("seed", FEW)
def test_an_honest_mock_is_clean(seed: int, tmp_path: Path) -> None:
    """No check has anything against it, and none is unable to tell."""
    contract = drawn(seed, tmp_path)

    assert held_against(contract, tmp_path) == set()


@pytest.mark.parametrize("seed", FEW)
def test_a_plain_fault_is_caught(seed: int, tmp_path: Path) -> None:
    """One of the faults that show wherever they apply is found."""
    contract = drawn(seed, tmp_path)
    fitting = [name for name in PLAIN if name in FAULTS and FAULTS[name].applies(contract)]

    assert held_against(contract, tmp_path, fitting[seed % len(fitting)])


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", MANY)
def test_every_honest_mock_is_clean(seed: int, tmp_path: Path) -> None:
    """So it is for hundreds of contracts; every fourth is asked generated queries as well."""
    contract = drawn(seed, tmp_path)

    assert held_against(contract, tmp_path, generated=seed % 4 == 0) == set()


@pytest.mark.exhaustive
def test_faults_of_drawn_contracts_are_caught(tmp_path: Path) -> None:
    """Of faults drawn for each contract nearly all are found."""
    asked, missed = 0, []
    for seed in range(100):
        contract = drawn(seed, tmp_path)
        fitting = [name for name, one in FAULTS.items() if one.applies(contract) and not name.endswith(NEVER)]
        for name in random.Random(seed).sample(fitting, 2):  # noqa: S311 - no secret
            asked += 1
            if not held_against(contract, tmp_path, name):
                missed.append((seed, name))

    assert len(missed) <= (1 - SHARE) * asked, missed
