"""What every page of a listing has, whether the body is an object or a bare array."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, Self, TypeVar

from listing_runtime.errors import DecodeError
from listing_runtime.model.kinds import Kind, ListOf
from listing_runtime.model.mismatch import Mismatch
from listing_runtime.model.objects import Model
from listing_runtime.model.origin import Origin, Source, came
from listing_runtime.types import Response, Resume

Item = TypeVar("Item")


class Skipped(NamedTuple):
    """An item that was set aside because it is not what the documentation says."""

    position: int
    """Place of the item on its page, from 0."""
    value: Any
    """The item's JSON."""
    error: DecodeError


class Answer(NamedTuple):
    """What belongs to a page and is not in its body."""

    response: Response
    resume: Resume | None
    skipped: tuple[Skipped, ...]


class Page(Generic[Item]):
    """One page of a listing."""

    __slots__ = ()
    __answer__: Answer

    @property
    def items(self) -> list[Item]:
        """The items of this page, in the server's order."""
        raise NotImplementedError

    @property
    def response(self) -> Response:
        """Status, headers, time and bytes of the answer; AttributeError on a page that was made by hand."""
        return self.__answer__.response

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Items set aside under `on_invalid="skip"`."""
        return self.__answer__.skipped

    @property
    def resume(self) -> Resume | None:
        """What leads to the next page: give it to the operation as `resume=`; None on the last page."""
        return self.__answer__.resume

    @classmethod
    def __read__(cls, data: object, origin: Origin) -> Self:
        raise NotImplementedError

    @classmethod
    def __item__(cls) -> Kind:
        raise NotImplementedError


class ObjectPage(Model, Page[Item]):
    """A page whose body is an object that holds the items among other fields."""

    __slots__ = ("__answer__",)

    def __getstate__(self) -> dict[str, Any]:
        state = super().__getstate__()
        return state | ({"__answer__": self.__answer__} if hasattr(self, "__answer__") else {})


class ArrayPage(Page[Item]):
    """A page whose body is a bare array of items."""

    __slots__ = ("__answer__", "__items__", "__origin__")

    def __init__(self, items: list[Item]) -> None:
        self.__items__ = items
        self.__origin__: Origin | None = None

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
        return ListOf(self.__item__()).write(self.__items__, came(self.__origin__))

    @classmethod
    def __read__(cls, data: object, origin: Origin) -> Self:
        self = cls(ListOf(cls.__item__()).read(data, origin))
        self.__origin__ = origin
        return self

    def __eq__(self, other: object) -> bool:
        return self.__items__ == other.__items__ if isinstance(other, type(self)) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}(items={self.__items__!r})"
