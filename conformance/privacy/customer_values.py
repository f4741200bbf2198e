"""What keeps a customer's values out of reports: judged on what came, written down without it."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from urllib.parse import parse_qsl, quote_plus, unquote_plus, urlencode

from attrs import evolve, frozen

from conformance.exchange import Exchange
from conformance.privacy.stand_ins import Hider, values
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

RECOGNISED = 8
"""Characters from which a value is taken out of a sentence even where no quotes show where it begins."""
_FEW = 16
"""Bodies kept as they are shown: one finding after the other tends to have the same witness."""
DIGITS = 5
"""Of a number, from which it is taken out of a sentence."""


@frozen
class Known:
    """A value that was seen and is hidden."""

    value: str
    sign: str
    """Letters near its beginning, however it is quoted: a sentence without them does not hold it; empty for none."""

    @classmethod
    def of(cls, value: str) -> Known:
        """The value with its sign."""
        match = _SIGN.match(value)
        return cls(value, match[1] if match else "")


_SIGN = re.compile(r"[^A-Za-z0-9]{0,4}([A-Za-z0-9]{1,3})")


class Privacy:
    """Hides values of one operation's items, in bodies, queries and sentences, always in the same way."""

    def __init__(self, contract: Contract, secret: str) -> None:
        key = hashlib.sha256(secret.encode()).digest() if secret else secrets.token_bytes(32)
        self._hider = Hider(key)
        self._shown = lru_cache(_FEW)(self._hider.body)
        self._page = page_shape(contract)
        self._errors: dict[int, Shape] = {}
        self._contract = contract
        item = item_shape(contract)
        self._parameters = {one.parameter: one for one in contract.filters if _is_hidden(item, one)}

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
        return evolve(exchange, request=request, body=self.body(exchange.status, exchange.body))

    def values_of(self, exchanges: Iterable[Exchange]) -> list[Known]:
        """Every hidden value of some answers, the longest first."""
        bodies = {(one.body, self._shape(one.status)) for one in exchanges}
        found = {value for body, shape in bodies for value in values(body, shape)}
        return [Known.of(value) for value in sorted(found, key=lambda value: (-len(value), value))]

    def text(self, text: str, known: Iterable[Known]) -> str:
        """A sentence without the `known` values, however they stand in it."""
        for one in known:
            if one.sign in text:
                text = self._without(text, one.value)
        return text

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
            return self._hider.body(value.encode(), HIDDEN).decode("utf-8", "replace")
        if promise.encoding == "form":
            return "&".join(f"{key}={self._hider.of(one)}" for key, one in parse_qsl(value))
        return self._templated(promise, value)

    def _written(self, pair: str) -> str:
        """A name and its value in a query, as a URL writes them."""
        name, _, value = pair.partition("=")
        asked = unquote_plus(name)
        return f"{name}={quote_plus(self._asked(asked, unquote_plus(value)))}" if asked in self._parameters else pair

    def _templated(self, promise: Filter, value: str) -> str:
        template = re.escape(promise.encoding).replace(r"\{key\}", "(?P<key>.*)").replace(r"\{value\}", "(?P<value>.*)")
        match = re.fullmatch(template, value, re.DOTALL) if promise.encoding else None
        if match is None:
            return self._hider.of(value)
        return promise.encoding.replace("{key}", match["key"]).replace("{value}", self._hider.of(match["value"]))

    def _without(self, text: str, value: str) -> str:
        if re.fullmatch(r"-?\d[\d.eE+-]*", value):
            if sum(map(str.isdigit, value)) < DIGITS:
                return text
            return re.sub(rf"(?<![\d.]){re.escape(value)}(?![\d.])", self._hider.of_number(value), text)
        stand_in = self._hider.of(value)
        for form in _quoted(value):
            text = text.replace(form, f"{form[0]}{stand_in}{form[-1]}")
        text = re.sub(rf"(?<=\w=){re.escape(value)}(?=[&'\"\s]|$)", lambda _: stand_in, text)
        for form in _raw(value):
            text = _without_beginning(text, form, stand_in)
        return text


def _quoted(value: str) -> Iterator[str]:
    """The value as Python and JSON quote it, and as one quotes what the other quoted."""
    forms = (repr(value), f"'{value}'", f'"{value}"', json.dumps(value), json.dumps(value, ensure_ascii=False))
    yield from dict.fromkeys(forms)
    for form in (json.dumps(value), repr(value)):
        inner = repr(form)[1:-1]
        if inner != form:
            yield inner


def _raw(value: str) -> Iterator[str]:
    in_url = urlencode({"": value}, errors="replace")[1:]
    yield from dict.fromkeys((value, repr(value)[1:-1], json.dumps(value)[1:-1], in_url))


def _without_beginning(text: str, value: str, stand_in: str) -> str:
    """The text without a value, whole or cut off anywhere after the characters by which it is recognised."""
    start = text.find(value[:RECOGNISED]) if len(value) >= RECOGNISED else -1
    while start >= 0:
        pairs = zip(text[start:], value, strict=False)
        length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        text = f"{text[:start]}{stand_in}{text[start + length :]}"
        start = text.find(value[:RECOGNISED], start + len(stand_in))
    return text


def _is_hidden(item: Documented, promise: Filter) -> bool:
    shape: Shape = item
    for step in promise.field.split("/")[1:]:
        shape = shape.member(step.replace("~1", "/").replace("~0", "~"))
    if promise.relation is Relation.CONTAINS:
        return not (isinstance(shape, Documented) and shape.shows)
    return not shape.shows
