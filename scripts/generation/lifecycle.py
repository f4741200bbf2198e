"""Whether an operation is still the provider's current one."""

from __future__ import annotations

from typing import Any

from generation.fields import plain
from generation.operation import Operation


def successor(operation: Operation) -> str:
    """Give the operation that has taken its place; empty where it is current."""
    lifecycle = _lifecycle(operation)
    return str(lifecycle.get("successor", "")) if lifecycle.get("state") != "current" else ""


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
    return f"Superseded{since} by `{successor(operation)}`{source}."


def _lifecycle(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = operation.conformance.get("lifecycle") or {}
    return found
