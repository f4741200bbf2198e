"""The first values that no enum holds: Schemathesis draws more than a thousand, and uses the first that one does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from schemathesis.generation.hypothesis import examples
from schemathesis.specs.openapi.coverage import _schema

ENOUGH = 40
"""Where an enum holds all of them, Schemathesis draws one that it does not hold."""
_NAME = "_invalid_enum_candidates"


@contextmanager
def few() -> Iterator[None]:
    """While the context lasts, Schemathesis draws no more of them than are enough; they are the same as ever."""
    drawn = getattr(_schema, _NAME, None)
    if drawn is None:  # a later Schemathesis draws them otherwise
        yield
        return
    setattr(_schema, _NAME, _few)
    try:
        yield
    finally:
        setattr(_schema, _NAME, drawn)


@cache
def _few() -> tuple[Any, ...]:
    drawn: list[Any] = []

    def is_enough(value: Any) -> bool:  # noqa: ANN401 - JSON
        drawn.append(value)
        return len(drawn) >= ENOUGH

    examples.generate_one(_schema.INVALID_ENUM_STRATEGY.filter(is_enough))
    return tuple(drawn)
