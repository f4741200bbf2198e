"""Where a decoded value came from, so that it can be given back exactly; resolved only when somebody asks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeAlias, cast

from listing_runtime.errors import DecodeError
from msgspec import MsgspecError, Raw
from msgspec.json import Decoder

Place: TypeAlias = "int | tuple[str | int, ...] | None"
"""Where a value stands in its source: the number of a row, keys below one or below the whole; None is the whole."""

Origin: TypeAlias = "Source | tuple[Origin, str | int]"
"""Where the tolerant reader is: a source, and the tokens that lead on from there."""


class Source:
    """A JSON document, kept as its bytes, or as the value that a user gave."""

    __slots__ = ("_content", "_value", "exact", "keys")

    def __init__(
        self,
        content: bytes | None = None,
        value: object = None,
        keys: tuple[str, ...] = (),
        *,
        exact: bool = False,
    ) -> None:
        self._content = content
        self._value = value
        self.keys: tuple[str, ...] = keys
        """That lead to its rows, where it is a page."""
        self.exact: bool = exact
        """Whether it is known to hold no field that the documentation does not name."""

    def __reduce__(self) -> tuple[type[Source], tuple[None, Any, tuple[str, ...]]]:
        return Source, (None, self.value(), self.keys)

    def value(self) -> object:
        """Parse the document, once."""
        if self._content is not None:
            try:
                self._value = json.loads(self._content)
            except RecursionError:
                raise DecodeError("", expected="JSON of a reasonable depth", actual="JSON nested too deeply") from None
            self._content = None
        return self._value

    def at(self, place: Place) -> object:
        """Give what stands at a place."""
        if place is None:
            return self.value()
        tokens = (place,) if isinstance(place, int) else place
        return _below(self.value(), (*self.keys, *tokens) if isinstance(tokens[0], int) else tokens)

    def apart(self, numbers: Sequence[int]) -> list[Source | bytes]:
        """Give some rows alone: their bytes, or as sources where the document is parsed already."""
        if self._content is not None:
            try:
                return _cut(self._content, self.keys, numbers)
            except (MsgspecError, UnicodeDecodeError):
                pass  # a byte order mark, or UTF-16
        rows = cast("list[object]", _below(self.value(), self.keys))
        return [Source(value=rows[number], exact=self.exact) for number in numbers]


_OBJECT, _ARRAY = Decoder(dict[str, Raw]), Decoder(list[Raw])


def _cut(content: bytes | Raw, keys: tuple[str, ...], numbers: Sequence[int]) -> list[Source | bytes]:
    for key in keys:
        content = _OBJECT.decode(content)[key]
    rows = _ARRAY.decode(content)
    return [bytes(rows[number]) for number in numbers]


def _below(value: object, tokens: tuple[str | int, ...]) -> object:
    found: Any = value
    for token in tokens:
        found = found[token]
    return found


def resolved(origin: Origin) -> tuple[Source, Place]:
    """Give the source of an origin, and the place in it."""
    tokens: list[str | int] = []
    while not isinstance(origin, Source):
        origin, token = origin
        tokens.insert(0, token)
    before = len(origin.keys)
    if tokens[:before] == list(origin.keys) and len(tokens) > before and isinstance(tokens[before], int):
        # In a page, a row is named by its number.
        tokens = tokens[before:]
        if len(tokens) == 1:
            return origin, int(tokens[0])
    return origin, tuple(tokens) or None
