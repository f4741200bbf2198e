"""Bodies of pages read straight into rows of the documented type; a body of any other kind is not read here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any

import jsonschema_rs
import msgspec

from conformance.jsontext import is_deep
from conformance.pointer import MISSING, TOP, Found, Pointer
from conformance.replay.quick.closed_schema import IN_A_CENTURY
from conformance.replay.quick.columns import Column, Columns
from conformance.replay.quick.consistency import keeps
from conformance.replay.quick.coverage import covers
from conformance.replay.quick.forms import Form, Formless, Keywords, form_of
from conformance.replay.quick.parse import has_every_string, may_be_deep
from conformance.spec.contract import Contract
from conformance.spec.promises import Bond
from conformance.spec.schema import Schema

Rows = list[Any]
_Reader = Callable[[object], Any]


class Typed:
    """How the pages of one operation are read; raises Formless where their schema, or a place in them, has no form."""

    def __init__(self, contract: Contract) -> None:
        self._page = form_of(_schema(contract))
        self._decode = msgspec.json.Decoder(self._page.type).decode
        array, self._rows = _reached(self._page, contract.items.place.tokens)
        row = array.element
        if contract.items.header or row is None or not row.members or any(_told(self._page, TOP, but=array)):
            raise Formless(contract.items)
        told = dict(_told(row, TOP))
        self._told = list(told)
        self._validator = _validator(list(told.values()))
        self._columns = {place: _column(row, place) for place in {*_of_items(contract), *told}}
        self._values = {place: _value(self._page, place) for place in _of_pages(contract)}
        self._ends = [keeps(one) for one in contract.invariants if one.relation is Bond.PRESENT_ONLY_WHEN]

    def read(self, body: bytes) -> object | None:
        """The page in a body; None where it is none of the documented type."""
        try:
            page = self._decode(body)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        deep = self._page.free and may_be_deep(body) and is_deep(msgspec.to_builtins(page))
        return page if not deep and isinstance(self._rows(page), list) else None

    def is_covered(self, other: type) -> bool:
        """Whether a page that is read here can plainly be read as another type."""
        return covers(other, self._page.type)

    def has_every_string(self, body: bytes, page: object) -> bool:
        """Whether the page has plainly lost nothing of its body."""
        return has_every_string(body, page, exact=self._page.exact)

    def rows(self, page: object) -> Rows:
        """The items of a page."""
        rows: Rows = self._rows(page)
        return rows

    def value(self, page: object, place: Pointer) -> Found:
        """What a page holds at a place that the contract names, or `MISSING`."""
        found: Found = self._values[place](page)
        return found

    def columns(self, rows: Rows) -> Columns:
        """The rows of one or several pages by column."""
        return Columns(lambda place: self._columns[place](rows))

    def fit(self, columns: Columns) -> bool:
        """Whether rows are what types do not tell: texts in their formats, and ends only of what ended."""
        told = [[text for text in columns[place] if text is not None] for place in self._told]
        return all(keep(columns) for keep in self._ends) and self._validator.is_valid(told)


def _schema(contract: Contract) -> Schema:
    response = contract.responses_for(200)[0]
    for media in response.content:
        if "json" in media:
            return contract.body(response, media)
    raise Formless(contract.stem)


def _told(form: Form, place: Pointer, *, but: Form | None = None) -> Iterator[tuple[Pointer, Keywords]]:
    """Where a value of a form has texts that its type does not tell, and their schemas; `but` is left out."""
    if form.told is not None:
        yield place, form.told
    for name, member in form.members.items():
        if member.form is not but:
            yield from _told(member.form, place.below(name))
    if form is not but and form.element is not None and any(_told(form.element, TOP)):
        raise Formless(place)


def _validator(schemas: Sequence[Keywords]) -> jsonschema_rs.Validator:
    """What tells whether each of so many lists of texts fits its schema, and holds times of a century at most."""
    texts = [{"allOf": [one, IN_A_CENTURY] if one.get("format") == "date-time" else [one]} for one in schemas]
    lists = {"prefixItems": [{"items": one} for one in texts]} if texts else {}
    return jsonschema_rs.Draft202012Validator(lists, validate_formats=True)


def _of_items(contract: Contract) -> set[Pointer]:
    """The places in items that the contract names."""
    order = contract.order
    places = {contract.identity, *(order.by if order else ())}
    places |= {by[0] for by in order.choices.values()} if order else set()
    places |= {place for promise in contract.filters for place in promise.fields} | {
        edge.field for edge in contract.edges
    }
    return places | {place for one in contract.invariants for place in (one.left, one.field, *one.right) if place}


def _of_pages(contract: Contract) -> set[Pointer]:
    """The places in bodies that the contract names, beside that of the items."""
    paging = contract.paging
    read = (
        [one.value for one in contract.counters]
        + [one.value for one in contract.edges]
        + ([paging.cursor] if paging and paging.cursor else [])
    )
    return {expression.place for expression in read if not expression.header}


def _reached(form: Form, steps: Sequence[str]) -> tuple[Form, _Reader]:
    """The form of a part, and what reads it: `MISSING` where it is absent; Formless where the way is not plain."""
    if not steps:
        return form, lambda value: value
    member = form.members.get(steps[0])
    if member is None:
        raise Formless(steps)
    attribute, nullable = member.attribute, member.form.nullable
    reached, below = _reached(member.form, steps[1:])

    def read(value: object) -> Found:
        part = getattr(value, attribute)
        if part is None:
            return None if nullable and len(steps) == 1 else MISSING
        return MISSING if part is msgspec.UNSET else below(part)

    return reached, read


def _value(form: Form, place: Pointer) -> _Reader:
    reached, read = _reached(form, place.tokens)
    if reached.members or reached.element is not None:
        raise Formless(place)
    return read


def _column(row: Form, place: Pointer) -> Callable[[Rows], Column]:
    steps = place.tokens
    reached, read = _reached(row, steps)
    if len(steps) != 1:
        return lambda rows: [None if held is MISSING else held for held in map(read, rows)]
    get = attrgetter(row.members[steps[0]].attribute)
    if reached.nullable:
        return lambda rows: [None if held is msgspec.UNSET else held for held in map(get, rows)]
    return lambda rows: list(map(get, rows))
