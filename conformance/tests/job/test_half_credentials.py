"""Half of what counts together is refused, wherever it stands; a server that takes it is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from conformance.finding import LEVELS
from conformance.finding_text import tell
from conformance.mock.answers.answer import Answer
from conformance.mock.faults.fault import Fault, Scene
from conformance.result import Result
from conformance.spec.contract import Contract
from conformance.spec.credential import Kind, Requirement
from conformance.tests.runs import Contracts, application, drifted, opening, ran

SPECS = Path(__file__).parents[1] / "sixth" / "specs"
STEM = "heron_nests"
CONTRACTS = Contracts(SPECS)
TOKEN, FLOCK = "a-token-of-herons", "a-flock-of-herons"
SECRETS = {"token": TOKEN, "flock": FLOCK}


def judged(contract: Contract, garble: Callable[[Scene], Answer] | None = None) -> Result:
    """A run against a mock with a habit of its own."""
    from conformance import checks  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.run.engine import Plan, run_operation  # noqa: PLC0415 - as above

    habit = Fault(name="own", says="It has a habit.", check="", garble=garble) if garble else None
    server = application(contract, fault=habit, fixtures=SPECS / "fixtures")
    plan = Plan(checks=checks.select(["credentials-required", "credentials-accepted"], []), seed=1)
    return run_operation(contract, plan, opening(contract, server))


@pytest.mark.parametrize(("status", "level"), [(401, None), (403, None), (404, "warning"), (500, "error")])
def test_half_may_be_refused_in_its_own_way(status: int, level: str | None) -> None:
    """No page says how it is refused: what turns away is lawful, another refusal is worth a look, a crash is none."""

    def half(scene: Scene) -> Answer:
        held = [name for name in ("authorization", "x-flock-id") if name in scene.request.headers]
        begun = scene.answer.status == 401 and len(held) == 1
        return evolve(scene.answer, status=status) if begun else scene.answer

    found = judged(CONTRACTS[STEM], half).findings

    assert next((one for one in LEVELS[::-1] if one in {finding.level for finding, _ in found}), None) == level


def test_what_is_enough_alone_is_not_asked_to_be_refused() -> None:
    """Beside an alternative with fewer credentials, one of two that is enough lets in lawfully."""
    contract = CONTRACTS[STEM]
    both = contract.security[0]
    alone = evolve(contract, security=(both, Requirement(both.credentials[:1])))

    assert drifted(judged(alone)) == set()
    assert drifted(judged(evolve(alone, security=alone.security[::-1]))) == set()


@pytest.mark.parametrize("kinds", [(Kind.COOKIE, Kind.COOKIE), (Kind.QUERY, Kind.HEADER), (Kind.BASIC, Kind.QUERY)])
def test_both_travel_in_any_place(kinds: tuple[Kind, Kind]) -> None:
    """Two cookies share a header, and each variable stands where its value was sent."""
    contract = CONTRACTS[STEM]
    names = ("Authorization" if kinds[0] is Kind.BASIC else "one", "two")
    made = zip(contract.security[0].credentials, kinds, names, strict=True)
    both = Requirement(tuple(evolve(one, kind=kind, name=name) for one, kind, name in made))

    result = judged(evolve(contract, security=(both,)))
    shown = result.exchanges[0].request.curl()

    assert drifted(result) == set()
    assert "$HERON_TOKEN" in shown
    assert "$HERON_FLOCK" in shown
    assert drifted(judged(evolve(contract, security=(both,)), _anybody)) == {"credentials-required"}


def _anybody(scene: Scene) -> Answer:
    from conformance.mock.answers.responder import Responder  # noqa: PLC0415 - as above

    return Responder(evolve(scene.contract, security=()), scene.dataset, secret="").answer(scene.request)


def test_half_is_found_wherever_it_is_read() -> None:
    """The text of the finding says which one was missing."""
    findings = ran(CONTRACTS[STEM], "half-a-credential-accepted", fixtures=SPECS / "fixtures").findings

    assert {tell(finding.expected).partition(" for ")[2] for finding, _ in findings} == {
        "no credential (flock) beside the right token",
        "a wrong credential (flock) beside the right token",
    }
