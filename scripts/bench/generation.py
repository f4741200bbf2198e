"""Measures the generation of all clients against stock openapi-python-client.

uv run python scripts/bench/generation.py

Exit code 0: every bar was met; 1: one was missed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from figures import Figure, conditions, show
from processes import children
from timing import side_by_side

ROOT = Path(__file__).parents[2]
SPECS = sorted((ROOT / "specs").glob("*.yaml"))
OURS, STOCK = f"scripts/generate.py, all {len(SPECS)} clients", f"stock, {len(SPECS)} runs"
MOST = 1.2


def main() -> int:
    """Print the table; say by the exit code whether every bar was met."""
    print(conditions())
    with tempfile.TemporaryDirectory(prefix="generation-") as name:
        met = show("generation, seconds of computing", generation(Path(name)))
    return 0 if met else 1


def generation(directory: Path) -> Iterator[Figure]:
    """Give the seconds of both, and the ratios to all runs of stock and to one."""
    checkout = _checkout(directory / "checkout")
    works = {OURS: lambda: _ours(checkout), STOCK: lambda: _stock(directory / "stock")}
    rounds = side_by_side(works, children, rounds=5, slice_seconds=0.0)
    for label in works:
        yield Figure(label, rounds.median(label), "s")
    ratio = rounds.ratio(OURS, STOCK)
    yield Figure(f"all clients / {len(SPECS)} runs of stock", ratio, most=MOST)
    yield Figure("all clients / one run of stock", ratio * len(SPECS), most=MOST)


def _checkout(target: Path) -> Path:
    for folder in ("specs", "scripts"):
        shutil.copytree(ROOT / folder, target / folder)
    for file in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / file, target / file)
    return target


def _ours(checkout: Path) -> None:
    subprocess.run([sys.executable, str(checkout / "scripts/generate.py")], check=True, capture_output=True)


def _stock(directory: Path) -> None:
    # Stock looks for ruff on PATH, and only warns where it is missing.
    environment = os.environ | {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    for spec in SPECS:
        places = ["--path", str(spec), "--output-path", str(directory / spec.stem), "--overwrite"]
        command = [sys.executable, "-m", "openapi_python_client", "generate", *places]
        subprocess.run(command, check=True, capture_output=True, env=environment)


if __name__ == "__main__":
    sys.exit(main())
