"""What a draft leaves to be found out: a value that begins with `TODO:` is a question, not a promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conformance.jsontext import Json, elements_of, members_of
from conformance.pointer import TOP, Pointer
from conformance.spec.document import Document

HOLE = "TODO:"
"""What a value begins with that is still to be found out."""


def check_holes(document: Document) -> None:
    """Raise SpecError for a draft: a value that begins with `TODO:` is a question, not a promise."""
    holes = sorted(document.line(place) for place in _holes(document.content, TOP))
    if holes:
        others = f" ({len(holes)} in this file: lines {', '.join(map(str, holes))})" if len(holes) > 1 else ""
        place = next(place for place in document.lines if document.lines[place] == holes[0])
        hint = "Say what the documentation promises, in your own words, or delete the entry."
        raise document.error(place, f"a hole is left: TODO{others}", hint=hint)


def _holes(value: Json, place: Pointer) -> Iterator[Pointer]:
    parts: Iterable[tuple[str | int, Json]] = members_of(value).items() or enumerate(elements_of(value))
    for key, part in parts:
        yield from _holes(part, place.below(key))
    if isinstance(value, str) and value.startswith(HOLE):
        yield place
