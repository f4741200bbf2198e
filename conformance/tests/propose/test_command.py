"""What `conformance propose` shows and writes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.spec.load import load_contract
from conformance.tests.propose.conftest import ENUM, SANDBOXES, SESSIONS, Proposed

GROWN = "+      enum: [failed, aborted, pending, stopping, snapshotting, running, stopped, hibernating]"


def test_the_change_is_shown_and_nothing_is_written(after: Callable[..., Proposed]) -> None:
    """Without --write the specs stay, and the difference is one that other tools read."""
    propose = after(ENUM)
    before = propose.files()

    code, shown, _ = propose()

    assert code == 0
    assert f"--- a/specs/{SESSIONS}.yaml" in shown
    assert GROWN in shown
    assert propose.files() == before


def test_write_leaves_the_change_and_its_note(after: Callable[..., Proposed]) -> None:
    """The spec documents what was seen, and says since when and from which finding; no other file is left."""
    propose = after(ENUM)
    before = propose.files()

    code, told, _ = propose("--write")

    contract = load_contract(SESSIONS, propose.specs)
    (*_, note) = contract.document["paths"][contract.path]["get"]["x-conformance"]["deviations"]
    assert code == 0
    assert "1 of 1 findings are documented now" in told
    assert f"python scripts/generate.py {SESSIONS}" in told
    assert note == {
        "pointer": "/components/schemas/SessionStatus",
        "says": "its enum is failed, aborted, pending, stopping, snapshotting, running, stopped",
        "instead": "hibernating is a value too",
        "date": propose.record["started"][:10],
        "finding": propose.findings[0],
    }
    assert {name for name, data in propose.files().items() if before.get(name) != data} == {f"{SESSIONS}.yaml"}


def test_the_difference_shown_is_one_that_git_applies(after: Callable[..., Proposed], tmp_path: Path) -> None:
    """What is shown and what is written are one change."""
    propose = after(ENUM)
    (tmp_path / "shown.diff").write_text(propose()[1])

    git = shutil.which("git") or "git"
    subprocess.run([git, "apply", "shown.diff"], cwd=tmp_path, check=True)
    by_hand = propose.files()
    subprocess.run([git, "apply", "-R", "shown.diff"], cwd=tmp_path, check=True)
    propose("--write")

    assert propose.files() == by_hand


def test_one_finding_is_chosen(after: Callable[..., Proposed]) -> None:
    """With --finding only its change is shown, and only it is written."""
    propose = after(ENUM, SESSIONS, SANDBOXES)
    first, second = propose.findings
    before = propose.files()

    _, shown, _ = propose("--finding", second)
    code, told, _ = propose("--finding", second, "--write")

    changed = {name for name, data in propose.files().items() if before.get(name) != data}
    assert [line for line in shown.splitlines() if line.startswith("---")] == [f"--- a/specs/{SANDBOXES}.yaml"]
    assert (code, changed, propose.notes(SANDBOXES)) == (0, {f"{SANDBOXES}.yaml"}, {second})
    assert first not in told


def test_another_spec_may_have_changed_since(after: Callable[..., Proposed]) -> None:
    """One finding after the other is written, each into its own spec, from one report."""
    propose = after(ENUM, SESSIONS, SANDBOXES)

    codes = [propose("--finding", finding, "--write")[0] for finding in propose.findings]

    assert codes == [0, 0]
    assert propose.notes(SESSIONS) | propose.notes(SANDBOXES) == set(propose.findings)


def test_two_findings_are_chosen(after: Callable[..., Proposed]) -> None:
    """--finding may be given several times; the order does not matter."""
    propose = after(ENUM, SESSIONS, SANDBOXES)

    code, _, _ = propose(*(part for one in reversed(propose.findings) for part in ("--finding", one)), "--write")

    assert code == 0
    assert propose.notes(SESSIONS) | propose.notes(SANDBOXES) == set(propose.findings)


def test_one_change_of_two_findings_is_made_once(after: Callable[..., Proposed]) -> None:
    """Two findings of one cause lead to one change and one note, and both are documented."""
    propose = after(ENUM)

    def twice(record: dict[str, Any]) -> None:
        findings = record["operations"][0]["findings"]
        findings.append(json.loads(json.dumps(findings[0])) | {"id": "other"})

    propose.change(twice)

    code, told, _ = propose("--write")

    assert (code, propose.notes(SESSIONS)) == (0, {propose.findings[0]})
    assert "2 of 2 findings are documented now" in told


def test_mode_and_link_of_a_spec_stay(after: Callable[..., Proposed], tmp_path: Path) -> None:
    """A spec that only its group may read, kept elsewhere and linked, is still both."""
    propose = after(ENUM)
    link, kept = propose.specs / f"{SESSIONS}.yaml", tmp_path / "kept.yaml"
    link.rename(kept)
    kept.chmod(0o640)
    link.symlink_to(kept)

    code, _, _ = propose("--write")

    assert (code, link.is_symlink(), kept.stat().st_mode & 0o777) == (0, True, 0o640)
    assert GROWN[1:] in kept.read_text()


def test_a_run_without_findings_proposes_nothing(after: Callable[..., Proposed]) -> None:
    """And says so."""
    propose = after("", SESSIONS)

    assert propose("--write")[:2] == (0, "No finding, so nothing to propose.\n")


def test_what_cannot_be_expressed_gets_a_bug_report(after: Callable[..., Proposed]) -> None:
    """A filter that is ignored is the provider's bug: why, and a text with the curl, instead of a difference."""
    propose = after("equals-ignored", checks=["--check", "filter-sound"])
    (finding,) = propose.record["operations"][0]["findings"]
    (propose.specs / f"{SESSIONS}.yaml").unlink()  # nothing of it is needed

    code, shown, _ = propose()

    assert code == 0
    assert f"# {finding['id']} filter-sound: no change of the spec. A filter that lists something else" in shown
    assert all(f"#   {line}".rstrip() in shown.splitlines() for line in finding["proposal"]["bug_report"].splitlines())
    assert "+++" not in shown


def test_our_specs_are_copied_to_where_a_user_keeps_specs(
    after: Callable[..., Proposed], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A directory that lacks the spec gets it with its fixture, changed; what does not apply copies nothing."""
    report, mine = after(ENUM).report, tmp_path / "mine"

    assert main(["propose", str(report), "--write", "--specs", str(mine), "--finding", "no-such-id"]) == 2
    assert not mine.exists()
    assert main(["propose", str(report), "--write", "--specs", str(mine)]) == 0

    told = capsys.readouterr()
    assert sorted(str(path.relative_to(mine)) for path in mine.rglob("*") if path.is_file()) == [
        f"fixtures/{SESSIONS}.json",
        f"{SESSIONS}.yaml",
    ]
    assert f"{SESSIONS}.yaml: copied" in told.err.replace("\n", "")
    assert "hibernating" in (mine / f"{SESSIONS}.yaml").read_text()
    check = ["--check", "body-matches-schema"]
    assert main(["run", SESSIONS, "--specs", str(mine), "--fault", ENUM, *check]) == 0


def test_an_installed_package_is_not_changed(
    after: Callable[..., Proposed], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the specs are those of the package, it is said where the change may go, and nothing is written."""
    propose = after(ENUM)
    (tmp_path / "bundled_specs").symlink_to(propose.specs)
    monkeypatch.setattr("conformance.spec.stems._PACKAGE", tmp_path)
    before = propose.files()

    code, _, told = propose("--write")

    assert (code, propose.files()) == (2, before)
    assert "belongs to the installed package" in told
    assert "--specs DIR" in told
