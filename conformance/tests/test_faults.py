"""Every fault that the mock can be told to tell is caught."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from conformance import checks, specs
from conformance.checks.base import Family
from conformance.cli import main
from conformance.exchange import Exchange
from conformance.mock.dataset import load_dataset
from conformance.mock.faults import FAULTS
from conformance.mock.server import app, running
from conformance.runner import Plan, Result, run_operation
from conformance.target import Limits, Target
from conformance.tests.conftest import STEMS, TOKEN

CONTRACTS = {stem: specs.load(stem, specs.directory()) for stem in STEMS}
APPLICABLE = [(stem, name) for stem in STEMS for name, fault in FAULTS.items() if fault.applies(CONTRACTS[stem])]
BY_ANOTHER = {
    # The collection shows nothing archived, so the ignored parameter is seen only where it is given a bad value.
    ("sandbase_sessions", "hidden-stay-hidden"): "bad-input-refused",
    # The default order survives; the order that was asked for does not.
    ("vercel_sessions", "cursor-drops-order"): "order-reverses",
    ("vercel_sessions", "order-parameter-swapped"): "order-reverses",
    # No value of the collection is a prefix of another; a prefix that nobody has lists items.
    ("vercel_sessions", "equals-by-prefix"): "filter-shrinks",
}
"""Faults that another check than their own sees on this operation."""


def ran(stem: str, fault: str | None, *, items: int | None = None, seed: int = 1) -> Result:
    """Run every check but the generated queries against a mock."""
    contract = CONTRACTS[stem]
    dataset = load_dataset(contract, items=items, seed=seed, fixtures=None)
    lie = FAULTS[fault] if fault else None
    selected = [check for check in checks.ALL if check.family is not Family.FUZZ]
    with running(app(contract, dataset, secret=TOKEN, fault=lie)) as url:

        @contextmanager
        def opened(observe: Callable[[Exchange], None]) -> Iterator[Target]:
            with Target(contract, url, secret=TOKEN, limits=Limits(), trusted=True, observe=observe) as target:
                yield target

        return run_operation(contract, Plan(checks=selected, seed=1), opened)


def drifted(result: Result) -> set[str]:
    """The checks with findings, without the note that the operation is superseded."""
    return {
        finding.check for finding, _ in result.findings if (finding.check, finding.place) != ("lifecycle-current", "")
    }


@pytest.mark.parametrize(("stem", "name"), APPLICABLE)
def test_a_fault_is_caught_by_its_own_check(stem: str, name: str) -> None:
    """The check that a fault names drifts; where another sees it instead, the exception says which and why."""
    result = ran(stem, name)

    assert BY_ANOTHER.get((stem, name), FAULTS[name].check) in drifted(result)


@pytest.mark.parametrize("items", [0, 1, 2, 19, 20, 21, 60, 400])
@pytest.mark.parametrize("stem", STEMS)
def test_an_honest_collection_of_any_size_has_no_finding(stem: str, items: int) -> None:
    """Empty, tiny and long collections, each grown from three seeds: nothing drifts, nothing crashes."""
    for seed in range(3):
        result = ran(stem, None, items=items, seed=seed)

        assert drifted(result) == set()
        assert not [outcome for outcome in result.outcomes if outcome.outcome == "errored"]


def test_a_fault_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """`run --fault` lies on purpose and exits 1; what does not exist or apply is exit 2."""
    assert main(["run", "vercel_sessions", "--fault", "path-retired-410"]) == 1
    assert "operation-exists" in capsys.readouterr().out
    assert main(["run", "vercel_sessions", "--fault", "path-retired-411"]) == 2
    assert main(["run", "browserbase_sessions", "--fault", "cursor-drops-order"]) == 2
    assert "hint:" in capsys.readouterr().err
