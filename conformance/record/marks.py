"""What a finding is about in the exchanges that show it, so that a report can mark it there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from conformance.finding import Finding
from conformance.pointer import Expression
from conformance.record.types import Marks
from conformance.sentence import LONGEST, Foreign, Header, Name, Names, Part, Place, Sentence, StandIn, Status, Value


def marks_of(finding: Finding) -> Marks:
    """Places in bodies; values of fields of items, or anywhere in bodies; the status; a header."""
    expected, actual = list(finding.expected.parts()), list(finding.actual.parts())
    places = [str(place) for part in actual if (place := _place(part))]
    places += [str(part.place) for part in (*expected, *actual) if isinstance(part, Expression) and not part.header]
    values = [json.loads(name) for name in finding.unexpected] + ([] if places else list(_values(finding.actual)))
    held = [part for part in actual if isinstance(part, Value) and part.field]
    return Marks(
        places=places,
        fields=[(str(part.field), value) for part in held for value in _shown(part.value)],
        values=[value for index, value in enumerate(values) if value not in values[:index]],
        status=next((part.code for part in actual if isinstance(part, Status)), 0),
        header=next((part.name for part in actual if isinstance(part, Header)), ""),
    )


def _place(part: Part) -> str:
    return part.pointer if isinstance(part, Place) else part.place if isinstance(part, Foreign) else ""


def _values(sentence: Sentence) -> Iterator[Any]:
    """What stands anywhere in bodies: names, and texts that are no field's."""
    for part in sentence.parts():
        if isinstance(part, Name):
            yield from _shown(part.value)
        elif isinstance(part, Names):
            yield from (value for one in part.few for value in _shown(one.value))
        elif isinstance(part, Value) and not part.field and isinstance(part.value, str | StandIn):
            yield from _shown(part.value)


def _shown(value: object) -> Iterator[object]:
    """The value as a body that may be shown has it; nothing for what is too long, or is no single value."""
    if isinstance(value, StandIn):
        yield value.text if value.quote else json.loads(value.text)
    elif isinstance(value, int | float) or (isinstance(value, str) and len(value) <= LONGEST):
        yield value
