"""Where an operation stands in its life, and what comes after it."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from conformance.pointer import Pointer


class State(StrEnum):
    """Where an operation stands in its life."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    REMOVED = "removed"


@frozen(kw_only=True)
class Lifecycle:
    """Whether the operation is still the provider's current one; `since` is a date (RFC 3339 full-date)."""

    state: State
    successor: str
    """Method and path of the operation in its place; empty where nothing says one."""
    successor_stem: str
    """The stem of the spec that describes it; empty where there is none."""
    since: str
    source: str
    """Where it is said; empty where the page itself says it."""
    pointer: Pointer
