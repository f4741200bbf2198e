"""What blocks and what does not: a missing credential that is skipped, drift of a target that moves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.cli.main import main
from conformance.tests.conftest import mock
from conformance.tests.runs import CONTRACTS, STEMS

STEM = "browserbase_sessions"
LIE = ["run", STEM, "--fault", "equals-ignored", "--check", "filter-sound"]


@pytest.fixture(autouse=True)
def _no_credential(monkeypatch: pytest.MonkeyPatch) -> None:
    for contract in CONTRACTS.values():
        for credential in contract.credentials:
            monkeypatch.delenv(credential.env, raising=False)


def test_a_missing_credential_can_be_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    """It is said of each operation, and that nothing was checked; without the option the run cannot tell."""
    asked = ["run", "--target", "live", "--check", "operation-exists"]

    assert main([*asked, "--missing-credential", "skip"]) == 0
    told = capsys.readouterr()
    assert told.err.count("skipped: no credential for") == len(STEMS)
    assert "nothing was checked" in told.err
    assert told.out == ""
    assert main(asked) == 3


def test_skipping_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has a credential is asked, and no other operation is in the report."""
    monkeypatch.setattr("conformance.job.credentials.is_documented", lambda *_: True)
    monkeypatch.setenv(CONTRACTS[STEM].credentials[0].env, "test-token")
    report = tmp_path / "report.json"
    with mock(CONTRACTS[STEM]) as url:
        asked = ["run", "--target", url, "--check", "operation-exists", "--report", str(report)]
        code = main([*asked, "--missing-credential", "skip"])

    assert code == 0
    assert [one["stem"] for one in json.loads(report.read_text())["operations"]] == [STEM]


def test_soft_drift_is_shown_and_does_not_block(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The finding is there, and the report says drift; the exit code is 0. What could not be told stays 3."""
    report = tmp_path / "report.json"
    assert main(LIE) == 1
    assert main([*LIE, "--soft", "--report", str(report)]) == 0

    assert "is not applied" in capsys.readouterr().out
    assert json.loads(report.read_text())["exit"] == 1
    assert main(["run", STEM, "--target", "http://127.0.0.1:1", "--soft"]) == 3
