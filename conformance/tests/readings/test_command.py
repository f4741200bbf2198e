"""Readings on the command line: served, listed, and refused where they have no place."""

from __future__ import annotations

import json

import pytest

from conformance.cli.main import main
from conformance.mock.readings import READINGS
from conformance.tests.readings.test_readings import left_by
from conformance.tests.runs import STEMS


def test_a_run_on_a_reading_is_no_drift(capsys: pytest.CaptureFixture[str]) -> None:
    """Several are served together."""
    asked = ["run", "vercel_sessions", "--check", "pages-complete"]
    readings = ["--reading", "empty-page-between", "--reading", "json-indented"]

    assert main([*asked, *readings]) == 0
    assert "(0 errors, 0 warnings, 0 notes)" in capsys.readouterr().out


def test_readings_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its sentence and the operations whose pages leave the choice."""
    assert main(["list", "--readings", "--json"]) == 0
    rows = {row["reading"]: row for row in json.loads(capsys.readouterr().out)}

    assert {name: row["says"] for name, row in rows.items()} == {name: READINGS[name].says for name in rows}
    for stem in STEMS:
        assert {name for name, row in rows.items() if stem in row["operations"]} == set(left_by(stem))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "vercel_sessions", "--reading", "json-indentd"], "Did you mean 'json-indented'?"),
        (["mock", "vercel_sessions", "--reading", "json-indentd"], "Did you mean 'json-indented'?"),
        (["run", "browserbase_sessions", "--reading", "empty-page-between"], "does not apply to browserbase_sessions"),
        (["run", "vercel_sessions", "--target", "live", "--reading", "json-indented"], "for --target mock alone"),
        (["list", "--readings", "--faults"], "three lists"),
    ],
)
def test_a_reading_without_a_place_is_exit_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is asked of anybody."""
    assert main(arguments) == 2
    assert said in capsys.readouterr().err
