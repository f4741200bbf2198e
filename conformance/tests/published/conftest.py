"""What these tests share: a published document, changed, and what `diff` says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import ryaml
from attrs import frozen

from conformance.cli.main import main

HERE = Path(__file__).parent
SPECS = HERE / "specs"
STEM = "acme_things"
VERSIONS = ("acme_30", "acme_31")


@frozen
class Compared:
    """What `conformance diff` did."""

    code: int
    record: dict[str, Any]

    @property
    def findings(self) -> list[dict[str, Any]]:
        """All findings."""
        (operation,) = self.record["operations"]
        return list(operation["findings"])

    @property
    def drifts(self) -> set[tuple[str, str, str]]:
        """Check, drift and place of every finding."""
        return {(finding["check"], finding["drift"], finding["place"]) for finding in self.findings}


def published(version: str) -> dict[str, Any]:
    """The published document of that name."""
    with (HERE / f"{version}.yaml").open(encoding="utf-8") as file:
        content: dict[str, Any] = ryaml.load(file)
    return content


@pytest.fixture
def diff(tmp_path: Path) -> Callable[..., Compared]:
    """Run `conformance diff` on a document with this content and read the report."""

    def compare(document: dict[str, Any] | str, *options: str, stem: str = STEM, specs: Path = SPECS) -> Compared:
        path, report = tmp_path / "published.json", tmp_path / "report.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        code = main(["diff", stem, str(path), "--specs", str(specs), "--report", str(report), *options])
        return Compared(code, json.loads(report.read_text(encoding="utf-8")))

    return compare
