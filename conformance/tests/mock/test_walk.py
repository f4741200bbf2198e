"""An honest mock lists its collection, each item once."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from conformance.mock.collection.dataset import Dataset, page_size
from conformance.mock.collection.fixture import validator
from conformance.mock.faults.tools import is_shown
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.promises import Relation
from conformance.tests.mock.leading import leads_to


def walk(client: httpx.Client, contract: Contract, **query: Any) -> list[list[Any]]:
    """The items of every page."""
    pages: list[Any] = []
    while True:
        response = client.get(contract.path, params=query)
        assert response.status_code == 200, response.text
        body = response.json()
        assert [] == list(validator(contract, contract.page_schema).iter_errors(body))
        pages.append(contract.items.place.get(body))
        cursor = leads_to(contract, response, len(pages[-1]))
        if cursor is None or contract.paging is None:
            return pages
        query[contract.paging.parameter] = cursor


def visible(contract: Contract, dataset: Dataset) -> set[str]:
    """The identities that a listing without filters shows."""
    return {str(contract.identity_of(entry.value)) for entry in dataset.entries if is_shown(contract, entry)}


def test_a_walk_shows_every_item_once(client: httpx.Client, contract: Contract, dataset: Dataset) -> None:
    """Pages of any size make up the whole collection, nothing twice."""
    if contract.paging is None:
        pytest.skip("the operation does not page")

    for limit in (2, 3, 7, 50):
        shown = [contract.identity_of(item) for page in walk(client, contract, limit=limit) for item in page]
        assert len(shown) == len(set(shown))
        assert visible(contract, dataset) == set(shown)


def test_the_default_walk_has_several_pages(client: httpx.Client, contract: Contract, dataset: Dataset) -> None:
    """Without a limit there are as many pages as the collection fills, and more than one, where there are pages."""
    if contract.paging is None:
        pytest.skip("the operation does not page")

    size = page_size(contract) or 0
    fills = -(-len(visible(contract, dataset)) // size)
    assert len(walk(client, contract)) == fills > 1


def test_the_documented_order_holds_and_reverses(client: httpx.Client, contract: Contract) -> None:
    """The listing is sorted as documented, and the other way round when asked."""
    if contract.order is None:
        pytest.skip("no order is documented")

    shown = [item for page in walk(client, contract) for item in page]
    times: list[Any] = [contract.order.by[0].get(item) for item in shown]

    assert sorted(times, reverse=True) == times
    if contract.order.parameter:
        other = [item for page in walk(client, contract, **{contract.order.parameter: "asc"}) for item in page]
        assert shown == other[::-1]


def test_a_filter_keeps_what_equals_it(client: httpx.Client, contract: Contract) -> None:
    """An equality filter shows exactly the items of that value."""
    everything = [item for page in walk(client, contract) for item in page]

    for known in contract.filters:
        if known.relation is not Relation.EQUALS or known.requires:
            continue
        for value in {known.field.get(item) for item in everything} - {None, MISSING}:
            shown = [item for page in walk(client, contract, **{known.parameter: value}) for item in page]
            assert [item for item in everything if known.field.get(item) == value] == shown


def test_counters_count(client: httpx.Client, contract: Contract, dataset: Dataset) -> None:
    """A page's counter is its length, whatever the limit; a total is the number of all that is listed."""
    body = client.get(contract.path, params={"limit": 3}).json()

    listed = len(visible(contract, dataset))
    for counter in contract.counters:
        expected = {"page": 3, "collection": listed, "matching": listed}[counter.counts]
        assert counter.where or counter.value.read(body, {}) == expected
