"""Operations that page in other ways need a spec and a fixture, and no line of Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.cli.main import main
from conformance.mock.faults import FAULTS
from conformance.mock.motion import Motion
from conformance.tests.runs import Contracts, applicable, drifted, one_of, ran

if TYPE_CHECKING:
    from conformance.result import Result

SPECS = Path(__file__).parent / "specs"
CONTRACTS = Contracts(SPECS)
BY_ANOTHER = {
    # The first value that is tried lists both states, so that nothing on page 2 is foreign.
    ("cabin_boxes", "cursor-drops-filters"): "filter-sound",
    # The other time is null in one half of the jobs and later in the other: jobs are lost, none is too many.
    ("depot_jobs", "bound-on-another-time"): "filter-bounds",
}
"""Faults that another check than their own sees here."""


@pytest.mark.parametrize("stem", CONTRACTS)
def test_its_mock_keeps_every_promise(stem: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A run on the mock is clean to the last note."""
    code = main(["run", stem, "--specs", str(SPECS), "--fail-on", "note"])

    assert (code, "0 errors, 0 warnings, 0 notes" in capsys.readouterr().out) == (0, True)


def assert_clean(result: Result) -> None:
    """Nothing drifts, nothing crashes."""
    assert drifted(result) == set()
    assert not [outcome for outcome in result.outcomes if outcome.outcome == "errored"]


@pytest.mark.parametrize("stem", CONTRACTS)
def test_full_pages_are_no_special_case(stem: str) -> None:
    """A collection that fills one page exactly raises no alarm."""
    assert_clean(ran(CONTRACTS[stem], items=page_size(stem), fixtures=SPECS / "fixtures"))


@pytest.mark.exhaustive
@pytest.mark.parametrize("stem", CONTRACTS)
def test_no_size_is_a_special_case(stem: str) -> None:
    """Nor does one that fills none, or two pages exactly, or has one item, or many; with generated queries as well."""
    for items in (0, 1, page_size(stem), 2 * page_size(stem), 230):
        assert_clean(ran(CONTRACTS[stem], items=items, fixtures=SPECS / "fixtures", generated=True))


def page_size(stem: str) -> int:
    """The items on a page of an operation."""
    contract = CONTRACTS[stem]
    return contract.limit.default if contract.limit is not None and contract.limit.default else 20


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.exhaustive) for seed in (1, 2, 3))])
@pytest.mark.parametrize("stem", CONTRACTS)
def test_a_collection_that_moves_raises_no_alarm(stem: str, seed: int) -> None:
    """Items come and change while pages are counted, or followed: nothing drifts, and no check crashes."""
    motion = Motion(seed=seed, every=2 + seed)

    assert_clean(ran(CONTRACTS[stem], seed=seed, motion=motion, fixtures=SPECS / "fixtures"))


@pytest.mark.parametrize("name", sorted(FAULTS)[::6])
def test_a_fault_is_caught(name: str) -> None:
    """A lie that the mock can tell of one of these operations drifts the check that must see it."""
    for stem in one_of(applicable(name, CONTRACTS), name):
        assert own_check(stem, name) in drifted(ran(CONTRACTS[stem], name, fixtures=SPECS / "fixtures"))


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_caught(name: str) -> None:
    """So does every lie, of each of them."""
    for stem in applicable(name, CONTRACTS):
        assert own_check(stem, name) in drifted(ran(CONTRACTS[stem], name, fixtures=SPECS / "fixtures")), stem


def own_check(stem: str, name: str) -> str:
    """The check that sees a fault here."""
    return BY_ANOTHER.get((stem, name), FAULTS[name].check)
