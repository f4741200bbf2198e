"""JSON Schemas of a contract at work: every error of a body, undocumented fields, places in the spec."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs
from attrs import frozen

from conformance import pointer
from conformance.spec.contract import Contract

LARGEST_PAGE = 2_000
"""Items, beyond which every error of each is more than anybody reads."""
Schema = Mapping[str, Any]


@frozen
class Violation:
    """One way in which a value is not what its schema says."""

    instance: str
    """JSON Pointer into the value."""
    keyword: str
    message: str
    missing: str = ""
    """The name that is absent, where the keyword is `required`."""


def validator(contract: Contract, schema: Schema) -> jsonschema_rs.Validator:
    """A validator of `schema` that finds the document's components and checks formats."""
    bundle = {"allOf": [schema], "components": contract.document.get("components", {})}
    return jsonschema_rs.Draft202012Validator(bundle, validate_formats=True)


def violations(checker: jsonschema_rs.Validator, value: Any) -> list[Violation]:  # noqa: ANN401 - JSON
    """The errors of a value, not only the first; of one larger than any page the first alone."""
    return [
        Violation(
            pointer.join("", *error.instance_path),
            str(error.schema_path[-1]),
            error.message,
            str(getattr(error.kind, "property", "")),
        )
        for error in _errors(checker, value)
    ]


def _errors(checker: jsonschema_rs.Validator, value: Any) -> Iterable[jsonschema_rs.ValidationError]:  # noqa: ANN401
    lists = (part for part in (value, *(value.values() if isinstance(value, dict) else ())) if isinstance(part, list))
    if max(map(len, lists), default=0) <= LARGEST_PAGE:
        return checker.iter_errors(value)
    try:
        checker.validate(value)
    except jsonschema_rs.ValidationError as error:
        return [error]
    return []


@lru_cache(maxsize=4096)
def general(place: str) -> str:
    """A place in a value with `*` for every index, so that one drift of fifty items is one drift."""
    return pointer.join("", *("*" if step.isdecimal() else step for step in pointer.split(place)))


def item_place(contract: Contract) -> str:
    """Where the spec describes an item."""
    response = contract.responses_for(200)[0]
    start = pointer.join(response.pointer, "content", next(iter(response.content)), "schema")
    return spec_place(contract, start, f"{contract.items.place}/0")


def spec_place(contract: Contract, start: str, place: str) -> str:
    """Where the spec describes the part of a value at `place`, from the schema at `start`; the nearest it has."""
    here = _follow(contract, start)
    for step in pointer.split(place):
        following = _step(contract, here, step)
        if following is None:
            break
        here = following
    return here


def _follow(contract: Contract, place: str) -> str:
    schema = pointer.get(contract.document, place)
    while isinstance(schema, Mapping) and "$ref" in schema:
        place = schema["$ref"].removeprefix("#")
        schema = pointer.get(contract.document, place)
    return place


def _step(contract: Contract, place: str, step: str) -> str | None:
    schema = pointer.get(contract.document, place)
    if not isinstance(schema, Mapping):
        return None
    candidates = [pointer.join(place, "properties", step)]
    candidates += [pointer.join(place, "items")] if step.isdecimal() else []
    for candidate in candidates:
        if pointer.get(contract.document, candidate) is not pointer.MISSING:
            return _follow(contract, candidate)
    for keyword in ("anyOf", "oneOf", "allOf"):
        for index in range(len(schema.get(keyword, ()))):
            found = _step(contract, _follow(contract, pointer.join(place, keyword, index)), step)
            if found is not None:
                return found
    return None


class Described:
    """What a schema says of the members and elements of a value; what is below them is read when a value has it."""

    def __init__(self, contract: Contract, schema: Schema) -> None:
        branches = list(branches_of(contract, schema))
        others = [branch["additionalProperties"] for branch in branches if branch.get("additionalProperties", False)]
        self._contract = contract
        self._members: dict[str, Schema] = {}
        for branch in branches:
            self._members |= branch.get("properties", {})
        self._others = others[0] if others and isinstance(others[0], Mapping) else None
        self._is_closed = not others and any("properties" in branch for branch in branches)
        self._elements = [branch["items"] for branch in branches if "items" in branch]
        self._read: dict[str | int, Described] = {}

    def undocumented(self, value: Any, place: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
        """Pointer and value of every member that no schema describes, at any depth."""
        if isinstance(value, list):
            for index, part in enumerate(value):
                if isinstance(part, list | dict):
                    for number, schema in enumerate(self._elements):
                        yield from self._below(number, schema).undocumented(part, pointer.join(place, index))
            return
        for name, part in value.items() if isinstance(value, dict) else ():
            schema = self._members.get(name, self._others)
            if schema is None and self._is_closed:
                yield pointer.join(place, name), part
            elif schema is not None and isinstance(part, list | dict):
                key = name if name in self._members else _OTHER
                yield from self._below(key, schema).undocumented(part, pointer.join(place, name))

    def _below(self, key: str | int, schema: Schema) -> Described:
        if key not in self._read:
            self._read[key] = Described(self._contract, schema)
        return self._read[key]


_OTHER = -1


def branches_of(contract: Contract, schema: Schema) -> Iterator[Schema]:
    """A schema and its alternatives, references resolved."""
    schema = contract.resolve(schema)
    yield schema
    for keyword in ("anyOf", "oneOf", "allOf"):
        for branch in schema.get(keyword, ()):
            yield from branches_of(contract, branch)
