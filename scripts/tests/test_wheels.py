"""Each package stands alone: its wheel, installed by itself into an empty environment, lists from the mock."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.answers import ROOT, STEMS

ITEMS = 60
LISTED = {"sandbase_sessions": 45}
"""How many of them are listed unasked, where that is not all: archived ones are not."""
SCRIPT = """
import asyncio, importlib, importlib.metadata as metadata, json, sys

pytestmark = pytest.mark.machine
stem, method, url = sys.argv[1:]
package = importlib.import_module(stem)

async def main():
    async with package.AsyncClient("test-token", base_url=url) as client:
        return [item async for item in getattr(client, method)()]

with package.Client("test-token", base_url=url) as client:
    found = list(getattr(client, method)())
print(json.dumps({
    "items": len(found),
    "same": found == asyncio.run(main()),
    "needs": sorted(each for each in metadata.requires(stem) if "extra" not in each),
    "installed": sorted(each.name for each in metadata.distributions()),
    "fast": "msgspec" in sys.modules,
    "from": package.__file__,
}))
"""
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


@pytest.mark.parametrize("stem", STEMS)
def test_its_wheel_works_alone(stem: str, tmp_path: Path) -> None:
    """With attrs and httpx and what those need, sync and async; then the same with the extra `fast`."""
    python, listed = tmp_path / "environment/bin/python", LISTED.get(stem, ITEMS)

    def use() -> Any:
        method = f"list_{stem.partition('_')[2]}"
        command = [str(python), "-I", "-c", SCRIPT, stem, method, url]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    uv("build", "--wheel", "--out-dir", tmp_path / "dist", ROOT / "generated" / stem)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    uv("venv", "--python", sys.executable, tmp_path / "environment")
    uv("pip", "install", "--python", python, wheel)
    with mock(stem) as url:
        alone = use()
        uv("pip", "install", "--python", python, f"{wheel}[fast]")
        fast = use()

    assert (alone["items"], alone["same"], alone["fast"]) == (listed, True, False)
    assert alone["needs"] == ["attrs>=23.1", "httpx<0.29,>=0.27"]
    assert set(alone["installed"]) - BELOW == {stem.replace("_", "-"), "attrs", "httpx"}
    assert str(tmp_path) in alone["from"]
    assert (fast["items"], fast["same"], fast["fast"]) == (listed, True, True)
