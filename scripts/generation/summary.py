"""Code of where an item says what all listings' items say: identity, status, start, end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from generation.document import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generation.fields import FieldView
    from generation.operation import Operation

_STARTS = ("started_at", "start_time", "started", "created_at", "create_time", "created")
_ENDS = ("stopped_at", "ended_at", "finished_at", "terminated_at", "completed_at", "deleted_at", "end_time")
"""Names of fields, the best one first; when a thing is to expire is no end."""
_TIMES = ("TIMESTAMP", "INTEGER", "NUMBER", "STRING")
_UNITS = ((re.compile(r"\b(ms|milliseconds?)\b"), "milliseconds"), (re.compile(r"\b(s|seconds?)\b"), "seconds"))


def summary_code(
    operation: Operation, fields: Iterable[FieldView], attributes: Callable[[list[str]], list[str]]
) -> str:
    """Write the runtime's `Places`; what `x-conformance.summary` names goes before what names of fields suggest."""
    known = {field.name: field for field in fields}
    wires = {field.wire: field for field in known.values()}
    said: dict[str, str] = operation.conformance.get("summary") or {}
    finished: dict[str, Any] = operation.conformance.get("finished") or {}
    status = said.get("status") or finished.get("field") or ("/status" if "status" in wires else None)
    order = [each for each in operation.order.get("by", [])[:1] if wires.get(each.removeprefix("/"))]
    parts = [f"identity={_place(attributes(operation.identity))}"]
    if status:
        parts.append(f"status={_place(attributes(tokens(status)))}")
    for name, names in (("started", _STARTS), ("ended", _ENDS)):
        found = said.get(name) or _by_name(known, names) or (order[0] if order and name == "started" else None)
        if found:
            field = wires.get(found.removeprefix("/"))
            parts.append(f"{name}_at={_place(attributes(tokens(found)), _unit(field))}")
    if finished.get("in"):
        parts.append(f"final={tuple(finished['in'])!r}")
    return f"summaries.Places({', '.join(parts)})"


def _by_name(known: dict[str, FieldView], names: tuple[str, ...]) -> str | None:
    fields = (known[name] for name in names if name in known)
    found = (each for each in fields if any(kind in each.shape.kind for kind in _TIMES))
    return next((f"/{each.wire}" for each in found), None)


def _place(names: list[str], unit: str | None = None) -> str:
    return f"summaries.Place({tuple(names)!r}{f', {unit!r}' if unit else ''})"


def _unit(field: FieldView | None) -> str | None:
    if field is None or not ("INTEGER" in field.shape.kind or "NUMBER" in field.shape.kind):
        return None
    return next((unit for pattern, unit in _UNITS if pattern.search(field.description)), None)
