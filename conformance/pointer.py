"""Where a thing lies: JSON Pointers (RFC 6901) and OpenAPI runtime expressions over a response."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Final

from attrs import frozen

from conformance.errors import ConformanceError


class Missing:
    """The value of a place that an exchange does not have; false, and equal only to itself."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "absent"


MISSING: Final = Missing()


def escape(token: str) -> str:
    """One step of a pointer, escaped."""
    return token.replace("~", "~0").replace("/", "~1")


def join(pointer: str, *tokens: str | int) -> str:
    """The pointer that goes on from `pointer` by `tokens`."""
    return pointer + "".join(f"/{escape(str(token))}" for token in tokens)


def split(pointer: str) -> list[str]:
    """The unescaped steps of a pointer; the empty pointer has none."""
    if pointer and not pointer.startswith("/"):
        raise ConformanceError(f"{pointer!r} is not a JSON Pointer", hint="A JSON Pointer is empty or starts with '/'.")
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def get(value: Any, pointer: str) -> Any:  # noqa: ANN401 - JSON
    """The part of a JSON value at `pointer`, or `MISSING`."""
    for token in split(pointer):
        value = _step(value, token)
        if value is MISSING:
            break
    return value


def _step(value: Any, token: str) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping):
        return value.get(token, MISSING)
    if isinstance(value, list) and token.isascii() and token.isdecimal() and int(token) < len(value):
        return value[int(token)]
    return MISSING


def put(document: MutableMapping[str, Any], pointer: str, value: Any) -> None:  # noqa: ANN401 - JSON
    """Set the member at `pointer` in place, making the objects on the way; `MISSING` removes it."""
    *way, last = split(pointer)
    for token in way:
        document = document.setdefault(token, {})
    if value is MISSING:
        document.pop(last, None)
    else:
        document[last] = value


@frozen
class Expression:
    """A runtime expression over a response: `$response.body#/pointer` or `$response.header.Name`."""

    source: str
    """`body` or `header`."""
    place: str
    """A JSON Pointer into the body, or a header's name."""

    @classmethod
    def parse(cls, text: str) -> Expression:
        """Read `text`; raises ConformanceError where it is no expression over a response."""
        if text == "$response.body":
            return cls("body", "")
        if text.startswith("$response.body#"):
            split(text.removeprefix("$response.body#"))
            return cls("body", text.removeprefix("$response.body#"))
        if text.startswith("$response.header.") and text != "$response.header.":
            return cls("header", text.removeprefix("$response.header."))
        raise ConformanceError(
            f"{text!r} is not a runtime expression over a response",
            hint="Write $response.body#/json/pointer or $response.header.Name.",
        )

    def read(self, body: Any, headers: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
        """The value in a response, or `MISSING`; `headers` must ignore case, as httpx's do."""
        return headers.get(self.place, MISSING) if self.source == "header" else get(body, self.place)

    def __str__(self) -> str:
        return f"$response.header.{self.place}" if self.source == "header" else f"$response.body#{self.place}"
