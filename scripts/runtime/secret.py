"""Values that no representation shows: what tracebacks with local variables, and those who collect them, may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias


class Secret:
    """A text that is not shown."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    @property
    def value(self) -> str:
        """The text."""
        return self._value

    def __repr__(self) -> str:
        return "<secret>"


class SecretHeaders(dict[str, str]):
    """Headers of a request, some of which are secret: only their names are shown."""

    def __repr__(self) -> str:
        return f"<headers {', '.join(self)}>"

    __str__ = __repr__

    def and_of(self, *others: Mapping[str, str]) -> SecretHeaders:
        """Add headers; a later one takes the place of one with the same name, in whatever case."""
        merged = {name.lower(): (name, value) for each in (self, *others) for name, value in each.items()}
        return SecretHeaders(merged.values())


Given: TypeAlias = "Secret | Mapping[str, Secret] | None"
"""What a client is given: one text, or the texts that count only together, by the names of their schemes."""


def hidden(value: str | Mapping[str, Any] | None) -> Given:
    """Wrap what may be secrets; what is none by its type, whatever a user gives for one, stays as it is."""
    if isinstance(value, Mapping):
        return {name: Secret(text) if isinstance(text, str) else text for name, text in value.items()}
    return Secret(value) if isinstance(value, str) else value
