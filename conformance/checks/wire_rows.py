"""Rows of values have one for each column, and the columns are those that are documented."""

from __future__ import annotations

import json
from collections.abc import Iterator

from conformance.checks.base import Check, exchange_check
from conformance.checks.family import WIRE
from conformance.exchange import Exchange
from conformance.finding import Contradiction
from conformance.jsontext import Json, elements_of
from conformance.pointer import MISSING, Found, Pointer
from conformance.sentence import Foreign, Sentence, said
from conformance.spec.contract import Contract
from conformance.spec.rows import Rows
from conformance.spec.schema import type_of


def _needs(contract: Contract) -> str:
    return "" if contract.rows is not None else "items are objects, and no rows of values"


def _order_needed(contract: Contract) -> str:
    rows = contract.rows
    named = rows is not None and rows.fixed and rows.named is not None
    return "" if named else "nothing documents an order of columns that an answer names as well"


def _body(exchange: Exchange) -> Found:
    """The body as it came."""
    try:
        value: Json = json.loads(exchange.wire)
    except (ValueError, RecursionError):
        return MISSING
    return value


def _sees_rows(contract: Contract, exchange: Exchange) -> bool:
    return contract.succeeds(exchange.status) and bool(elements_of(contract.items.place.get(exchange.json)))


def _sees_names(contract: Contract, exchange: Exchange) -> bool:
    return contract.succeeds(exchange.status) and contract.rows is not None and contract.rows.shows(exchange.json)


@exchange_check(
    "rows-fit-columns",
    WIRE,
    needs=_needs,
    sees=_sees_rows,
    tests=lambda contract: (contract.rows,),
    no_proposal="Values that belong to no column have no meaning to document.",
    headline="a row does not fit its columns: {actual} instead of {expected}",
)
def rows_fit_columns(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """Every row is an array with one value for each column, and every column has a name of its own."""
    rows, body = contract.rows, _body(exchange)
    if rows is None or body is MISSING or not contract.succeeds(exchange.status):
        return
    columns, found = rows.columns(body), elements_of(contract.items.place.get(body))
    if found and not rows.told(body) and (rows.shows(body) or not columns):
        told = said("each column with a name of its own"), said("names that tell no columns apart, or none")
        yield _broken(rows, exchange, *told, where=rows.named.place if rows.named else Pointer())
    for row in found if columns else ():
        if not isinstance(row, list) or len(row) != len(columns):
            actual = said("an array of {count}", count=len(row)) if isinstance(row, list) else said(type_of(row))
            expected = said("an array of {count} values, one for each column", count=len(columns))
            yield _broken(rows, exchange, expected, actual, where=contract.items.place.below("*"))
            return


@exchange_check(
    "columns-in-order",
    WIRE,
    needs=_order_needed,
    sees=_sees_names,
    tests=lambda contract: (contract.rows,),
    no_proposal="Columns that change their places have no order to document.",
    headline="columns are not in their documented order: {actual} instead of {expected}",
)
def columns_in_order(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """The columns that an answer names are those that are documented, in their documented order."""
    rows = contract.rows
    if rows is None or not _sees_names(contract, exchange):
        return
    found = rows.told(exchange.json)
    if found and found != rows.fixed:
        expected = said("{columns}", columns=", ".join(rows.fixed))
        actual = said("{columns}", columns=Foreign(", ".join(found)))
        yield _broken(rows, exchange, expected, actual, where=rows.named.place if rows.named else Pointer())


def _broken(rows: Rows, exchange: Exchange, expected: Sentence, actual: Sentence, *, where: Pointer) -> Contradiction:
    return Contradiction(
        pointer=rows.pointer,
        says=rows.says,
        expected=expected,
        actual=actual,
        witness=(exchange,),
        place=where,
        where=where,
    )


CHECKS: tuple[Check, ...] = (rows_fit_columns, columns_in_order)
