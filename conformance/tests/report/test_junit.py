"""JUnit XML: valid by Ant's schema, and a case for each operation and check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from conformance.report.junit import as_junit
from conformance.tests.report import records

SCHEMA = xmlschema.XMLSchema(Path(__file__).parent / "schemas" / "junit.xsd")


def cases(record: dict[str, Any]) -> dict[tuple[str, str], tuple[str, str]]:
    """Each test case with the element in it and that element's message."""
    found = {}
    for case in ET.fromstring(as_junit(records.typed(record))).iter("testcase"):  # noqa: S314 - our own output
        verdict = next(iter(case), None)
        ended = ("passed", "") if verdict is None else (verdict.tag, verdict.attrib["message"])
        found[case.attrib["classname"], case.attrib["name"]] = ended
    return found


@pytest.mark.parametrize(
    "make",
    [records.empty, records.clean, records.untold, records.varied, records.hostile, lambda: records.many(500)],
    ids=["empty", "clean", "untold", "varied", "hostile", "many"],
)
def test_the_schema_accepts_every_report(make: Callable[[], Any]) -> None:
    """Whatever a server wrote, the document is well-formed and valid."""
    SCHEMA.validate(as_junit(records.typed(make())))


def test_a_real_run_is_valid(drifted: dict[str, Any]) -> None:
    """The report of a run has a case for each of its outcomes."""
    SCHEMA.validate(as_junit(records.typed(drifted)))

    assert set(cases(drifted)) == {
        ("vercel_sessions", outcome["check"]) for outcome in drifted["operations"][0]["outcomes"]
    }


def test_the_schema_refuses_what_is_wrong() -> None:
    """The schema is no formality: two verdicts in one case, or a zone in a time, do not pass."""
    right = as_junit(records.typed(records.varied()))

    assert not SCHEMA.is_valid(right.replace('<failure type="error"', '<error type="x"/><failure type="error"', 1))
    assert not SCHEMA.is_valid(right.replace('timestamp="2026-11-23T12:34:29"', 'timestamp="2026-11-23T12:34:29Z"'))


def test_cases_end_as_the_run_did() -> None:
    """Drift of the level that fails the run fails its case; the rest passes, or is skipped with the reason."""
    found = cases(records.varied())

    assert found["one_sessions", "body-matches-schema"][0] == "failure"
    assert found["one_sessions", "filter-sound"][0] == "failure"
    assert found["one_sessions", "count-is-page"] == ("skipped", "known drift: ticket 4711")
    assert found["one_sessions", "total-constant"] == ("skipped", "no counter")
    assert found["two_sandboxes", "filter-bounds"][0] == "passed"
    assert found["known-drift-ledger", "line-1"][0] == "failure"
    assert cases({**records.varied(), "fail_on": "note"})["two_sandboxes", "fields-documented"][0] == "failure"
    assert cases(records.untold())["one_sessions", "filter-sound"] == ("error", "http://127.0.0.1:1 cannot be reached")


def test_what_does_not_fail_is_told() -> None:
    """Findings below the level that fails stand in system-out, with promise, place and command."""
    suites = ET.fromstring(as_junit(records.typed(records.varied()))).findall("testsuite")  # noqa: S314 - our own output
    told = suites[1].findtext("system-out") or ""

    assert "filter-bounds warning 000000000003" in told
    assert "where     specs/two_sandboxes.yaml:91" in told
    assert [suite.attrib["failures"] for suite in suites] == ["2", "0", "1"]


def test_times_are_told_in_utc() -> None:
    """A start with another zone is the same moment."""
    text = as_junit(records.typed({**records.clean(), "started": "2026-11-23T14:34:29+02:00"}))

    assert 'timestamp="2026-11-23T12:34:29"' in text
