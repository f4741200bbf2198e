"""Markdown and workflow commands: what GitHub shows, and nothing that a server could make of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from conformance.cli.main import main
from conformance.report.annotations import workflow_commands
from conformance.report.markdown import as_markdown
from conformance.tests.report import records


def tokens(text: str) -> list[Token]:
    """All tokens of a Markdown text as GitHub reads it, inline ones too."""
    flat = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        flat += [token, *(token.children or ())]
    return flat


def test_the_head_says_it_all() -> None:
    """Verdict, counts and a row for each operation come first."""
    text = as_markdown(records.typed(records.varied()))

    assert text.startswith("## ✗ conformance: drift\n\n2 errors, 1 warning, 1 note, 1 known.")
    assert "| `one_sessions` | 1 | 2 | 0 | 1 | 1 | 0 | 146 | 1.2 |" in text
    assert text.index("body-matches-schema") < text.index("filter-bounds") < text.index("count-is-page")
    assert "```diff\n--- specs/one_sessions.yaml" in text


def test_a_clean_run_and_no_run_are_short() -> None:
    """Where there is nothing to say, nothing is said."""
    assert as_markdown(records.typed(records.clean())).startswith(
        "## ✓ conformance: every documented promise that was checked held"
    )
    assert "No operation was checked." in as_markdown(records.typed(records.empty()))
    assert "could not tell** (1 check): `http://127.0.0.1:1 cannot be reached`" in as_markdown(
        records.typed(records.untold())
    )


def test_it_fits_a_comment() -> None:
    """Many findings, or long ones, are cut below GitHub's 65,536 characters, and what is left out is counted."""
    text = as_markdown(records.typed(records.many(500)))
    shown = text.count("<details>")

    assert len(text.encode()) < 65_536
    assert f"**{500 - shown} findings more did not fit here**" in text
    assert text.count("</details>") == shown > 50
    assert len(as_markdown(records.typed(records.hostile())).encode()) < 65_536


def test_nothing_of_a_server_is_markup() -> None:
    """A server's text stands in code alone: no foreign HTML, link, mention or heading comes out."""
    found = tokens(as_markdown(records.typed(records.hostile())))
    html = "".join(token.content for token in found if token.type in {"html_block", "html_inline"})
    prose = "".join(token.content for token in found if token.type == "text")

    assert set(re.findall(r"</?(\w+)", html)) == {"details", "summary", "b", "code"}
    assert "@someone" not in prose
    assert "taken" not in prose
    assert not {"link_open", "image"} & {token.type for token in found}
    assert sum(token.type == "heading_open" for token in found) == 1
    assert sum(token.type == "tr_open" for token in found) == 2


def test_commands_stand_beside_the_spec() -> None:
    """Each finding is one command with file, line and level; known drift is a notice, and comes last of them."""
    lines = list(workflow_commands(records.typed(records.varied())))

    assert [line.partition(" ")[0] for line in lines] == [
        "::error",
        "::error",
        "::warning",
        "::notice",
        "::notice",
        "::error",
    ]
    assert lines[0].startswith(
        "::error file=specs/one_sessions.yaml,line=91,title=one_sessions body-matches-schema 000000000001::"
    )
    assert "%0Aexpected only items whose /name is equals 'nightly'%0A" in lines[0]
    assert "(known)" in lines[4]


def test_a_server_gives_no_commands() -> None:
    """Line ends, percent signs, colons and commas of a server cannot begin or end a command."""
    record: dict[str, Any] = records.record(
        records.operation("one_sessions", records.finding(check="a,b::c", actual="100%\n::error::x"))
    )
    (line,) = workflow_commands(records.typed(record))

    assert "title=one_sessions a%2Cb%3A%3Cc" not in line
    assert "title=one_sessions a%2Cb%3A%3Ac 000000000001::" in line
    assert "actual 100%25\\n::error::x" in line
    assert all("\n" not in one and "\r" not in one for one in workflow_commands(records.typed(records.hostile())))


def test_commands_are_printed_on_github_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`run` prints them after its own output where GITHUB_ACTIONS is set."""
    command = ["run", "sandbase_sessions", "--check", "lifecycle-current"]
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    main(command)
    local = capsys.readouterr().out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    main(command)
    remote = capsys.readouterr().out

    assert "::notice" not in local
    assert remote.splitlines()[-1].startswith("::notice file=specs/sandbase_sessions.yaml,line=")
