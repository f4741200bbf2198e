"""A checkout with specs of the test's own, and the generator's command in it."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.answers import ROOT

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


def files(root: Path) -> dict[str, bytes]:
    """Give the content of every file under a directory."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
