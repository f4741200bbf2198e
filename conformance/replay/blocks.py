"""A recording cut into blocks of whole lines, always at the same places, however many work on them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

from conformance.replay.sources import STDIN, check, lines_of

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


def blocks(paths: Sequence[Path], stdin: BinaryIO) -> Iterator[Block]:
    """All blocks of all files; raises UsageError before the first one where a file does not exist."""
    for path in paths:
        check(path)
    return chain.from_iterable(
        cut("standard input" if str(path) == STDIN else str(path), lines_of(path, stdin)) for path in paths
    )


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
