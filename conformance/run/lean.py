"""What is left out while queries are drawn: work for nothing, and what is not of the document.

What of Schemathesis and Hypothesis does it is replaced by name while a context lasts, and stays as it is where a later
version lacks the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType

from hypothesis.internal import charmap
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from hypothesis.internal.intervalsets import IntervalSet
from schemathesis.generation.hypothesis import examples
from schemathesis.specs.openapi.coverage import _schema

ENOUGH = 40
"""How many values are drawn to find one that no enum holds: Schemathesis draws more than a thousand, and uses one.

Where an enum holds all of them, Schemathesis draws another by itself.
"""
_intervals = charmap.intervals_from_codec


@contextmanager
def lean() -> Iterator[None]:
    """While the context lasts, what is drawn is a function of the document and the seed, and takes less time.

    Otherwise constants of the code that happens to be loaded are drawn too: others in a clone than from a wheel.
    """
    none_kept = type(providers.CONSTANTS_CACHE)(1024)
    with (
        _replaced(_schema, _invalid_enum_candidates=first_values),
        _replaced(providers, _get_local_constants=Constants, CONSTANTS_CACHE=none_kept),
        _replaced(charmap, intervals_from_codec=intervals),
    ):
        yield


@contextmanager
def _replaced(module: ModuleType, **values: object) -> Iterator[None]:
    before = {name: getattr(module, name) for name in values if hasattr(module, name)}
    vars(module).update({name: values[name] for name in before})
    try:
        yield
    finally:
        vars(module).update(before)


@cache
def intervals(codec: str) -> tuple[IntervalSet, IntervalSet]:
    """The characters of a codec, and those that it does not give back: of UTF-8, all but surrogates, and none."""
    if codec != "utf-8":
        return _intervals(codec)
    return IntervalSet(((0, 0xD7FF), (0xE000, 0x10FFFF))), IntervalSet(())


@cache
def first_values() -> tuple[object, ...]:
    """The first values that Schemathesis draws to find one that no enum holds."""
    drawn: list[object] = []

    def is_enough(value: object) -> bool:
        drawn.append(value)
        return len(drawn) >= ENOUGH

    examples.generate_one(_schema.INVALID_ENUM_STRATEGY.filter(is_enough))
    return tuple(drawn)
