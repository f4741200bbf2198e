"""What several test modules share."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from listing_runtime.call import transport

from tests.stock import StockPackages


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StockPackages]:
    """Packages as openapi-python-client makes them without us, importable and made once."""
    directory = tmp_path_factory.mktemp("stock")
    sys.path.insert(0, str(directory))
    yield StockPackages(directory)
    sys.path.remove(str(directory))


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits that were asked for; nobody waits."""
    slept: list[float] = []
    monkeypatch.setattr(transport.time, "sleep", slept.append)
    return slept


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a recording is written."""
    return tmp_path / "traffic.jsonl"
