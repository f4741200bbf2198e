"""The lines of a recording: JSON Lines as they stand, HAR entry by entry, either of them in gzip, or standard input."""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from conformance.errors import UsageError
from conformance.replay.recording import har
from conformance.replay.recording.lines import write

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STDIN = "-"
LONGEST = 100_000_000
"""Bytes of one line; what is longer is counted as unreadable, so that memory stays bounded."""
_BUFFER, _HEAD = 1 << 20, 256
_GZIP = b"\x1f\x8b"
_HAR = re.compile(rb'\s*\{\s*"log"\s*:')


def check(path: Path) -> None:
    """Raise UsageError where there is no such file."""
    if str(path) != STDIN and not path.is_file():
        raise UsageError(f"{path}: no such file", hint="Name HAR or JSON Lines files, or - for standard input.")


def lines_of(path: Path, stdin: BinaryIO) -> Iterator[bytes]:
    """Every line or HAR entry of a file.

    Raises EOFError, zlib.error, OSError or ValueError where the file breaks off; what came before has been given.
    """
    with ExitStack() as stack:
        raw = stdin if str(path) == STDIN else cast("BinaryIO", stack.enter_context(_opened(path)))
        file = _buffered(raw)
        if file.peek(2)[:2] == _GZIP:
            file = io.BufferedReader(_Unzipped(stack.enter_context(gzip.GzipFile(fileobj=file))), _BUFFER)
        if file.peek(3).startswith(codecs.BOM_UTF8):
            file.read(len(codecs.BOM_UTF8))
        is_har = _HAR.match(file.peek(_HEAD)) is not None
        yield from har.lines(file) if is_har else _lines(file)


def is_plain(path: Path) -> bool:
    """Whether a file is JSON Lines as they stand, so that any part of it can be read alone."""
    if str(path) == STDIN:
        return False
    with _opened(path) as file:
        head = file.read(_HEAD)
    return not head.startswith((_GZIP, codecs.BOM_UTF8)) and _HAR.match(head) is None


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


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}", hint="Check its permissions.") from None


def _buffered(file: BinaryIO) -> io.BufferedReader:
    return file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", file), _BUFFER)


class _Unzipped(io.RawIOBase):
    """What a gzip file holds, piece by piece, so that one that breaks off gives all that it has before it fails."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        data = self._file.read1(len(view))
        view[: len(data)] = data
        return len(data)


def _lines(file: io.BufferedReader[Any]) -> Iterator[bytes]:
    while line := file.readline(LONGEST):
        if len(line) < LONGEST or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST)
        yield write({"unreadable": f"longer than {LONGEST // 1_000_000} MB"})
