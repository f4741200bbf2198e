"""The generator makes a client of each of these operations, and the client walks the mock."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conformance.mock.collection.dataset import load_dataset, page_size
from conformance.mock.server import app, running
from conformance.spec.contract import Contract
from conformance.spec.load import own_specs
from conformance.tests.conftest import TOKEN
from conformance.tests.sixth.test_operations import CONTRACTS, SPECS

ROOT = own_specs().parent
GENERATE = "import generate, pathlib, sys; sys.exit(generate.main([], pathlib.Path(sys.argv[1])))"
WALK = """
import asyncio, importlib, json, sys
stem, operation, url, token = sys.argv[1:]
package = importlib.import_module(stem)
listing = getattr(package.Client(token, base_url=url), operation)

async def walked():
    async with package.AsyncClient(token, base_url=url) as client:
        return [item.to_dict() async for item in getattr(client, operation)()]

first = next(listing().pages())
rest = first.resume and listing(resume=json.loads(json.dumps(first.resume)))
found = {
    "sync": list(listing()), "pages": [item for page in listing().pages() for item in page.items],
    "resumed": [*first.items, *(rest or [])],
}
found = {how: [item.to_dict() for item in items] for how, items in found.items()}
print(json.dumps(found | {"async": asyncio.run(walked())}))
"""


def python(code: str, *arguments: str, path: Path) -> str:
    """What a program prints that finds its modules in `path`."""
    command = [sys.executable, "-c", code, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(path)}
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("stem", CONTRACTS)
def test_its_client_walks_its_mock(stem: str, tmp_path: Path) -> None:
    """Every item of a collection of any size comes once, in the documented order, whatever leads from page to page."""
    contract = CONTRACTS[stem]
    size = page_size(contract) or 1
    (tmp_path / "specs").mkdir()
    shutil.copy(SPECS / f"{stem}.yaml", tmp_path / "specs")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    python(GENERATE, str(tmp_path), path=ROOT / "scripts")

    for items in (0, 1, size, 2 * size, 230):
        dataset = load_dataset(contract, items=items, seed=1, fixtures=SPECS / "fixtures")
        with running(app(contract, dataset, secret=TOKEN)) as url:
            arguments = (stem, contract.operation_id, url, TOKEN)
            walks = json.loads(python(WALK, *arguments, path=tmp_path / "generated" / stem))

        for how in ("sync", "async", "pages", "resumed"):
            assert (how, items, len(walks[how])) == (how, items, items)
            check_order(contract, walks[how])


def check_order(contract: Contract, found: list[dict[str, Any]]) -> None:
    """No item comes twice, and they come in the documented order."""
    assert len({contract.identity_of(item) for item in found}) == len(found)
    assert contract.order is not None
    moments = [item[contract.order.by[0].removeprefix("/")] for item in found]
    assert moments == sorted(moments, reverse=contract.order.direction == "desc")
