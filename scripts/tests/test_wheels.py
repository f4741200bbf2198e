"""Every package as its users install it: wheels, each client alone with what it needs, against the mock."""

import importlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.answers import ROOT, STEMS, known, listing

pytestmark = pytest.mark.machine

ITEMS = 60
SCRIPT = """
import asyncio, importlib, importlib.metadata as metadata, json, sys

stem, method, url = sys.argv[1:]
package, runtime = importlib.import_module(stem), importlib.import_module("listing_runtime")

async def main():
    async with package.AsyncClient("test-token", base_url=url) as client:
        return [item async for item in getattr(client, method)()]

with package.Client("test-token", base_url=url) as client:
    found = list(getattr(client, method)())
print(json.dumps({
    "items": [item.to_dict() for item in found],
    "same": found == asyncio.run(main()),
    "needs": sorted(metadata.requires(stem)),
    "installed": sorted(each.name for each in metadata.distributions()),
    "runtime": [metadata.version("listing-runtime"), runtime.__version__],
    "from": [package.__file__, runtime.__file__],
}))
"""
NEEDED = {"attrs", "httpx", "listing-runtime", "msgspec"}
BELOW = {"anyio", "certifi", "h11", "httpcore", "idna", "sniffio", "typing_extensions"}
"""What httpx itself needs."""


def uv(*arguments: str | Path) -> None:
    # `uv run` says where it is.
    command = os.environ.get("UV") or shutil.which("uv")
    if command is None:
        pytest.skip("uv is not on PATH, and UV does not say where it is")
    done = subprocess.run([command, *arguments, "--quiet"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@contextmanager
def mock(stem: str) -> Iterator[str]:
    """Serve a mock as the command line does; give its URL."""
    command = [sys.executable, "-m", "conformance", "mock", stem, "--items", str(ITEMS)]
    environment = {name: value for name, value in os.environ.items() if not name.endswith(("_TOKEN", "_KEY"))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        try:
            yield next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheel of every package of the workspace, by its name."""
    directory = tmp_path_factory.mktemp("wheels")
    uv("build", "--wheel", "--all-packages", "--out-dir", directory)
    return {path.name.partition("-")[0]: path for path in directory.glob("*.whl")}


def test_every_package_is_a_wheel(wheels: dict[str, Path]) -> None:
    """The suite, the clients, and what they share; each says that it is typed, and under which licence it is."""
    suite = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["name"].replace("-", "_")
    assert set(wheels) == {suite, "listing_runtime", *STEMS}

    for name, path in wheels.items():
        held = {each.rpartition("/")[2] for each in ZipFile(path).namelist()}
        assert "LICENSE" in held, name
        assert name == suite or "py.typed" in held, name


@pytest.mark.parametrize("stem", STEMS)
def test_a_client_works_alone(stem: str, wheels: dict[str, Path], tmp_path: Path) -> None:
    """With the runtime and what both need, sync and async, from its wheel."""
    python = tmp_path / "environment/bin/python"
    uv("venv", "--python", sys.executable, tmp_path / "environment")
    uv("pip", "install", "--python", python, wheels[stem], wheels["listing_runtime"])

    with mock(stem) as url:
        command = [str(python), "-I", "-c", SCRIPT, stem, known(stem).name, url]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        here: Any = importlib.import_module(stem).Client("test-token", base_url=url)
        listed = [item.to_dict() for item in listing(here, stem)]

    assert done.returncode == 0, done.stderr
    alone = json.loads(done.stdout)
    version, told = alone["runtime"]
    assert len(listed) > ITEMS / 2
    assert (alone["items"], alone["same"], told) == (listed, True, version)
    assert alone["needs"] == ["attrs>=23.1", "httpx<0.29,>=0.27", f"listing-runtime=={version}", "msgspec>=0.19"]
    assert set(alone["installed"]) - BELOW == {stem.replace("_", "-"), *NEEDED}
    assert all(str(tmp_path) in path for path in alone["from"])
