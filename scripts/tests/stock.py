"""What openapi-python-client makes of a spec without our templates, runtime and toolchain."""

import importlib
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
from attrs import frozen
from ruamel.yaml import YAML

from tests.answers import ROOT, URL, Answer

Change = Callable[[dict[str, Any]], None]


@frozen
class Stock:
    """One stock package."""

    directory: Path
    """In which it lies, importable."""
    name: str

    def module(self, below: str = "") -> ModuleType:
        """Import it, or a module of it."""
        return importlib.import_module(f"{self.name}{below}")

    @property
    def operation(self) -> ModuleType:
        """The module of the operation's functions."""
        found = next((self.directory / self.name / "api").glob("*/list_*.py"))
        return self.module(f".api.{found.parent.name}.{found.stem}")

    def client(self, answer: Answer, **settings: Any) -> Any:
        """Make a client that asks a function."""
        settings = {"httpx_args": {"transport": httpx.MockTransport(answer)}} | settings
        return self.module(".client").AuthenticatedClient(URL, token="t0ken", **settings)

    def sync(self, answer: Answer, **arguments: Any) -> Any:
        """Call the operation."""
        return self.operation.sync(client=self.client(answer), **arguments)

    def read(self, body: Any) -> Any:
        """Give what the operation makes of a body."""
        return self.sync(lambda _: httpx.Response(200, json=body))


def generate(
    spec: Path, target: Path, *options: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run stock openapi-python-client."""
    command = [sys.executable, "-m", "openapi_python_client", "generate", *(options or ("--meta", "none"))]
    paths = ["--path", str(spec), "--output-path", str(target)]
    return subprocess.run([*command, *paths], capture_output=True, text=True, check=True, env=environment)


class StockPackages:
    """Stock packages, each made when it is first asked for."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._made: dict[str, Stock] = {}

    def __call__(self, stem: str, change: Change | None = None, name: str = "") -> Stock:
        """Give the package of a spec, or of a changed copy of it that has a `name`."""
        name = name or f"stock_{stem}"
        if name not in self._made:
            generate(self._spec(stem, change, name), self.directory / name)
            self._made[name] = Stock(self.directory, name)
        return self._made[name]

    def _spec(self, stem: str, change: Change | None, name: str) -> Path:
        path = ROOT / "specs" / f"{stem}.yaml"
        if change is None:
            return path
        document = YAML(typ="safe").load(path)
        change(document)
        YAML().dump(document, self.directory / f"{name}.yaml")
        return self.directory / f"{name}.yaml"
