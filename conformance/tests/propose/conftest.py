"""What these tests share: a report, the specs that it was made with, and `conformance propose` on both."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from conformance.cli.main import main
from conformance.spec.load import load_contract, own_specs

SESSIONS, SANDBOXES = "vercel_sessions", "vercel_sandboxes"
ENUM = "enum-grew-once"
CHECKS = ["--check", "pages-complete", "--check", "body-matches-schema"]


@frozen
class Proposed:
    """A report, the specs that it was made with, and `conformance propose` on both."""

    report: Path
    specs: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def record(self) -> dict[str, Any]:
        """The report as it stands."""
        found: dict[str, Any] = json.loads(self.report.read_text())
        return found

    @property
    def findings(self) -> list[str]:
        """The ids of all findings."""
        return [finding["id"] for operation in self.record["operations"] for finding in operation["findings"]]

    def change(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Change the report by hand."""
        record = self.record
        change(record)
        self.report.write_text(json.dumps(record))

    def files(self) -> dict[str, bytes]:
        """Every file beside the specs, hidden ones as well."""
        return {path.name: path.read_bytes() for path in sorted(self.specs.iterdir()) if path.is_file()}

    def notes(self, stem: str) -> set[str]:
        """The findings that the deviations of a spec name."""
        contract = load_contract(stem, self.specs)
        extension = contract.document["paths"][contract.path]["get"]["x-conformance"]
        return {one["finding"] for one in extension["deviations"] if "finding" in one}

    def __call__(self, *options: str) -> tuple[int, str, str]:
        """Propose; gives the exit code and what was printed."""
        self.capsys.readouterr()
        code = main(["propose", str(self.report), "--specs", str(self.specs), *options])
        printed = self.capsys.readouterr()
        return code, printed.out, printed.err


@pytest.fixture
def after(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Proposed]:
    """Run with a fault, on a copy of the specs that may be changed."""

    def run(fault: str, *stems: str, checks: list[str] = CHECKS) -> Proposed:
        own, report = tmp_path / "specs", tmp_path / "report.json"
        shutil.copytree(own_specs(), own)
        main(["run", *(stems or [SESSIONS]), "--fault", fault, "--report", str(report), *checks])
        return Proposed(report, own, capsys)

    return run
