"""Cursors that come again."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from listing_runtime.errors import PaginationError

if TYPE_CHECKING:
    from listing_runtime.types import Resume

_REMEMBERED = 1000


class LoopDetector:
    """Notices that a cursor comes again: at once within the last thousand, later in longer loops."""

    def __init__(self) -> None:
        self._recent: deque[Resume] = deque(maxlen=_REMEMBERED)
        self._mark: Resume | None = None
        self._steps = 0
        self._next_mark = 1

    def see(self, resume: Resume) -> None:
        """Take note of a cursor; PaginationError where it was seen before, or cannot be sent."""
        if any(isinstance(value, str) and not _is_text(value) for value in resume.values()):
            raise PaginationError("the server's cursor holds half a character, which no URL can carry")
        if resume == self._mark or resume in self._recent:
            raise PaginationError(f"the server leads back to a page that was already seen: {dict(resume)!r}")
        self._recent.append(resume)
        self._steps += 1
        # Brent's method: with the mark moved at powers of two, a loop of any length is found in bounded memory.
        if self._steps == self._next_mark:
            self._mark, self._next_mark = resume, self._next_mark * 2


def _is_text(value: str) -> bool:
    # JSON can name single surrogates, which are no characters.
    return not any("\ud800" <= each <= "\udfff" for each in value)
