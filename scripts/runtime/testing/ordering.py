"""In which order rows are listed, as the documentation and a query say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from listing_runtime.testing.pages import last, value_at
from listing_runtime.testing.selection import comparable

if TYPE_CHECKING:
    from listing_runtime.promises import Order
    from listing_runtime.testing.pages import Query

_Way = tuple[tuple[tuple[str, ...], ...], str]
"""The keys of what sorts, and the direction."""


def ordered(rows: list[Any], order: Order | None, query: Query) -> list[Any]:
    """Give the rows in the order that the query asks for, or the documented one."""
    found = list(rows)
    for by, direction in reversed(_ways(order, query) if order is not None else []):
        backwards = direction.lower() in {"desc", "descending"}
        found.sort(key=lambda row: [_key(value_at(row, keys)) for keys in by], reverse=backwards)
    return found


def _ways(order: Order, query: Query) -> list[_Way]:
    falling = order.descending_by is not None and order.descending_by in query
    between, between_directions = order.separators
    texts = _parts(query, (order.descending_by if falling else order.chosen_by) or "", between)
    directions = _parts(query, order.parameter or "", between_directions)
    choices, wanted = dict(order.choices), [_read(order, text, falling=falling) for text in texts]
    if not wanted or any(word not in choices for word, _ in wanted):
        turned = "" if order.requires else last(query, order.parameter or "")
        return [(order.by, turned or order.direction)]
    told = directions if order.each else directions[-1:] * len(wanted)
    told = [*told, *(direction for _, direction in wanted[len(told) :])]
    found = [(choices[word], direction) for (word, _), direction in zip(wanted, told, strict=False)]
    # What breaks the ties of one counts after all that are asked for.
    return [(by[:1], direction) for by, direction in found] + [(by[1:], direction) for by, direction in found if by[1:]]


def _parts(query: Query, name: str, between: str | None) -> list[str]:
    texts = query.get(name, []) if name else []
    return [part.strip() for text in texts for part in (text.split(between) if between else [text]) if part.strip()]


def _read(order: Order, text: str, *, falling: bool) -> tuple[str, str]:
    """Give what is chosen, and the direction that its own text says."""
    for suffix, direction in order.suffixes:
        if text.endswith(suffix):
            return text.removesuffix(suffix), direction
    if order.signed:
        return text.removeprefix("-"), "desc" if text.startswith("-") else "asc"
    if order.descending_by is not None:
        return text, "desc" if falling else "asc"
    return text, order.direction


def _key(value: object) -> tuple[int, float, str]:
    number = comparable(value)
    return (0, 0.0, str(value)) if number is None else (1, number, "")
