"""The kinds of JSON value that a documented field may have: how each is read, checked and given back."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeGuard
from uuid import UUID

if TYPE_CHECKING:
    from enum import Enum

    from ._model import Model
    from ._origin import Origin

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_LONGEST_EXCERPT = 80


class Mismatch(ValueError):  # noqa: N818 - a signal on its way to DecodeError
    """A value is not of the documented kind; `path` grows from the inside out."""

    def __init__(self, expected: str, value: object) -> None:
        super().__init__(expected)
        self.expected = expected
        self.actual = describe(value)
        self.path: list[str | int] = []

    def below(self, token: str | int) -> Mismatch:
        """Say that the value stands under this key or index."""
        self.path.append(token)
        return self

    @property
    def pointer(self) -> str:
        """JSON Pointer of the value."""
        return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in reversed(self.path))


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Say whether a JSON value is an object."""
    return type(value) is dict


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Say whether a JSON value is an array."""
    return type(value) is list


def describe(value: object) -> str:
    """Say in a few words what a value is."""
    text = repr(value)
    return text if len(text) <= _LONGEST_EXCERPT else f"{text[:_LONGEST_EXCERPT]}…"


class Kind:
    """Any JSON value, given as it came."""

    expected = "any JSON value"

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Turn a JSON value into a Python value, or raise Mismatch."""
        return value

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Turn a Python value back into JSON; where it still equals what came, into exactly that."""
        return came if came is not None and came == value else copy.deepcopy(value)


class Scalar(Kind):
    """A value of one JSON type."""

    def __init__(self, expected: str, accepts: type) -> None:
        self.expected = expected
        self._accepts = accepts

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Give the value where it is of exactly that type: true is no integer."""
        if type(value) is not self._accepts:
            raise Mismatch(self.expected, value)
        return value


class Integer(Kind):
    """A whole number; JSON does not tell 2048 from 2048.0."""

    expected = "an integer"

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Give the number as an int."""
        if type(value) is int:
            return value
        if type(value) is float and value.is_integer():
            return int(value)
        raise Mismatch(self.expected, value)


class Number(Kind):
    """Any number."""

    expected = "a number"

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Give the number as a float."""
        if type(value) is float or type(value) is int:
            return float(value)
        raise Mismatch(self.expected, value)


class Text(Kind):
    """A string in a documented format."""

    def __init__(self, expected: str, parse: Callable[[str], object], text: Callable[[Any], str] = str) -> None:
        self.expected = expected
        self._parse = parse
        self._text = text

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Parse the string."""
        if type(value) is not str:
            raise Mismatch(self.expected, value)
        try:
            return self._parse(value)
        except ValueError:
            raise Mismatch(self.expected, value) from None

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Give the text that came, where it still means this value: 10:00:00.000Z stays so."""
        if type(came) is str and self._means(came, value):
            return came
        return value if isinstance(value, str) else self._text(value)

    def _means(self, text: str, value: Any) -> bool:  # noqa: ANN401 - whatever the user put there
        return bool(self._parse(text) == value)


class Timestamp(Text):
    """A time with its zone."""

    def _means(self, text: str, value: Any) -> bool:  # noqa: ANN401 - whatever the user put there
        # msgspec rounds nanoseconds, the standard library cuts them off.
        return isinstance(value, datetime) and abs(_timestamp(text) - value) <= timedelta(microseconds=1)


def _timestamp(text: str) -> datetime:
    if not _TIMESTAMP.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text.upper())


def _timestamp_text(value: datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")


class OpenEnum(Kind):
    """A string with documented values, to which the server may add."""

    expected = "a string"

    def __init__(self, members: type[Enum]) -> None:
        self._members = {member.value: member for member in members}

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Give the documented member, or else the string as it came."""
        if type(value) is not str:
            raise Mismatch(self.expected, value)
        return self._members.get(value, value)

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Give the plain string."""
        return str(value)


class Nullable(Kind):
    """A value or null."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.expected = f"{kind.expected} or null"

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Read the value unless it is null."""
        return None if value is None else self.kind.read(value, origin)

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Write the value unless it is None."""
        return None if value is None else self.kind.write(value, came)


class OneOf(Kind):
    """A value of the first kind that fits."""

    def __init__(self, *kinds: Kind) -> None:
        self._kinds = kinds
        self.expected = " or ".join(kind.expected for kind in kinds)

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Read the value as the first kind that takes it."""
        for kind in self._kinds:
            try:
                return kind.read(value, origin)
            except Mismatch:
                continue
        raise Mismatch(self.expected, value)

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Write the value as its own type asks for."""
        return write_any(value, came)


class ListOf(Kind):
    """An array."""

    expected = "an array"

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Read every element."""
        if not is_array(value):
            raise Mismatch(self.expected, value)
        return [_below(self.kind, element, origin, index) for index, element in enumerate(value)]

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Write every element; what came is a guide only while the length is the same."""
        guide = _list(came) if len(_list(came)) == len(value) else [None] * len(value)
        return [self.kind.write(element, like) for element, like in zip(value, guide, strict=True)]


class MapOf(Kind):
    """An object with keys of the user's own."""

    expected = "an object"

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Read every value."""
        if not is_object(value):
            raise Mismatch(self.expected, value)
        return {key: _below(self.kind, element, origin, key) for key, element in value.items()}

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Write every value."""
        guide = came if is_object(came) else {}
        return {key: self.kind.write(element, guide.get(key)) for key, element in value.items()}


def _list(came: object) -> list[Any]:
    return came if is_array(came) else []


def _below(kind: Kind, value: object, origin: Origin, token: str | int) -> Any:  # noqa: ANN401 - JSON
    try:
        return kind.read(value, (origin, token))
    except Mismatch as mismatch:
        raise mismatch.below(token) from None


class ModelOf(Kind):
    """An object with documented fields."""

    expected = "an object"

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Read the object's fields."""
        return self.model.__read__(value, origin)

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Write the object's fields."""
        return value.__write__(came)


def write_any(value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
    """Write a value whose kind is not known beforehand."""
    if hasattr(value, "__write__"):
        return value.__write__(came)
    for python, kind in ((datetime, TIMESTAMP), (date, DATE), (UUID, IDENTIFIER)):
        if isinstance(value, python):
            return kind.write(value, came)
    if isinstance(value, list):
        return ListOf(ANYTHING).write(value, came)
    return str(value) if isinstance(value, str) else ANYTHING.write(value, came)


ANYTHING = Kind()
STRING = Scalar("a string", str)
BOOLEAN = Scalar("true or false", bool)
NULL = Scalar("null", type(None))
INTEGER = Integer()
NUMBER = Number()
TIMESTAMP = Timestamp("an RFC 3339 time with its zone", _timestamp, _timestamp_text)
DATE = Text("a date (YYYY-MM-DD)", date.fromisoformat)
IDENTIFIER = Text("a UUID", UUID)
