"""Nothing is written where any part of a change cannot be made, and the error says what to do."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.tests.propose.conftest import ENUM, SANDBOXES, SESSIONS, Proposed


def test_a_second_time_is_refused(after: Callable[..., Proposed]) -> None:
    """A change that is there already is not made again, and the error says that it is."""
    propose = after(ENUM)
    propose("--write")
    once = propose.files()

    code, _, error = propose("--write")

    assert code == 2
    assert f"is not the spec that the report was made with; it documents {propose.findings[0]} already" in error
    assert "hint:" in error
    assert propose.files() == once


@pytest.mark.parametrize("cut", [0, 8])
def test_an_unknown_finding_is_refused(cut: int, after: Callable[..., Proposed]) -> None:
    """Exit 2 with the findings that there are; the beginning of an id is none, and the whole id is suggested."""
    propose = after(ENUM)
    (known,) = propose.findings
    wanted = known[:cut] or "nothing"
    before = propose.files()

    code, _, error = propose("--finding", wanted, "--write")

    assert (code, propose.files()) == (2, before)
    assert f"no finding {wanted!r} in the report" in error
    assert f"Known findings of the report: {known}." in error
    assert (f"Did you mean {known!r}?" in error) is bool(cut)


def test_nothing_is_written_when_one_part_does_not_apply(after: Callable[..., Proposed]) -> None:
    """Two specs change, one of the changes is impossible: neither file is touched."""
    propose = after(ENUM, SANDBOXES, SESSIONS)

    def impossible(record: dict[str, Any]) -> None:
        edits = record["operations"][1]["findings"][0]["proposal"]["edits"]
        edits[0]["pointer"] = "/components/schemas/Nothing/enum"

    propose.change(impossible)
    before = propose.files()

    code, _, error = propose("--write")

    assert (code, propose.files()) == (2, before)
    assert "/components/schemas/Nothing/enum does not apply" in error


def test_nothing_is_written_when_one_spec_has_changed(after: Callable[..., Proposed]) -> None:
    """A remark at the end of the second spec is enough: it is not what the report was made with."""
    propose = after(ENUM, SANDBOXES, SESSIONS)
    with (propose.specs / f"{SESSIONS}.yaml").open("a") as file:
        file.write("# a remark\n")
    before = propose.files()

    code, _, error = propose("--write")

    assert (code, propose.files()) == (2, before)
    assert f"{SESSIONS}.yaml: is not the spec that the report was made with\n" in error


def test_nothing_is_written_when_two_findings_disagree(after: Callable[..., Proposed]) -> None:
    """Two changes of one place cannot both be made: choose one."""
    propose = after(ENUM)

    def twice(record: dict[str, Any]) -> None:
        findings = record["operations"][0]["findings"]
        findings.append(json.loads(json.dumps(findings[0])) | {"id": "other"})
        for finding, kind in zip(findings, ("string", "number"), strict=True):
            place = "/components/schemas/Session/properties/cwd/type"
            finding["proposal"]["edits"][0] = {"op": "set", "pointer": place, "value": kind}

    propose.change(twice)
    before = propose.files()

    code, _, error = propose("--write")
    chosen, _, _ = propose("--finding", "other", "--write")

    assert "two findings change /components/schemas/Session/properties/cwd/type in different ways" in error
    assert "--finding" in error
    assert (code, chosen, propose.files() == before) == (2, 0, False)


def test_a_full_disk_changes_nothing(after: Callable[..., Proposed]) -> None:
    """Where the second spec cannot be written the first is not, and no unfinished file is left."""
    propose = after(ENUM, "browserbase_sessions", SESSIONS)
    before = propose.files()
    command = [sys.executable, "-m", "conformance", "propose", str(propose.report), "--write"]
    room = (len(before["browserbase_sessions.yaml"]) + len(before[f"{SESSIONS}.yaml"])) // 2

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = subprocess.run(
        [*command, "--specs", str(propose.specs)],
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=full,
        # What it imports first would be compiled to half a file, which every later process reads.
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )

    assert (done.returncode, propose.files()) == (2, before)
    assert f"{SESSIONS}.yaml: cannot be written: File too large" in done.stderr
    assert "Nothing is changed." in done.stderr


def test_what_was_replaced_comes_back(after: Callable[..., Proposed], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second file cannot be replaced after the first was, the first is what it was."""
    propose = after(ENUM, SANDBOXES, SESSIONS)
    before = propose.files()
    honest = Path.replace

    def second(path: Path, target: Path) -> Path:
        if target.name == f"{SESSIONS}.yaml":
            raise PermissionError(1, "Operation not permitted", str(target))
        return honest(path, target)

    monkeypatch.setattr(Path, "replace", second)
    code, _, error = propose("--write")

    assert (code, propose.files()) == (2, before)
    assert f"{SESSIONS}.yaml: cannot be written: Operation not permitted" in error


def spoilt(name: str) -> Callable[[dict[str, Any]], object]:
    """A way of breaking a report by hand."""

    def change(record: dict[str, Any]) -> None:
        (operation,) = record["operations"]
        proposal = operation["findings"][0]["proposal"]
        match name:
            case "an unknown edit":
                proposal["edits"][0]["op"] = "explode"
            case "an edit of the whole spec":
                proposal["edits"][0]["pointer"] = ""
            case "an edit that is a text":
                proposal["edits"][0] = "drop it"
            case "a spec elsewhere":
                operation["stem"] = "../specs/vercel_sessions"
            case "an older report":
                del operation["spec_sha256"]
            case "no proposal":
                operation["findings"][0]["proposal"] = None
            case _:
                record["format"] = 2

    return change


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("an unknown edit", "which is no edit"),
        ("an edit that is a text", "which is no edit"),
        ("an edit of the whole spec", "which is no edit"),
        ("a spec elsewhere", "there is no such spec"),
        ("an older report", "the report holds no proposals"),
        ("no proposal", "the report holds no proposals"),
        ("another format", "has the format 2"),
    ],
)
def test_a_report_that_was_spoilt_is_refused(name: str, words: str, after: Callable[..., Proposed]) -> None:
    """Exit 2 with a sentence and a hint, and nothing is written."""
    propose = after(ENUM)
    propose.change(spoilt(name))
    before = propose.files()

    code, _, error = propose("--write")

    assert (code, propose.files()) == (2, before)
    assert words in error
    assert "hint:" in error


@pytest.mark.parametrize(("content", "words"), [("{", "is not JSON"), ("[]", "is JSON, but no report")])
def test_what_is_no_report_is_refused(
    content: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file of something else, and a file that is not there."""
    path = tmp_path / "report.json"
    missing = main(["propose", str(path)])
    path.write_text(content)

    assert (missing, main(["propose", str(path)])) == (2, 2)
    shown = capsys.readouterr().err
    assert "report.json: cannot be read" in shown
    assert words in shown


def test_a_spec_that_is_not_there_is_named(after: Callable[..., Proposed]) -> None:
    """The report is of a spec that the directory does not have."""
    propose = after(ENUM)
    (propose.specs / f"{SESSIONS}.yaml").unlink()

    code, _, error = propose()

    assert code == 2
    assert f"{SESSIONS}.yaml: there is no such spec" in error
    assert "--specs" in error


def test_a_spec_that_is_no_text_is_named(after: Callable[..., Proposed]) -> None:
    """Somebody saved it in another encoding since."""
    propose = after(ENUM)
    (propose.specs / f"{SESSIONS}.yaml").write_bytes(b"# caf\xe9\n")

    code, _, error = propose()

    assert code == 2
    assert f"{SESSIONS}.yaml: cannot be read" in error
