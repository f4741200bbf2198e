"""The items of a page by rows and columns: of the documented type where they are, as plain JSON where not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from itertools import accumulate, chain
from typing import Any

from attrs import define

from conformance.exchange import Exchange
from conformance.generated_client import readers
from conformance.jsontext import Json, elements_of
from conformance.listing.presence import listed
from conformance.pointer import Expression, Found
from conformance.replay.quick.columns import Columns, Part, in_json
from conformance.replay.quick.consistency import keeps
from conformance.replay.quick.forms import Formless
from conformance.replay.quick.parse import parsed
from conformance.replay.quick.rows import Typed
from conformance.spec.contract import Contract
from conformance.spec.promises import Bond

_UNREAD = Columns(lambda _: [])


@define(eq=False)
class Sheet:
    """The items of one page."""

    contract: Contract
    exchange: Exchange
    rows: list[Any]
    columns: Columns
    page: object = None
    """The typed body; None where the body is read as JSON."""
    typed: Typed | None = None
    is_strict: bool = False
    """Whether no name plainly stands twice in a typed body."""
    agrees: bool = False
    """Whether every item plainly agrees with itself."""
    decodes: bool = False
    """Whether the generated client plainly reads the body."""

    @property
    def size(self) -> int:
        """How many items the page holds."""
        return len(self.rows)

    @property
    def is_typed(self) -> bool:
        """Whether the body is plainly what its schema says, its fields are documented, and its times are in order."""
        return self.typed is not None

    @property
    def items(self) -> list[Json]:
        """The items as JSON."""
        return list(self.rows if self.typed is None else elements_of(_items(self.contract, self.exchange)))

    def value(self, expression: Expression) -> Found:
        """What an expression of the contract reads in the exchange, or `MISSING`."""
        if self.typed is None or expression.header:
            return expression.read(self.exchange.json, self.exchange.headers)
        return self.typed.value(self.page, expression.place)


class Sheets:
    """Reads the pages of one operation."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._keeps = [keeps(one) for one in contract.invariants if one.relation is not Bond.PRESENT_ONLY_WHEN]
        self._client = readers(contract)
        try:
            self._typed: Typed | None = Typed(contract)
        except Formless:
            self._typed = None
        client = self._client
        self._covered = self._typed is not None and client is not None and self._typed.is_covered(client.type)

    def of(self, exchange: Exchange) -> Sheet | None:
        """The page in an exchange; None where it holds none."""
        return self.of_all([exchange])[0]

    def of_all(self, exchanges: Sequence[Exchange]) -> list[Sheet | None]:
        """The pages in exchanges, looked at together where they are of the documented type."""
        typed = self._typed
        if typed is None:
            return [self._in_json(exchange) for exchange in exchanges]
        read = [self._read(typed, exchange) for exchange in exchanges]
        rows = [[] if one is None else one.rows for one in read]
        whole = typed.columns(list(chain.from_iterable(rows)))
        fit, agree = typed.fit(whole), self._agree(whole)
        sheets: list[Sheet | None] = []
        for exchange, one, stop in zip(exchanges, read, accumulate(map(len, rows)), strict=True):
            if one is not None:
                one.columns = Part(whole, stop - one.size, stop)
                one.agrees = agree or self._agree(one.columns)
            is_plain = one is not None and (fit or typed.fit(one.columns))
            sheets.append(one if is_plain else self._in_json(exchange))
        return sheets

    def glance(self, exchange: Exchange) -> Sheet | None:
        """The page in an exchange whose own body is looked at elsewhere."""
        page = self._typed.read(exchange.body) if self._typed is not None and exchange.status == HTTPStatus.OK else None
        if page is None or self._typed is None:
            return self._in_json(exchange)
        rows = self._typed.rows(page)
        return Sheet(self.contract, exchange, rows, self._typed.columns(rows), page=page, typed=self._typed)

    def _read(self, typed: Typed, exchange: Exchange) -> Sheet | None:
        """The page in an exchange where it is of the documented type; all that is done with its bytes is done here."""
        page = typed.read(exchange.body) if exchange.status == HTTPStatus.OK else None
        if page is None:
            return None
        sheet = Sheet(self.contract, exchange, typed.rows(page), _UNREAD, page, typed)
        sheet.is_strict = typed.has_every_string(exchange.body, page)
        sheet.decodes = self._covered or (self._client is not None and self._client.take(exchange.body))
        return sheet

    def _agree(self, columns: Columns) -> bool:
        return all(keep(columns) for keep in self._keeps)

    def _in_json(self, exchange: Exchange) -> Sheet | None:
        if not self.contract.succeeds(exchange.status):
            return None
        items = _items(self.contract, exchange)
        if not isinstance(items, list):
            return None
        columns = Columns(partial(in_json, items))
        sheet = Sheet(self.contract, exchange, items, columns)
        sheet.agrees, sheet.decodes = self._agree(columns), self._is_read(exchange)
        return sheet

    def _is_read(self, exchange: Exchange) -> bool:
        """Whether the generated client reads a body, by way of its tolerant decoder if need be."""
        if self._client is None:
            return False
        return self._client.take(exchange.body) or (parsed(exchange) and self._client.tolerate(exchange.json))


def _items(contract: Contract, exchange: Exchange) -> Found:
    """What stands in the items' place, parsed as strictly as may be."""
    parsed(exchange)
    return listed(contract, exchange)
