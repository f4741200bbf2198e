"""One step of a change of a spec, as plain data that a report can hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

OPERATIONS = frozenset({"set", "drop", "rename", "include", "discard"})


@frozen
class Edit:
    """Set, drop or rename what stands at a JSON Pointer, or include or discard a value of the list there."""

    op: str
    pointer: str
    value: Any = None
    """JSON; nothing for `drop`."""

    def as_json(self) -> dict[str, Any]:
        """The edit as a report holds it."""
        return {"op": self.op, "pointer": str(self.pointer)} | ({} if self.op == "drop" else {"value": self.value})

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Edit:
        """The edit that a report holds; ValueError for what is none."""
        if given.get("op") not in OPERATIONS or not str(given.get("pointer")).startswith("/"):
            raise ValueError(f"no edit: {dict(given)!r}")
        return cls(given["op"], str(given["pointer"]), given.get("value"))


def unique(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits in their order, each once; values of JSON cannot be hashed."""
    kept: list[Edit] = []
    for edit in edits:
        if edit not in kept:
            kept.append(edit)
    return tuple(kept)


@frozen(kw_only=True)
class Change:
    """The smallest change of a spec that makes one drift documented, and the note that it leaves behind."""

    edits: tuple[Edit, ...]
    pointer: str
    """What the deviation is about; it stands in the changed spec as well."""
    says: str
    """What the documentation shows."""
    instead: str
    """What was seen; never a value out of an item."""
