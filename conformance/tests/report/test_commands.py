"""`conformance report` and `conformance compare`, as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.tests.report import records


@pytest.fixture
def saved(tmp_path: Path) -> Any:
    """Write a record to a file and give its path."""

    def save(name: str, record: Any) -> str:
        path = tmp_path / name
        path.write_text(json.dumps(record), encoding="utf-8")
        return str(path)

    return save


def test_a_report_is_written_again_in_every_format(saved: Any, tmp_path: Path) -> None:
    """One report.json gives all formats; the JSON that comes out is the JSON that went in."""
    record = records.varied()
    paths = [tmp_path / f"out{ending}" for ending in (".json", ".html", ".xml", ".sarif", ".md")]

    code = main(["report", saved("in.json", record), *(f"--report={path}" for path in paths)])

    assert code == 0
    assert json.loads(paths[0].read_text(encoding="utf-8")) == record
    assert all("body-matches-schema" in path.read_text(encoding="utf-8") for path in paths)


def test_even_a_hostile_report_goes_through(saved: Any, tmp_path: Path) -> None:
    """Half a surrogate pair in a report is written as it was read."""
    out = tmp_path / "out.json"

    assert main(["report", saved("in.json", records.hostile()), "--report", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8")) == records.hostile()


def test_without_a_path_it_is_shown(saved: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """`report IN.json` prints what the run printed."""
    assert main(["report", saved("in.json", records.varied())]) == 0

    assert "✗ drift (2 errors, 1 warning, 1 note, 1 known)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "cannot be read: No such file"),
        (b'{"format": 1,\n  oops', "in.json:2: is not JSON"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"[1, 2]", "is JSON, but no report"),
        (b"[" * 100_000, "is not JSON that can be read"),
        (b'{"format": 2, "operations": []}', "has the format 2"),
        (b'{"format": 1, "operations": [{}]}', "is a required property"),
    ],
    ids=["absent", "no JSON", "no UTF-8", "other JSON", "too deep", "format 2", "half a report"],
)
@pytest.mark.parametrize("command", ["report", "compare"])
def test_what_is_no_report_is_exit_2(
    command: str, text: bytes | None, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is no report is refused with its name, the place, and what makes one."""
    path = tmp_path / "in.json"
    if text is not None:
        path.write_bytes(text)

    code = main(
        [command, str(path), *([str(path)] if command == "compare" else ["--report", str(tmp_path / "o.html")])]
    )

    error = capsys.readouterr().err
    assert code == 2
    assert words in error
    assert "hint:" in error
    assert not (tmp_path / "o.html").exists()


def test_what_is_wrong_in_a_report_is_pointed_at(saved: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A level that does not exist is named with its place in the report."""
    record = records.record(records.operation("one_sessions", records.finding(level="fatal")))

    assert main(["report", saved("in.json", record)]) == 2
    assert "at /operations/0/findings/0/level" in capsys.readouterr().err


def compared(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, list[str]]]:
    """Compare two records: the exit code, and the ids under each heading."""
    code = main(["compare", *arguments])
    sections: dict[str, list[str]] = {}
    for block in capsys.readouterr().out.split("\n\n")[:-1]:
        heading, *lines = block.splitlines()
        sections[heading.rpartition(" (")[0]] = [line.split()[2] for line in lines]
    return code, sections


def test_compare_says_new_gone_and_still_there(saved: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Findings are the same by their id."""
    one, two, three = (records.finding(number, check=f"check-{number}") for number in (1, 2, 3))
    held = records.outcome("check-1", "held")
    after = records.operation("one_sessions", two, three)
    after["outcomes"].append(held)
    old, new = records.record(records.operation("one_sessions", one, two)), records.record(after)

    code, sections = compared(capsys, saved("old.json", old), saved("new.json", new))

    assert code == 1
    assert sections == {"new": ["check-3"], "gone": ["check-1"], "still there": ["check-2"]}


def test_what_was_not_looked_for_is_not_gone(saved: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding whose check was skipped this time is neither gone nor there, and the skipped check is named."""
    old = records.record(records.operation("one_sessions", records.finding()))
    outcomes = [records.outcome("filter-sound", "skipped", reason="too few items"), records.outcome("x", "held")]
    new = records.record(records.operation("one_sessions", outcomes=outcomes))

    code, sections = compared(capsys, saved("old.json", old), saved("new.json", new))

    assert code == 0
    assert sections == {
        "not seen, but not looked for either": ["filter-sound"],
        "gave a verdict before and gives none now": ["skipped:", "not"],
    }


@pytest.mark.parametrize(
    ("parts", "fail_on", "code"),
    [
        ({}, "error", 1),
        ({"level": "warning"}, "error", 0),
        ({"level": "warning"}, "warning", 1),
        ({"level": "note"}, "note", 1),
        ({"known": True}, "note", 0),
    ],
)
def test_new_drift_of_the_level_that_matters_is_exit_1(parts: Any, fail_on: str, code: int, saved: Any) -> None:
    """Known drift and lesser levels are shown, and exit 0."""
    old = saved("old.json", records.clean())
    new = saved("new.json", records.record(records.operation("one_sessions", records.finding(**parts))))

    assert main(["compare", old, new, "--fail-on", fail_on]) == code


def test_a_later_run_that_could_not_tell_is_exit_3(saved: Any) -> None:
    """No new drift is no good news where nothing was seen."""
    old = saved("old.json", records.clean())

    assert main(["compare", old, saved("untold.json", records.untold())]) == 3
    assert main(["compare", old, saved("empty.json", records.empty())]) == 3
    assert main(["compare", old, old]) == 0


def test_every_report_has_the_verdict_of_the_run(tmp_path: Path) -> None:
    """What fails the run by --fail-on fails every report of it, then and later."""
    path, again = tmp_path / "out.json", tmp_path / "again.xml"

    code = main(["run", "sandbase_sessions", "--check=lifecycle-current", "--fail-on=note", f"--report={path}"])
    record = json.loads(path.read_text(encoding="utf-8"))
    main(["report", str(path), f"--report={again}"])

    assert (code, record["exit"], record["fail_on"]) == (1, 1, "note")
    assert 'failures="1"' in again.read_text(encoding="utf-8")
