"""The terminal: nothing is wider than it, commands can be copied, a pipe gets whole lines."""

from __future__ import annotations

import io
import re
import shlex

import pytest
from rich.console import Console

from conformance.report.text import show
from conformance.tests.report import records


def printed(record: dict[str, object], width: int, *, terminal: bool = True) -> list[str]:
    """The lines that a console of a width shows, without the weight of its letters."""
    file = io.StringIO()
    show(
        records.typed(record), Console(file=file, width=width, force_terminal=terminal, no_color=True, highlight=False)
    )
    return re.sub(r"\x1b\[[0-9;]*m", "", file.getvalue()).splitlines()


@pytest.mark.parametrize("width", [80, 120])
def test_sentences_wrap_under_their_beginning(width: int) -> None:
    """A long sentence continues in its own column, and no line is wider than the terminal."""
    says = "with several values of status, exactly the sessions in one of these states are returned, " * 3
    lines = printed(records.record(records.operation("one_sessions", records.finding(says=says))), width)
    first = next(index for index, line in enumerate(lines) if line.startswith("  says"))

    assert lines[first + 1].startswith(" " * 12 + lines[first + 1].strip()[0])
    assert max(len(line) for line in lines) <= width


def test_a_wrapped_command_is_still_one_command() -> None:
    """The lines of a replay, joined as a shell joins them, are the recorded command."""
    record = records.record(records.operation("one_sessions", records.finding()))
    lines = printed(record, 80)
    first = next(index for index, line in enumerate(lines) if line.startswith("  replay"))
    command = "\n".join([lines[first].removeprefix("  replay"), lines[first + 1]])

    assert lines[first].endswith(" \\")
    assert shlex.split(command.replace("\\\n", "")) == shlex.split(record["operations"][0]["findings"][0]["curl"][0])


def test_a_pipe_gets_whole_lines() -> None:
    """Where nobody looks, every value stays on its line."""
    record = records.record(records.operation("one_sessions", records.finding(says="word " * 99)))

    assert f"  says      {'word ' * 99}".rstrip() in [line.rstrip() for line in printed(record, 80, terminal=False)]


def test_a_server_does_not_write_to_the_terminal() -> None:
    """Escape sequences and line ends of a server are shown as text."""
    text = "\n".join(printed(records.hostile(), 120))

    assert "\\x1b[2J" in text
    assert not any(line.startswith("::") for line in text.splitlines())
    assert {character for character in text if not character.isprintable()} <= {"\n"}


def test_what_breaks_the_client_is_said() -> None:
    """A finding that breaks the generated client says how."""
    assert "  client    breaking: raises, DecodeError at /sessions/3/name" in printed(records.varied(), 120)


@pytest.mark.parametrize(("fail_on", "column"), [("error", "news"), ("note", "drifted")])
def test_news_has_its_own_column(fail_on: str, column: str) -> None:
    """A check that found notes alone is no drift, unless notes fail the run; the words of the record stay."""
    operation = records.operation("one_sessions", records.finding(level="note"))
    record = records.record(operation) | {"fail_on": fail_on}
    head, row = (line.split() for line in printed(record, 80)[:2])

    told = dict(zip(head, row, strict=True))
    assert {name for name in ("drifted", "news", "known", "errored") if told[name] != "0"} == {column}
    assert [one["outcome"] for one in operation["outcomes"] if one["outcome"] not in {"held", "skipped"}] == ["drifted"]
