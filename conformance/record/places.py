"""Where a part of a body lies, as a record writes it."""

from __future__ import annotations

from conformance.pointer import Pointer


def within(place: str, step: str | int) -> str:
    """The place of a member or an element of what lies at `place`."""
    return Pointer(place).below(step)
