"""A replay finds in the record of a run what the run could show it, and nothing in that of an honest one."""

from __future__ import annotations

import pytest

from conformance.mock.faults import FAULTS
from conformance.mock.motion import Motion
from conformance.replay.quick.suspects import SINGLE, Spotless, finds
from conformance.replay.recording.lines import read
from conformance.replay.recording.secrets import Exchanges
from conformance.spec.contract import Contract
from conformance.tests.replay.conftest import found, outcomes, recorded, replayed
from conformance.tests.runs import CONTRACTS, applicable, one_of

SHOWN = [
    ("vercel_sessions", "equals-ignored", "filter-sound"),
    ("vercel_sessions", "repeat-last-item", "pages-disjoint"),
    ("vercel_sessions", "endless-last-page", "walk-ends"),
    ("vercel_sessions", "order-parameter-swapped", "order-reverses"),
    ("vercel_sandboxes", "total-is-page", "total-is-collection"),
    ("sandbase_sessions", "upper-bound-reversed", "filter-sound"),
    ("sandbase_sessions", "filter-loses-one", "filter-complete"),
    ("vercel_sandboxes", "end-announced", "lifecycle-current"),
    ("browserbase_sessions", "identity-shared", "identity-unique"),
]


def test_an_honest_recording_is_clean(contract: Contract) -> None:
    """Nothing is found in the record of an honest run, and relations were looked at."""
    result = replayed(contract, recorded(contract))
    ended = outcomes(result)

    assert found(result) == set()
    assert ended["filter-sound"] == ("held", "")
    assert ended["body-matches-schema"] == ("held", "")
    assert ended["limit-bounds"][0] == "skipped"


def test_a_moving_collection_is_no_drift(contract: Contract) -> None:
    """Items that come, go and change while a run reads are never taken for drift."""
    assert found(replayed(contract, recorded(contract, motion=Motion(seed=3), pause=0.5))) == set()


@pytest.mark.parametrize(("stem", "fault", "check"), SHOWN)
def test_a_recorded_lie_is_found(stem: str, fault: str, check: str) -> None:
    """What a recording shows is found by the check that would find it in a run."""
    assert check in found(replayed(CONTRACTS[stem], recorded(CONTRACTS[stem], fault)))


@pytest.mark.parametrize("fault", list(FAULTS)[::9])
def test_what_is_plainly_in_order_is_in_order(fault: str) -> None:
    """No check of single exchanges finds anything where the cheap look at it sees no cause to run it."""
    for stem in one_of(applicable(fault), fault):
        assert_suspected(stem, fault)


@pytest.mark.exhaustive
@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_plainly_in_order_is_so_after_every_fault(fault: str) -> None:
    """So it is after every fault, wherever it applies."""
    for stem in applicable(fault):
        assert_suspected(stem, fault)


def assert_suspected(stem: str, fault: str) -> None:
    """Whatever a check finds in one exchange of a recorded lie, the cheap look suspects it there."""
    contract = CONTRACTS[stem]
    spotless, exchanges = Spotless(contract), Exchanges(contract)

    for line in recorded(contract, fault):
        entry = read(line)
        body = entry.content() or b""
        suspects = spotless.suspects(exchanges.of(entry, body))
        exchange = exchanges.of(entry, body)
        exchange.__dict__.pop("json", None)
        told = {
            name
            for name, check in SINGLE.items()
            if not check.needs(contract) and check.sees(contract, exchange) and finds(name, contract, exchange)
        }
        assert told <= suspects
