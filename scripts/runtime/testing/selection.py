"""Which rows a query asks for: as the documentation's filters say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, unquote

from listing_runtime.call.texts import text_of
from listing_runtime.model.mismatch import is_object
from listing_runtime.testing.pages import last, value_at

if TYPE_CHECKING:
    from listing_runtime.operation import Operation
    from listing_runtime.promises import Filter
    from listing_runtime.testing.pages import Query

_BOUNDS: dict[str, Callable[[Any, Any], bool]] = {
    "at-least": lambda value, bound: value >= bound,
    "at-most": lambda value, bound: value <= bound,
    "after": lambda value, bound: value > bound,
    "before": lambda value, bound: value < bound,
}

_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "starts-with": lambda value, text: value.startswith(text),
    "has-text": lambda value, text: text in value,
}


def selected(rows: list[Any], operation: Operation, query: Query) -> list[Any]:
    """Give the rows that the query asks for."""
    found = rows
    for each in operation.filters:
        given = query.get(each.parameter, [] if each.usual is None else [each.usual])
        if each.requires is not None and not _is_met(each, query):
            continue
        if each.is_template:
            given = _named(each, given)
        asks = bool(given) and given[-1] != each.any
        if asks or each.relation == "null-unless-true":
            found = [row for row in found if _matches(row, each, given) or _is_silent(row, each, query)]
    return found if all(_is_read(operation, name, given) for name, given in query.items()) else []


def _named(each: Filter, given: list[str]) -> list[str]:
    """Give what the parts of a text ask for that are of a filter's template; nothing of another text."""
    parts = each.parts(given)
    if each.relation == "contains":
        return [part for part in parts if _pairs(each.encoding or "", part)]
    before, _, after = (each.encoding or "").partition("{value}")
    found = (re.fullmatch(f"{re.escape(before)}(.+?){re.escape(after)}", part) for part in parts)
    return [match[1] for match in found if match]


def _is_read(operation: Operation, name: str, given: list[str]) -> bool:
    """Whether each part of a text is of one of the templates that the documentation has."""
    rivals = [each for each in operation.filters if each.parameter == name and each.is_template]
    return all(any(_named(each, [part]) for each in rivals) for part in (rivals[0].parts(given) if rivals else ()))


def _is_silent(row: object, each: Filter, query: Query) -> bool:
    """Whether a row has nothing by which it would be hidden where nobody asks."""
    return each.usual is not None and each.parameter not in query and value_at(row, each.field) is None


def _is_met(each: Filter, query: Query) -> bool:
    found = last(query, each.requires or "")
    return bool(found) and each.needed in (None, found)


def _matches(row: object, each: Filter, given: list[str]) -> bool:
    if each.anywhere:
        return any(_fits(text, each, given) for text in _texts(row))
    return any(_fits(value_at(row, keys), each, given) for keys in (each.field, *each.others))


def _texts(value: object) -> Iterator[str]:
    """Give every text of a row, at whatever depth, and every number as one."""
    if is_object(value):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in cast("list[object]", value):
            yield from _texts(part)
    elif isinstance(value, (str, int, float)):
        yield str(value)


def _fits(value: object, each: Filter, given: list[str]) -> bool:
    if each.ignores_case:
        value = value.casefold() if isinstance(value, str) else value
        given = [text.casefold() for text in given]
    if each.relation in {"null-unless-true", "present"}:
        return _is_wanted(value, each, given)
    if each.relation == "contains":
        pairs = _pairs(each.encoding or "json", given[-1])
        had = _had(each, value)
        return all(any(key == name and _same(one, wanted) for name, one in had) for key, wanted in pairs.items())
    if each.relation in _TEXTS:
        return isinstance(value, str) and _TEXTS[each.relation](value, given[-1])
    if each.relation in _BOUNDS:
        here, bound = comparable(value), comparable(given[-1])
        return here is not None and bound is not None and _BOUNDS[each.relation](here, bound)
    named = [part for text in given for part in (text.split(each.separator) if each.separator else [text])]
    return value is not None and (_text(value) in named) is (each.relation != "not")


def _had(each: Filter, value: object) -> list[tuple[object, object]]:
    """Give name and value of each pair that a field has."""
    if each.entries is None:
        return list(value.items()) if is_object(value) else []
    name, held = each.entries
    elements = cast("list[object]", value) if isinstance(value, list) else []
    return [(value_at(one, name), value_at(one, held)) for one in elements]


def _is_wanted(value: object, each: Filter, given: list[str]) -> bool:
    """Whether a row may have, or lack, what it has or lacks."""
    if each.relation == "null-unless-true":
        return given[-1:] == ["true"] or value is None
    return given[-1] != (each.present if value is None else each.absent)


def _pairs(encoding: str, text: str) -> dict[str, Any]:
    if encoding == "json":
        found = json.loads(text)
        return found if is_object(found) else {}
    if encoding in {"form", "form-twice"}:
        pairs = parse_qsl(text, keep_blank_values=True)
        return dict(pairs) if encoding == "form" else {unquote(name): unquote(value) for name, value in pairs}
    pattern = re.escape(encoding).replace(r"\{key\}", "(.+?)").replace(r"\{value\}", "(.*?)")
    # What nothing follows goes on to the end.
    return dict(re.findall(f"{pattern}$" if encoding.endswith("{value}") else pattern, text, re.DOTALL))


def _same(value: object, wanted: object) -> bool:
    return bool(value == wanted) or (isinstance(wanted, str) and _text(value) == wanted)


def _text(value: object) -> str:
    return text_of(value) if isinstance(value, (str, int, float)) else json.dumps(value)


def comparable(value: object) -> float | None:
    """Give a number or a time as a number; a text without a zone is taken as UTC."""
    if isinstance(value, (str, int, float)):
        try:
            return float(value)
        except ValueError:
            pass
    try:
        time = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
