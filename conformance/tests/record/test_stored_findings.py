"""Findings of a few runs as they were stored before findings became data: who waits for an id still gets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.finding_text import tell
from conformance.tests.runs import CONTRACTS, ran

STORED: dict[str, Any] = json.loads(Path(__file__).with_name("stored_findings.json").read_text())
SEED = 20260507


@pytest.mark.parametrize("stem", STORED)
def test_a_stored_finding_reads_as_it_did(stem: str) -> None:
    """Ids, which name the same drift from run to run, and sentences are what they were, in the same order."""
    result = ran(CONTRACTS[stem], STORED[stem]["fault"], seed=SEED)

    assert [
        {
            "id": finding.id(stem),
            "check": finding.check,
            "expected": tell(finding.expected),
            "actual": tell(finding.actual),
        }
        for finding, _ in result.findings
    ] == STORED[stem]["findings"]
