"""A page whose body is a bare array."""

from __future__ import annotations

import copy
from typing import Any, ClassVar, Self

from listing_runtime.errors import DecodeError
from listing_runtime.model.kinds import ListOf
from listing_runtime.model.mismatch import Mismatch
from listing_runtime.model.origin import Origin, Source, resolved
from listing_runtime.model.pages import Item, Page
from listing_runtime.model.survivors import let_go


class ArrayPage(Page[Item]):
    """A page whose body is a bare array of items."""

    __slots__ = ("__answer__", "__follow__", "__items__", "__source__")

    def __init__(self, items: list[Item]) -> None:
        self.__items__: list[Item] = items
        self.__source__: Source | None = None

    def __del__(self) -> None:
        let_go(self.__source__, self.__items__)

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = {
            "__items__": self.__items__,
            "__source__": None if self.__source__ is None else Source(value=copy.deepcopy(self.__source__.value())),
        }
        return state | ({"__answer__": self.__answer__} if hasattr(self, "__answer__") else {})

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            setattr(self, name, value)

    @property
    def items(self) -> list[Item]:
        """The items of this page, in the server's order."""
        return self.__items__

    @classmethod
    def from_list(cls, data: list[Any]) -> Self:
        """Read one JSON array; DecodeError says where it is not what the documentation says."""
        try:
            return cls.__read__(data, Source(value=data))
        except Mismatch as mismatch:
            raise DecodeError(mismatch.pointer, expected=mismatch.expected, actual=mismatch.actual) from None

    def to_list(self) -> list[Any]:
        """Give the JSON array: exactly the one that came, with the changes made since."""
        written: list[Any] = ListOf(self.__item__()).write(
            self.__items__, None if self.__source__ is None else self.__source__.value()
        )
        return written

    @classmethod
    def __read__(cls, data: object, origin: Origin) -> Self:
        self = cls(ListOf(cls.__item__()).read(data, origin))
        self.__source__ = resolved(origin)[0]
        return self

    def __eq__(self, other: object) -> bool:
        return self.__items__ == other.__items__ if isinstance(other, type(self)) else NotImplemented

    __hash__: ClassVar[None] = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}(items={self.__items__!r})"
