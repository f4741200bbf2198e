"""What a run costs, and how a budget is spent."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from attrs import evolve

from conformance.mock.faults import FAULTS
from conformance.spec.contract import Contract
from conformance.target.limits import Limits
from conformance.target.target import Target
from conformance.tests.conftest import STEMS, TOKEN, Ran, mock
from conformance.tests.runs import CONTRACTS, applicable, budget, drifted, one_of, ran

FIRST = 60


@pytest.mark.parametrize("stem", STEMS)
def test_a_run_is_cheap(stem: str) -> None:
    """At most 120 requests for all relations, 260 with the generated queries."""
    assert ran(CONTRACTS[stem]).requests <= 120
    assert ran(CONTRACTS[stem], generated=True).requests <= 260


@pytest.mark.exhaustive
def test_the_first_requests_find_most() -> None:
    """With 60 requests at least nine of ten of all faults drift something, each on one operation."""
    pairs = [(stem, name) for name in sorted(FAULTS) for stem in one_of(applicable(name), name)]
    results = [ran(CONTRACTS[stem], name, limits=budget(FIRST)) for stem, name in pairs]

    assert all(result.requests <= FIRST for result in results)
    assert sum(bool(drifted(result)) for result in results) >= 0.9 * len(pairs)


def test_a_budget_is_a_ceiling(contract: Contract, run_on: Callable[..., Ran]) -> None:
    """No request above the budget is sent, and what was left unchecked is skipped with that reason."""
    ran_on = run_on(contract.stem, mock(contract), "--max-requests", "7")

    (operation,) = ran_on.record["operations"]
    reasons = [outcome["reason"] for outcome in operation["outcomes"] if outcome["outcome"] == "skipped"]
    assert operation["requests"] <= 7
    assert any("7 requests are spent" in reason for reason in reasons)


def test_a_budget_that_checks_nothing_is_no_success(run_on: Callable[..., Ran]) -> None:
    """Where the budget is spent before any verdict, the run could not tell: exit 3."""
    contract = CONTRACTS["sandbase_sessions"]
    options = ("--check", "filter-complete", "--max-requests", "1")

    assert run_on(contract.stem, mock(contract), *options).code == 3


def test_a_rate_is_kept(run_on: Callable[..., Ran]) -> None:
    """With `--rate 20`, eleven requests take at least half a second."""
    contract = CONTRACTS["browserbase_sessions"]

    started = time.monotonic()
    ran_on = run_on(contract.stem, mock(contract), "--rate", "20", "--max-requests", "11")

    assert ran_on.record["operations"][0]["requests"] == 11
    assert time.monotonic() - started >= 0.5


def test_the_rate_is_that_of_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Operations of one server share its rate; another server has its own."""
    waits: list[float] = []
    monkeypatch.setattr("conformance.target.pace.time", SimpleNamespace(sleep=waits.append, monotonic=lambda: 100.0))
    limits = evolve(Limits(), rate=2.0)

    with mock(CONTRACTS["vercel_sessions"]) as one, mock(CONTRACTS["vercel_sandboxes"]) as other:
        for stem, url in (("vercel_sessions", one), ("vercel_sandboxes", one), ("vercel_sandboxes", other)):
            with Target(CONTRACTS[stem], url, secret=TOKEN, limits=limits) as target:
                target.send()

    assert waits == [0.0, 0.5, 0.0]
