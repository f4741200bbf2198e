"""What a draft leaves to be found out: a value that begins with `TODO:` is a question, not a promise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance import pointer
from conformance.spec.document import Document

HOLE = "TODO:"
"""What a value begins with that is still to be found out."""


def check_holes(document: Document) -> None:
    """Raise SpecError for a draft: a value that begins with `TODO:` is a question, not a promise."""
    holes = sorted(document.line(place) for place in _holes(document.content, ""))
    if holes:
        others = f" ({len(holes)} in this file: lines {', '.join(map(str, holes))})" if len(holes) > 1 else ""
        place = next(place for place in document.lines if document.lines[place] == holes[0])
        hint = "Say what the documentation promises, in your own words, or delete the entry."
        raise document.error(place, f"a hole is left: TODO{others}", hint=hint)


def _holes(value: Any, place: str) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _holes(part, pointer.join(place, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _holes(part, pointer.join(place, index))
    elif isinstance(value, str) and value.startswith(HOLE):
        yield place
