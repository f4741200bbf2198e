"""What an operation returns: a listing that fetches its pages only when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from listing_runtime.walk.walk import Walk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterator
    from typing import Any

    from listing_runtime.model.pages import Page, Skipped
    from listing_runtime.types import Resume

__all__ = ["AsyncListing", "Listing"]

ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT", bound="Page[Any]")


class Listing(Generic[ItemT, PageT]):
    """The items of all pages, and the pages; each iteration is a new walk from the start."""

    def __init__(
        self,
        fetch: Callable[[Resume | None], PageT],
        identity: Callable[[ItemT], Hashable],
        *,
        resume: Resume | None = None,
        max_pages: int | None = None,
        counted: bool = False,
    ) -> None:
        self._fetch = fetch
        self._identity = identity
        self._resume = resume
        self._max_pages = max_pages
        self._counted = counted
        self.skipped: list[Skipped] = []
        """Items that the latest walk set aside, under `on_invalid="skip"`."""

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
        return self._fetch(self._resume)

    def _pages(self, walk: Walk[ItemT]) -> Iterator[PageT]:
        page = None
        while walk.more(page):
            page = self._fetch(walk.resume)
            self.skipped.extend(page.skipped)
            yield page

    def _walk(self) -> Walk[ItemT]:
        self.skipped = []
        return Walk(self._identity, resume=self._resume, max_pages=self._max_pages, counted=self._counted)


class AsyncListing(Generic[ItemT, PageT]):
    """The items of all pages, and the pages; each iteration is a new walk from the start."""

    def __init__(
        self,
        fetch: Callable[[Resume | None], Awaitable[PageT]],
        identity: Callable[[ItemT], Hashable],
        *,
        resume: Resume | None = None,
        max_pages: int | None = None,
        counted: bool = False,
    ) -> None:
        self._fetch = fetch
        self._identity = identity
        self._resume = resume
        self._max_pages = max_pages
        self._counted = counted
        self.skipped: list[Skipped] = []
        """Items that the latest walk set aside, under `on_invalid="skip"`."""

    async def __aiter__(self) -> AsyncIterator[ItemT]:
        """Give every item of every page; one that repeats at a page boundary is given once."""
        walk = self._walk()
        page = None
        while walk.more(page):
            page = await self._next(walk)
            for item in walk.fresh(page):
                yield item

    async def pages(self) -> AsyncIterator[PageT]:
        """Give page after page until the server names no next one."""
        walk = self._walk()
        page = None
        while walk.more(page):
            page = await self._next(walk)
            yield page

    async def first_page(self) -> PageT:
        """Fetch one page."""
        return await self._fetch(self._resume)

    async def _next(self, walk: Walk[ItemT]) -> PageT:
        page = await self._fetch(walk.resume)
        self.skipped.extend(page.skipped)
        return page

    def _walk(self) -> Walk[ItemT]:
        self.skipped = []
        return Walk(self._identity, resume=self._resume, max_pages=self._max_pages, counted=self._counted)
