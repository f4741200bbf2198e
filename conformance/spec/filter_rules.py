"""The rules of filters: what each asks with goes with what its parameter takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from conformance.errors import SpecError
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.document import Document
from conformance.spec.promises import Filter, Relation
from conformance.spec.schema import types_of

_OF_PARTS = frozenset({Relation.STARTS_WITH, Relation.HAS_TEXT})
_OF_TEXT = frozenset({Relation.EQUALS, Relation.IN, Relation.NOT}) | _OF_PARTS


def filters(document: Document, contract: Contract) -> Iterator[SpecError]:
    """What is wrong with the filters of a contract."""
    for promise in contract.filters:
        array = contract.parameter(promise.parameter).is_array
        if array is not (promise.relation is Relation.IN) and promise.relation is not Relation.NOT:
            yield document.error(
                f"{promise.pointer}/relation",
                f"filter {promise.parameter!r} is {promise.relation}, but takes {'an array' if array else 'one value'}",
                hint="Relation in goes with an array parameter, not with either, every other one with a single value.",
            )
        yield from _words(document, contract, promise)
        yield from _case(document, contract, promise)
        yield from _search(document, promise)
        yield from _entries(document, contract, promise)
        yield from _encoding(document, contract, promise)


def _encoding(document: Document, contract: Contract, promise: Filter) -> Iterator[SpecError]:
    """Pairs stand in a known form or a template; one value in an expression, which a parameter of text takes."""
    place, given = promise.pointer.below("encoding"), promise.encoding
    holes = {hole: given.count(hole) for hole in ("{key}", "{value}")}
    if promise.expression and (given == "{value}" or holes != {"{key}": 0, "{value}": 1}):
        hint = "An expression is a text around one {value}, such as name = '{value}'."
        yield document.error(place, f"encoding {given!r} is no expression", hint=hint)
    elif promise.expression and not _takes_text(contract.parameter(promise.parameter).schema):
        hint = "Its type is string, and no enum or pattern narrows it."
        yield document.error(place, f"parameter {promise.parameter!r} does not take any text", hint=hint)
    elif not promise.expression and given not in ("", "json", "form", "form-twice") and not all(holes.values()):
        told = f"encoding {given!r} is neither json, form, form-twice nor a template"
        yield document.error(place, told, hint="A template holds {key} and {value}.")
    rivals = [one for one in contract.filters if one.parameter == promise.parameter]
    if promise.expression and not all(one.encoding for one in rivals):
        hint = "Give each of its filters the expression in which its value stands."
        yield document.error(place, f"another filter takes the whole of {promise.parameter!r}", hint=hint)
    joined = all(one.encoding and one.conjunction == promise.conjunction for one in rivals)
    if promise.conjunction and not joined:
        hint = "Each expression of the parameter has the same conjunction, or none has one."
        told = f"conjunction {promise.conjunction!r} joins expressions of {promise.parameter!r} that do not have it"
        yield document.error(promise.pointer.below("conjunction"), told, hint=hint)


def _takes_text(schema: Mapping[str, object]) -> bool:
    return types_of(schema) == ("string",) and not {"enum", "const", "pattern", "format"} & schema.keys()


def _case(document: Document, contract: Contract, promise: Filter) -> Iterator[SpecError]:
    """Only texts have a case."""
    schema = contract.parameter(promise.parameter).schema
    taken = types_of(schema.get("items", schema))
    if promise.case and (promise.relation not in _OF_TEXT or "string" not in (taken or ("string",))):
        hint = f"It goes with a text and one of {', '.join(sorted(_OF_TEXT))}."
        yield document.error(promise.pointer.below("case"), f"filter {promise.parameter!r} compares no text", hint=hint)


def _entries(document: Document, contract: Contract, promise: Filter) -> Iterator[SpecError]:
    """Pairs are the members of an object, or what elements of an array name."""
    element = contract.item.part(promise.field).element
    for key, place in zip(("key", "value"), promise.entries or (), strict=False):
        if element is None or element.find(place) is None:
            told = f"no element of {promise.field} has {place}"
            hint = "entries goes with an array of objects, each of which has the name of a pair and its value."
            yield document.error(promise.pointer.below("entries", key), told, hint=hint)


def _search(document: Document, promise: Filter) -> Iterator[SpecError]:
    """Only a text is searched for in several fields."""
    if promise.is_search and promise.relation not in _OF_PARTS:
        told = f"filter {promise.parameter!r} is {promise.relation}, and looks into several fields"
        hint = f"Several fields, or any, go with {' and '.join(sorted(_OF_PARTS))}."
        yield document.error(promise.pointer.below("field"), told, hint=hint)
    if promise.anywhere and not promise.field:
        hint = "Name the fields that are searched."
        yield document.error(promise.pointer.below("field"), "no field of an item is known to hold text", hint=hint)


def _words(document: Document, contract: Contract, promise: Filter) -> Iterator[SpecError]:
    """What asks for presence and for absence are two values that the parameter takes."""
    given = promise.pointer.below("words")
    place = given if given.get(document.content) is not MISSING else promise.pointer.below("relation")
    for name, word in promise.words.items():
        if not contract.parameter(promise.parameter).validator.is_valid(word):
            told = f"{promise.parameter!r} does not take {json.dumps(word)}, which asks for {name} fields"
            hint = (
                "Say what it takes, written as the parameter's type has it, such as words: {present: '1', absent: '0'}."
            )
            yield document.error(place, told, hint=hint)
    if len(set(map(json.dumps, promise.words.values()))) < len(promise.words):
        yield document.error(place, "one value asks for present and for absent fields", hint="Say two, or one alone.")
