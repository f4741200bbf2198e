"""How a walk over pages moves on, for the sync and the async listing alike; it sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from listing_runtime.errors import PaginationError
from listing_runtime.walk.loop import LoopDetector

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from listing_runtime.model.pages import Page, Skipped
    from listing_runtime.walk.range import Range
    from listing_runtime.wire import Resume

Item = TypeVar("Item")


class Walk(Generic[Item]):
    """The state of one walk; its size does not depend on the number of pages."""

    def __init__(self, identity: Callable[[Item], Hashable], within: Range) -> None:
        self.resume: Resume | None = within.resume
        self.skipped: list[Skipped] = []
        self._identity = identity
        self._pages_left = within.max_pages
        self._items_left = within.max_items
        self._loops = LoopDetector()
        self._previous: frozenset[Hashable] = frozenset()
        self._counted = within.counted
        self._latest: Hashable = None

    def more(self, page: Page[Any] | None) -> bool:
        """Say whether another page is to be fetched after `page` (None before the first), and move on to it."""
        if page is not None:
            self.resume = page.resume
            if page.resume is None:
                return False
            if self._counted:
                self._see(page)
        if self._items_left == 0:
            return False
        if self._pages_left is not None:
            self._pages_left -= 1
            if self._pages_left < 0:
                return False
        if self.resume is not None:
            self._loops.see(self.resume)
        return True

    def _see(self, page: Page[Any]) -> None:
        # Counted pages never name one that was seen, so a server that does not count is known by its items.
        latest = frozenset(map(self._identity, page.items)) or page.response.content
        if latest == self._latest:
            raise PaginationError(
                f"two pages in a row hold the same items, and {dict(page.resume or {})!r} would follow"
            )
        self._latest = latest

    def fresh(self, page: Page[Item]) -> list[Item]:
        """Give the items of a page that did not already stand on the page before, as many as are still wanted."""
        known, identity = self._previous, self._identity
        self._previous = frozenset(map(identity, page.items)) - {None}  # what has no name is not known again
        found = [item for item in page.items if identity(item) not in known] if known else page.items
        if self._items_left is None:
            return found
        found = found[: self._items_left]
        self._items_left -= len(found)
        return found
