"""A JSON value that is not what the documentation says, and how it is described to people."""

from __future__ import annotations

from typing import Any, TypeGuard

_LONGEST_EXCERPT = 80


class Mismatch(ValueError):  # noqa: N818 - a signal on its way to DecodeError
    """A value is not of the documented kind; `path` grows from the inside out."""

    def __init__(self, expected: str, value: object) -> None:
        super().__init__(expected)
        self.expected: str = expected
        self.actual: str = describe(value)
        self.path: list[str | int] = []

    def below(self, token: str | int) -> Mismatch:
        """Say that the value stands under this key or index."""
        self.path.append(token)
        return self

    @property
    def pointer(self) -> str:
        """JSON Pointer of the value."""
        return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in reversed(self.path))


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Say whether a JSON value is an object."""
    return type(value) is dict


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Say whether a JSON value is an array."""
    return type(value) is list


def describe(value: object) -> str:
    """Say in a few words what a value is."""
    text = repr(value)
    return text if len(text) <= _LONGEST_EXCERPT else f"{text[:_LONGEST_EXCERPT]}…"
