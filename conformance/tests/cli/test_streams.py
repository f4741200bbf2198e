"""Whatever becomes of standard output, the exit code is the server's, and 3 where nobody could read what held."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import pytest

from conformance.cli.main import main
from conformance.tests.runs import STEMS

STEM = STEMS[0]
HONEST = ["run", STEM, "--check", "operation-exists"]
LYING = [*HONEST, "--fault", "path-retired-404"]
HELD, DRIFT, COULD_NOT_TELL = 0, 1, 3


def full() -> TextIO:
    """A file on a disk that is full."""
    return Path("/dev/full").open("w", encoding="utf-8")


def left() -> TextIO:
    """A pipe whose reader has left."""
    reader, writer = os.pipe()
    os.close(reader)
    return os.fdopen(writer, "w", encoding="utf-8")


def closed() -> TextIO:
    """A file that is closed."""
    stream = io.StringIO()
    stream.close()
    return stream


GONE = {"full": (full, "No space left"), "left": (left, "its reader has left"), "closed": (closed, "closed")}


@contextmanager
def standard_output(stream: TextIO | None) -> Iterator[None]:
    """While the context lasts, standard output is the stream."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        yield


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
@pytest.mark.parametrize("name", GONE)
@pytest.mark.parametrize(("arguments", "expected"), [(HONEST, COULD_NOT_TELL), (LYING, DRIFT), (["list"], 3)])
def test_what_cannot_be_shown_is_no_drift(
    name: str, arguments: list[str], expected: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence says why it cannot be written; drift stays drift."""
    make, why = GONE[name]
    with standard_output(make()):
        code = main(arguments)

    told = capsys.readouterr().err
    assert (code, told.count("standard output cannot be written")) == (expected, 1)
    assert why in told
    assert "Traceback" not in told


def test_a_program_without_standard_output_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """Python has no stream at all where the shell closed it."""
    with standard_output(None):
        code = main(HONEST)

    assert code == COULD_NOT_TELL
    assert "it is closed" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["cp1252", "iso-8859-1", "ascii", "utf-8", "utf-16"])
def test_what_a_stream_cannot_encode_is_escaped(encoding: str) -> None:
    """The marks of a verdict are no letters of every code page."""
    data = io.BytesIO()
    stream = io.TextIOWrapper(data, encoding=encoding)
    with standard_output(stream):
        codes = [main(HONEST), main(["--help"]), main(["explain", "pages-disjoint"])]
        stream.flush()

    shown = data.getvalue().decode(encoding)
    assert codes == [HELD, HELD, HELD]
    assert ("✓ every" if encoding.startswith("utf") else "\\u2713 every") in shown


def test_a_broken_error_stream_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody reads what is told there; the exit code says it all the same."""
    monkeypatch.setattr(sys, "stderr", left())

    assert main(["run", "no_such_stem"]) == 2


@pytest.mark.parametrize(("options", "shows"), [([], False), (["--verbose"], True)])
def test_what_nobody_expected_is_one_sentence(
    options: list[str],
    shows: bool,  # noqa: FBT001 - a parameter of the test
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It exits with 3, says what and where, and keeps the traceback and every secret to whoever asks for it."""
    monkeypatch.setenv("SOME_TOKEN", "sesame-opens-it")
    _break(monkeypatch, ValueError("nobody expects 'sesame-opens-it'"))

    code = main([*HONEST, *options])

    told = capsys.readouterr()
    assert (code, told.out, "Traceback" in told.err) == (COULD_NOT_TELL, "", shows)
    assert "error: the program crashed: ValueError at test_streams.py:" in told.err
    assert "--verbose" in told.err
    assert "sesame" not in told.err


def _break(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    from conformance.job import job  # noqa: PLC0415 - nothing is loaded when tests are collected

    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(job, "prepare", broken)


@pytest.mark.parametrize("error", [MemoryError(), RecursionError(), OSError(5, "Input/output error"), SystemExit(1)])
def test_nothing_but_drift_exits_with_1(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever stops us, it is not the server's fault."""
    _break(monkeypatch, error)

    assert main(HONEST) == COULD_NOT_TELL
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["--verbose", "list"], ["list", "--verbose"], ["run", STEM, "--verbose", "--check", "operation-exists"]],
)
def test_every_command_takes_the_option(arguments: list[str]) -> None:
    """Before the command and after it."""
    assert main(arguments) == HELD
