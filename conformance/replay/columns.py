"""The items of a page by column: what one field holds in each item, looked at all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conformance import pointer
from conformance.pointer import MISSING

Column = list[Any]
"""One value for each item, None where the item has none."""

INTEGERS, MOMENTS, TEXTS, EMPTY = "integers", "moments", "texts", "empty"
"""What a column holds beside None: integers, times in UTC of one length, other texts, nothing."""


class Columns(dict[str, Column]):
    """The columns of one page by their place, a JSON Pointer; each is read when it is first asked for."""

    def __init__(self, items: Sequence[Any]) -> None:
        super().__init__()
        self._items = items
        self._kinds: dict[str, str] = {}

    def __missing__(self, place: str) -> Column:
        column = self[place] = _read(self._items, place)
        return column

    def kind(self, place: str) -> str:
        """What the column at a place holds beside None; empty text where that is mixed or neither."""
        known = self._kinds.get(place)
        if known is None:
            known = self._kinds[place] = _kind(self[place])
        return known

    def width(self, place: str) -> int:
        """The length of the texts in a column of moments."""
        return len(next(text for text in self[place] if text is not None))


def _read(items: Sequence[Any], place: str) -> Column:
    name = place[1:]
    if "/" not in name and "~" not in name:
        try:
            return [item.get(name) for item in items]
        except AttributeError:
            pass
    values = (pointer.get(item, place) for item in items)
    return [None if value is MISSING else value for value in values]


def _kind(column: Column) -> str:
    kinds = set(map(type, column))
    kinds.discard(type(None))
    if not kinds:
        return EMPTY
    if kinds == {int}:
        return INTEGERS
    if kinds != {str}:
        return ""
    held = [text for text in column if text is not None]
    same = len(set(map(len, held))) == 1 and len(held[0]) >= len("2026-05-07T00:00:00Z")
    return MOMENTS if same and all(text[-1] == "Z" and text[10] == "T" for text in held) else TEXTS
