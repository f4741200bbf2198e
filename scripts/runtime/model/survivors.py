"""Items that outlive their page: each takes its own part of the body along, and lets go of the rest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from listing_runtime.model.objects import Model
    from listing_runtime.model.origin import Source

_count: Any = getattr(sys, "getrefcount", None)


def let_go(source: Source | None, items: object) -> None:
    """Detach the items that somebody else holds, as their page goes away.

    An item refers to the body of its page, and is given back exactly by it; alone it would keep all of it alive. To
    find the survivors costs some 20 ns for each item of a page, and to cut them out one scan of its bytes.
    """
    if source is None or not isinstance(items, list):
        return
    survivors = [each for each in _held(cast("list[Model]", items)) if _is_row_of(source, each)]
    if survivors and not sys.is_finalizing():
        inner = survivors[0].__inner__()
        for item, own in zip(survivors, source.apart([cast("int", each.__place__) for each in survivors]), strict=True):
            item.__source__, item.__place__ = own, None
            if inner:
                item.__hand_on__()


def _is_row_of(source: Source, item: object) -> bool:
    return getattr(item, "__source__", None) is source and isinstance(getattr(item, "__place__", None), int)


def _held(items: list[Model]) -> list[Model]:
    """Give the items that not only this list refers to; all of them where the list itself is referred to."""
    if _count is None or _count(items) > _LIST:
        return list(items)
    # Nearly always nobody: a sum over all of them costs less than a look at each.
    if sum(map(_count, items)) <= _MAPPED * len(items):
        return []
    return [each for each in items if _count(each) > _ITEM]


class _Holder:
    """A page as far as references are counted."""

    def __init__(self) -> None:
        self.items = [object()]

    def __del__(self) -> None:
        _measure(self, self.items)


_measured: list[int] = []


def _measure(_: object, items: list[Any]) -> None:
    # As many frames and names as between the end of a page and the counting of its items.
    _measure_held(items)


def _measure_held(items: list[Any]) -> None:
    if _count is not None:
        _measured.append(_count(items))
        _measured.extend([_count(each) for each in items])
        _measured.append(sum(map(_count, items)))


_Holder()
_LIST, _ITEM, _MAPPED = _measured or (0, 0, 0)
"""References to a list and to an item that nobody else holds: how many there are differs between interpreters."""
