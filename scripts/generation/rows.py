"""Items that come as rows of values: described to the generator as the objects that the client reads them as."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from attrs import evolve

from generation.document import Document, tokens
from generation.operation import find_operation
from generation.paths import element_at

if TYPE_CHECKING:
    from openapi_python_client.parser.properties import ModelProperty

    from generation.bodies import Models
    from generation.operation import Operation

_BODY = "$response.body#"


def with_rows_described(document: Document) -> Document:
    """Give the document in which the elements of the array of rows are what their columns say."""
    operation = find_operation(document)
    given = operation.conformance.get("rows")
    if not given:
        return document
    data = copy.deepcopy(document.data)
    described = find_operation(evolve(document, data=data))
    _array(described, given)["items"] = {"$ref": given["schema"]}
    return described.document


def _array(operation: Operation, given: dict[str, Any]) -> dict[str, Any]:
    """Give the schema of the array of rows."""
    schema, media = operation.document.resolve, operation.response.get("content", {})
    found = schema(next(iter(media.values()), {}).get("schema", {}))
    for key in operation.items:
        found = schema(found.get("properties", {}).get(key, {}))
    if found.get("type") != "array":
        place = (*operation.place, "x-conformance", "rows")
        hint = "x-conformance.items leads to the array of rows in the schema of the 200 response."
        raise operation.document.error(place, f"no array of rows of {given['schema']}", hint=hint)
    array: dict[str, Any] = found
    return array


def rows_code(operation: Operation, models: Models, page: ModelProperty | None) -> str:
    """Write the runtime's `Rows`; empty where items are objects."""
    given = operation.conformance.get("rows")
    if not given:
        return ""
    columns = given["columns"]
    place = columns if isinstance(columns, str) else given.get("named")
    named = tokens(place.removeprefix(_BODY)) if place else None
    column = element_at(models, page, named or [])
    more = {
        "fixed": () if isinstance(columns, str) else tuple(columns),
        "named": None if named is None else tuple(named),
        "label": tuple(tokens(given.get("name", ""))),
        "blank": tuple(models.blanks(column, ())) if column is not None else (),
    }
    told = "".join(f", {name}={value!r}" for name, value in more.items() if value)
    return f"Rows({tuple(operation.items)!r}{told})"
