"""What every page of a listing has, whether the body is an object or a bare array."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Generic, NamedTuple, Self, TypeVar, cast

from listing_runtime.errors import ConfigurationError, DecodeError
from listing_runtime.model.kinds import Kind
from listing_runtime.model.objects import Model
from listing_runtime.model.origin import Origin
from listing_runtime.model.survivors import let_go
from listing_runtime.wire import Response, Resume

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
    """One page of a listing; iterated, it gives its own items."""

    __slots__ = ()
    __answer__: Answer
    __follow__: Callable[[Resume], Any]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __bool__(self) -> bool:
        # A page without items is a page.
        return True

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

    @property
    def has_next_page(self) -> bool:
        """Whether the server names a page after this one."""
        return self.resume is not None

    def next_page(self) -> Self | None:
        """Fetch the page after this one; None after the last."""
        return None if self.resume is None else cast("Self", self.__fetched(self.resume))

    async def anext_page(self) -> Self | None:
        """Fetch the page after this one, of an async client; None after the last."""
        return None if self.resume is None else await cast("Awaitable[Self]", self.__fetched(self.resume))

    def __fetched(self, resume: Resume) -> object:
        # A page, or what is awaited for one.
        fetch = getattr(self, "__follow__", None)
        if fetch is None:
            raise ConfigurationError("this page is of no client any more: give its .resume to the operation")
        return fetch(resume)

    @classmethod
    def __read__(cls, data: object, origin: Origin) -> Self:
        raise NotImplementedError

    @classmethod
    def __item__(cls) -> Kind:
        raise NotImplementedError


class ObjectPage(Model, Page[Item]):
    """A page whose body is an object that holds the items among other fields."""

    __slots__ = ("__answer__", "__follow__")

    def __del__(self) -> None:
        let_go(getattr(self, "__source__", None), getattr(self, "items", None))

    def __getstate__(self) -> dict[str, Any]:
        state = super().__getstate__()
        return state | ({"__answer__": self.__answer__} if hasattr(self, "__answer__") else {})
