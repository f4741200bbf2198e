"""One cause in every format: the finding that explains others comes first and whole, the others are folded under it."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from conformance.report.formats import rendered
from conformance.tests.report import records
from conformance.tests.report.test_terminal import printed

HEAD, FIRST, SECOND, OTHER = (f"{number:012x}" for number in (1, 2, 3, 4))


def explained() -> dict[str, Any]:
    """A record of one cause with three findings, of which a weaker one explains, and of another cause."""
    head = records.finding(1, level="warning", headline="`name` is not applied", cause=HEAD)
    first = records.finding(2, check="filter-shrinks", headline="`name` lists everything", cause=HEAD)
    second = records.finding(3, check="filter-bounds", level="note", headline="`name` has no bound", cause=HEAD)
    other = records.finding(4, check="pages-disjoint", headline="pages overlap", cause=OTHER)
    return records.record(records.operation("one_sessions", second, other, first, head))


@pytest.mark.parametrize("ending", [".json", ".html", ".md", ".xml", ".sarif"])
def test_every_format_has_every_id(ending: str) -> None:
    """Whoever waits for an id finds it, folded or not."""
    text = rendered(records.typed(explained()), ending)

    assert [one for one in (HEAD, FIRST, SECOND, OTHER) if one not in text] == []


@pytest.mark.parametrize("ending", [".html", ".md"])
def test_counts_are_of_causes(ending: str) -> None:
    """A cause counts once, as its gravest finding does."""
    assert "2 errors, 0 warnings, 0 notes; 4 findings" in rendered(records.typed(explained()), ending)


@pytest.mark.parametrize("width", [80, 120])
def test_the_terminal_shows_a_cause_whole_and_the_rest_in_lines(width: int) -> None:
    """What explains comes before what it explains, whatever came first, and nothing is wider than the terminal."""
    lines = printed(explained(), width)
    at = {one: next(index for index, line in enumerate(lines) if one in line) for one in (HEAD, FIRST, SECOND, OTHER)}

    assert at[HEAD] < at[SECOND] < at[FIRST]
    assert sum(line.startswith("  replay") for line in lines) == 2
    assert "2 more findings" in next(line for line in lines if line.startswith("  explains"))
    assert lines[at[HEAD] + 1].strip() == "`name` is not applied"
    assert lines[-1] == "✗ drift (2 errors, 0 warnings, 0 notes; 4 findings)"
    assert max(map(len, lines)) <= width


def test_code_scanning_and_test_viewers_are_told_the_cause() -> None:
    """SARIF and JUnit have one entry for each finding or check, which says what explains it."""
    record = records.typed(explained())
    results = json.loads(rendered(record, ".sarif"))["runs"][0]["results"]
    cases = {one.get("name"): one for one in ET.fromstring(rendered(record, ".xml")).iter("testcase")}  # noqa: S314 - ours

    assert [result["properties"]["cause"] for result in results] == [HEAD, OTHER, HEAD, HEAD]
    assert f"Explained by filter-sound {HEAD}: `name` is not applied" in results[2]["message"]["text"]
    failure = cases["filter-shrinks"].find("failure")
    assert failure is not None
    assert failure.get("message") == "`name` lists everything"
    assert f"cause     filter-sound {HEAD}: `name` is not applied" in (failure.text or "")


def test_a_job_is_annotated_once_for_each_cause() -> None:
    """GitHub shows ten annotations of a level: none is spent on what another explains."""
    from conformance.report.annotations import workflow_commands  # noqa: PLC0415 - nothing is loaded at collection

    commands = list(workflow_commands(records.typed(explained())))

    assert [command.partition(" ")[0] for command in commands] == ["::error", "::error"]
    assert [one in commands[0] for one in (HEAD, FIRST, SECOND, OTHER)] == [True, True, True, False]
