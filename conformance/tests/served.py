"""Runs of the suite against the mock in this process: honest, lying, or in motion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import evolve

from conformance import checks
from conformance.checks.family import FUZZ
from conformance.exchange import Exchange
from conformance.mock.collection.dataset import load_dataset
from conformance.mock.faults import FAULTS
from conformance.mock.motion import Motion
from conformance.mock.server import app, running
from conformance.run.engine import Plan, Result, run_operation
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, own_specs
from conformance.target.target import Limits, Target
from conformance.tests.conftest import STEMS, TOKEN

CONTRACTS = {stem: load_contract(stem, own_specs()) for stem in STEMS}
APPLICABLE = [(stem, name) for stem in STEMS for name, fault in FAULTS.items() if fault.applies(CONTRACTS[stem])]


def ran(  # noqa: PLR0913 - what a mock can be told
    contract: Contract,
    fault: str | None = None,
    *,
    items: int | None = None,
    seed: int = 1,
    motion: Motion | None = None,
    limits: Limits | None = None,
    generated: bool = False,
    fixtures: Path | None = None,
) -> Result:
    """Run every check, without the generated queries unless told, against a mock."""
    dataset = load_dataset(contract, items=items, seed=seed, fixtures=fixtures)
    lie = FAULTS[fault] if fault else None
    selected = [check for check in checks.ALL if generated or check.family is not FUZZ]
    with running(app(contract, dataset, secret=TOKEN, fault=lie, motion=motion)) as url:

        @contextmanager
        def opened(observe: Callable[[Exchange], None]) -> Iterator[Target]:
            allowed = limits or Limits()
            with Target(contract, url, secret=TOKEN, limits=allowed, trusted=True, observe=observe) as target:
                yield target

        return run_operation(contract, Plan(checks=selected, seed=1), opened)


def drifted(result: Result) -> set[str]:
    """The checks with findings, without the note that the operation is superseded."""
    superseded = ("lifecycle-current", "")
    return {finding.check for finding, _ in result.findings if (finding.check, finding.place) != superseded}


def budget(requests: int) -> Limits:
    """Limits with a ceiling of requests."""
    return evolve(Limits(), requests=requests)
