"""Known drift is counted and does not fail; what no longer happens must be deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.requests import Request

from conformance.cli.main import main
from conformance.record import known
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, own_specs
from conformance.tests.conftest import Answer, Ran, liar, mock

ENTRY = """
[[drift]]
operation = "instavm_sandboxes"
check = "fields-documented"
place = "/*/image"
reason = "announced"
since = 2026-11-01
"""
OPTIONS = ("--check", "fields-documented", "--check", "body-matches-schema", "--fail-on", "note")


@pytest.fixture
def sandboxes() -> Contract:
    """The contract of the entry."""
    return load_contract("instavm_sandboxes", own_specs())


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with one entry."""
    path = tmp_path / "known.toml"
    path.write_text(ENTRY)
    return path


def test_known_drift_does_not_fail(sandboxes: Contract, ledger: Path, run_on: Callable[..., Ran]) -> None:
    """A finding that the ledger knows is shown as known, and the run exits 0."""

    def with_image(_: Request, answer: Answer) -> Answer:
        return answer.with_json(
            lambda body: [{**one, "image": "x"} for one in body] if isinstance(body, list) else body
        )

    ran = run_on(sandboxes.stem, liar(sandboxes, with_image), *OPTIONS, "--ledger", str(ledger))

    assert ran.code == 0
    assert [finding["known"] for finding in ran.record["operations"][0]["findings"]] == [True]
    assert {"check": "fields-documented", "family": "wire", "outcome": "known", "reason": ""} in ran.record[
        "operations"
    ][0]["outcomes"]


def test_known_drift_that_is_gone_fails(sandboxes: Contract, ledger: Path, run_on: Callable[..., Ran]) -> None:
    """An entry whose drift no longer happens exits 1 with the words to act on."""
    ran = run_on(sandboxes.stem, mock(sandboxes), *OPTIONS, "--ledger", str(ledger))

    assert ran.code == 1
    assert "delete this line" in ran.record["ledger"][0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace('reason = "announced"\n', ""), "without reason"),
        (lambda text: text.replace("instavm_sandboxes", "instavm_boxes"), "no operation 'instavm_boxes'"),
        (lambda text: text.replace("fields-documented", "fields"), "no check 'fields'"),
        (lambda text: text.replace("since", "sinse"), "without since"),
        (lambda text: text + "[[", ":8: is not TOML"),
        (lambda text: text + "resaon = 'x'\n", ":2: unknown key 'resaon'"),
        (lambda text: text + "[drift.more]\n", ":2: unknown key 'more'"),
        (lambda text: text.replace('"announced"', '["announced"]'), ":2: reason is ['announced'], which is no text"),
        (lambda text: text.replace('"fields-documented"', "{a = 1}"), ":2: check is {'a': 1}, which is no text"),
        (lambda text: text.replace("[[drift]]", "[drift]"), ":2: 'drift' is no array of tables"),
        (lambda text: text.replace("[[drift]]", "[[drfit]]"), ":2: unknown table 'drfit'"),
        (lambda text: f"\ndrift = 1\n# {len(text)}", ":2: 'drift' is no array of tables"),
        (lambda text: f"a = 1\ndrift = [{{}}]\n# {len(text)}", ":1: unknown table 'a'"),
        (lambda text: f"drift = [\n  {{}},\n]\n# {len(text)}", ":2: known drift without operation"),
    ],
)
def test_a_bad_line_is_refused(
    change: Callable[[str], str], words: str, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A ledger that cannot be right is exit 2, with file and line."""
    ledger.write_text(change(ENTRY))

    assert main(["run", "instavm_sandboxes", "--ledger", str(ledger)]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert "hint:" in told


@pytest.mark.parametrize("place", ["nowhere.toml", "."])
@pytest.mark.parametrize("command", ["run", "replay", "diff"])
def test_a_ledger_that_was_named_must_be_there(
    command: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip of the pen is not an empty ledger; a directory is none either."""
    arguments = {"run": [], "replay": [str(tmp_path / "x.jsonl")], "diff": [str(tmp_path / "x.json")]}[command]

    assert main([command, "instavm_sandboxes", *arguments, "--ledger", str(tmp_path / place)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_our_own_ledger_may_be_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is where nobody has accepted anything."""
    monkeypatch.setattr(known, "DEFAULT", tmp_path / "known_drift.toml")

    assert known.load(None, ["a"], ["b"]).entries == ()


FIRST, SECOND = (
    f'operation = "a", check = "b", reason = "{reason}", since = 2026-11-01' for reason in ("x # [[drift]]", "[{")
)
SPELT = {
    "blanks": ("[[ drift ]]\n{0}\n\t[[drift]]  # [[drift]]\n{1}\n", [1, 6]),
    "quotes": ("# {{\n[['drift']]\n{0}\n[[\"drift\"]]\n{1}\n", [2, 7]),
    "an escape": ('[["dr\\u0069ft"]]\n{0}\n[[drift]]\n{1}\n', [1, 6]),
    "inline": ("drift = [{{{0}}}, {{{1}}}]\n", [1, 1]),
    "inline, in lines": ("'drift' = [ # two\n  {{{0}}},\n\n  {{{1}}},\n]\n", [2, 4]),
    "texts of lines": ('[[drift]]\n{0}\nplace = """\n[[drift]]\n"""\n[[drift]]\n{1}\n', [1, 9]),
    "a text in single quotes": ("[[drift]]\n{0}\nplace = '''\n\"[[drift]]\n'''\n[[drift]]\n{1}\n", [1, 9]),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", SPELT)
def test_any_spelling_of_toml_is_a_ledger(name: str, end: str, tmp_path: Path) -> None:
    """Each entry knows on which line it begins."""
    form, lines = SPELT[name]
    first, second = ((one if "inline" in name else one.replace(", ", "\n")) for one in (FIRST, SECOND))
    path = tmp_path / "ledger.toml"
    path.write_bytes(b"\xef\xbb\xbf" + form.format(first, second).replace("\n", end).encode())

    entries = known.load(path, ["a"], ["b"]).entries

    assert [(one.line, one.reason, one.since) for one in entries] == [
        (lines[0], "x # [[drift]]", "2026-11-01"),
        (lines[1], "[{", "2026-11-01"),
    ]
