"""Servers are installed by name and version into the user's cache, each into a place of its own."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import platformdirs
from wild.server import Server

DAY = "2026-11-20"
"""Nothing newer is installed, as in pyproject.toml."""


def installed(server: Server) -> Path:
    """The directory with the programs of a server, which is installed where it is not there yet."""
    digest = hashlib.sha256(" ".join((DAY, *server.packages)).encode()).hexdigest()[:8]
    place = platformdirs.user_cache_path("sandbox-list-conformance") / "wild" / f"{server.stem}-{digest}"
    if not (place / "complete").is_file():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        _node(server, place) if server.registry == "node" else _python(server, place)
        (place / "complete").touch()
    return place / ("node_modules/.bin" if server.registry == "node" else "venv/bin")


def _python(server: Server, place: Path) -> None:
    uv = os.environ.get("UV") or "uv"
    _run([uv, "venv", "--quiet", "venv"], place)
    into = ["--python", "venv/bin/python", "--exclude-newer", f"{DAY}T00:00:00Z"]
    _run([uv, "pip", "install", "--quiet", *into, *server.packages], place)


def _node(server: Server, place: Path) -> None:
    quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts", f"--before={DAY}"]
    _run(["npm", "install", "--prefix", ".", *quiet, *server.packages], place)


def _run(command: list[str], place: Path) -> None:
    subprocess.run(command, cwd=place, check=True)
