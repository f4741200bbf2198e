"""Operations that page in other ways need a spec and a fixture, and no line of Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.cli.main import main
from conformance.mock.faults import FAULTS
from conformance.mock.motion import Motion
from conformance.spec.load import load_contract, stems_in
from conformance.tests.served import drifted, ran

SPECS = Path(__file__).parent / "specs"
CONTRACTS = {stem: load_contract(stem, SPECS) for stem in stems_in(SPECS)}
APPLICABLE = [
    (stem, name) for stem, contract in CONTRACTS.items() for name, fault in FAULTS.items() if fault.applies(contract)
]
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


@pytest.mark.parametrize("pages", [0, 1, 2])
@pytest.mark.parametrize("stem", CONTRACTS)
def test_full_pages_are_no_special_case(stem: str, pages: int) -> None:
    """A collection that fills none, one or two pages exactly, or has one item, or many, raises no alarm."""
    contract = CONTRACTS[stem]
    size = contract.limit.default if contract.limit is not None and contract.limit.default else 20
    for items in {0: (0, 1), 1: (size,), 2: (2 * size, 230)}[pages]:
        result = ran(contract, items=items, fixtures=SPECS / "fixtures", generated=True)

        assert drifted(result) == set()
        assert not [outcome for outcome in result.outcomes if outcome.outcome == "errored"]


@pytest.mark.parametrize("stem", CONTRACTS)
def test_a_collection_that_moves_raises_no_alarm(stem: str) -> None:
    """Items come and change while pages are counted, or followed: nothing drifts, and no check crashes."""
    for seed in range(4):
        motion = Motion(seed=seed, every=2 + seed)
        result = ran(CONTRACTS[stem], seed=seed, motion=motion, fixtures=SPECS / "fixtures")

        assert drifted(result) == set()
        assert not [outcome for outcome in result.outcomes if outcome.outcome == "errored"]


@pytest.mark.parametrize(("stem", "name"), APPLICABLE)
def test_every_fault_is_caught(stem: str, name: str) -> None:
    """Each lie that the mock can tell of this operation drifts the check that must see it."""
    found = drifted(ran(CONTRACTS[stem], name, fixtures=SPECS / "fixtures"))

    assert BY_ANOTHER.get((stem, name), FAULTS[name].check) in found
