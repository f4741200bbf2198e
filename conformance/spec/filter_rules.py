"""The rules of filters: what each asks with goes with what its parameter takes."""

from __future__ import annotations

import json
from collections.abc import Iterator

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
        template = promise.encoding not in ("", "json", "form", "form-twice")
        if template and not ("{key}" in promise.encoding and "{value}" in promise.encoding):
            yield document.error(
                f"{promise.pointer}/encoding",
                f"encoding {promise.encoding!r} is neither json, form, form-twice nor a template",
                hint="A template holds {key} and {value}.",
            )


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
