"""A checkout with specs of the test's own, and the generator's command in it."""

import importlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import generate as generator

from tests.answers import ROOT

INVENTED = ROOT / "conformance" / "tests" / "checks" / "contracts" / "specs"
"""Specs of invented operations, which document what no real one does."""

_COMMAND = (
    "import sys; from pathlib import Path; import generate; sys.exit(generate.main(sys.argv[2:], Path(sys.argv[1])))"
)


def make_checkout(root: Path, *stems: str) -> Path:
    """Make a checkout that holds these specs, and nothing generated."""
    (root / "specs").mkdir(parents=True)
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, root / name)
    for stem in stems:
        shutil.copy(ROOT / "specs" / f"{stem}.yaml", root / "specs")
    return root


def generate(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python scripts/generate.py` as if `root` were the checkout."""
    return subprocess.run(
        [sys.executable, "-c", _COMMAND, str(root), *arguments],
        cwd=ROOT / "scripts",
        env={"PATH": "/nowhere", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def packages_of(root: Path, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Give the clients that are generated from the texts of specs, by stem; they can be imported meanwhile."""
    make_checkout(root)
    for stem, text in texts.items():
        (root / "specs" / f"{stem}.yaml").write_text(text)
    assert generator.main([], root) == 0
    sys.path[:0] = [str(root / "generated" / stem) for stem in texts]
    yield {stem: importlib.import_module(stem) for stem in texts}
    del sys.path[: len(texts)]


def invented(*stems: str) -> dict[str, str]:
    """Give the texts of the specs of invented operations."""
    return {stem: (INVENTED / f"{stem}.yaml").read_text() for stem in stems}


def files(root: Path) -> dict[str, bytes]:
    """Give the content of every file under a directory."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
