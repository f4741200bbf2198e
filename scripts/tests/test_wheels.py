"""Each package stands alone: its wheel works in an empty environment, with and without msgspec."""

import json
import shutil
import subprocess
import threading
import venv
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STEMS = sorted(path.stem for path in (ROOT / "specs").glob("*.yaml"))
SCRIPT = """
import asyncio, importlib, sys
stem, url = sys.argv[1:]
package = importlib.import_module(stem)
name = importlib.import_module(stem + "._documented").OPERATION.name

async def main():
    async with package.AsyncClient("t", base_url=url) as client:
        return [item async for item in getattr(client, name)()]

with package.Client("t", base_url=url) as client:
    print(len(list(getattr(client, name)())), len(asyncio.run(main())), "msgspec" in sys.modules)
"""


def _needs(stem: str) -> list[str]:
    import tomllib

    project = tomllib.loads((ROOT / "generated" / stem / "pyproject.toml").read_text())["project"]
    return [str(each).split(">")[0] for each in project["dependencies"]]


@pytest.mark.parametrize("stem", STEMS)
def test_attrs_and_httpx_are_all_it_needs(stem: str) -> None:
    """The metadata of each package names these two."""
    assert _needs(stem) == ["attrs", "httpx"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with attrs and httpx alone, as links to what is installed here."""
    directory = tmp_path_factory.mktemp("environment")
    venv.create(directory / "v", with_pip=False)
    site = next((directory / "v").glob("lib/*/site-packages"))
    import attr

    here = Path(attr.__file__).parents[1]
    for name in ("attr", "attrs", "httpx", "httpcore", "anyio", "h11", "certifi", "idna", "sniffio"):
        if (here / name).exists():
            (site / name).symlink_to(here / name)
    for name in ("typing_extensions.py",):
        shutil.copy(here / name, site / name)
    return directory / "v"


@pytest.fixture
def empty_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server that answers with what the test asks for."""
    content = json.dumps(request.param).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("stem", "empty_server"),
    [
        ("browserbase_sessions", []),
        ("instavm_sandboxes", []),
        ("sandbase_sessions", {"data": []}),
        ("vercel_sandboxes", {"sandboxes": [], "pagination": {"count": 0, "next": None, "prev": None, "total": 0}}),
        ("vercel_sessions", {"sessions": [], "pagination": {"count": 0, "next": None}}),
    ],
    indirect=["empty_server"],
)
def test_it_works_in_an_empty_environment(stem: str, empty_server: str, environment: Path, tmp_path: Path) -> None:
    """Sync and async, over HTTP, without msgspec and without any other of the five."""
    shutil.copytree(ROOT / "generated" / stem / stem, tmp_path / stem)
    command = [str(environment / "bin/python"), "-c", SCRIPT, stem, empty_server]
    done = subprocess.run(command, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False)

    assert done.stdout.split() == ["0", "0", "False"], done.stderr
