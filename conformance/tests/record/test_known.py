"""Known drift is counted and does not fail; what no longer happens must be deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.requests import Request

from conformance.cli.main import main
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, own_specs
from conformance.tests.conftest import Answer, Ran, liar, mock

ENTRY = """
[[drift]]
operation = "instavm_sandboxes"
check = "fields-documented"
place = "/*/image"
reason = "announced"
since = 2026-11-01
"""
OPTIONS = ("--check", "fields-documented", "--check", "body-matches-schema", "--fail-on", "note")


@pytest.fixture
def sandboxes() -> Contract:
    """The contract of the entry."""
    return load_contract("instavm_sandboxes", own_specs())


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with one entry."""
    path = tmp_path / "known.toml"
    path.write_text(ENTRY)
    return path


def test_known_drift_does_not_fail(sandboxes: Contract, ledger: Path, run_on: Callable[..., Ran]) -> None:
    """A finding that the ledger knows is shown as known, and the run exits 0."""

    def with_image(_: Request, answer: Answer) -> Answer:
        return answer.with_json(
            lambda body: [{**one, "image": "x"} for one in body] if isinstance(body, list) else body
        )

    ran = run_on(sandboxes.stem, liar(sandboxes, with_image), *OPTIONS, "--ledger", str(ledger))

    assert ran.code == 0
    assert [finding["known"] for finding in ran.record["operations"][0]["findings"]] == [True]
    assert {"check": "fields-documented", "family": "wire", "outcome": "known", "reason": ""} in ran.record[
        "operations"
    ][0]["outcomes"]


def test_known_drift_that_is_gone_fails(sandboxes: Contract, ledger: Path, run_on: Callable[..., Ran]) -> None:
    """An entry whose drift no longer happens exits 1 with the words to act on."""
    ran = run_on(sandboxes.stem, mock(sandboxes), *OPTIONS, "--ledger", str(ledger))

    assert ran.code == 1
    assert "delete this line" in ran.record["ledger"][0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace('reason = "announced"\n', ""), "without reason"),
        (lambda text: text.replace("instavm_sandboxes", "instavm_boxes"), "no operation 'instavm_boxes'"),
        (lambda text: text.replace("fields-documented", "fields"), "no check 'fields'"),
        (lambda text: text.replace("since", "sinse"), "without since"),
        (lambda text: text + "[[", "TOML"),
    ],
)
def test_a_bad_line_is_refused(
    change: Callable[[str], str], words: str, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A ledger that cannot be right is exit 2, with file and line."""
    ledger.write_text(change(ENTRY))

    assert main(["run", "instavm_sandboxes", "--ledger", str(ledger)]) == 2
    assert words in capsys.readouterr().err
