"""The example that a page shows, served as it stands, is as good as the page: nothing is found."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from conformance.checks import ALL
from conformance.finding import Level
from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request, without
from conformance.mock.collection.dataset import Dataset, load_dataset
from conformance.mock.collection.values import Entry
from conformance.mock.faults.next_page import leading, leads_on
from conformance.mock.faults.tools import is_page
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import Reading, emptied
from conformance.mock.server import app
from conformance.run.engine import Plan, run_operation
from conformance.spec.contract import Contract
from conformance.tests.runs import CONTRACTS, TOKEN, opening

EXAMPLES = Path(__file__).parents[1] / "examples"
SHOWN = sorted(path.stem for path in EXAMPLES.glob("*.json"))


def body_of(stem: str) -> Any:
    """The body that the page shows."""
    return json.loads((EXAMPLES / f"{stem}.json").read_text())


def as_shown(contract: Contract, body: Any) -> Reading:
    """The habit of a server that holds the example's items, and leads on as the example does: to an empty page."""
    items: Any = contract.items.place.get(body)
    paging = contract.paging
    cursor: Any = paging.cursor.place.get(body) if paging is not None and paging.cursor is not None else None

    def spoil(_: Contract, dataset: Dataset) -> Dataset:
        return evolve(dataset, entries=tuple(Entry.of(item, {}) for item in items), known={})

    def mishear(_: Contract, request: Request) -> Request:
        name = paging.parameter if paging is not None else ""
        return without(request, name) if request.values(name) == [cursor] else request

    def garble(scene: Scene) -> Answer:
        if cursor is None or paging is None or not is_page(scene.answer):
            return scene.answer
        if scene.request.values(paging.parameter):
            return emptied(scene, scene.answer)
        return leading(scene, cursor) if scene.answer.items and not leads_on(scene) else scene.answer

    return Reading(name="as-shown", says="As the page shows it.", spoil=spoil, mishear=mishear, garble=garble)


@pytest.mark.parametrize("stem", SHOWN)
def test_the_example_of_a_page_is_clean(stem: str) -> None:
    """Served with its own cursor it has no finding but that the operation is superseded, and no check fails."""
    contract, body = CONTRACTS[stem], body_of(stem)
    dataset = load_dataset(contract, items=None, seed=1, fixtures=None)
    server = app(contract, dataset, secret=TOKEN, readings=[as_shown(contract, body)])
    result = run_operation(contract, Plan(checks=ALL, seed=1), opening(contract, server))

    assert [finding.check for finding, _ in result.findings if finding.level is not Level.NOTE] == []
    assert [one for one in result.outcomes if one.outcome == "errored"] == []
    assert body in [exchange.json for exchange in result.exchanges]


@pytest.mark.parametrize("stem", SHOWN)
def test_the_client_reads_the_example(stem: str) -> None:
    """Every item of it, and gives back what came."""
    contract, body = CONTRACTS[stem], body_of(stem)
    page = importlib.import_module(f"{stem}._fast").PAGE
    read = page.from_list(body) if isinstance(body, list) else page.from_dict(body)

    items: Any = contract.items.place.get(body)
    assert len(read.items) == len(items)
    assert (read.to_list() if isinstance(body, list) else read.to_dict()) == body
