"""Row 15 of the table of stock defects: type checkers, both strict, find nothing in generated code nor in a user's."""

import json
import subprocess
import sys
from pathlib import Path

from tests.answers import ROOT, STEMS
from tests.stock import StockPackages

EXAMPLES = ROOT / "conformance/tests/typing_examples.py"


def run(*command: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False, cwd=cwd)


def test_row_15_mypy_strict_finds_nothing(tmp_path: Path, stock: StockPackages) -> None:
    """Generated packages and the examples pass mypy --strict; stock output does not."""
    settings = tmp_path / "mypy.ini"
    settings.write_text("[mypy]\nstrict = True\npython_version = 3.11\n")
    mypy = ("mypy", "--config-file", str(settings), "--cache-dir", str(tmp_path / "cache"))
    theirs = stock("vercel_sessions")

    for ours in ([option for stem in STEMS for option in ("-p", stem)], [str(EXAMPLES)]):
        done = run(*mypy, *ours)

        assert done.returncode == 0, done.stdout
    done = run(*mypy, "-p", theirs.name, cwd=theirs.directory)
    assert "models/error.py" in done.stdout
    assert done.returncode == 1


def test_row_15_pyright_strict_finds_nothing(tmp_path: Path, stock: StockPackages) -> None:
    """Generated packages and the examples pass pyright in strict mode; each stock package has errors."""
    for path in ("generated", "conformance"):
        (tmp_path / path).symlink_to(ROOT / path)
    (tmp_path / "stock").symlink_to(stock.directory)
    ours = [*(f"generated/{stem}/{stem}" for stem in STEMS), str(EXAMPLES.relative_to(ROOT))]
    theirs = [f"stock/{stock(stem).name}" for stem in STEMS]
    settings = {"include": [*ours, *theirs], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))

    done = run("pyright", "-p", str(tmp_path), "--pythonpath", sys.executable, "--outputjson")
    found = json.loads(done.stdout)["generalDiagnostics"]

    blamed = [each for each in found if each["severity"] == "error"]
    assert [each for each in blamed if "stock_" not in each["file"]] == []
    assert {stem for stem in STEMS if any(f"stock_{stem}/" in each["file"] for each in blamed)} == set(STEMS)
