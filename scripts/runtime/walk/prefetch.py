"""Fetches the next page while the one before is worked on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from listing_runtime.errors import PaginationError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator

    from listing_runtime.model.pages import Page
    from listing_runtime.walk.walk import Walk
    from listing_runtime.wire import Resume

PageT = TypeVar("PageT", bound="Page[Any]")


def ahead(walk: Walk[Any], fetch: Callable[[Resume | None], PageT]) -> Iterator[PageT]:
    """Give page after page, with the next one under way in a thread; one that nobody asks for is not waited for."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="listing-prefetch")
    try:
        pending = pool.submit(fetch, walk.resume) if walk.more(None) else None
        while pending is not None:
            page = pending.result()
            walk.skipped.extend(page.skipped)
            more, failure = _moved(walk, page)
            pending = pool.submit(fetch, walk.resume) if more else None
            yield page
            if failure is not None:
                raise failure
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


async def ahead_async(
    walk: Walk[Any], fetch: Callable[[Resume | None], Awaitable[PageT]]
) -> AsyncGenerator[PageT, None]:
    """Give page after page, with the next one under way in a task of asyncio; elsewhere one after the other."""
    pending = _started(_fetched(fetch, walk.resume)) if walk.more(None) else None
    try:
        while pending is not None:
            page = await pending
            walk.skipped.extend(page.skipped)
            more, failure = _moved(walk, page)
            pending = _started(_fetched(fetch, walk.resume)) if more else None
            yield page
            if failure is not None:
                raise failure
    finally:
        if isinstance(pending, asyncio.Task):
            pending.cancel()
        elif isinstance(pending, Coroutine):
            pending.close()  # it was never begun


def _started(fetching: Coroutine[Any, Any, PageT]) -> Awaitable[PageT]:
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        # Trio has no task without a nursery, and none may stay open where a generator yields.
        return fetching
    return loop.create_task(fetching)


async def _fetched(fetch: Callable[[Resume | None], Awaitable[PageT]], resume: Resume | None) -> PageT:
    # Called when it is begun: what is cancelled before has made nothing that waits to be awaited.
    return await fetch(resume)


def _moved(walk: Walk[Any], page: Page[Any]) -> tuple[bool, PaginationError | None]:
    # The page that came is given first: what is wrong with the next one is told when that one is asked for.
    try:
        return walk.more(page), None
    except PaginationError as error:
        return False, error
