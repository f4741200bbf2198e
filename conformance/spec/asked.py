"""How a filter is asked for a value: as its parameter takes it, alone, in an expression, or as pairs."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlencode

from conformance.jsontext import Json, members_of
from conformance.pointer import MISSING, Found
from conformance.spec import query
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation

_PLAIN = re.compile(r"[\w .:@+/-]+")
"""A value that no grammar of expressions takes for more than that, whatever stands around it."""
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)


def asking(promise: Filter, value: Json) -> dict[str, Json]:
    """The part of a query that asks a filter for a value; null leaves the parameter out."""
    return {promise.parameter: None if value is None else written(promise, value)}


def written(promise: Filter, value: Json) -> Json:
    """The filter's value as its parameter takes it."""
    if promise.relation is not Relation.CONTAINS:
        return promise.expression.replace("{value}", query.text(value)) if promise.expression else value
    if promise.encoding == "json":
        return json.dumps(value)
    if promise.encoding in {"form", "form-twice"}:
        pairs = {name: str(one) for name, one in members_of(value).items()}
        if promise.encoding == "form-twice":
            pairs = {quote(name): quote(one) for name, one in pairs.items()}
        return urlencode(pairs, quote_via=quote)
    ((name, one),) = members_of(value).items()
    return promise.encoding.replace("{key}", name).replace("{value}", str(one))


def is_plain(value: Json) -> bool:
    """Whether a value can stand in any expression; how quotes and the like are written there, no spec says."""
    return _PLAIN.fullmatch(query.text(value)) is not None


def named_in(contract: Contract, promise: Filter, text: str) -> Found:
    """The value that stands in a text of the filter's expression, of the field's type; `MISSING` in another text."""
    before, _, after = promise.expression.partition("{value}")
    found = re.fullmatch(f"{re.escape(before)}({_PLAIN.pattern}){re.escape(after)}", text)
    return _typed(contract.item.part(promise.field).types, found[1]) if found else MISSING


def _typed(types: tuple[str, ...], text: str) -> Json:
    """A text as a value of the first of some types that it can be."""
    if {"integer", "number"} & set(types) and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text == "true" if "boolean" in types and text in {"true", "false"} else text
