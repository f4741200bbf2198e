"""Items that come as arrays of values: which column each value belongs to."""

from __future__ import annotations

import copy
from typing import Any

from attrs import evolve, frozen

from conformance.jsontext import elements_of, members_of
from conformance.pointer import MISSING, Expression, Found, Pointer
from conformance.spec.document import Document
from conformance.spec.openapi import Part
from conformance.spec.promised import promised
from conformance.spec.promises import Promise
from conformance.spec.schema import Schema


@frozen(kw_only=True)
class Rows(Promise):
    """How an array of values is read as an item: by columns that are documented, or that the answer names, or both."""

    schema: Pointer
    """Of an item, as an object of its columns."""
    fixed: tuple[str, ...]
    """The columns in their documented order; empty where the answer alone says it."""
    named: Expression | None
    """Where an answer names its columns; None where it does not."""
    label: Pointer
    """Into an element there: its name; the top where the elements are the names."""

    def columns(self, body: Found) -> tuple[str, ...]:
        """The columns of an answer's rows, as the answer names them, or else as documented; none where neither does."""
        return self.told(body) or self.fixed

    def shows(self, body: Found) -> bool:
        """Whether an answer has anything where it names its columns."""
        return self.named is not None and self.named.place.get(body) is not MISSING

    def told(self, body: Found) -> tuple[str, ...]:
        """The columns that an answer names; none where it does not, or where two of them have one name."""
        found = MISSING if self.named is None else self.named.place.get(body)
        names = [self.label.get(one) for one in elements_of(found)]
        texts = tuple(name for name in names if isinstance(name, str))
        return texts if len(set(texts)) == len(names) else ()


def rows_of(given: Part | None, place: Pointer) -> Rows | None:
    """The promise that a spec makes of its rows; None where items are objects."""
    if given is None:
        return None
    columns = given["columns"]
    named = columns if isinstance(columns, str) else given.get("named")
    return Rows(
        schema=Pointer(given["schema"].removeprefix("#")),
        fixed=() if isinstance(columns, str) else tuple(columns),
        named=Expression.parse(named) if named else None,
        label=Pointer(given.get("name", "")),
        **promised(given, place),
    )


def with_rows_described(document: Document, operation: Pointer) -> Document:
    """The document in which rows are described as the objects that they are read as; lines stay those of the file."""
    extension: Any = operation.below("x-conformance").get(document.content)
    given = extension.get("rows")
    array = None if given is None else _array(document, operation, Expression.parse(extension["items"]))
    if array is None:
        return document
    if array.element is not None and set(array.element.types) - {"array"}:
        hint = "Rows are arrays of values; where the items are objects, leave rows out."
        raise document.error(array.place.below("items"), "the rows are no arrays", hint=hint)
    content = copy.deepcopy(dict(document.content))
    described: Any = array.place.get(content)
    described["items"] = {"$ref": given["schema"]}
    return evolve(document, content=content)


def _array(document: Document, operation: Pointer, items: Expression) -> Schema | None:
    """What describes the array of rows; None where nothing does, which another rule tells."""
    success = Schema.at(document.content, operation.below("responses", "200"))
    media = next(iter(members_of(success.keywords.get("content"))), None)
    if media is None or items.header:
        return None
    return Schema.at(document.content, success.place.below("content", media, "schema")).find(items.place)
