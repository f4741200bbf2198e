"""The kinds of JSON value that hold no other value: how each is read, checked and given back."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from listing_runtime.model.mismatch import Mismatch
from listing_runtime.model.times import parse_timestamp, timestamp_text

if TYPE_CHECKING:
    from enum import Enum

    from listing_runtime.model.origin import Origin


class Kind:
    """Any JSON value, given as it came."""

    expected = "any JSON value"
    kinds: tuple[Kind, ...] = ()
    """Of which one is that of the value, where there is a choice."""

    def read(self, value: object, origin: Origin) -> object:
        """Turn a JSON value into a Python value, or raise Mismatch."""
        return value

    def write(self, value: object, came: object) -> object:
        """Turn a Python value back into JSON; where it still equals what came, into exactly that."""
        return came if came is not None and came == value else copy.deepcopy(value)


class Scalar(Kind):
    """A value of one JSON type."""

    def __init__(self, expected: str, accepts: type) -> None:
        self.expected = expected
        self._accepts = accepts

    def read(self, value: object, origin: Origin) -> object:
        """Give the value where it is of exactly that type: true is no integer."""
        if type(value) is not self._accepts:
            raise Mismatch(self.expected, value)
        return value


class Integer(Kind):
    """A whole number; JSON does not tell 2048 from 2048.0."""

    expected = "an integer"

    def read(self, value: object, origin: Origin) -> object:
        """Give the number as an int."""
        if type(value) is int:
            return value
        if type(value) is float and value.is_integer():
            return int(value)
        raise Mismatch(self.expected, value)


class Number(Kind):
    """Any number; one that came as an int stays one, which to a type checker is a float too."""

    expected = "a number"

    def read(self, value: object, origin: Origin) -> object:
        """Give the number."""
        if type(value) is float or type(value) is int:
            return value
        raise Mismatch(self.expected, value)


class Text(Kind):
    """A string in a documented format."""

    def __init__(self, expected: str, parse: Callable[[str], object], text: Callable[[Any], str] = str) -> None:
        self.expected = expected
        self._parse = parse
        self._text = text

    def read(self, value: object, origin: Origin) -> object:
        """Parse the string."""
        if type(value) is not str:
            raise Mismatch(self.expected, value)
        try:
            return self._parse(value)
        except ValueError:
            raise Mismatch(self.expected, value) from None

    def write(self, value: object, came: object) -> object:
        """Give the text that came, where it still means this value: 10:00:00.000Z stays so."""
        if type(came) is str and self._means(came, value):
            return came
        return value if isinstance(value, str) else self._text(value)

    def _means(self, text: str, value: object) -> bool:
        return bool(self._parse(text) == value)


class Timestamp(Text):
    """A time with its zone."""

    def _means(self, text: str, value: object) -> bool:
        return isinstance(value, datetime) and parse_timestamp(text) == value


class OpenEnum(Kind):
    """A string with documented values, to which the server may add."""

    expected = "a string"

    def __init__(self, members: type[Enum]) -> None:
        self._members = {member.value: member for member in members}

    def read(self, value: object, origin: Origin) -> object:
        """Give the documented member, or else the string as it came."""
        if not isinstance(value, str):
            raise Mismatch(self.expected, value)
        return self._members.get(value, value)

    def write(self, value: object, came: object) -> object:
        """Give the plain string."""
        return str(value)


ANYTHING = Kind()
STRING = Scalar("a string", str)
BOOLEAN = Scalar("true or false", bool)
NULL = Scalar("null", type(None))
INTEGER = Integer()
NUMBER = Number()
TIMESTAMP = Timestamp("an RFC 3339 time with its zone", parse_timestamp, timestamp_text)
DATE = Text("a date (YYYY-MM-DD)", date.fromisoformat)
IDENTIFIER = Text("a UUID", UUID)
