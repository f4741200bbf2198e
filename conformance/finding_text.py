"""A finding's sentences in English: the one place where its values become text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from conformance.sentence import (
    LONGEST,
    Foreign,
    Header,
    Name,
    Names,
    Part,
    Place,
    Query,
    Sentence,
    StandIn,
    Status,
    Value,
)

WIDEST = 40
"""Characters of a value in a query that are told."""


def tell(sentence: Sentence) -> str:
    """The sentence as people read it."""
    return sentence.template.format_map({name: _told(part) for name, part in sentence.values.items()})


def _told(part: Part) -> str:
    return _TOLD.get(type(part), str)(part)


def _value(part: Value) -> str:
    return show(part.value, most=part.most)


def _names(part: Names) -> str:
    return ", ".join(map(_value, part.few)) + (f" and {part.more} more" if part.more else "")


def _query(part: Query) -> str:
    return "&".join(f"{name}={_cut(value)}" for name, value in part.pairs) or "no query"


def _name(part: Name) -> str:
    value = part.value
    return f'"{value.text}"' if isinstance(value, StandIn) else json.dumps(value, default=str)


def _cut(value: object) -> str:
    return show(value[:WIDEST] if isinstance(value, str) else value, most=None)


_TOLD: Mapping[type, Callable[[Any], str]] = {
    Sentence: tell,
    Value: _value,
    Name: _name,
    Names: _names,
    Query: _query,
    Place: lambda part: part.pointer or "the whole body",
    Status: lambda part: str(part.code),
    Header: lambda part: part.text,
    Foreign: lambda part: part.text,
}
"""How each kind of part is told; our own words and numbers stand as they are."""


def show(value: object, *, most: int | None = LONGEST) -> str:
    """A JSON value for people: as Python writes it, cut at `most` characters."""
    kept: list[str | StandIn] = []
    width = 0
    for piece in _pieces(value):
        kept.append(piece)
        width += _width(piece)
        if most is not None and width > most:
            return f"{''.join(_shortened(kept, most - 1))}…"
    return "".join(_shortened(kept, width))


def _pieces(value: object) -> Iterator[str | StandIn]:
    """What a value is written with, piece by piece: of a body of megabytes only the beginning is needed."""
    match value:
        case dict():
            yield from _joined("{", (_member(name, part) for name, part in value.items()), "}")
        case list():
            yield from _joined("[", map(_pieces, value), "]")
        case tuple():
            yield from _joined("(", map(_pieces, value), ",)" if len(value) == 1 else ")")
        case StandIn():
            yield value.quote
            yield value
            yield value.quote
        case _:
            yield repr(value)


def _member(name: object, part: object) -> Iterator[str | StandIn]:
    yield f"{name!r}: "
    yield from _pieces(part)


def _joined(begin: str, parts: Iterable[Iterable[str | StandIn]], end: str) -> Iterator[str | StandIn]:
    yield begin
    for index, part in enumerate(parts):
        yield ", " if index else ""
        yield from part
    yield end


def _width(piece: str | StandIn) -> int:
    return piece.width if isinstance(piece, StandIn) else len(piece)


def _shortened(pieces: list[str | StandIn], most: int) -> Iterator[str]:
    """The pieces within a width; what stands for a hidden value is told whole or not at all."""
    for piece in pieces:
        if most <= 0:
            return
        yield piece.text if isinstance(piece, StandIn) else piece[:most]
        most -= _width(piece)
