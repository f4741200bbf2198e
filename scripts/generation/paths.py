"""Ways into generated objects, past what may not be there."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen


@frozen
class Step:
    """One attribute on a way."""

    name: str
    optional: bool
    """Whether it may be None."""


def statements(root: str, steps: Sequence[Step], *, otherwise: str = "") -> list[str]:
    """Write the statements that return what is at the end of a way; None, or `otherwise`, where it is not there."""
    lines: list[str] = []
    code, maybe = root, False
    for number, step in enumerate(steps):
        if maybe:
            lines.append(f"part_{number} = {code}")
            code = f"part_{number}.{step.name} if part_{number} is not None else None"
        else:
            code = f"{code}.{step.name}"
        maybe = maybe or step.optional
    if not maybe or not otherwise:
        return [*lines, f"return {code}"]
    return [*lines, f"return ({code}) or {otherwise}" if " " in code else f"return {code} or {otherwise}"]
