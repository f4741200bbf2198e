"""How arguments become a request: nothing is sent that the caller did not give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import quote, urlencode

from listing_runtime.call.texts import json_of, text_of
from listing_runtime.errors import InvalidArgumentError

if TYPE_CHECKING:
    from listing_runtime.operation import Operation, Parameter

_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


class Parts(NamedTuple):
    """Where the arguments of a call go in its request."""

    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    given: dict[str, object]
    """The arguments that were given, as texts: what can be gone through but once is not needed again."""

    def target(self, extra: Iterable[tuple[str, str]] = ()) -> str:
        """Give the path with its query, to which `extra` is added."""
        pairs = [*self.query, *extra]
        return f"{self.path}?{urlencode(pairs, quote_via=quote)}" if pairs else self.path


def request_parts(operation: Operation, arguments: Mapping[str, object]) -> Parts:
    """Sort the arguments that were given into the places that the documentation names."""
    parts = Parts(operation.path, [], {}, {})
    for parameter in operation.parameters:
        value = arguments.get(parameter.argument)
        if value is not None:
            value = _members(parameter, value)
            if isinstance(value, _Members):
                parts.given[parameter.argument] = value
                parts.query.extend((name, text) for name, texts in value.items() for text in texts)
                continue
            texts = value if isinstance(value, _Texts) else _texts(parameter, value)
            _check(operation, parameter, texts, value)
            parts.given[parameter.argument] = texts
            parts = _add(parts, parameter, texts)
    return parts


class _Texts(list[str]):
    """Values that are written already."""


class _Members(dict[str, list[str]]):
    """The members of an object by their names in the query, each written already."""


def _members(parameter: Parameter, value: object) -> object:
    """Give the members of an object that were given, where each is written by itself; else the value as it is."""
    # A model is known by its way of writing itself: importing its class would load the decoder with every client.
    as_members = getattr(value, "to_dict", None)
    if callable(as_members):
        value = as_members()
    if parameter.place != "query" or parameter.members in {None, "pairs"} or not isinstance(value, Mapping):
        return value
    if isinstance(value, _Members):
        return value
    brackets = parameter.members == "brackets"
    given = {name: each for name, each in cast("Mapping[str, object]", value).items() if each is not None}
    return _Members(
        {
            f"{parameter.name}[{name}]" if brackets else name: _joined(parameter, _texts(parameter, each))
            for name, each in given.items()
        }
    )


def _joined(parameter: Parameter, texts: list[str]) -> list[str]:
    return texts if parameter.separator is None or not texts else [parameter.separator.join(texts)]


def _check(operation: Operation, parameter: Parameter, texts: list[str], value: object) -> None:
    # Servers take what is no number for their default, or for 1. What leads on is sent as the server gave it.
    numeric = parameter.numeric and parameter.name not in operation.links
    if numeric and not all(map(_NUMBER.fullmatch, texts)):
        raise InvalidArgumentError(f"{parameter.argument}: expected a number, got {type(value).__name__}")
    # Servers take a limit of nothing for their default, for all, or for an error.
    if parameter.name == operation.limit and any(text.startswith("-") or text.strip("0.") == "" for text in texts):
        raise InvalidArgumentError(f"{parameter.argument}={texts[0]}: expected at least 1")


def _add(parts: Parts, parameter: Parameter, texts: list[str]) -> Parts:
    separator = "," if parameter.separator is None else parameter.separator
    if parameter.place == "query":
        parts.query.extend((parameter.name, text) for text in _joined(parameter, texts))
        return parts
    text = separator.join(texts)
    if parameter.place == "header":
        if not text.isascii() or not text.isprintable():
            raise InvalidArgumentError(f"{parameter.argument}={text!r}: no header may hold that")
        parts.headers[parameter.name] = text
        return parts
    if text.strip(".") == "":
        raise InvalidArgumentError(f"{parameter.argument}={text!r}: a part of a path that leads elsewhere")
    return parts._replace(path=parts.path.replace(f"{{{parameter.name}}}", quote(text, safe="")))


def _texts(parameter: Parameter, value: object) -> _Texts:
    try:
        return _Texts(_written(parameter, value))
    except ValueError as error:
        raise InvalidArgumentError(f"{parameter.argument}: {error}") from None


def _written(parameter: Parameter, value: object) -> list[str]:
    plain = value  # as it was, before what follows narrows its type
    if parameter.array and isinstance(value, Iterable) and not isinstance(value, (str, bytes, bytearray, Mapping)):
        return [text_of(each, parameter.unit) for each in cast("Iterable[object]", value)]
    if parameter.encoding == "json" and isinstance(value, Mapping):
        return [json_of(cast("Mapping[object, object]", value))]
    if parameter.members is not None and isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value).items()
        return [text_of(each) for name, member in pairs if member is not None for each in (name, member)]
    return [text_of(plain, parameter.unit)]


def pairs_of(name: str, query: object) -> list[tuple[str, str]]:
    """Write parameters that the documentation does not name; None is left out, and a list repeats its parameter."""
    if query is None:
        return []
    if not isinstance(query, Mapping):
        raise InvalidArgumentError(f"{name}: expected a mapping, got {type(query).__name__}")
    given = cast("Mapping[object, object]", query)
    try:
        return [(_name(key), text) for key, value in given.items() for text in _each(value)]
    except ValueError as error:
        raise InvalidArgumentError(f"{name}: {error}") from None


def _name(key: object) -> str:
    if not isinstance(key, str) or not key:
        raise ValueError(f"{key!r} is no name of a parameter")
    return text_of(key)


def _each(value: object) -> list[str]:
    plain = value  # as it was, before what follows narrows its type
    if value is None:
        return []
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes, bytearray, Mapping)):
        return [text_of(each) for each in cast("Iterable[object]", value) if each is not None]
    return [text_of(plain)]


def unless_named(pairs: list[tuple[str, str]], names: set[str]) -> list[tuple[str, str]]:
    """Leave out what is sent already: no server agrees with another on which of two values counts."""
    return [(name, value) for name, value in pairs if name not in names]
