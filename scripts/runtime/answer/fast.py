"""The first, fast reading of a body."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from msgspec import MsgspecError
from msgspec.json import Decoder

Body = TypeVar("Body")
Member = TypeVar("Member")


class Members(dict[str, Member | str]):
    """The members of an open enum by their texts; any other text stands for itself."""

    def __missing__(self, text: str) -> str:
        return text


numbered: Callable[[Any], Iterator[tuple[int, Any]]] = enumerate
"""Counts rows of either kind: of two lists of different rows, mypy knows only what all rows have in common."""


def decoded(decoder: Decoder[Body], content: bytes) -> Body | None:
    """Decode a body; None where it is not exactly of the decoder's type, whatever the reason."""
    try:
        return decoder.decode(content)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        return None
