"""What the mock knows of one operation besides its spec: `fixtures/<stem>.json`.

Only `items` is required; the spec supplies the rest as well as it can.

    {
      "items": [{…}, …],                      whole items, one for each shape that items take in their lives
      "vary": {"/region": ["iad1", "sfo1"]},  place in an item to the values that items take there in turn
      "times": ["/started"],                  places of times that do not look like times (Unix seconds, say)
      "known": {"project": [["prj_1", "web"], …]},  parameter to the values it knows, each with all its names
      "page": {"has_more": true},             the body of a page around its items
      "last_page": {"has_more": false},       the same of the last page, where it differs
      "errors": {"400": {…}, …}               status to body; "{parameter}" and "{message}" in its text are filled in
    }

A known value belongs to every item in turn. Where a filter compares it with a field, the item shows its first name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import jsonschema_rs
from attrs import frozen

from conformance.errors import SpecError
from conformance.mock.collection.example import example
from conformance.mock.collection.invariants import holds
from conformance.mock.collection.values import Json
from conformance.pointer import MISSING, Pointer
from conformance.spec.checker import checker
from conformance.spec.contract import Contract
from conformance.spec.document import Document, did_you_mean

_HERE = Path(__file__).parent


@frozen(kw_only=True)
class Fixture:
    """The content of one fixture, valid for its contract."""

    items: tuple[Mapping[str, Json], ...]
    vary: Mapping[Pointer, tuple[Json, ...]]
    times: tuple[Pointer, ...]
    known: Mapping[str, tuple[tuple[str, ...], ...]]
    page: Json
    last_page: Json
    errors: Mapping[int, Json]

    @classmethod
    def load(cls, contract: Contract, path: Path) -> Fixture:
        """Read the fixture of `contract`; raises SpecError with `file:line` where it makes no sense."""
        content = _read(path)
        for place, message, hint in _mistakes(contract, content):
            raise SpecError(f"{path}:{Document.load(path).line(place)}: {message}", hint=hint)
        page = content.get("page", example(contract, contract.page_schema))
        return cls(
            items=tuple(content["items"]),
            vary={Pointer(place): tuple(values) for place, values in content.get("vary", {}).items()},
            times=tuple(map(Pointer, content.get("times", ()))),
            known={name: tuple(map(tuple, values)) for name, values in content.get("known", {}).items()},
            page=page,
            last_page=content.get("last_page", page),
            errors={int(status): body for status, body in content.get("errors", {}).items()},
        )


def _read(path: Path) -> Json:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SpecError(f"{path}:1: cannot be read: {error.strerror}", hint="Is the name right?") from error
    except json.JSONDecodeError as error:
        raise SpecError(f"{path}:{error.lineno}: {error.msg}", hint="Mend the JSON there, or just above.") from error
    except UnicodeDecodeError as error:
        raise SpecError(f"{path}:1: is not UTF-8", hint="Save the file as UTF-8.") from error


def _mistakes(contract: Contract, content: Json) -> Iterator[tuple[str, str, str]]:
    """Place, message and hint of each mistake; the first kind alone where the whole has another shape."""
    for error in _shape().iter_errors(content):
        hint = "The docstring of conformance/mock/collection/fixture.py says what a fixture holds."
        yield Pointer.of(*error.instance_path), error.message, hint
        return
    yield from _bad_items(contract, content)
    yield from _bad_names(contract, content)
    yield from _bad_errors(contract, content)


@cache
def _shape() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(json.loads((_HERE / "fixture.schema.json").read_text(encoding="utf-8")))


def validator(contract: Contract, schema: Mapping[str, Json]) -> jsonschema_rs.Validator:
    """What validates values of `schema`, whose references lead into the document's components."""
    return checker(schema, contract.document.get("components", {}))


def _bad_items(contract: Contract, content: Json) -> Iterator[tuple[str, str, str]]:
    schema = validator(contract, contract.item_schema)
    for index, item in enumerate(content["items"]):
        place = Pointer.of("items", index)
        for error in schema.iter_errors(item):
            hint = f"An item must be valid for the item schema of {contract.file}."
            yield place.below(*error.instance_path), error.message, hint
        if contract.identity_of(item) is MISSING:
            yield place, f"the item has no {contract.identity}", "An item shows its identity."
        for invariant in contract.invariants:
            if not holds(invariant, item):
                hint = f"{contract.file}:{contract.line(invariant.pointer)} promises it: {invariant.says}."
                yield place.below(*invariant.left.tokens), f"breaks {invariant.relation}", hint


def _bad_names(contract: Contract, content: Json) -> Iterator[tuple[str, str, str]]:
    for key in ("vary", "times"):
        for place in content.get(key, ()):
            if contract.item.find(place) is None:
                fields = [f"/{name}" for name in contract.item_schema.get("properties", {})]
                yield f"/{key}", f"no schema has {place} in an item", did_you_mean(place, fields, kind="fields")
    parameters = [parameter.name for parameter in contract.parameters]
    for name in content.get("known", {}):
        if name not in parameters:
            hint = did_you_mean(name, parameters, kind="parameters")
            yield Pointer.of("known", name), f"{name!r} is not a documented parameter", hint


def _bad_errors(contract: Contract, content: Json) -> Iterator[tuple[str, str, str]]:
    for status, body in content.get("errors", {}).items():
        for response in contract.responses_for(int(status))[:1]:
            for schema in list(response.content.values())[:1]:
                for error in validator(contract, schema).iter_errors(body):
                    hint = f"A body of {status} must be valid for its schema in {contract.file}."
                    yield Pointer.of("errors", status, *error.instance_path), error.message, hint
