"""What the generated quick path is made of; whatever it does not expect is left to the tolerant path."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any

from ._origin import Source

parse = datetime.fromisoformat


class Unexpected(ValueError):  # noqa: N818 - a signal, never shown
    """A value is not what the quick path is for."""


class Members(dict[str, Any]):
    """Documented members by their text; any other text stands for itself."""

    def __missing__(self, text: Any) -> str:  # noqa: ANN401 - JSON
        """Give the text back, which nothing but a text can be."""
        if text.__class__ is not str:
            raise Unexpected
        return str(text)


def check_strings(value: Any) -> None:  # noqa: ANN401 - JSON
    """Make sure that a value is an object whose values are strings."""
    if value.__class__ is not dict:
        raise Unexpected
    for text in value.values():
        if text.__class__ is not str:
            raise Unexpected


def keep_rest(made: Any, row: dict[str, Any], known: frozenset[str]) -> None:  # noqa: ANN401 - a Model, whose slot is a subclass's
    """Keep what the documentation does not name, and what only the JSON tells: which optional fields were null."""
    made.additional_properties = {key: deepcopy(row[key]) for key in row.keys() - known}
    if not hasattr(made, "__origin__"):
        made.__origin__ = Source(value={key: None for key, value in row.items() if value is None})
