"""Where a thing lies: JSON Pointers (RFC 6901) and OpenAPI runtime expressions over a response."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from enum import Enum
from typing import Any, Final, Self, TypeAlias

from attrs import frozen

from conformance.errors import ConformanceError
from conformance.jsontext import Json


class Missing(Enum):
    """The value of a place that an exchange does not have; false, and equal only to itself."""

    MISSING = "absent"

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return self.value

    __str__ = __repr__


MISSING: Final = Missing.MISSING
Found: TypeAlias = Json | Missing
"""What lies at a place, if anything does."""


class Pointer(str):
    """A place in a JSON value: the text of its JSON Pointer, whose steps are parsed once.

    It is a text in all else: it compares, sorts, hashes and is written as one.
    """

    __slots__ = ("tokens",)
    tokens: tuple[str, ...]
    """The steps, unescaped; the empty pointer has none."""

    def __new__(cls, text: str = "") -> Self:
        """The pointer with a text; raises ConformanceError where that is none."""
        if isinstance(text, cls):
            return text
        if text and not text.startswith("/"):
            hint = "A JSON Pointer is empty or starts with '/'."
            raise ConformanceError(f"{text!r} is not a JSON Pointer", hint=hint)
        return cls._parsed(text, tuple(step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:]))

    @classmethod
    def _parsed(cls, text: str, tokens: tuple[str, ...]) -> Self:
        made = super().__new__(cls, text)
        object.__setattr__(made, "tokens", tokens)
        return made

    @classmethod
    def of(cls, *tokens: str | int) -> Pointer:
        """The pointer of these steps."""
        return TOP.below(*tokens)

    def below(self, *tokens: str | int) -> Pointer:
        """The pointer that goes on from here by `tokens`."""
        steps = tuple(map(str, tokens))
        escaped = [step.replace("~", "~0").replace("/", "~1") for step in steps]
        return self._parsed("/".join((self, *escaped)), self.tokens + steps)

    @property
    def parent(self) -> Pointer:
        """The place around this one; of the top, which has none, the top."""
        return self._parsed(self.rpartition("/")[0], self.tokens[:-1])

    def get(self, value: Found) -> Found:
        """The part of a JSON value that lies here, or `MISSING`."""
        for token in self.tokens:
            if isinstance(value, dict):
                value = value.get(token, MISSING)
            elif isinstance(value, list) and token.isascii() and token.isdecimal() and int(token) < len(value):
                value = value[int(token)]
            else:
                return MISSING
        return value

    def put(self, document: MutableMapping[str, Any], value: Found) -> None:
        """Set the member that lies here, making the objects on the way; `MISSING` removes it."""
        *way, last = self.tokens
        for token in way:
            document = document.setdefault(token, {})
        if value is MISSING:
            document.pop(last, None)
        else:
            document[last] = value

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a pointer does not change: {name}")

    def __reduce__(self) -> tuple[type[Pointer], tuple[str]]:
        return Pointer, (str(self),)


TOP: Final = Pointer()
"""The place of a value as a whole."""


@frozen
class Expression:
    """A runtime expression over a response: `$response.body#/pointer` or `$response.header.Name`."""

    place: Pointer = TOP
    """Into the body; the top where a header is read."""
    header: str = ""
    """The name of a header; empty where the body is read."""

    @classmethod
    def parse(cls, text: str) -> Expression:
        """Read `text`; raises ConformanceError where it is no expression over a response."""
        if text == "$response.body":
            return cls()
        if text.startswith("$response.body#"):
            return cls(Pointer(text.removeprefix("$response.body#")))
        if text.startswith("$response.header.") and text != "$response.header.":
            return cls(header=text.removeprefix("$response.header."))
        raise ConformanceError(
            f"{text!r} is not a runtime expression over a response",
            hint="Write $response.body#/json/pointer or $response.header.Name.",
        )

    def read(self, body: Found, headers: Mapping[str, str]) -> Found:
        """The value in a response, or `MISSING`; `headers` must ignore case, as httpx's do."""
        return headers.get(self.header, MISSING) if self.header else self.place.get(body)

    def __str__(self) -> str:
        return f"$response.header.{self.header}" if self.header else f"$response.body#{self.place}"
