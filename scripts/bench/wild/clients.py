"""Whether the generated client of a server lists what plain requests list."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import yaml
from wild.server import HERE, Server

ROOT = HERE.parents[2]


def plain(server: Server, url: str) -> list[object]:
    """The identities that plain requests list, page by page."""
    found: list[object] = []
    query: Any = dict(server.asked)
    with httpx.Client(base_url=url, headers=server.headers, timeout=60) as client:
        while query is not None:
            response = client.get(server.path, params=query)
            items = response.raise_for_status().json()
            for key in server.items:
                items = items[key]
            found += [item[server.identity] for item in items]
            query = server.following(response, query)
    return found


def generated(server: Server, url: str) -> list[object]:
    """The identities that the client lists which is generated from the spec now, in pages of the same length."""
    (path,) = yaml.safe_load((HERE / f"{server.stem}.yaml").read_text())["paths"].values()
    operation = path["get"]
    with _package(server.stem) as package, package.Client(server.credential[1] or None, base_url=url) as client:
        given = operation["x-conformance"].get("given", {})
        pages = {name: value for name, value in server.asked.items() if name not in {server.lies.following, *given}}
        known = importlib.import_module(f"{server.stem}._operation").OPERATION.parameters
        called = {one.name: one.argument for one in known}
        arguments = {called[name]: value for name, value in given.items()}
        listing = getattr(client, operation["operationId"])(**arguments, extra_query=pages)
        return [item.to_dict()[server.identity] for item in listing]


@contextmanager
def _package(stem: str) -> Iterator[ModuleType]:
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        (root / "specs").mkdir()
        shutil.copy(HERE / f"{stem}.yaml", root / "specs")
        for name in ("pyproject.toml", "LICENSE"):
            shutil.copy(ROOT / name, root)
        command = [sys.executable, str(ROOT / "scripts" / "generate.py"), "--root", directory, stem]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        sys.path.insert(0, str(root / "generated" / stem))
        try:
            yield importlib.import_module(stem)
        finally:
            sys.path.pop(0)
