"""What a recorded query asks of a filter: the value behind the text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote

from attrs import frozen

from conformance.jsontext import Json
from conformance.pointer import MISSING
from conformance.privacy.stand_ins import STAND_IN
from conformance.replay.relations.walks import Query
from conformance.spec.asked import named_in, part_for
from conformance.spec.contract import Contract
from conformance.spec.openapi_parts import Parameter
from conformance.spec.promises import Filter, Relation
from conformance.spec.query import parts, text


@frozen
class Asked:
    """One filter in a query, with its value as it stands in items."""

    promise: Filter
    value: Json


def asked_in(contract: Contract, query: Query) -> list[Asked]:
    """The filters of a query whose value is plain and that have an effect; one without what it requires has none."""
    given = dict(query)
    asked = []
    for promise in contract.filters:
        if promise.parameter in given and _is_met(promise, given):
            texts = [text for name, text in query if name == promise.parameter]
            asked += [Asked(promise, value) for value in _value(contract, promise, texts)]
    return asked


def _is_met(promise: Filter, given: Mapping[str, str]) -> bool:
    """Whether a query has what the filter requires."""
    if promise.requires not in given:
        return promise.stands_alone
    return promise.needed is None or given[promise.requires] == text(promise.needed)


def _value(contract: Contract, promise: Filter, texts: list[str]) -> list[Json]:
    """The value, alone in a list; an empty list where the texts do not tell it."""
    parameter = contract.parameter(promise.parameter)
    try:
        if parameter.is_array:
            return [_several(parameter, texts)]
        (text,) = texts
        if promise.relation in {Relation.STARTS_WITH, Relation.HAS_TEXT} and STAND_IN.fullmatch(text):
            return []  # of a part that was hidden nothing tells in which text it is
        if promise.expression:
            named = named_in(contract, promise, text)
            return [] if named is MISSING else [named]
        if promise.relation is Relation.CONTAINS:
            part = part_for(contract, promise, text) if promise.conjunction else text
            return [] if part is None else [_pairs(promise.encoding, part)]
        return [_plain(parameter.schema, text)]
    except ValueError:
        return []


def _several(parameter: Parameter, texts: list[str]) -> list[Json]:
    if not parameter.explode and len(texts) > 1:
        raise ValueError("given several times")
    return [_plain(parameter.schema.get("items", {}), part) for one in texts for part in parts(parameter, one)]


def _plain(schema: Mapping[str, Any], text: str) -> Json:
    match schema.get("type"):
        case "integer":
            return int(text)
        case "number":
            return float(text)
        case "boolean":
            if text not in {"true", "false"}:
                raise ValueError(text)
            return text == "true"
    if not text:
        raise ValueError("empty")
    return text


def _pairs(encoding: str, text: str) -> dict[str, Json]:
    found: Json
    if encoding == "json":
        found = json.loads(text)
    elif encoding in {"form", "form-twice"}:
        pairs = parse_qsl(text, strict_parsing=True)
        found = dict(pairs) if encoding == "form" else {unquote(name): unquote(value) for name, value in pairs}
    else:
        told = _template(encoding).fullmatch(text)
        found = {told["key"]: told["value"]} if told else None
    if not isinstance(found, dict) or not found:
        raise ValueError(text)
    return found


@lru_cache
def _template(encoding: str) -> re.Pattern[str]:
    escaped = re.escape(encoding)
    for name in ("key", "value"):
        escaped = escaped.replace(re.escape(f"{{{name}}}"), f"(?P<{name}>[^']+)")
    return re.compile(escaped)
