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
    places = _aligned(before, rows_of(text))
    for tag, first, last, start, stop in reversed(_matcher(before, after).get_opcodes()):
        if tag != "equal":
            begin = _same(places, first, last, name=name)
            written[begin : begin + last - first] = [row + end for row in after[start:stop]]
    made = mark + "\n".join(written)
    return made if text.endswith(("\n", _RETURN)) else made.removesuffix(_RETURN)


def _aligned(before: Sequence[str], rows: Sequence[str]) -> dict[int, int]:
    """Which line of one text stands where in the other; the ends of both are one place."""
    blocks = _matcher(before, rows).get_matching_blocks()
    same = {left + step: right + step for left, right, size in blocks for step in range(size)}
    return {-1: -1, **same, len(before): len(rows)}


def _same(places: dict[int, int], first: int, last: int, *, name: str) -> int:
    """Where the lines from `first` to before `last` stand, with the lines around them, as they are."""
    found = [places.get(index) for index in range(first - 1, last + 1)]
    begin = max(there for here, there in places.items() if here < first) + 1
    if found != list(range(begin - 1, begin + last - first + 1)):
        hint = "Indent by two spaces, lists too, and write no text or list over several lines; or change it by hand."
        raise UsageError(f"{name}:{begin + 1}: what is to change there cannot be written as the rest is", hint=hint)
    return begin


def _matcher(one: Sequence[str], other: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)
