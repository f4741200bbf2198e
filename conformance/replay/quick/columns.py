"""The items of a page by column: what one field holds in each item, looked at all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from conformance.pointer import MISSING, Pointer

Column = list[Any]
"""One value for each item, None where the item has none."""

INTEGERS, TEXTS, EMPTY = "integers", "texts", "empty"
"""What a column holds beside None: integers, texts, nothing."""
MOMENTS, LOCAL = "moments", "local moments"
"""What texts may say: times with a zone, times without one."""
ORDERED = frozenset({INTEGERS, MOMENTS, LOCAL})
"""What plainly compares."""
_NOTHING = type(None)


class Columns(dict[Pointer, Column]):
    """The columns of one page by their place; each is read when it is first asked for."""

    def __init__(self, read: Callable[[Pointer], Column]) -> None:
        super().__init__()
        self._read = read
        self._kinds: dict[Pointer, str] = {}
        self._compared: dict[Pointer, tuple[str, Column]] = {}

    def __missing__(self, place: Pointer) -> Column:
        column = self[place] = self._read(place)
        return column

    def kind(self, place: Pointer) -> str:
        """What the column at a place holds beside None; empty text where that is mixed or neither."""
        known = self._kinds.get(place)
        if known is None:
            known = self._kinds[place] = _kind(self[place])
        return known

    def compared(self, place: Pointer) -> tuple[str, Column]:
        """The column at a place as it is compared, times as moments, and what it then holds."""
        known = self._compared.get(place)
        if known is None:
            known = self._compared[place] = _compared(self.kind(place), self[place])
        return known


class Part(Columns):
    """The columns of one page among those of several."""

    def __init__(self, whole: Columns, start: int, stop: int) -> None:
        super().__init__(lambda place: whole[place][start:stop])
        self._whole = whole
        self._place = slice(start, stop)

    def compared(self, place: Pointer) -> tuple[str, Column]:
        """The column at a place as it is compared; as all of them are, where that is of one kind."""
        kind, column = self._whole.compared(place)
        return (kind, column[self._place]) if kind in ORDERED else super().compared(place)


def in_json(items: Sequence[Any], place: Pointer) -> Column:
    """What items hold at a place."""
    if len(place.tokens) == 1:
        (name,) = place.tokens
        try:
            return [item.get(name) for item in items]
        except AttributeError:
            pass
    values = (place.get(item) for item in items)
    return [None if value is MISSING else value for value in values]


def _kind(column: Column) -> str:
    kinds = set(map(type, column))
    kinds.discard(_NOTHING)
    if not kinds:
        return EMPTY
    if len(kinds) > 1:
        return ""
    return TEXTS if str in kinds else INTEGERS if int in kinds else ""


def _compared(kind: str, column: Column) -> tuple[str, Column]:
    """Texts as moments where every one is a moment, and all of them have a zone or none has."""
    if kind != TEXTS:
        return kind, column
    held = [text for text in column if text is not None] if None in column else column
    try:
        moments = list(map(datetime.fromisoformat, held))
    except ValueError:
        return TEXTS, column
    zones = set(map(attrgetter("tzinfo"), moments))
    if None in zones and len(zones) > 1:
        return "", column
    rest = iter(moments)
    aligned = moments if held is column else [None if text is None else next(rest) for text in column]
    return LOCAL if None in zones else MOMENTS, aligned
