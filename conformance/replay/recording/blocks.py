"""A recording cut into blocks of whole lines, always at the same places, however many work on them."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

from conformance.replay.recording.files import (
    STDIN,
    check,
    is_plain,
    line_end,
    lines_between,
    lines_in,
    lines_of,
)

OWN, AHEAD = 4_000_000, 500_000
"""Bytes of a block's own lines, and of those after them, in which walks that begin in it may go on."""

Lines = tuple[bytes, ...]


@frozen
class Block:
    """Some lines of a recording."""

    file: str
    first: int
    """Number of the first line, from 1; of the first entry in a HAR file."""
    own: Lines
    ahead: Lines = ()
    """What follows, which belongs to later blocks."""
    broken: str = ""
    """Why the file ends after this block and should not."""

    def read(self) -> Block:
        """The block itself, which is read already."""
        return self


@frozen
class Stretch:
    """A block of a plain file by its place alone, so that whoever examines it reads it, and not the one who cuts."""

    path: Path
    first: int
    start: int
    middle: int
    """Where its own lines end."""
    stop: int
    """Where the lines end in which walks may go on."""

    def read(self) -> Block:
        """The block, read from its file."""
        own: list[bytes] = []
        try:
            own.extend(lines_between(self.path, self.start, self.middle))
            ahead = tuple(lines_between(self.path, self.middle, self.stop))
        except OSError as error:
            return Block(str(self.path), self.first, tuple(own), broken=str(error))
        return Block(str(self.path), self.first, tuple(own), ahead)


def blocks(paths: Sequence[Path], stdin: BinaryIO) -> Iterator[Block | Stretch]:
    """All blocks of all files; raises UsageError before the first one where a file does not exist."""
    for path in paths:
        check(path)
    return chain.from_iterable(_blocks(path, stdin) for path in paths)


def _blocks(path: Path, stdin: BinaryIO) -> Iterator[Block | Stretch]:
    if is_plain(path):
        return stretches(path)
    return cut("standard input" if str(path) == STDIN else str(path), lines_of(path, stdin))


def stretches(path: Path, *, own: int = OWN, ahead: int = AHEAD) -> Iterator[Stretch]:
    """The blocks of a plain file, at the places where `cut` has them."""
    with path.open("rb") as file:
        size, start, first = os.fstat(file.fileno()).st_size, 0, 1
        while size - start >= own + ahead:
            middle = line_end(file, start + own)
            yield Stretch(path, first, start, middle, line_end(file, start + own + ahead))
            first += lines_in(file, start, middle)
            start = middle
        if start < size:
            yield Stretch(path, first, start, size, size)


def cut(name: str, lines: Iterable[bytes], *, own: int = OWN, ahead: int = AHEAD) -> Iterator[Block]:
    """The blocks of one file, of at least `own` bytes each but for the last."""
    pending: list[bytes] = []
    size, first, broken = 0, 1, ""
    source = iter(lines)
    while True:
        try:
            line = next(source, None)
        except (EOFError, OSError, zlib.error, ValueError) as error:
            line, broken = None, f"{error or type(error).__name__}"
        if line is None:
            break
        pending.append(line)
        size += len(line)
        if size >= own + ahead:
            count = _lines_within(pending, own)
            yield Block(name, first, tuple(pending[:count]), tuple(pending[count:]))
            first, pending = first + count, pending[count:]
            size = sum(map(len, pending))
    if pending or broken:
        yield Block(name, first, tuple(pending), broken=broken)


def _lines_within(lines: Sequence[bytes], most: int) -> int:
    """How many lines it takes to fill so many bytes."""
    return next(index for index, total in enumerate(accumulate(map(len, lines)), 1) if total >= most)
