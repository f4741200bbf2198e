"""Two runs of one operation, the second with `--since` the first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from conformance.checks.learned import CHECKS
from conformance.cli.main import main
from conformance.mock.motion import Motion
from conformance.spec.contract import Contract
from conformance.tests.conftest import Answer, Ran, liar
from conformance.tests.in_process import answering
from conformance.tests.runs import CONTRACTS, application

WALKING = ("--check", "identity-unique")
"""The cheapest run that reads the whole listing."""
LEARNED = (*WALKING, *(word for check in CHECKS for word in ("--check", check.id)))
Twice = Callable[..., Ran]


def contract_of(stem: str) -> Contract:
    """The contract of a stem."""
    return CONTRACTS[stem]


@contextmanager
def serving(
    contract: Contract, *, items: int | None = None, seed: int = 1, motion: Motion | None = None
) -> Iterator[str]:
    """An honest mock of some size and seed, still or moving."""
    with answering(application(contract, items=items, seed=seed, motion=motion)) as url:
        yield url


def listing(
    contract: Contract, change: Callable[[list[Any]], list[Any]], *, items: int | None = None
) -> AbstractContextManager[str]:
    """A server whose every page has its items changed."""

    def lie(_: Request, answer: Answer) -> Answer:
        return answer.with_json(changed) if answer.status == 200 else answer

    def changed(body: Any) -> Any:
        place = contract.items.place
        if not place:
            return change(body)
        items: Any = place.get(body)
        place.put(body, change(items))
        return body

    return liar(contract, lie, items=items)


def each(contract: Contract, change: Callable[[Any], Any]) -> AbstractContextManager[str]:
    """A server that changes every item in the same way; what becomes None is not listed."""
    return listing(contract, lambda items: [new for item in items if (new := change(item)) is not None])


@pytest.fixture
def remember(tmp_path: Path) -> Callable[..., Path]:
    """Run once and give the path of the report."""

    def run(stem: str, server: AbstractContextManager[str], *options: str) -> Path:
        path = tmp_path / "previous.json"
        with server as url:
            main(["run", stem, "--target", url, "--report", str(path), *(options or WALKING)])
        return path

    return run


@pytest.fixture
def twice(remember: Callable[..., Path], tmp_path: Path) -> Twice:
    """Run on one server, then on another with `--since`; what the second run did."""

    def run(
        contract: Contract, first: AbstractContextManager[str], second: AbstractContextManager[str], *options: str
    ) -> Ran:
        previous, path = remember(contract.stem, first), tmp_path / "report.json"
        with second as url:
            command = ["run", contract.stem, "--target", url, "--since", str(previous), "--report", str(path)]
            code = main([*command, *LEARNED, *options])
        return Ran(code, json.loads(path.read_text()))

    return run


def findings(ran: Ran) -> list[dict[str, Any]]:
    """The findings of a run of one operation."""
    found: list[dict[str, Any]] = ran.record["operations"][0]["findings"]
    return found


def outcomes(ran: Ran) -> dict[str, tuple[str, str]]:
    """Check to outcome and reason."""
    return {one["check"]: (one["outcome"], one["reason"]) for one in ran.record["operations"][0]["outcomes"]}
