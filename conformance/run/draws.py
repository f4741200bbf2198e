"""How many values are drawn to find one that no enum holds: Schemathesis draws more than a thousand, and uses one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from schemathesis.generation.hypothesis import examples
from schemathesis.specs.openapi.coverage import _schema

ENOUGH = 40
"""Where an enum holds all of them, Schemathesis draws another by itself."""
_NAME = "_invalid_enum_candidates"


@contextmanager
def few() -> Iterator[None]:
    """While the context lasts, no more are drawn than are enough; they are those that were drawn first as ever."""
    every = getattr(_schema, _NAME, None)
    if every is None:  # a later Schemathesis finds them in another way
        yield
        return
    setattr(_schema, _NAME, first_values)
    try:
        yield
    finally:
        setattr(_schema, _NAME, every)


@cache
def first_values() -> tuple[object, ...]:
    """The first values that Schemathesis draws to find one that no enum holds."""
    drawn: list[object] = []

    def is_enough(value: object) -> bool:
        drawn.append(value)
        return len(drawn) >= ENOUGH

    examples.generate_one(_schema.INVALID_ENUM_STRATEGY.filter(is_enough))
    return tuple(drawn)
