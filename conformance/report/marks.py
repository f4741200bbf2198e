"""Which parts of an exchange a finding is about, as the record says."""

from __future__ import annotations

import json

from attrs import frozen

from conformance.record.types import Finding


@frozen
class Marks:
    """What to mark: places in the body, values of one field, values anywhere in it, the status, a header."""

    places: frozenset[str] = frozenset()
    fields: tuple[tuple[str, str], ...] = ()
    """Pointer within an item, and the value as JSON."""
    values: frozenset[str] = frozenset()
    """As JSON."""
    status: int = 0
    header: str = ""

    def body(self, place: str, value: object) -> bool:
        """Whether the part of a body at `place`, a JSON Pointer, is what the finding is about."""
        if place in self.places:
            return True
        if isinstance(value, dict | list) or value is None:
            return False
        written = _written(value)
        return written in self.values or any(place.endswith(name) and held == written for name, held in self.fields)


def marks_of(finding: Finding) -> Marks:
    """What a finding points at; nothing where an older report does not say."""
    marks = finding.marks
    return Marks(
        places=frozenset(marks.places),
        fields=tuple((name, _written(value)) for name, value in marks.fields),
        values=frozenset(map(_written, marks.values)),
        status=marks.status,
        header=marks.header.lower(),
    )


def _written(value: object) -> str:
    """A value as JSON, so that 1, true and "1" differ."""
    return json.dumps(value, ensure_ascii=False)
