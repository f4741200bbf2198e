"""The rules of rows: each column is a field of an item, and each field that an item needs a column."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.errors import SpecError
from conformance.spec.contract import Contract
from conformance.spec.document import Document, did_you_mean
from conformance.spec.rows import Rows
from conformance.spec.schema import Schema


def check_rows(document: Document, contract: Contract) -> Iterator[SpecError]:
    """What is wrong with how rows are read."""
    if contract.rows is None:
        return
    item = Schema.at(document.content, contract.rows.schema)
    if not item.members:
        hint = "Name a schema of components that describes a row as an object of its columns."
        yield document.error(contract.rows.pointer.below("schema"), "rows: no object with properties", hint=hint)
        return
    yield from _columns(document, contract.rows, item)
    yield from _cells(document, item)
    yield from _named(document, contract, contract.rows)


def _columns(document: Document, rows: Rows, item: Schema) -> Iterator[SpecError]:
    for index, name in enumerate(rows.fixed):
        if name not in item.members:
            hint = did_you_mean(name, item.members, kind="properties")
            yield document.error(rows.pointer.below("columns", index), f"no property of a row is {name!r}", hint=hint)
    for name in item.members if rows.fixed else ():
        if name not in rows.fixed:
            hint = "Give it its place among the columns, or take it out of the schema."
            yield document.error(rows.pointer.below("columns"), f"no column is {name!r}", hint=hint)


def _cells(document: Document, item: Schema) -> Iterator[SpecError]:
    """A row has a cell for each of its columns, where an object could lack the member."""
    for name, schema in item.members.items():
        kinds = {kind for one in schema.branches for kind in one.types}
        if name not in item.required and kinds and "null" not in kinds:
            hint = f"Let {name} be required, or null where it has no value."
            yield document.error(schema.reference, f"a row cannot lack {name!r}, and it is never null", hint=hint)


def _named(document: Document, contract: Contract, rows: Rows) -> Iterator[SpecError]:
    if rows.named is None:
        return
    found = contract.page.find(rows.named.place)
    if found is None or found.element is None:
        key = "named" if rows.fixed else "columns"
        hint = "Point at the array in the 200 body that names the columns."
        yield document.error(rows.pointer.below(key), f"rows: no array at {rows.named}", hint=hint)
    elif found.element.find(rows.label) is None:
        hint = "name is the JSON Pointer to a column's name in an element of that array."
        yield document.error(rows.pointer.below("name"), f"no schema has {rows.label} in a column", hint=hint)
