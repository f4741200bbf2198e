"""Cursors that come again."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING
from urllib.parse import quote

from listing_runtime.errors import PaginationError

if TYPE_CHECKING:
    from listing_runtime.wire import Resume

_REMEMBERED = 1000
_LONGEST = 60_000
"""HTTP libraries refuse URLs of more than 65,536 characters."""
_SHOWN = 200


class LoopDetector:
    """Notices that a cursor comes again: at once within the last thousand, later in longer loops."""

    def __init__(self) -> None:
        self._recent: deque[Resume] = deque(maxlen=_REMEMBERED)
        self._mark: Resume | None = None
        self._steps = 0
        self._next_mark = 1

    def see(self, resume: Resume) -> None:
        """Take note of a cursor; PaginationError where it was seen before, or cannot be sent."""
        for value in resume.values():
            _check_sendable(value)
        if resume == self._mark or resume in self._recent:
            shown = str(dict(resume))[:_SHOWN]
            raise PaginationError(f"the server leads back to a page that was already seen: {shown}")
        self._recent.append(resume)
        self._steps += 1
        # Brent's method: with the mark moved at powers of two, a loop of any length is found in bounded memory.
        if self._steps == self._next_mark:
            self._mark, self._next_mark = resume, self._next_mark * 2


def _check_sendable(value: str | float) -> None:
    if not isinstance(value, str):
        return
    # JSON can name single surrogates, which are no characters.
    if any("\ud800" <= each <= "\udfff" for each in value):
        raise PaginationError("the server's cursor holds half a character, which no URL can carry")
    if len(value) > _LONGEST or len(quote(value, safe="")) > _LONGEST:
        raise PaginationError(f"the server's cursor has {len(value)} characters, more than a URL can carry")
