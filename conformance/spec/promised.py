"""What every promise of a spec says beside what it is about."""

from __future__ import annotations

from typing import Any

from conformance.pointer import Pointer
from conformance.spec.openapi import Part


def promised(given: Part, place: Pointer) -> dict[str, Any]:
    """What a promise is made of: its words, its place, and whether the page states it."""
    return {"says": given["says"], "pointer": place, "stated": given.get("meaning") != "unstated"}
