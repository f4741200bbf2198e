"""The generator makes a client of each of these operations, and the client walks the mock."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conformance import specs
from conformance.mock.dataset import load_dataset
from conformance.mock.server import app, running
from conformance.tests.conftest import TOKEN
from conformance.tests.sixth.test_operations import CONTRACTS, SPECS

ROOT = specs.directory().parent
GENERATE = "import generate, pathlib, sys; sys.exit(generate.main([], pathlib.Path(sys.argv[1])))"
WALK = """
import importlib, json, sys
stem, operation, url, token = sys.argv[1:]
client = importlib.import_module(stem).Client(token, base_url=url)
print(json.dumps([item.to_dict() for item in getattr(client, operation)()]))
"""


def python(code: str, *arguments: str, path: Path) -> str:
    """What a program prints that finds its modules in `path`."""
    command = [sys.executable, "-c", code, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(path)}
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("stem", CONTRACTS)
def test_its_client_walks_its_mock(stem: str, tmp_path: Path) -> None:
    """Every item of the collection comes once, in the documented order, whatever leads from page to page."""
    contract = CONTRACTS[stem]
    (tmp_path / "specs").mkdir()
    shutil.copy(SPECS / f"{stem}.yaml", tmp_path / "specs")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    python(GENERATE, str(tmp_path), path=ROOT / "scripts")
    dataset = load_dataset(contract, items=230, seed=1, fixtures=SPECS / "fixtures")

    with running(app(contract, dataset, secret=TOKEN)) as url:
        arguments = (stem, contract.operation_id, url, TOKEN)
        found = json.loads(python(WALK, *arguments, path=tmp_path / "generated" / stem))

    assert len(found) == 230
    assert len({contract.identity_of(item) for item in found}) == 230
    assert contract.order is not None
    moments = [item[contract.order.by[0].removeprefix("/")] for item in found]
    assert moments == sorted(moments, reverse=contract.order.direction == "desc")
