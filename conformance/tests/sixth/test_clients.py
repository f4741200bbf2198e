"""The generator makes a client of each of these operations, and the client walks the mock."""

from __future__ import annotations

import asyncio
import importlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from conformance.mock.collection.dataset import page_size
from conformance.spec.contract import Contract
from conformance.spec.load import own_specs
from conformance.tests.conftest import TOKEN, listening
from conformance.tests.propose.loops import generated
from conformance.tests.sixth.test_operations import CONTRACTS, SPECS

ROOT = own_specs().parent


@pytest.mark.parametrize("stem", CONTRACTS)
def test_its_client_walks_its_mock(stem: str, tmp_path: Path) -> None:
    """Every item of a collection of any size comes once, in the documented order, whatever leads from page to page."""
    contract, fixtures = CONTRACTS[stem], SPECS / "fixtures"
    size = page_size(contract) or 1
    (tmp_path / "specs").mkdir()
    shutil.copy(SPECS / f"{stem}.yaml", tmp_path / "specs")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)

    with generated(tmp_path, stem):
        for items in (0, 1, size, 2 * size, 230):
            with listening(contract, items=items, fixtures=fixtures) as url:
                walks = walked(contract, url)

            for how, found in walks.items():
                assert (how, items, len(found)) == (how, items, items)
                check_order(contract, found)


def walked(contract: Contract, url: str) -> dict[str, list[Any]]:
    """What the client of an operation lists: as a loop, in pages, resumed after the first page, asynchronously."""
    package = importlib.import_module(contract.stem)
    token = {one.scheme: TOKEN for one in contract.credentials} if len(contract.credentials) > 1 else TOKEN
    client = package.Client(token, base_url=url)
    listing = getattr(client, contract.operation_id)

    async def together() -> list[Any]:
        async with package.AsyncClient(token, base_url=url) as client:
            return [item async for item in getattr(client, contract.operation_id)()]

    with client:
        first = next(listing().pages())
        rest = first.resume and listing(resume=json.loads(json.dumps(first.resume)))
        found = {
            "sync": list(listing()),
            "pages": [item for page in listing().pages() for item in page.items],
            "resumed": [*first.items, *(rest or [])],
            "async": asyncio.run(together()),
        }
    return {how: [item.to_dict() for item in items] for how, items in found.items()}


def check_order(contract: Contract, found: list[dict[str, Any]]) -> None:
    """No item comes twice, and they come in the documented order."""
    assert len({contract.identity_of(item) for item in found}) == len(found)
    assert contract.order is not None
    moments = [item[contract.order.by[0].removeprefix("/")] for item in found]
    assert moments == sorted(moments, reverse=contract.order.direction == "desc")
