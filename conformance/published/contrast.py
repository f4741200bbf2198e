"""How two shapes of one value differ, whichever way the value travels."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from attrs import frozen

from conformance.jsontext import Json
from conformance.published.shape import LOWER, NOTHING, UPPER, Shape
from conformance.sentence import Sentence, Value, said

SHORT, NUMBERS = "int32", frozenset({"integer", "number"})
"""Of the formats of numbers, the one that says less than the type: integers have no end in Python or in JSON."""


class Aspect(StrEnum):
    """Which part of a schema differs."""

    TYPE = "type"
    NUMBER = "number"
    FORMAT = "format"
    NULL = "null"
    ENUM = "enum"
    VALUE = "value"
    BOUND = "bound"
    DEFAULT = "default"


class Change(StrEnum):
    """What the published shape allows, compared with the documented one."""

    WIDER = "wider"
    NARROWER = "narrower"
    OTHER = "other"
    SILENT = "silent"
    """The published document says nothing where the spec does."""
    NEW = "new"
    """The published document says something where the spec does not."""


@frozen
class Contrast:
    """One way in which two shapes differ."""

    aspect: Aspect
    change: Change
    expected: Sentence
    actual: Sentence
    what: str = ""
    """The value, bound or other detail that differs."""


def contrasts(ours: Shape, theirs: Shape) -> Iterator[Contrast]:
    """Every way in which the published shape differs from ours, fields and items aside."""
    yield from _types(ours, theirs)
    if NOTHING in {ours.types, theirs.types}:
        return
    if ours.nullable is not theirs.nullable and (theirs.types or theirs.enum or theirs.fields):
        change = Change.WIDER if theirs.nullable else Change.NARROWER
        yield Contrast(Aspect.NULL, change, _null(ours), _null(theirs))
    yield from _format(ours, theirs)
    yield from _enum(ours, theirs)
    yield from _bounds(ours, theirs)
    if ours.default != theirs.default:
        change = Change.SILENT if theirs.default is None else Change.NEW if ours.default is None else Change.OTHER
        left, right = (_valued("default {value}", one.default) for one in (ours, theirs))
        yield Contrast(Aspect.DEFAULT, change, left, right)


def _types(ours: Shape, theirs: Shape) -> Iterator[Contrast]:
    if not ours.types or ours.types == theirs.types:
        return
    aspect = Aspect.TYPE
    if not theirs.types:
        change = Change.SILENT
    elif NOTHING in {ours.types, theirs.types} and ours.nullable and theirs.nullable:
        change = Change.WIDER if ours.types == NOTHING else Change.NARROWER
    elif ours.types < theirs.types:
        change = Change.WIDER
    elif theirs.types < ours.types:
        change = Change.NARROWER
    elif _with_numbers(ours.types) <= _with_numbers(theirs.types):
        aspect, change = Aspect.NUMBER, Change.WIDER
    elif _with_numbers(theirs.types) <= _with_numbers(ours.types):
        aspect, change = Aspect.NUMBER, Change.NARROWER
    else:
        change = Change.OTHER
    yield Contrast(aspect, change, _named(ours), _named(theirs))


def _with_numbers(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _named(shape: Shape) -> Sentence:
    return said("{types}", types=" or ".join(sorted(shape.types)) or "no type")


def _null(shape: Shape) -> Sentence:
    return said("null is allowed" if shape.nullable else "never null")


def _valued(template: str, value: object) -> Sentence:
    return said(template, value=Value(value))


def _format(ours: Shape, theirs: Shape) -> Iterator[Contrast]:
    texts = "string" in ours.types and "string" in theirs.types
    if texts and ours.format != theirs.format:
        change = Change.SILENT if not theirs.format else Change.NEW if not ours.format else Change.OTHER
        yield Contrast(Aspect.FORMAT, change, _formatted(ours), _formatted(theirs))
    short = [one.format == SHORT and bool(one.types & NUMBERS) for one in (ours, theirs)]
    if not texts and short[0] is not short[1]:
        change = Change.NARROWER if short[1] else Change.WIDER
        yield Contrast(Aspect.FORMAT, change, _formatted(ours), _formatted(theirs))


def _formatted(shape: Shape) -> Sentence:
    return said("{format}", format=shape.format or "no format")


def _enum(ours: Shape, theirs: Shape) -> Iterator[Contrast]:
    left, right = (_listed(one.enum) for one in (ours, theirs))
    if ours.enum is None and theirs.enum is not None:
        yield Contrast(Aspect.ENUM, Change.NEW, left, right)
    elif ours.enum is not None and theirs.enum is None:
        yield Contrast(Aspect.ENUM, Change.SILENT, left, right)
    elif ours.enum is not None and theirs.enum is not None:
        for value in (value for value in theirs.enum if value not in ours.enum):
            yield Contrast(Aspect.VALUE, Change.WIDER, left, _valued("{value} too", value), str(value))
        for value in (value for value in ours.enum if value not in theirs.enum):
            yield Contrast(Aspect.VALUE, Change.NARROWER, left, _valued("not {value}", value), str(value))


def _listed(values: tuple[object, ...] | None) -> Sentence:
    return said("any value") if values is None else _valued("one of {value}", list(values))


def _bounds(ours: Shape, theirs: Shape) -> Iterator[Contrast]:
    for key in sorted({*ours.bounds, *theirs.bounds}):
        left, right = ours.bounds.get(key), theirs.bounds.get(key)
        if left != right:
            change = _moved(key, left, right)
            yield Contrast(Aspect.BOUND, change, _bound(key, left), _bound(key, right), key)


def _moved(key: str, left: Json, right: Json) -> Change:
    if right is None:
        return Change.SILENT
    if left is None:
        return Change.NEW
    if not isinstance(left, int | float) or not isinstance(right, int | float) or key not in (*LOWER, *UPPER):
        return Change.OTHER
    return Change.WIDER if (right < left) is (key in LOWER) else Change.NARROWER


def _bound(key: str, value: object) -> Sentence:
    return said("{key} {value}", key=key, value="unsaid" if value is None else Value(value))
