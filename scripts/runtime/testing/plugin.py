"""Fixtures of pytest, for programs that use any of the clients."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture
def listing_server() -> Callable[..., Any]:
    """Make a server of a client's package: `listing_server(package, items, page_size=20)`."""

    def make(package: ModuleType, items: Iterable[Any] = (), **settings: object) -> object:
        return package.testing.server(items, **settings)

    return make


@pytest.fixture
def listing_client() -> Iterator[Callable[..., Any]]:
    """Make a client that lists given items: `listing_client(package, items, page_size=20)`; it is closed at the end."""
    made: list[Any] = []

    def make(package: ModuleType, items: Iterable[Any] = (), **settings: object) -> object:
        made.append(package.testing.client(items, **settings))
        return made[-1]

    yield make
    for client in made:
        client.close()
