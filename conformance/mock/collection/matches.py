"""Which items a filter leaves in a listing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from conformance.mock.answers.request import Refused
from conformance.mock.collection.pairs import as_object, contains, read_pairs
from conformance.mock.collection.values import Comparable, Entry, Json, comparable
from conformance.pointer import MISSING
from conformance.spec.promises import Filter, Relation

Test = Callable[[Entry], bool]

_COMPARE: Mapping[Relation, Callable[[Comparable, Comparable], bool]] = {
    Relation.AT_LEAST: lambda had, bound: had >= bound,
    Relation.AT_MOST: lambda had, bound: had <= bound,
    Relation.AFTER: lambda had, bound: had > bound,
    Relation.BEFORE: lambda had, bound: had < bound,
}

IN_ASCII = "ignored from A to Z"
"""How a reading takes a case that is ignored, as `like` of some databases does."""

FOLDS: Mapping[str, Callable[[Json], Json]] = {
    "ignored": lambda value: value.casefold() if isinstance(value, str) else value,
    IN_ASCII: lambda value: (
        "".join(one.lower() if one.isascii() else one for one in value) if isinstance(value, str) else value
    ),
}
"""What a text is before it is compared, by the case of its filter."""

_TEXT: Mapping[Relation, Callable[[str, str], bool]] = {
    Relation.STARTS_WITH: lambda had, part: had.startswith(part),
    Relation.HAS_TEXT: lambda had, part: part in had,
}


def matcher(known: Filter, value: Json) -> Test:
    """The test that `value` of the filter's parameter asks for; refuses a value without meaning."""
    if value in (known.showing, [known.showing]):
        return lambda _: True
    if known.relation in (Relation.NULL_UNLESS_TRUE, Relation.PRESENT):
        return _there(known, value)
    if known.relation is Relation.CONTAINS:
        return _containing(known, value)
    if known.relation in _COMPARE:
        return _within(known, comparable(value))
    read = FOLDS.get(known.case, _as_it_is)
    if known.relation in _TEXT:
        return _searching(known, str(read(value)), read)
    return _one_of(known, value, read)


def _searching(known: Filter, part: str, read: Callable[[Json], Json]) -> Test:
    has = _TEXT[known.relation]
    return lambda entry: any(
        has(str(read(text)), part) for place in known.fields for text in _texts(place.get(entry.value)) or [""]
    )


def _texts(value: Json) -> list[Json]:
    """What is written in a value, at whatever depth."""
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [] if _absent(value) or value == "" else [value]


def _one_of(known: Filter, value: Json, read: Callable[[Json], Json]) -> Test:
    if known.relation is Relation.NOT:
        left_out = [comparable(read(one)) for one in (None, *(value if known.several else [value]))]
        return lambda entry: comparable(read(known.field.get(entry.value))) not in left_out
    wanted = [comparable(read(one)) for one in (value if known.relation is Relation.IN else [value])]
    return lambda entry: comparable(read(known.field.get(entry.value))) in wanted


def _as_it_is(value: Json) -> Json:
    return value


def _absent(value: Json) -> bool:
    return value is None or value is MISSING


def _there(known: Filter, value: Json) -> Test:
    flag = known.relation is Relation.NULL_UNLESS_TRUE
    asked = [absent for absent in (True, False) if flag or value == known.words.get("absent" if absent else "present")]
    return lambda entry: not asked or _absent(known.field.get(entry.value)) is asked[0]


def _containing(known: Filter, value: Json) -> Test:
    try:
        pairs = read_pairs(known.encoding, value)
    except ValueError as error:
        message = f"{known.parameter} cannot be read: {error}"
        raise Refused("invalid-parameter", message, parameter=known.parameter) from error
    return lambda entry: contains(as_object(known, known.field.get(entry.value)), pairs)


def _within(known: Filter, bound: Comparable) -> Test:
    compare = _COMPARE[known.relation]

    def test(entry: Entry) -> bool:
        had = comparable(known.field.get(entry.value))
        return had[0] == bound[0] and compare(had, bound)

    return test
