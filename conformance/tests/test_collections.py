"""Collections of every size, still and in motion: no false alarm, and lies are still found."""

from __future__ import annotations

import random

import pytest

from conformance.mock.faults import FAULTS
from conformance.mock.motion import Motion
from conformance.tests.conftest import STEMS
from conformance.tests.served import APPLICABLE, CONTRACTS, drifted, ran

SEEDS = 50
HIDDEN_BY_MOTION = {
    # One too many cannot be told from one that came meanwhile, where the collection changes with every third request.
    ("vercel_sandboxes", "open-total-off-by-one"),
    ("vercel_sandboxes", "open-total-changes"),
    # The first item, which the short page leaves out, is always one that came meanwhile.
    ("vercel_sessions", "short-page-begins-later"),
    ("sandbase_sessions", "short-page-begins-later"),
}


@pytest.mark.parametrize("items", [0, 1, 2, 19, 20, 21, 60, 1000])
@pytest.mark.parametrize("stem", STEMS)
def test_an_honest_collection_of_any_size_has_no_finding(stem: str, items: int) -> None:
    """Empty, tiny and long collections: nothing drifts, nothing crashes."""
    for seed in range(3 if items < 100 else 1):
        result = ran(CONTRACTS[stem], items=items, seed=seed)

        assert drifted(result) == set()
        assert not [outcome for outcome in result.outcomes if outcome.outcome == "errored"]


@pytest.mark.parametrize("seeds", [range(start, start + 10) for start in range(0, SEEDS, 10)], ids=str)
@pytest.mark.parametrize("stem", STEMS)
def test_a_collection_that_moves_has_no_finding(stem: str, seeds: range) -> None:
    """Items are added and change while they are listed, with every second to fifth request: nothing drifts."""
    for seed in seeds:
        result = ran(CONTRACTS[stem], seed=seed, motion=Motion(seed=seed, every=2 + seed % 4))

        assert drifted(result) == set()
        assert not [outcome for outcome in result.outcomes if outcome.outcome == "errored"]


@pytest.mark.parametrize(("stem", "name"), random.Random(7).sample(APPLICABLE, 80))  # noqa: S311 - no secret
def test_a_fault_is_found_in_a_collection_that_moves(stem: str, name: str) -> None:
    """What is set aside is only what moved; a finding says how many."""
    result = ran(CONTRACTS[stem], name, motion=Motion(seed=len(name), every=3))

    assert drifted(result) or (stem, name) in HIDDEN_BY_MOTION
    relations = [finding for finding, _ in result.findings if finding.check == "pages-complete"]
    assert all(finding.aside > 0 for finding in relations)
    assert FAULTS[name].check
