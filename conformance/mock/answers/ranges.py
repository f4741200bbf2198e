"""Where a page stands in its listing, as `Content-Range` says it, and what is changed in it."""

from __future__ import annotations

import re

from conformance.spec.counters import Counter, Counts


def content_range(unit: str, first: int, size: int, total: int | None) -> str:
    """A page of so many items from a position on; without items it has no range, and `*` is an unknown total."""
    reach = f"{first}-{first + size - 1}" if size else "*"
    return f"{unit} {reach}/{'*' if total is None else total}"


def moved(text: str, by: int) -> str:
    """The range some positions further on."""
    return re.sub(r" (\d+)-(\d+)/", lambda found: f" {int(found[1]) + by}-{int(found[2]) + by}/", text)


def started_over(text: str) -> str:
    """The range as it would be on the first page."""
    found = re.search(r" (\d+)-", text)
    return moved(text, -int(found[1])) if found else text


def counted(counter: Counter, text: str, number: int | None) -> str:
    """The text with another number where the counter has its own: the range grows or shrinks, or the total changes."""
    reach, _, total = text.partition("/")
    if counter.counts is not Counts.PAGE:
        return f"{reach}/{'*' if number is None else number}"
    unit, _, positions = reach.partition(" ")
    first = int(positions.partition("-")[0]) if "-" in positions else 0
    return content_range(unit, first, number or 0, None if total == "*" else int(total))
