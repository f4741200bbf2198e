"""What an operation returns: a listing that fetches its pages only when it is used."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Generator, Hashable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from listing_runtime.walk.range import Range
from listing_runtime.walk.walk import Walk
from listing_runtime.wire import Resume

if TYPE_CHECKING:
    from listing_runtime.model.pages import Page, Skipped

__all__ = ["AsyncListing", "Listing"]

ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT", bound="Page[Any]")


class _Described(Generic[ItemT]):
    """What both kinds of listing know."""

    def __init__(self, identity: Callable[[ItemT], Hashable], within: Range) -> None:
        self._identity = identity
        self._within = within
        self.skipped: list[Skipped] = []
        """Items that the latest walk to begin set aside, under `on_invalid="skip"`."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._within.listed}>"

    def _walk(self) -> Walk[ItemT]:
        walk = Walk(self._identity, self._within)
        # Each walk has a list of its own: one that is still under way does not write into the next one's.
        self.skipped = walk.skipped
        return walk


class Listing(_Described[ItemT], Generic[ItemT, PageT]):
    """The items of all pages, and the pages; each iteration is a new walk from the start."""

    def __init__(
        self, fetch: Callable[[Resume | None], PageT], identity: Callable[[ItemT], Hashable], within: Range
    ) -> None:
        super().__init__(identity, within)
        self._fetch = fetch

    def __iter__(self) -> Iterator[ItemT]:
        """Give every item of every page; one that repeats at a page boundary is given once."""
        walk = self._walk()
        for page in self._pages(walk):
            yield from walk.fresh(page)

    def pages(self) -> Iterator[PageT]:
        """Give page after page until the server names no next one."""
        return self._pages(self._walk())

    def first_page(self) -> PageT:
        """Fetch one page."""
        return self._one(self._within.resume)

    def _pages(self, walk: Walk[ItemT]) -> Iterator[PageT]:
        if not self._within.prefetch:
            return self._one_by_one(walk)
        from listing_runtime.walk.prefetch import ahead  # noqa: PLC0415 - threads are loaded when asked for

        return ahead(walk, self._one)

    def _one_by_one(self, walk: Walk[ItemT]) -> Iterator[PageT]:
        page = None
        while walk.more(page):
            page = self._one(walk.resume)
            walk.skipped.extend(page.skipped)
            yield page

    def _one(self, resume: Resume | None) -> PageT:
        page = self._fetch(resume)
        page.__follow__ = self._one
        return page


class AsyncListing(_Described[ItemT], Generic[ItemT, PageT]):
    """The items of all pages, and the pages; each iteration is a new walk from the start; awaited, the first page."""

    def __init__(
        self,
        fetch: Callable[[Resume | None], Awaitable[PageT]],
        identity: Callable[[ItemT], Hashable],
        within: Range,
    ) -> None:
        super().__init__(identity, within)
        self._fetch = fetch

    async def __aiter__(self) -> AsyncIterator[ItemT]:
        """Give every item of every page; one that repeats at a page boundary is given once."""
        walk = self._walk()
        pages = self._pages(walk)
        try:
            async for page in pages:
                for item in walk.fresh(page):
                    yield item
        finally:
            await pages.aclose()

    def pages(self) -> AsyncIterator[PageT]:
        """Give page after page until the server names no next one."""
        return self._pages(self._walk())

    async def first_page(self) -> PageT:
        """Fetch one page."""
        return await self._one(self._within.resume)

    def __await__(self) -> Generator[Any, Any, PageT]:
        """Fetch one page."""
        return self.first_page().__await__()

    def _pages(self, walk: Walk[ItemT]) -> AsyncGenerator[PageT, None]:
        if not self._within.prefetch:
            return self._one_by_one(walk)
        from listing_runtime.walk.prefetch import ahead_async  # noqa: PLC0415 - loaded when asked for

        return ahead_async(walk, self._one)

    async def _one_by_one(self, walk: Walk[ItemT]) -> AsyncGenerator[PageT, None]:
        page: PageT | None = None
        while walk.more(page):
            page = await self._one(walk.resume)
            walk.skipped.extend(page.skipped)
            yield page

    async def _one(self, resume: Resume | None) -> PageT:
        page = await self._fetch(resume)
        page.__follow__ = self._one
        return page
