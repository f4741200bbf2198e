"""On which line each part of a YAML or JSON text stands."""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from attrs import define

from conformance.pointer import TOP, Pointer

_LOADER = getattr(yaml, "CLoader", yaml.Loader)
"""Parses only: nothing is made of what a text says."""


@define
class _Around:
    """A mapping or a sequence whose parts are being passed."""

    place: Pointer
    index: int
    """Of the next element; -1 in a mapping."""
    key: str | None = None
    """The key whose value comes next."""


def places(text: str) -> Iterator[tuple[Pointer, int]]:
    """JSON Pointer and line, from 1, of each part, in their order; ends where the text is no YAML."""
    around: list[_Around] = []
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            yield from _passed(event, around)
    except (yaml.YAMLError, ValueError):
        return


def line_of(text: str, place: str) -> int:
    """The line of a part, or of the nearest part around it; 1 where none is found."""
    nearest, line = "", 1
    for here, number in places(text):
        if here == place:
            return number
        if len(here) > len(nearest) and place.startswith(f"{here}/"):
            nearest, line = here, number
    return line


def _passed(event: yaml.Event, around: list[_Around]) -> Iterator[tuple[Pointer, int]]:
    if isinstance(event, yaml.CollectionEndEvent):
        around.pop()
    elif isinstance(event, yaml.NodeEvent):
        line = event.start_mark.line + 1
        inside = around[-1] if around else _Around(TOP, 0)
        if inside.index < 0 and inside.key is None and isinstance(event, yaml.ScalarEvent):
            inside.key = str(event.value)
            yield inside.place.below(inside.key), line
            return
        place = _place(inside) if around else TOP
        if inside.index > 0:
            yield place, line
        if isinstance(event, yaml.CollectionStartEvent):
            around.append(_Around(place, -1 if isinstance(event, yaml.MappingStartEvent) else 0))


def _place(inside: _Around) -> Pointer:
    """The pointer of the value that comes; what leads to the next one is moved on."""
    if inside.index >= 0:
        inside.index += 1
        return inside.place.below(inside.index - 1)
    key, inside.key = inside.key or "", None
    return inside.place.below(key)
