"""The values of a body that are hidden, read out of JSON much faster than it can be walked through token by token."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from attrs import define

from conformance.privacy.stand_ins import STAND_IN, walk
from conformance.privacy.visibility import Shape

_SPACE = re.compile(r"[ \t\r\n]*")


def values(body: bytes, shape: Shape) -> Iterator[str]:
    """The hidden values of a body, numbers as they are written; what stands for a value already hides nothing."""
    return (value for value in _found(body, shape) if value and not STAND_IN.fullmatch(value))


def _found(body: bytes, shape: Shape) -> Iterator[str]:
    try:
        yield from _Text(body.decode()).whole(shape)
    except (ValueError, RecursionError):
        yield from (value for _, value in walk(body, shape) if value is not None)


class _Members(list[tuple[str, object]]):
    """The members of an object that has a name twice."""


def _members(pairs: list[tuple[str, object]]) -> dict[str, object] | _Members:
    members = dict(pairs)
    return members if len(members) == len(pairs) else _Members(pairs)


_READER = json.JSONDecoder(
    parse_int=str, parse_float=str, parse_constant=lambda _: None, strict=False, object_pairs_hook=_members
)
ENVELOPES = 2
"""Objects around the items of a page, within which one item at a time is there as values, and not all at once."""


@define
class _Text:
    """A JSON text that is read from its beginning; raises ValueError where it is none."""

    text: str
    at: int = 0

    def whole(self, shape: Shape) -> Iterator[str]:
        """The hidden values of all of it."""
        yield from self._value(shape, ENVELOPES)
        if self._next():
            raise ValueError(self.at)

    def _value(self, shape: Shape, envelopes: int) -> Iterator[str]:
        first = self._next()
        if first == "[":
            inside = shape.element()
            yield from self._each("]", lambda: _below(self._read(), inside))
        elif first == "{" and envelopes:
            yield from self._each("}", lambda: self._member(shape, envelopes - 1))
        else:
            yield from _below(self._read(), shape)

    def _each(self, end: str, part: Callable[[], Iterator[str]]) -> Iterator[str]:
        self.at += 1
        if self._next() == end:
            self.at += 1
            return
        while True:
            yield from part()
            mark = self._next()
            self.at += 1
            if mark == end:
                return
            if mark != ",":
                raise ValueError(self.at)

    def _member(self, shape: Shape, envelopes: int) -> Iterator[str]:
        if self._next() != '"':
            raise ValueError(self.at)
        name = str(self._read())
        if self._next() != ":":
            raise ValueError(self.at)
        self.at += 1
        yield from self._value(shape.member(name), envelopes)

    def _next(self) -> str:
        """The next character that is no space; empty at the end."""
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return self.text[self.at : self.at + 1]

    def _read(self) -> object:
        self._next()
        value: object
        value, self.at = _READER.raw_decode(self.text, self.at)
        return value


def _below(value: object, shape: Shape) -> Iterator[str]:
    """The hidden values in a value that has been read."""
    if isinstance(value, dict | _Members):
        for name, part in value.items() if isinstance(value, dict) else value:
            yield from _below(part, shape.member(name))
    elif isinstance(value, list):
        inside = shape.element()
        for part in value:
            yield from _below(part, inside)
    elif isinstance(value, str) and not shape.shows:
        yield value
