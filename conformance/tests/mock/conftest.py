"""Every contract of the repository, and mocks of it over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import httpx
import pytest

from conformance.mock.collection.dataset import Dataset, load_dataset
from conformance.mock.server import app, running
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, own_specs, stems_in

SECRET = "test-token"
STEMS = stems_in(own_specs())


@cache
def contract_of(stem: str) -> Contract:
    """The contract of a stem, read once."""
    return load_contract(stem, own_specs())


@cache
def dataset_of(stem: str) -> Dataset:
    """The usual dataset of a stem, grown once."""
    return load_dataset(contract_of(stem), items=None, seed=1, fixtures=None)


@pytest.fixture(params=STEMS)
def contract(request: pytest.FixtureRequest) -> Contract:
    """Each contract in turn."""
    return contract_of(request.param)


@pytest.fixture
def dataset(contract: Contract) -> Dataset:
    """The usual dataset of the contract."""
    return dataset_of(contract.stem)


@pytest.fixture
def client(contract: Contract, dataset: Dataset) -> Iterator[httpx.Client]:
    """A client with good credentials on an honest mock."""
    headers = contract.credentials[0].headers(SECRET)
    with (
        running(app(contract, dataset, secret=SECRET)) as url,
        httpx.Client(base_url=url, headers=headers) as client,
    ):
        yield client
