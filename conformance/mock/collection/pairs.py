"""Filters that name pairs an object must have, in any of the documented encodings."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, unquote

from conformance.mock.collection.values import Json
from conformance.spec.promises import Filter

_MIRROR = str.maketrans("[({<", "])}>")


def read_pairs(encoding: str, text: str) -> Json:
    """The object of pairs that `text` names; raises ValueError where it names none."""
    if encoding == "json":
        return _from_json(text)
    if encoding in ("form", "form-twice"):
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text))
        return dict(pairs) if encoding == "form" else {unquote(name): unquote(value) for name, value in pairs}
    return _from_template(encoding, text)


def _from_json(text: str) -> Json:
    try:
        pairs = json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(pairs, dict):
        raise ValueError("not an object")  # noqa: TRY004 - whatever is wrong with the text
    return pairs


def _no_constant(name: str) -> Json:
    raise ValueError(f"{name} is not JSON")


def _from_template(template: str, text: str) -> Json:
    """`x['{key}']:'{value}'`; what is around the key may repeat, each time a level deeper."""
    head, _, rest = template.partition("{key}")
    middle, _, tail = rest.partition("{value}")
    opening = re.search(r"\W*$", head)
    opened = opening[0] if opening else ""
    closed = opened[::-1].translate(_MIRROR)
    closed = closed if middle.startswith(closed) else ""
    level = f"(?:{re.escape(opened)}(?:(?!{re.escape(opened)}).)+?{re.escape(closed)})+" if opened else ".+?"
    start, between = head.removesuffix(opened), middle.removeprefix(closed)
    shape = f"{re.escape(start)}({level}){re.escape(between)}(.*){re.escape(tail)}"
    match = re.fullmatch(shape, text, re.DOTALL) if len(text) <= 1000 else None  # noqa: PLR2004 - bounds the search
    if match is None:
        raise ValueError("not of the documented form")
    keys = match[1].removeprefix(opened).removesuffix(closed).split(closed + opened) if opened else [match[1]]
    pairs: Json = match[2]
    for key in reversed(keys):
        pairs = {key: pairs}
    return pairs


def as_object(known: Filter, held: Json) -> Json:
    """What a field holds as an object of its pairs, where it is an array of them."""
    if known.entries is None or not isinstance(held, list):
        return held
    name, value = known.entries
    return {str(name.get(one)): value.get(one) for one in held}


def contains(whole: Json, part: Json) -> bool:
    """Whether a JSON value has everything that `part` has: objects by member, arrays by element, the rest equal."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and contains(whole[key], part[key]) for key in part)
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(contains(had, wanted) for had in whole) for wanted in part)
    return isinstance(whole, bool) is isinstance(part, bool) and bool(whole == part)
