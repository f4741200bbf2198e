"""What our operations leave open, others document: every fault applies somewhere, and is caught there."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.mock.faults import FAULTS
from conformance.mock.readings import READINGS
from conformance.tests.runs import CONTRACTS, Contracts, applicable, drifted, one_of, ran

HERE = Path(__file__).with_name("contracts")
OTHERS = Contracts(HERE / "specs")
SIXTH = Contracts(HERE.parents[1] / "sixth" / "specs")
STEM = "acme_jobs"
ONLY_HERE = {
    "arguments-beside-a-cursor-not-read",
    "case-ignored-from-a-to-z",
    "chosen-fields-in-another-order",
    "chosen-fields-without-null",
    "cursor-alone-refused",
    "cursors-live-a-little-longer",
    "foreign-cursor-unknown",
    "identity-beside-chosen-fields",
    "columns-in-another-order",
    "limit-above-its-cap-gets-the-default",
    "links-in-another-order",
    "other-word-asks-for-the-opposite",
    "search-looks-everywhere",
    "ties-of-chosen-fields-by-another-key",
    "unknown-cursor-expired",
}
"""Readings of a choice that none of our pages leaves."""


def test_every_fault_applies_somewhere() -> None:
    """No fault is there for nothing."""
    everywhere = (CONTRACTS, OTHERS, SIXTH)

    assert {name for name in FAULTS if not any(applicable(name, contracts) for contracts in everywhere)} == set()


@pytest.mark.parametrize("stem", OTHERS)
def test_an_honest_server_has_no_finding(stem: str) -> None:
    """The mock keeps what the contract promises, in collections of several sizes."""
    for items in (None, 0, 1, 16, 200):
        assert drifted(ran(OTHERS[stem], items=items, fixtures=HERE / "fixtures")) == set()


def test_a_fault_that_shows_nowhere_else_is_caught() -> None:
    """The contracts are worth having: they document what none of ours does, and each such fault is caught."""
    only_here = [name for name in FAULTS if applicable(name, OTHERS) and not applicable(name)]

    assert only_here
    for name in only_here:
        for stem in one_of(applicable(name, OTHERS), name):
            assert FAULTS[name].check in drifted(ran(OTHERS[stem], name, fixtures=HERE / "fixtures")), (stem, name)


@pytest.mark.parametrize("name", sorted(ONLY_HERE))
def test_a_reading_that_is_open_nowhere_else_is_not_accused(name: str) -> None:
    """What only these contracts leave open is served so without an error, and without a crash."""
    stems = [stem for stem in OTHERS if READINGS[name].applies(OTHERS[stem])]

    assert stems
    for stem in stems:
        result = ran(OTHERS[stem], readings=(name,), fixtures=HERE / "fixtures")
        assert [finding.check for finding, _ in result.findings if finding.is_error] == []
        assert [one.reason for one in result.outcomes if one.outcome == "errored"] == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught(name: str) -> None:
    """Each fault that applies is caught by its own check."""
    for stem in applicable(name, OTHERS):
        assert FAULTS[name].check in drifted(ran(OTHERS[stem], name, fixtures=HERE / "fixtures"))


@pytest.mark.exhaustive
@pytest.mark.parametrize("stem", OTHERS)
def test_no_reading_is_accused(stem: str) -> None:
    """Whatever a contract leaves open is served so without an error."""
    read = [name for name in READINGS if READINGS[name].applies(OTHERS[stem])]
    runs = {name: ran(OTHERS[stem], readings=(name,), fixtures=HERE / "fixtures") for name in read}

    assert {
        name: found for name, run in runs.items() if (found := [one for one, _ in run.findings if one.is_error])
    } == {}
