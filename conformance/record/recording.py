"""What a record says of a recording that was replayed: what was read of it, and what was not."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Count = Annotated[int, Meta(ge=0)]


class Line(Struct, frozen=True, kw_only=True):
    """A line of a recording that says nothing, and why."""

    file: str
    line: Count
    why: str


class Unreadable(Struct, frozen=True, kw_only=True):
    """The lines of a recording that say nothing: how many, and the first."""

    count: Count
    first: list[Line]


class Recording(Struct, frozen=True, kw_only=True):
    """What was read, where a recording was replayed."""

    files: list[str]
    entries: Count
    exchanges: Count
    ignored: dict[str, int]
    unreadable: Unreadable
