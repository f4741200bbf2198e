"""A job is put together in one way, and says what is wrong with it before anything is sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conformance.errors import ConformanceError
from conformance.tests.conftest import liar
from conformance.tests.runs import CONTRACTS, STEMS, TOKEN

if TYPE_CHECKING:
    from conformance.exchange import Exchange
    from conformance.job.job import Job

STEM = STEMS[0]
TITLE = "Jane Doe, divorce"


def job(**options: Any) -> Job:
    """The job of some options."""
    from conformance.job.job import prepare  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.job.options import Options  # noqa: PLC0415 - as above

    return prepare(Options(**options))


def test_a_job_of_nothing_said_is_everything_on_the_mock() -> None:
    """All operations, all checks, our own ledger, no earlier run, and no ceiling."""
    from conformance import checks  # noqa: PLC0415 - nothing is loaded when tests are collected

    made = job()

    assert [contract.stem for contract in made.contracts] == STEMS
    assert list(made.plan.checks) == list(checks.ALL)
    assert (made.destination.name, made.destination.limits.requests, made.plan.previous.file) == ("mock", None, "")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"stems": ["nothing"]}, "unknown STEM 'nothing'"),
        ({"checks": ["nothing"]}, "unknown check 'nothing'"),
        ({"skip": ["nothing"]}, "unknown check 'nothing'"),
        ({"target": "ftp://a.example"}, "unknown target"),
        ({"fault": "nothing"}, "unknown fault 'nothing'"),
        ({"fault": "equals-ignored", "target": "live"}, "--fault is for --target mock alone"),
        ({"timeout": float("nan")}, "the limit of timeout is nan"),
        ({"timeout": float("inf")}, "the limit of timeout is inf"),
        ({"rate": float("nan")}, "the limit of rate is nan"),
        ({"max_requests": 0}, "the limit of requests is 0"),
        ({"rate": -1.0}, "the limit of rate is -1.0"),
        ({"since": Path("nowhere.json")}, "--since nowhere.json: cannot be read"),
        ({"ledger": Path("nowhere.toml")}, "nowhere.toml: cannot be read"),
        ({"specs": Path("nowhere")}, "no spec is there"),
    ],
)
def test_what_does_not_exist_is_told_at_once(options: dict[str, Any], words: str) -> None:
    """Each with a hint, and however the others are."""
    with pytest.raises(ConformanceError, match=words) as caught:
        job(**options)

    assert caught.value.hint


def test_a_fault_must_apply_to_every_operation() -> None:
    """Before the first is asked: a run that ends in the middle tells nothing of the others."""
    from conformance.mock.faults import FAULTS  # noqa: PLC0415 - nothing is loaded when tests are collected

    some = next(
        name for name, one in FAULTS.items() if {True, False} == {one.applies(CONTRACTS[stem]) for stem in STEMS}
    )

    with pytest.raises(ConformanceError, match=f"fault '{some}' does not apply to"):
        job(fault=some)


def test_a_part_of_a_job_is_a_job() -> None:
    """One operation and some checks of it, as a test of pytest asks for them; the rest is as it was."""
    from conformance import checks  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.job.job import perform  # noqa: PLC0415 - as above

    whole = job(seed=7)
    part = whole.of(CONTRACTS[STEM], checks.select(["operation-exists"], []))
    made = perform(part)

    assert (part.destination, part.ledger, part.plan.seed) == (whole.destination, whole.ledger, 7)
    assert [(one.stem, len(one.outcomes)) for one in made.operations] == [(STEM, 1)]
    assert (made.seed, made.target) == (7, "mock")


@pytest.mark.parametrize("shown", [True, False])
def test_what_is_kept_is_what_may_be_shown(shown: bool) -> None:  # noqa: FBT001 - a table
    """The record and whoever keeps exchanges get them without a customer's values, of which checks see every one."""
    from conformance.job.job import perform  # noqa: PLC0415 - nothing is loaded when tests are collected

    contract = CONTRACTS[STEM]
    kept: list[Exchange] = []
    with liar(contract, lambda _, answer: answer.with_json(planted)) as url:
        asked = {"stems": [STEM], "target": url, "checks": ["fields-documented", "json-strict"], "show_values": shown}
        made = perform(job(**asked, environment={contract.credentials[0].env: TOKEN}), keep=kept.append)

    told = [str(made), *(str(exchange.body) for exchange in kept)]
    assert len(kept) == made.operations[0].requests
    assert {TITLE in text for text in told[1:]} == {shown}
    assert (TITLE in told[0]) is shown


def planted(body: Any) -> Any:
    """A body with a value that nobody documented in every object."""
    if isinstance(body, dict):
        return {**{name: planted(part) for name, part in body.items()}, "owner": TITLE}
    return [planted(part) for part in body] if isinstance(body, list) else body
