"""What a server, a document or a file name says moves no cursor and gives no command, wherever it is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.requests import Request

from conformance.cli.main import main
from conformance.report.printable import harmless, without_commands
from conformance.tests.conftest import Answer, liar
from conformance.tests.runs import CONTRACTS, STEMS

STEM = STEMS[0]
EVIL = "\x1b[2J\x1b]0;x\x07\u202e##[add-mask]a\r\n::add-mask::b\n ::stop-commands::c\n"


def _is_harmless(told: str) -> bool:
    bad = ("\x1b[2J", "\x1b]", "\x07", "\u202e", "\r")
    return not any(one in told for one in bad)


def _commands(told: str) -> list[str]:
    lines = [line.strip() for line in told.splitlines()]
    return [line for line in lines if line.startswith("::") or "##[" in line]


@pytest.fixture
def evil(tmp_path: Path) -> dict[str, Path]:
    """Documents and recordings in which the text stands."""
    swagger = {"swagger": EVIL, "paths": {}}
    body = {"swagger.json": swagger, "openapi.json": {"openapi": EVIL}, "list.json": [EVIL], "r.json": {"format": EVIL}}
    for name, content in body.items():
        (tmp_path / name).write_text(json.dumps(content))
    (tmp_path / "lines.jsonl").write_text(json.dumps({"url": EVIL, "status": EVIL}) + "\n" + EVIL)
    return {path.name: path for path in tmp_path.iterdir()}


def test_what_a_document_says_is_harmless(
    evil: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Errors of every command that reads one, and names of files."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lines = [
        *(["diff", STEM, str(path)] for path in evil.values()),
        *(["new", "acme_things", "--path", "/a", "--from", str(path), "--specs", "x"] for path in evil.values()),
        ["replay", STEM, str(evil["lines.jsonl"])],
        ["report", str(evil["r.json"])],
        ["report", EVIL],
        ["run", EVIL],
        ["explain", f"{STEM}#/{EVIL}"],
        ["run", STEM, "--ledger", EVIL],
    ]

    codes = [main(line) for line in lines]
    told = capsys.readouterr()

    assert set(codes) <= {2, 3}
    assert _is_harmless(told.out + told.err)
    assert [line for line in _commands(told.out + told.err) if not line.startswith("::error ")] == []


def test_what_a_server_says_is_harmless(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Fields, values, headers and statuses; the annotations are the only commands."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")

    def lie(_: Request, answer: Answer) -> Answer:
        return answer.with_json(lambda body: [{**one, EVIL: EVIL, "status": EVIL} for one in body])

    with liar(CONTRACTS["browserbase_sessions"], lie) as url:
        code = main(["run", "browserbase_sessions", "--target", url, "--check", "body-matches-schema", "--show-values"])

    told = capsys.readouterr()
    commands = _commands(told.out + told.err)
    assert code == 1
    assert _is_harmless(told.out + told.err)
    assert commands
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) and "##[" not in line for line in commands)


def test_colours_and_lines_stay() -> None:
    """What is ours is written as it is."""
    ours = "\x1b[1;31m✗ drift\x1b[0m\n\tnext line\n"

    assert harmless(ours) == ours
    assert without_commands("::error file=a::b\n a::b C::d #[x]\n") == "::error file=a::b\n a::b C::d #[x]\n"


@pytest.mark.parametrize("columns", ["0", "1", "-4", "x"])
def test_a_narrow_terminal_hides_nothing(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some environments say that there are no columns at all."""
    monkeypatch.setenv("COLUMNS", columns)
    codes = [main(["run", STEM, "--check", "operation-exists"]), main(["list"]), main(["run", "no_such"])]

    told = capsys.readouterr()
    assert codes == [0, 0, 2]
    assert "held" in told.out
    assert "no_such" in told.err


def test_every_command_with_findings_annotates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`diff` and `replay` say it at the lines of the spec as `run` does."""
    recording = tmp_path / "r.jsonl"
    main(
        ["run", "vercel_sessions", "--fault", "limit-ignored", "--check", "limit-respected", "--record", str(recording)]
    )
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    document = tmp_path / "d.json"
    document.write_text(json.dumps({"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "paths": {}}))
    capsys.readouterr()

    for line in (["replay", "vercel_sessions", str(recording), "--jobs", "1"], ["diff", STEM, str(document)]):
        code = main(line)
        assert (code, "\n::error file=" in capsys.readouterr().out) == (1, True), line
