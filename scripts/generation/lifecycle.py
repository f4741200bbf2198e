"""Whether an operation is still the provider's current one."""

from __future__ import annotations

from typing import Any

from generation.document import load
from generation.fields import plain
from generation.operation import Operation


def successor(operation: Operation) -> str:
    """Give the operation that has taken its place; empty where it is current."""
    lifecycle, stem = _lifecycle(operation), successor_stem(operation)
    if stem:
        beside = load(operation.document.path.with_name(f"{stem}.yaml"))
        return next((f"GET {path}" for path in beside.data.get("paths", {})), "")
    return str(lifecycle.get("successor", "")) if lifecycle.get("state") != "current" else ""


def successor_stem(operation: Operation) -> str:
    """Give the stem of the spec that describes that operation; empty where no spec does."""
    lifecycle = _lifecycle(operation)
    named = str(lifecycle.get("successor", ""))
    return named if lifecycle.get("state") != "current" and named.isidentifier() else ""


def superseded(operation: Operation) -> str:
    """Say that it has a successor or goes away, since when, and who says so; empty where it is current."""
    lifecycle = _lifecycle(operation)
    state = lifecycle.get("state", "current")
    if state == "current":
        return ""
    since = f" since {lifecycle['since']}" if "since" in lifecycle else ""
    source = f" ({plain(lifecycle['source'])})" if "source" in lifecycle else ""
    if not successor(operation):
        return f"{state.capitalize()}{since}{source}."
    package = f" (package `{stem}`)" if (stem := successor_stem(operation)) else ""
    return f"Superseded{since} by `{successor(operation)}`{package}{source}."


def _lifecycle(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = operation.conformance.get("lifecycle") or {}
    return found
