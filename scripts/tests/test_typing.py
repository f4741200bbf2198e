"""Type checkers, both strict, find nothing in the generated code nor in a user's script."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "conformance/tests/typing_examples.py"
PACKAGES = sorted(path.parent for path in (ROOT / "generated").glob("*/*/py.typed"))


def test_mypy_strict_finds_nothing(tmp_path: Path) -> None:
    """Generated packages and the examples pass mypy --strict."""
    settings = tmp_path / "mypy.ini"
    settings.write_text("[mypy]\nstrict = True\npython_version = 3.11\n")
    options = ["--config-file", str(settings), "--cache-dir", str(tmp_path / "cache")]
    targets = [*(each for package in PACKAGES for each in ("-p", package.name))]
    for files in (targets, [str(EXAMPLES)]):
        done = subprocess.run(
            [sys.executable, "-m", "mypy", *options, *files], capture_output=True, text=True, check=False
        )

        assert done.returncode == 0, done.stdout


def test_pyright_strict_finds_nothing(tmp_path: Path) -> None:
    """Generated packages and the examples pass pyright in strict mode (stock: 73 errors)."""
    settings = {
        "include": [str(path.relative_to(ROOT)) for path in (*PACKAGES, EXAMPLES)],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    for path in ("generated", "conformance"):
        (tmp_path / path).symlink_to(ROOT / path)
    command = [sys.executable, "-m", "pyright", "-p", str(tmp_path), "--pythonpath", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
