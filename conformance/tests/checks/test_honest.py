"""On an honest server nothing drifts, and clients see every item once."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import httpx

from conformance.jsontext import elements_of
from conformance.listing.pages import read_page
from conformance.listing.visit import Visit
from conformance.spec.contract import Contract
from conformance.target.limits import Limits
from conformance.target.target import Target
from conformance.tests.conftest import TOKEN, Ran, listening, mock
from conformance.tests.mock.leading import leads_to


def test_an_honest_server_has_no_finding(contract: Contract, run_on: Callable[..., Ran]) -> None:
    """The mock keeps every promise: exit 0, and no finding but the note of a superseded operation."""
    ran = run_on(contract.stem, mock(contract))

    assert ran.code == 0
    assert ran.ids() == ({"lifecycle-current"} if contract.lifecycle.state != "current" else set())
    ended = {outcome["outcome"] for outcome in ran.record["operations"][0]["outcomes"]}
    assert "errored" not in ended
    assert "held" in ended


def _raw_ids(contract: Contract, url: str) -> list[Any]:
    credential = contract.credentials[0]
    ids: list[Any] = []
    query: dict[str, Any] = {}
    with httpx.Client(base_url=url, headers=credential.headers(TOKEN)) as http:
        for number in range(1, 50):
            response = http.get(contract.path, params=query).raise_for_status()
            items = elements_of(contract.items.read(response.json(), response.headers))
            ids += [contract.identity_of(item) for item in items]
            paging = contract.paging
            cursor = leads_to(contract, response, len(items)) if paging is not None and paging.cursor else None
            if cursor is None or paging is None:
                assert number == 1 if paging is None else number >= 2
                break
            query = {paging.parameter: cursor}
    return ids


def test_the_generated_client_and_raw_http_walk_alike(contract: Contract) -> None:
    """The client and a hand-made walk see the same ids in the same order, each once."""
    module = importlib.import_module(contract.stem)
    name = contract.identity.removeprefix("/")
    with listening(contract) as url:
        raw = _raw_ids(contract, url)
        with module.Client(token=TOKEN, base_url=url) as client:
            walked = [item.to_dict()[name] for item in getattr(client, contract.operation_id)()]

    assert walked == raw
    assert len(set(raw)) == len(raw)
    assert len(raw) >= 40


def test_a_walk_of_the_suite_reads_every_page(contract: Contract) -> None:
    """The suite's own walk ends, and identical requests are sent once."""
    with mock(contract) as url, Target(contract, url, secret=TOKEN, limits=Limits()) as target:
        visit = Visit(contract, target)
        pages = list(visit.walk())
        sent = target.sent
        again = list(visit.walk())

    assert [page.items for page in pages] == [page.items for page in again]
    assert target.sent == sent
    assert read_page(contract, pages[-1].exchange, number=1).cursor is None
