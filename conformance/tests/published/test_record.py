"""The record of a comparison is that of a run, and claims nothing that was not seen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance import checks
from conformance.cli.main import main
from conformance.tests.published.conftest import SPECS, STEM, Compared, published
from conformance.tests.published.kinds import KINDS


def drifted(diff: Callable[..., Compared]) -> Compared:
    """A breaking, an ambiguous and an additive difference."""
    document = published("acme_31")
    for kind in ("field added", "format changed", "parameter deprecated"):
        KINDS[kind][0](document)
    return diff(document)


def test_no_two_checks_share_an_id() -> None:
    """An id names one check, so that a line of the ledger means one thing in `run` and in `diff`."""
    assert [name for name, times in Counter(check.id for check in checks.EVERY).items() if times > 1] == []


def test_known_drift_of_a_run_is_not_asked_of_a_document(tmp_path: Path, diff: Callable[..., Compared]) -> None:
    """A field that a server sends undocumented is nothing that a published document must show."""
    ledger = tmp_path / "known.toml"
    entry = {"operation": STEM, "check": "fields-documented", "place": "/image", "reason": "seen", "since": "today"}
    ledger.write_text("[[drift]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in entry.items()))

    assert diff(published("acme_31"), "--ledger", str(ledger)).code == 0


def test_an_operation_is_as_urgent_as_its_worst_difference(diff: Callable[..., Compared]) -> None:
    """The word of the operation is the most urgent of its findings' words."""
    (operation,) = drifted(diff).record["operations"]

    assert {one["drift"] for one in operation["findings"]} == {"breaking", "ambiguous", "additive"}
    assert operation["drift"] == "breaking"


def test_no_answer_was_read_and_none_is_spoken_of(
    diff: Callable[..., Compared], capsys: pytest.CaptureFixture[str]
) -> None:
    """How a client ends is not known from a document, and no change of the spec is proposed without an answer."""
    findings = drifted(diff).findings
    shown = capsys.readouterr().out

    assert {finding["client"]["ends"] for finding in findings} == {"unknown"}
    assert {finding["proposal"]["why"].split(":")[0] for finding in findings} == {
        "A change is proposed from what a server answers"
    }
    assert "client    breaking: unknown, two documents were compared, and no answer was read" in shown
    assert f"{STEM}: breaking" in shown


def test_a_comparison_is_shown_in_every_format(diff: Callable[..., Compared], tmp_path: Path) -> None:
    """What is true of a run's report is true of this one: it can be shown, compared, and asked for proposals."""
    report = tmp_path / "again.json"
    report.write_text(json.dumps(drifted(diff).record))
    formats = [tmp_path / f"out.{ending}" for ending in ("html", "md", "xml", "sarif")]
    options = [part for path in formats for part in ("--report", str(path))]

    codes = [
        main(["report", str(report), *options]),
        main(["compare", str(report), str(report)]),
        main(["propose", str(report), "--specs", str(SPECS)]),
    ]

    assert codes == [0, 0, 0]
    texts: dict[str, Any] = {path.suffix: path.read_text() for path in formats}
    assert all("field-types-agree" in text and "IndexError" not in text for text in texts.values())
