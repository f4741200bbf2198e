"""Every contract of the repository, its usual collection, and clients of mocks of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import pytest

from conformance.spec.contract import Contract
from conformance.tests.in_process import client as client_of
from conformance.tests.runs import CONTRACTS, STEMS, application

if TYPE_CHECKING:
    import httpx

    from conformance.mock.collection.dataset import Dataset

SECRET = "test-token"
__all__ = ["STEMS"]


def contract_of(stem: str) -> Contract:
    """The contract of a stem, read once."""
    return CONTRACTS[stem]


@cache
def dataset_of(stem: str) -> Dataset:
    """The usual dataset of a stem, grown once."""
    from conformance.mock.collection.dataset import load_dataset  # noqa: PLC0415 - nothing is loaded when tests are collected

    return load_dataset(contract_of(stem), items=None, seed=1, fixtures=None)


@pytest.fixture
def dataset(contract: Contract) -> Dataset:
    """The usual dataset of the contract."""
    return dataset_of(contract.stem)


@pytest.fixture
def client(contract: Contract) -> Iterator[httpx.Client]:
    """A client with good credentials on an honest mock."""
    with client_of(application(contract), contract.credentials[0].headers(SECRET)) as made:
        yield made
