"""Where a page stands in its listing, as `Content-Range` says it (RFC 9110): `items 0-24/319`."""

from __future__ import annotations

import re

from attrs import frozen

_FORM = re.compile(r"[!#-'*+.^_`|~0-9A-Za-z-]+ (?:([0-9]+)-([0-9]+)|\*)/([0-9]+|\*)", re.ASCII)


@frozen
class ContentRange:
    """The positions of a page's first and last item, from 0, and how many items there are."""

    first: int | None
    """None of a page without items, which has no range: `*`."""
    last: int | None
    total: int | None
    """None where nobody counted: `*`."""

    @property
    def size(self) -> int:
        """How many items stand from the first to the last."""
        return 0 if self.first is None or self.last is None else self.last - self.first + 1


def read_range(text: object) -> ContentRange | None:
    """What a header says, or None where it is not of this form."""
    found = _FORM.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        return None
    first, last, total = (int(part) if part and part.isdecimal() else None for part in found.groups())
    return ContentRange(first, last, total)
