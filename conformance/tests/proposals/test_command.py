"""What `conformance propose` shows and writes: a whole change, or nothing at all and why."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance import specs
from conformance.cli import main


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the specs that may be changed."""
    shutil.copytree(specs.directory(), tmp_path / "specs")
    return tmp_path / "specs"


@pytest.fixture
def propose(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run with a fault, then propose; gives the exit code and what was printed."""
    report = tmp_path / "report.json"

    def run(
        fault: str, *options: str, stem: str = "vercel_sessions", checks: tuple[str, ...] = ()
    ) -> tuple[int, str, str]:
        main(["run", stem, "--fault", fault, "--report", str(report), "--check", "pages-complete", *checks])
        capsys.readouterr()
        code = main(["propose", str(report), "--specs", str(own), *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


SCHEMA = ("--check", "body-matches-schema")


def test_propose_shows_and_write_writes(own: Path, propose: Callable[..., tuple[int, str, str]]) -> None:
    """Without --write nothing changes and the difference is shown; with it, the spec holds change and note."""
    before = (own / "vercel_sessions.yaml").read_bytes()

    code, shown, _ = propose("enum-grew-once", checks=SCHEMA)

    assert code == 0
    assert "--- a/specs/vercel_sessions.yaml" in shown
    assert "+      enum: [failed, aborted, pending, stopping, snapshotting, running, stopped, hibernating]" in shown
    assert (own / "vercel_sessions.yaml").read_bytes() == before

    code, told, _ = propose("enum-grew-once", "--write", checks=SCHEMA)

    assert code == 0
    assert "1 of 1 findings are documented now" in told
    contract = specs.load("vercel_sessions", own)
    (*_, note) = contract.document["paths"][contract.path]["get"]["x-conformance"]["deviations"]
    assert note["pointer"] == "/components/schemas/SessionStatus"
    assert note["instead"] == "hibernating is a value too"
    assert len(note["finding"]) == 12
    assert len(note["date"]) == len("2026-11-23")
    assert sorted(path.name for path in own.iterdir() if path.name.startswith(".")) == []


def test_what_was_changed_since_is_not_touched(own: Path, propose: Callable[..., tuple[int, str, str]]) -> None:
    """A spec that is not the report's is left alone, with an error that says so: a second --write, for one."""
    propose("enum-grew-once", "--write", checks=SCHEMA)
    once = (own / "vercel_sessions.yaml").read_bytes()

    code, _, error = propose("enum-grew-once", "--write", checks=SCHEMA)

    assert code == 2
    assert "is not the spec that the report was made with" in error
    assert "hint:" in error
    assert (own / "vercel_sessions.yaml").read_bytes() == once


def test_nothing_is_written_when_one_part_does_not_apply(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two specs change, one of the changes is impossible: neither file is touched."""
    report = tmp_path / "report.json"
    stems = ["vercel_sandboxes", "vercel_sessions"]
    main(["run", *stems, "--fault", "enum-grew-once", "--report", str(report), *SCHEMA, "--check", "identity-unique"])
    record = json.loads(report.read_text())
    record["operations"][1]["findings"][0]["proposal"]["edits"][0]["pointer"] = "/components/schemas/Nothing/enum"
    report.write_text(json.dumps(record))
    before = [(own / f"{stem}.yaml").read_bytes() for stem in stems]
    capsys.readouterr()

    assert main(["propose", str(report), "--write", "--specs", str(own)]) == 2
    assert "does not apply" in capsys.readouterr().err
    assert [(own / f"{stem}.yaml").read_bytes() for stem in stems] == before


def test_what_cannot_be_expressed_gets_a_bug_report(propose: Callable[..., tuple[int, str, str]]) -> None:
    """A filter that is ignored is the provider's bug: why, and a text with the curl, instead of a difference."""
    code, shown, _ = propose("equals-ignored", checks=("--check", "filter-sound"))

    assert code == 0
    assert "no change of the spec" in shown
    assert "A filter that lists something else than it says is no filter" in shown
    assert "curl -s 'http://127.0.0.1" in shown
    assert "+++" not in shown


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not JSON"),
        ("[]", "is no report of format 1"),
        ('{"format": 1, "operations": [{"stem": "x", "findings": []}]}', "holds no proposals"),
    ],
)
def test_a_bad_report_is_refused(content: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no report of ours is exit 2, with a hint."""
    path = tmp_path / "report.json"
    path.write_text(content)

    assert main(["propose", str(path)]) == 2
    shown = capsys.readouterr().err
    assert words in shown
    assert "hint:" in shown
