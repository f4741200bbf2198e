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


def go_together(one: Filter, other: Filter) -> bool:
    """Whether two filters can be asked for at once: by two parameters, or as expressions that something joins."""
    return one.parameter != other.parameter or bool(one.conjunction and one.conjunction == other.conjunction)


def asking_both(one: Filter, value: Json, other: Filter, another: Json) -> dict[str, Json]:
    """The part of a query that asks two filters at once; two of one parameter are written one behind the other."""
    if one.parameter != other.parameter:
        return asking(one, value) | asking(other, another)
    return {one.parameter: f"{written(one, value)}{one.conjunction}{written(other, another)}"}


def is_plain(promise: Filter, value: Json) -> bool:
    """Whether a value can stand in any expression; how quotes and the like are written there, no spec says."""
    text = query.text(value)
    return _PLAIN.fullmatch(text) is not None and (not promise.conjunction or promise.conjunction not in text)


def named_in(contract: Contract, promise: Filter, text: str) -> Found:
    """The value that stands in a text of the filter's expression, of the field's type; `MISSING` in another text."""
    part = part_for(contract, promise, text)
    found = None if part is None else _of(promise, part)
    return _typed(contract.item.part(promise.field).types, found["value"]) if found else MISSING


def part_for(contract: Contract, promise: Filter, text: str) -> str | None:
    """The part of a text that is of the filter's encoding, where each part is of that of some filter; else None."""
    rivals = [one for one in contract.filters if one.parameter == promise.parameter]
    whole = not promise.conjunction or any(_of(one, text) for one in rivals)
    parts = [text] if whole else text.split(promise.conjunction)
    if not all(any(_of(one, part) for one in rivals) for part in parts):
        return None
    return next((part for part in parts if _of(promise, part)), None)


def _of(promise: Filter, text: str) -> re.Match[str] | None:
    """What stands in the holes of a filter's template; None in another text, or where it is not plain."""
    shape = re.escape(promise.encoding)
    for name in ("key", "value"):
        shape = shape.replace(re.escape(f"{{{name}}}"), f"(?P<{name}>{_PLAIN.pattern})")
    return re.fullmatch(shape, text)


def _typed(types: tuple[str, ...], text: str) -> Json:
    """A text as a value of the first of some types that it can be."""
    if {"integer", "number"} & set(types) and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text == "true" if "boolean" in types and text in {"true", "false"} else text
