"""SARIF: valid by its schema, and pointing into the spec files of this repository."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from conformance.report.sarif import as_sarif
from conformance.spec.load import own_specs
from conformance.tests.report import records

TEXT = (Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.4.json").read_text(encoding="utf-8")
SLIP = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$"
"""The published schema's pattern of a language has one bracket too many, so that no validator can read it."""
VALIDATOR = jsonschema_rs.Draft4Validator(json.loads(TEXT.replace(SLIP, SLIP.replace("]?", ""))), validate_formats=True)


def run_of(record: dict[str, Any]) -> dict[str, Any]:
    """The one run of a log."""
    (run,) = json.loads(as_sarif(records.typed(record)))["runs"]
    return dict(run)


@pytest.mark.parametrize(
    "make",
    [records.empty, records.clean, records.untold, records.varied, records.hostile, lambda: records.many(500)],
    ids=["empty", "clean", "untold", "varied", "hostile", "many"],
)
def test_the_schema_accepts_every_report(make: Callable[[], Any]) -> None:
    """Whatever a server wrote, the log is valid."""
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(as_sarif(records.typed(make()))))] == []


def test_the_schema_refuses_what_is_wrong() -> None:
    """The schema is no formality: an unknown key, or line 0, does not pass."""
    log = json.loads(as_sarif(records.typed(records.varied())))

    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    log["runs"][0]["colour"] = "red"

    assert len(list(VALIDATOR.iter_errors(log))) == 2


def test_a_real_run_points_at_the_promises(drifted: dict[str, Any]) -> None:
    """Each result stands at the line of an existing spec file, relative to the root of the repository."""
    assert VALIDATOR.is_valid(json.loads(as_sarif(records.typed(drifted))))
    results = run_of(drifted)["results"]

    assert results
    for result in results:
        place = result["locations"][0]["physicalLocation"]
        lines = (own_specs().parent / place["artifactLocation"]["uri"]).read_text().splitlines()
        assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        assert 1 < place["region"]["startLine"] <= len(lines)


def test_results_say_what_the_findings_say() -> None:
    """Level, rule, fingerprint, suppression and message are those of the finding."""
    run = run_of(records.varied())
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    by_id = {result["partialFingerprints"]["primaryLocationLineHash"]: result for result in run["results"]}

    assert [rules[result["ruleIndex"]] for result in run["results"]] == [one["ruleId"] for one in run["results"]]
    assert [result["level"] for result in run["results"]] == ["error", "error", "error", "warning", "note"]
    assert by_id[f"{5:012x}"]["suppressions"][0]["justification"] == "ticket 4711"
    assert by_id[f"{1:012x}"]["suppressions"] == []
    assert by_id[f"{1:012x}"]["properties"] == {"breaksClient": True, "drift": "breaking", "cause": f"{1:012x}"}
    assert "curl -s" in by_id[f"{3:012x}"]["message"]["text"]


def test_what_could_not_be_told_is_no_success() -> None:
    """An operation that could not be asked is a notification, and the invocation failed."""
    (invocation,) = run_of(records.untold())["invocations"]

    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 3)
    assert "cannot be reached" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_a_spec_elsewhere_is_a_file_uri() -> None:
    """An absolute path is not taken for one below the root of the sources."""
    elsewhere = {**records.operation("one_sessions", records.finding()), "spec": "/some where/one_sessions.yaml"}
    (result,) = run_of(records.record(elsewhere))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "file:///some%20where/one_sessions.yaml"
    }
