"""Entries of other formats as the lines that would hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

import ijson  # type: ignore[import-untyped]

from conformance.replay.recording.lines import write

Line = Callable[[Any], dict[str, Any]]
"""An entry as the members of a line; raises KeyError, TypeError, AttributeError or ValueError for what is none."""


def of_json(file: BinaryIO, place: str, line: Line, *, kind: str) -> Iterator[bytes]:
    """Each entry of an array in a JSON file as a line.

    Raises ValueError where the file ends early or is no JSON; what came before has been given by then.
    """
    try:
        yield from of_each(ijson.items(file, f"{place}.item"), line, kind=kind)
    except ijson.JSONError as error:
        raise ValueError(str(error).strip().partition("\n")[0]) from None


def of_each(entries: Iterable[Any], line: Line, *, kind: str) -> Iterator[bytes]:
    """Each entry as a line, an unreadable entry as a line that says why it is none."""
    for entry in entries:
        try:
            written = write(line(entry))
        except (LookupError, TypeError, AttributeError, ValueError, OverflowError) as error:
            written = write({"unreadable": f"no {kind}: {_told(error)}"})
        yield written


def _told(error: Exception) -> str:
    """What an entry lacks, without the words of a programming language."""
    if isinstance(error, KeyError):
        return f"it has no {error}"
    if isinstance(error, (TypeError, AttributeError, IndexError)):
        return "a part of it is missing, or of another kind"
    return str(error) or type(error).__name__
