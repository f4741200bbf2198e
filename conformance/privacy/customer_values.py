"""What keeps a customer's values out of reports: judged on what came, written down without it."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl, quote_plus, unquote_plus

import httpx
from attrs import evolve

from conformance.exchange import Exchange
from conformance.jsontext import elements_of, members_of
from conformance.pointer import Pointer
from conformance.privacy.hidden_values import values
from conformance.privacy.repeated_query import Asked, without_values
from conformance.privacy.stand_ins import Hider
from conformance.privacy.visibility import (
    ERRORS,
    HIDDEN,
    Documented,
    Shape,
    error_shape,
    item_shape,
    page_shape,
)
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.row_text import with_arrays

_FEW = 16
"""Bodies kept as they are shown: one finding after the other tends to have the same witness."""


class Privacy:
    """Hides values of one operation's items, in bodies, queries and sentences, always in the same way."""

    def __init__(self, contract: Contract, secret: str) -> None:
        key = hashlib.sha256(secret.encode()).digest() if secret else secrets.token_bytes(32)
        self.hider = Hider(key)
        self._shown = lru_cache(_FEW)(self.hider.body)
        self._page = page_shape(contract)
        self._errors: dict[int, Shape] = {}
        self._contract = contract
        self._item = item_shape(contract)
        searched = [one for one in contract.filters if one.is_search]
        self._beside = {str(place): one.fields for one in searched for place in one.fields}
        self._hidden = [one for one in contract.filters if _is_hidden(self._item, one)]
        self._parameters = {one.parameter: one for one in self._hidden}

    def body(self, status: int, body: bytes) -> bytes:
        """The body of an answer as it may be shown."""
        return self._shown(body, self._shape(status))

    def query(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """A query as it may be shown: filters by hidden values ask for their stand-ins."""
        return [(name, self._asked(name, value)) for name, value in pairs]

    def url(self, url: str) -> str:
        """An address as it may be shown; what hides nothing in it stays as it is written."""
        address, mark, query = url.partition("?")
        return address + mark + "&".join(map(self._written, query.split("&")))

    def exchange(self, exchange: Exchange) -> Exchange:
        """An exchange as it may be shown: what is judged is the exchange, what is written down is this."""
        request = evolve(exchange.request, url=self.url(exchange.request.url))
        shown = evolve(exchange, request=request, body=self.body(exchange.status, exchange.body))
        shown = self._without_repeated(shown, exchange.request.url)
        return evolve(shown, original=None if exchange.original is None else with_arrays(self._contract, shown.body))

    def _without_repeated(self, shown: Exchange, url: str) -> Exchange:
        """An answer that is shown, without what it repeats of its query, in its body or its headers."""
        pairs = parse_qsl(url.partition("?")[2])
        asked = [Asked(name, value, self._asked(name, value)) for name, value in pairs if name in self._parameters]
        if not asked:
            return shown
        body = without_values(shown.body.decode("utf-8", "surrogateescape"), asked).encode("utf-8", "surrogateescape")
        headers = [(name, without_values(value, asked)) for name, value in shown.headers.multi_items()]
        return evolve(shown, body=body, headers=httpx.Headers(headers, encoding="utf-8"))

    def values_of(self, exchanges: Iterable[Exchange]) -> frozenset[str]:
        """Every hidden value of some answers."""
        bodies = {(one.body, self._shape(one.status)) for one in exchanges}
        found = (value for body, shape in bodies for value in values(body, shape))
        return frozenset(value for value in found if value not in self._documented)

    @cached_property
    def _documented(self) -> frozenset[str]:
        """Names that the documentation has: whoever repeats one, it is nobody's."""
        return frozenset(_names(self._contract.document))

    def field(self, place: str) -> Shape:
        """The shape of an item's field; the hidden one of those in which one text is searched for."""
        shapes = [_field(self._item, one) for one in (place, *self._beside.get(place, ()))]
        return next((one for one in shapes if not one.shows), shapes[0])

    def _shape(self, status: int) -> Shape:
        if status < ERRORS:
            return self._page
        if status not in self._errors:
            self._errors[status] = error_shape(self._contract, status)
        return self._errors[status]

    def _asked(self, name: str, value: str) -> str:
        promise = self._parameters.get(name)
        if promise is None:
            return value
        if promise.encoding == "json":
            return self.hider.body(value.encode(), HIDDEN).decode("utf-8", "replace")
        if promise.encoding == "form":
            return "&".join(f"{key}={self.hider.of(one)}" for key, one in parse_qsl(value))
        return self._templated(name, value)

    def _written(self, pair: str) -> str:
        """A name and its value in a query, as a URL writes them."""
        name, _, value = pair.partition("=")
        asked = unquote_plus(name)
        return f"{name}={quote_plus(self._asked(asked, unquote_plus(value)))}" if asked in self._parameters else pair

    def _templated(self, name: str, value: str) -> str:
        """A text of the first template that it is of: with its value hidden, or shown where that may be."""
        for one in (each for each in self._contract.filters if each.parameter == name and each.encoding):
            holes = re.escape(one.encoding).replace(r"\{key\}", "(?P<key>.*)").replace(r"\{value\}", "(?P<value>.*)")
            match = re.fullmatch(holes, value, re.DOTALL)
            if match and one not in self._hidden:
                return value
            if match:
                shown = one.encoding.replace("{key}", match.groupdict().get("key", ""))
                return shown.replace("{value}", self.hider.of(match["value"]))
        return self.hider.of(value)


def _names(part: object) -> Iterator[str]:
    """The names of parameters, headers and properties anywhere in a document."""
    members = members_of(part)
    for key in ("properties", "headers"):
        yield from members_of(members.get(key))
    if "in" in members:
        yield str(members.get("name"))
    for one in (*members.values(), *elements_of(part)):
        yield from _names(one)


def _is_hidden(item: Documented, promise: Filter) -> bool:
    shape = _field(item, promise.field)
    if promise.is_search:  # what is found anywhere may lie in what is hidden
        return promise.anywhere or not all(_field(item, place).shows for place in promise.fields)
    if promise.relation is Relation.PRESENT:
        return False  # what is asked is a word of the documentation
    if promise.relation is Relation.CONTAINS:
        return not (isinstance(shape, Documented) and shape.shows)
    return not shape.shows


def _field(item: Shape, place: str) -> Shape:
    for step in Pointer(place).tokens:
        item = item.member(step)
    return item
