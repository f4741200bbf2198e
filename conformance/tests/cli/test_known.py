"""`conformance known`: from a report to the ledger, for a while."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.tests.report import records

STEM = "vercel_sessions"
LIE = ["run", STEM, "--fault", "equals-ignored", "--check", "filter-sound", "--check", "filter-shrinks"]
LATER, OVER = "2999-12-31", "2020-01-31"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The report of a run that found one cause with two findings."""
    path = tmp_path / "report.json"
    main([*LIE, "--report", str(path)])
    return path


def head(report: Path) -> str:
    """The id of the finding that explains."""
    (operation,) = json.loads(report.read_text())["operations"]
    (cause,) = {one["cause"] for one in operation["findings"]}
    return str(cause)


def entries(ledger: Path) -> list[dict[str, Any]]:
    """What a ledger says."""
    return list(tomllib.loads(ledger.read_text())["drift"])


def test_a_cause_is_accepted_until_a_day(report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It and what it explains are known from then on; adding it again adds nothing; both lists are shown."""
    ledger, identity = tmp_path / "known.toml", head(report)
    add = [
        "known",
        str(report),
        "--add",
        identity,
        "--reason",
        'they "know"',
        "--until",
        LATER,
        "--ledger",
        str(ledger),
    ]

    assert [main(add), main(add)] == [0, 0]
    assert [(one["operation"], one["check"], one["until"], one["reason"]) for one in entries(ledger)] == [
        (STEM, "filter-sound", LATER, 'they "know"'),
        (STEM, "filter-shrinks", LATER, 'they "know"'),
    ]
    again = tmp_path / "again.json"
    assert main([*LIE, "--ledger", str(ledger), "--report", str(again)]) == 0
    capsys.readouterr()
    assert [main(["known", str(report)]), main(["known", str(again)])] == [0, 0]
    told = capsys.readouterr().out
    assert ["new (2)" in told, "known (2)" in told, identity in told] == [True, True, True]


def test_what_is_over_is_drift_again(report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After its last day an entry accepts nothing, and its line is named."""
    ledger = tmp_path / "known.toml"
    main(
        [
            "known",
            str(report),
            "--add",
            head(report),
            "--reason",
            "for a while",
            "--until",
            LATER,
            "--ledger",
            str(ledger),
        ]
    )
    ledger.write_text(ledger.read_text().replace(LATER, OVER))
    capsys.readouterr()

    assert main([*LIE, "--ledger", str(ledger)]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert f"{ledger}:2: {STEM} filter-sound {head(report)} was known until {OVER}" in told
    assert "(1 error, 0 warnings, 0 notes; 2 findings)" in told


def test_one_finding_alone_is_not_its_neighbour(tmp_path: Path) -> None:
    """An entry with an id knows that finding, and no other of the same check and place."""
    report, ledger = tmp_path / "report.json", tmp_path / "known.toml"
    lie = ["run", STEM, "--fault", "bad-number-accepted", "--check", "bad-input-refused", "--report", str(report)]
    main(lie)
    (operation,) = json.loads(report.read_text())["operations"]
    other = next(one["id"] for one in operation["findings"] if one["id"] != one["cause"])

    main(["known", str(report), "--add", other, "--reason", "one", "--ledger", str(ledger)])
    assert main([*lie, "--ledger", str(ledger)]) == 1
    (operation,) = json.loads(report.read_text())["operations"]
    assert [one["id"] for one in operation["findings"] if one["known"]] == [other]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--add", "nothing", "--reason", "x"], "no finding 'nothing'"),
        (["--add", f"{1:012x}"], "--add needs --reason"),
        (["--add", f"{1:012x}", "--reason", "x", "--until", OVER], "is over"),
        (["--add", f"{1:012x}", "--reason", "x", "--until", "soon"], "is no date"),
    ],
)
def test_what_cannot_be_added_is_said(
    options: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written then."""
    report, ledger = tmp_path / "report.json", tmp_path / "known.toml"
    report.write_text(json.dumps(records.varied()))

    assert main(["known", str(report), *options, "--ledger", str(ledger)]) == 2
    assert words in capsys.readouterr().err
    assert not ledger.exists()


def test_an_annotation_points_at_a_file_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a repository without the spec the annotation is one of the run, and no line of a file that nobody finds."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    shown = {}
    for there in (False, True):
        place = tmp_path / str(there)
        (place / "specs").mkdir(parents=True)
        if there:
            (place / f"specs/{STEM}.yaml").touch()
        monkeypatch.chdir(place)
        main(LIE)
        shown[there] = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("::error"))

    assert shown[True].startswith(f"::error file=specs/{STEM}.yaml,line=")
    assert shown[False].startswith(f"::error title={STEM} filter-sound")
