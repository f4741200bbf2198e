"""A change between two versions of a text, carried over to the text as its author wrote it: no other byte moves."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from conformance.errors import UsageError

_MARK = "\ufeff"
"""The byte order mark with which some editors begin a file."""
_RETURN = "\r"


def rows_of(text: str) -> list[str]:
    """The lines without what ends them."""
    return [row.removesuffix(_RETURN) for row in text.removeprefix(_MARK).removesuffix("\n").split("\n")]


def likeness(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines two texts share."""
    return sum(block.size for block in _matcher(one, other).get_matching_blocks())


def carried(text: str, before: Sequence[str], after: Sequence[str], *, name: str) -> str:
    """The text with the lines that differ between `before`, which says the same as the text, and `after`.

    Raises UsageError where a change touches lines that `before` writes otherwise than the text.
    """
    mark = _MARK if text.startswith(_MARK) else ""
    written = text.removeprefix(_MARK).split("\n")
    end = _RETURN if 2 * sum(row.endswith(_RETURN) for row in written) >= len(written) else ""
    closed = text.endswith(("\n", _RETURN))
    written[-1] += "" if closed else end
    places = _aligned(before, rows_of(text))
    for first, last, new in reversed(_changes(before, after)):
        begin = _same(places, first, last, name=name)
        written[begin : begin + last - first] = [row + end for row in new]
    made = mark + "\n".join(written)
    return made if closed else made.removesuffix(end)


def _aligned(before: Sequence[str], rows: Sequence[str]) -> dict[int, int]:
    """Which line of one text stands where in the other; the ends of both are one place."""
    blocks = _matcher(before, rows).get_matching_blocks()
    same = {left + step: right + step for left, right, size in blocks for step in range(size)}
    return {-1: -1, **same, len(before): len(rows)}


def _changes(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, Sequence[str]]]:
    """The lines that go, from the first to before the last, and what comes; empty lines around them stay."""
    found = []
    for tag, first, last, start, stop in _matcher(before, after).get_opcodes():
        told = [index for index in range(first, last) if before[index].strip()] or [first, first - 1]
        if tag != "equal":
            found.append((told[0], told[-1] + 1, after[start:stop]))
    return found


def _same(places: dict[int, int], first: int, last: int, *, name: str) -> int:
    """Where the lines from `first` to before `last` stand as they are; where there are none, their neighbour."""
    found = [places[index] for index in range(first, last) if index in places]
    near = max(there for here, there in places.items() if here < first) + 1
    begin = found[0] if found else near if first - 1 in places else places.get(first, near)
    beside = first < last or {first - 1, first} & places.keys()
    if not beside or found != list(range(begin, begin + last - first)):
        hint = "Indent by two spaces, lists too, and write no text or list over several lines; or change it by hand."
        raise UsageError(f"{name}:{near + 1}: what is to change there cannot be written as the rest is", hint=hint)
    return begin


def _matcher(one: Sequence[str], other: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)
