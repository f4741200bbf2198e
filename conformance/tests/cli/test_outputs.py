"""What a run writes: what cannot be written costs nothing else, and a recording is as private as what it holds."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance import files
from conformance.cli.main import main
from conformance.tests.conftest import mock
from conformance.tests.runs import CONTRACTS, STEMS

STEM = STEMS[0]
HONEST = ["run", STEM, "--check", "operation-exists"]
LYING = ["run", STEM, "--check", "operation-exists", "--fault", "path-retired-404"]
DRIFT, USAGE = 1, 2


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    """An ordinary file is one that a group may read."""
    before = os.umask(0o027)
    yield
    os.umask(before)


def test_a_report_that_cannot_be_written_is_told_before_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is sent, and no other report is written: the command line is wrong."""
    other = tmp_path / "ok.json"

    code = main([*HONEST, "--report", str(other), "--report", "/proc/no.json"])

    told = capsys.readouterr()
    assert (code, other.exists(), told.out) == (USAGE, False, "")
    assert "--report /proc/no.json: cannot be written" in told.err


@pytest.mark.parametrize(("first", "second"), [("--report", "--report"), ("--record", "--report")])
def test_two_outputs_with_one_path_are_refused(
    first: str, second: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One would replace the other without a word; a link, or another way to write the path, is the same place."""
    (tmp_path / "link.json").symlink_to(tmp_path / "x.json")
    for name in ("x.json", f"../{tmp_path.name}/x.json", "link.json"):
        code = main([*HONEST, first, str(tmp_path / "x.json"), second, str(tmp_path / name)])

        told = capsys.readouterr()
        assert (code, told.out, (tmp_path / "x.json").exists()) == (USAGE, "", False)
        assert "is written there too" in told.err


def test_a_report_that_cannot_be_made_costs_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A defect in one format is told after the findings, and the other reports are there."""
    page, record = tmp_path / "r.html", tmp_path / "r.json"

    def broken(_: object) -> str:
        raise KeyError

    monkeypatch.setattr("conformance.report.page.as_html", broken)

    code = main([*LYING, "--report", str(page), "--report", str(record)])

    told = capsys.readouterr()
    assert (code, page.exists(), record.exists()) == (DRIFT, False, True)
    assert f"--report {page} crashed: KeyError" in told.err.replace("\n", "")


@pytest.mark.parametrize(("arguments", "expected"), [(LYING, DRIFT), (HONEST, USAGE)])
def test_a_report_that_fails_at_the_end_costs_nothing_else(
    arguments: list[str],
    expected: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The disk filled meanwhile: every other report is there, findings are shown, and drift is still drift."""
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    honest = files.replace

    def replace(texts: dict[Path, str]) -> None:
        if bad in texts:
            raise OSError(28, os.strerror(28), str(bad))
        honest(texts)

    monkeypatch.setattr(files, "replace", replace)
    code = main([*arguments, "--report", str(bad), "--report", str(good)])

    told = capsys.readouterr()
    shown = [one["id"] for one in json.loads(good.read_text())["operations"][0]["findings"]]
    assert (code, list(tmp_path.iterdir())) == (expected, [good])
    assert all(one in told.out for one in shown)
    assert bool(shown) is (expected == DRIFT)
    assert f"--report {bad}: cannot be written: No space left on device" in told.err.replace("\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
@pytest.mark.parametrize(("arguments", "expected"), [(LYING, DRIFT), (HONEST, USAGE)])
def test_a_recording_on_a_full_disk_costs_nothing_else(
    arguments: list[str], expected: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Checks and reports go on, no check crashes, and one sentence names path and reason."""
    report = tmp_path / "report.json"

    code = main([*arguments, "--record", "/dev/full", "--report", str(report)])

    told = capsys.readouterr()
    (operation,) = json.loads(report.read_text())["operations"]
    assert code == expected
    assert "errored" not in {one["outcome"] for one in operation["outcomes"]}
    assert told.err.count("--record /dev/full: cannot be written: No space left on device") == 1


def test_a_recording_that_cannot_begin_is_told_before_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is sent where nothing could be kept."""
    code = main([*HONEST, "--record", str(tmp_path / "nowhere" / "x.jsonl")])

    told = capsys.readouterr()
    assert (code, told.out) == (USAGE, "")
    assert "cannot be written: No such file or directory" in told.err


def test_a_plan_records_nothing(tmp_path: Path) -> None:
    """What sends nothing leaves no recording, not even an empty one."""
    main([*HONEST, "--plan", "--record", str(tmp_path / "x.jsonl")])

    assert list(tmp_path.iterdir()) == []


def test_a_recording_is_as_private_as_what_it_holds(tmp_path: Path) -> None:
    """What the embedded mock answers is nobody's; of any other server it may be a customer's. Reports are ordinary."""
    ours, theirs, report = (tmp_path / name for name in ("ours.jsonl", "theirs.jsonl", "report.json"))
    theirs.write_text("an earlier recording, which anybody may read")

    main([*HONEST, "--record", str(ours), "--report", str(report)])
    with mock(CONTRACTS[STEM]) as url:
        main([*HONEST, "--target", url, "--record", str(theirs)])

    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {
        "ours.jsonl": 0o640,
        "theirs.jsonl": 0o600,
        "report.json": 0o640,
    }


def test_what_new_writes_is_ordinary(tmp_path: Path) -> None:
    """A spec and a fixture are for everybody who works on them."""
    body = tmp_path / "body.json"
    body.write_text('{"things": [{"id": "a", "name": "b"}]}')
    specs = tmp_path / "specs"

    main(["new", "acme_things", "--path", "/v1/things", "--from-response", str(body), "--specs", str(specs)])

    written = {path.name: path.stat().st_mode & 0o777 for path in specs.rglob("*") if path.is_file()}
    assert written == {"acme_things.yaml": 0o640, "acme_things.json": 0o640}
