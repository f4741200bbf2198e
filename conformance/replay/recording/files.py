"""The lines of a recording: JSON Lines as they stand, other formats entry by entry, from a file or standard input."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from conformance.errors import UsageError
from conformance.replay.recording import cassette, har
from conformance.replay.recording.formats import Format, format_of
from conformance.replay.recording.lines import write
from conformance.replay.recording.unpacked import HEAD, is_packed, unpacked

STDIN = "-"
LONGEST = 100_000_000
"""Bytes of one line; what is longer is counted as unreadable, so that memory stays bounded."""
_BUFFER = 1 << 20


def check(path: Path) -> None:
    """Raise UsageError where there is no such file, or one that is no recording."""
    if str(path) == STDIN:
        return
    if not path.is_file():
        raise UsageError(f"{path}: no such file", hint="Name HAR, JSON Lines or vcrpy files, or - for standard input.")
    with _opened(path) as file:
        _format(str(path), unpacked(file)[0])


def _format(name: str, head: bytes) -> Format:
    """The format of a file that begins so; raises UsageError where it is none that is read."""
    found = format_of(head)
    if found is None:
        hint = "Record with `conformance run --record`, a generated client, a browser or vcrpy."
        raise UsageError(f"{name}: neither HAR nor JSON Lines nor a cassette of vcrpy", hint=hint)
    return found


def lines_of(path: Path, stdin: BinaryIO) -> Iterator[bytes]:
    """Every line or entry of a file.

    Raises EOFError, zlib.error, OSError or ValueError where the file breaks off; what came before has been given.
    """
    with ExitStack() as stack:
        is_stdin = str(path) == STDIN
        head, file = unpacked(stdin if is_stdin else stack.enter_context(_opened(path)))
        yield from _READERS[_format("standard input" if is_stdin else str(path), head)](file)


def is_plain(path: Path) -> bool:
    """Whether a file is JSON Lines as they stand, so that any part of it can be read alone."""
    if str(path) == STDIN:
        return False
    with _opened(path) as file:
        head = file.read(HEAD)
    return not is_packed(head) and format_of(head) is Format.LINES


def lines_between(path: Path, start: int, stop: int) -> Iterator[bytes]:
    """The lines of a plain file from one position to another, both where lines begin."""
    with io.BufferedReader(io.FileIO(path), _BUFFER) as file:
        file.seek(start)
        lines = _lines(file)
        while file.tell() < stop and (line := next(lines, None)) is not None:
            yield line


def line_end(file: BinaryIO, position: int) -> int:
    """Where the line ends that holds the byte before a position."""
    file.seek(position - 1)
    while (piece := file.readline(LONGEST)) and not piece.endswith(b"\n"):
        pass
    return file.tell()


def lines_in(file: BinaryIO, start: int, stop: int) -> int:
    """How many lines end between two positions."""
    file.seek(start)
    pieces = [_BUFFER] * ((stop - start) // _BUFFER) + [(stop - start) % _BUFFER]
    return sum(file.read(piece).count(b"\n") for piece in pieces)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}", hint="Check its permissions.") from None


def _lines(file: io.BufferedReader[Any]) -> Iterator[bytes]:
    while line := file.readline(LONGEST):
        if len(line) < LONGEST or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST)
        yield write({"unreadable": f"longer than {LONGEST // 1_000_000} MB"})


_READERS: Mapping[Format, Callable[[io.BufferedReader], Iterator[bytes]]] = {
    Format.LINES: _lines,
    Format.HAR: har.lines,
    Format.CASSETTE: cassette.lines,
    Format.JSON_CASSETTE: cassette.json_lines,
}
