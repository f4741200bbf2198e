"""Row 15 of the table of stock defects: type checkers, both strict, find nothing in generated code nor in a user's."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import golden
import pytest

from tests.answers import ROOT, STEMS
from tests.checkout import generate, make_checkout
from tests.stock import StockPackages

pytestmark = pytest.mark.machine

EXAMPLES = ROOT / "conformance/tests/typing_examples.py"


def run(*command: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False, cwd=cwd)


def golden_stems() -> list[str]:
    """The packages of all golden specs."""
    return sorted(spec.stem for spec in (golden.GOLDEN / "specs").iterdir())


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the packages of the golden specs lie, which have one of each, and odd names."""
    checkout = make_checkout(tmp_path_factory.mktemp("odd"))
    for spec in (golden.GOLDEN / "specs").iterdir():
        shutil.copy(spec, checkout / "specs")
    assert generate(checkout).returncode == 0
    for stem in (checkout / "specs").iterdir():
        (checkout / stem.stem).symlink_to(checkout / "generated" / stem.stem / stem.stem)
    return checkout


def test_row_15_mypy_strict_finds_nothing(tmp_path: Path, odd: Path, stock: StockPackages) -> None:
    """Generated packages and the examples pass mypy --strict; stock output does not."""
    settings = tmp_path / "mypy.ini"
    settings.write_text("[mypy]\nstrict = True\npython_version = 3.11\n")
    mypy = ("mypy", "--config-file", str(settings), "--cache-dir", str(tmp_path / "cache"))
    theirs = stock("vercel_sessions", _with_error_bodies, "stock_errors")

    for ours in (["listing_runtime", *STEMS, *golden_stems()], None):
        done = run(*mypy, *(["-p", *" -p ".join(ours).split()] if ours else [str(EXAMPLES)]), cwd=odd)

        assert done.returncode == 0, done.stdout
    done = run(*mypy, "-p", theirs.name, cwd=theirs.directory)
    assert "models/error.py" in done.stdout
    assert done.returncode == 1


def _with_error_bodies(document: dict[str, Any]) -> None:
    """Errors as many APIs describe them: an object in the member `error`."""
    detail = {"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}}
    schema = {"type": "object", "required": ["error"], "properties": {"error": {"$ref": "#/components/schemas/Detail"}}}
    document["components"]["schemas"] |= {"Error": schema, "Detail": detail}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    document["components"]["responses"]["BadRequest"]["content"] = content


def test_row_15_pyright_strict_finds_nothing(tmp_path: Path, odd: Path, stock: StockPackages) -> None:
    """Generated packages and the examples pass pyright in strict mode; each stock package has errors."""
    for path in ("generated", "conformance"):
        (tmp_path / path).symlink_to(ROOT / path)
    (tmp_path / "stock").symlink_to(stock.directory)
    (tmp_path / "odd").symlink_to(odd)
    ours = [
        *(f"generated/{stem}/{stem}" for stem in ["listing_runtime", *STEMS]),
        str(EXAMPLES.relative_to(ROOT)),
        "odd/golden_*",
    ]
    theirs = [f"stock/{stock(stem).name}" for stem in STEMS]
    settings = {"include": [*ours, *theirs], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))

    done = run("pyright", "-p", str(tmp_path), "--pythonpath", sys.executable, "--outputjson")
    found = json.loads(done.stdout)["generalDiagnostics"]

    blamed = [each for each in found if each["severity"] == "error"]
    assert [(each["file"], each["message"]) for each in blamed if "stock_" not in each["file"]] == []
    assert {stem for stem in STEMS if any(f"stock_{stem}/" in each["file"] for each in blamed)} == set(STEMS)


@pytest.mark.parametrize("package", ["listing_runtime", *STEMS])
def test_every_public_type_is_known(package: str) -> None:
    """Of each package that says it is typed, as `pyright --verifytypes` counts."""
    done = run("pyright", "--verifytypes", package, "--ignoreexternal", "--outputjson")

    assert json.loads(done.stdout)["typeCompleteness"]["completenessScore"] == 1
