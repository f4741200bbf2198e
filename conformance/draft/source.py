"""What is known of an operation before anyone has read its documentation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from conformance.jsontext import Json

Part = dict[str, Any]
"""A part of the spec that is drafted: a schema, a parameter, an item."""
TODO = "TODO: "
UNTOLD = "JSON of a shape that is not documented."
BAD_VALUES = frozenset({"400", "422", "4XX"})
"""Statuses with which a bad value may be answered."""


@frozen(kw_only=True)
class Source:
    """The parts of one list operation, as plain OpenAPI 3.1."""

    document: str
    """The file that it comes from."""
    path: str
    server: str
    """Empty where it is not known."""
    summary: str
    deprecated: bool
    parameters: Sequence[Part]
    """Query parameters, references resolved at their top."""
    elsewhere: Sequence[Part] = ()
    """Parameters of the path, and headers that every request must have."""
    left_out: Sequence[str]
    """What a spec has no place for, in words."""
    page: Part
    """Schema of the 200 body."""
    schemas: Mapping[str, Part]
    """The components that anything here refers to."""
    headers: Mapping[str, Part]
    """Of the 200 response, as OpenAPI has them."""
    others: Mapping[str, Part | None] = field(factory=dict)
    """Statuses that are neither the page's nor a refusal's, to the schema of their bodies."""
    refusals: Mapping[str, Part | None]
    """Status to the schema of its body."""
    security: Mapping[str, Part]
    """Name to security scheme; empty where none is known."""
    requirements: Sequence[Sequence[str]] = ()
    """The names of schemes that are enough together, for each alternative."""
    public: bool = False
    """Whether no credential is needed."""
    items: Sequence[Part] = field(factory=tuple)
    """Items that were published as examples, or recorded."""
    rows: Part = field(factory=dict)
    """How rows of values become the items, where they come so, and `at`: where they are."""
    guessed: bool = False
    """Whether the schemas were inferred from values."""


def answers_bad_values(source: Source) -> bool:
    """Whether a status is published with which a bad value may be answered."""
    return bool(BAD_VALUES & source.refusals.keys())


def items_in(body: Json) -> list[Part]:
    """The objects that a page lists: it is a list of them, or has one, at most one object deep."""
    if isinstance(body, list):
        return [dict(item) for item in body if isinstance(item, dict)]
    if not isinstance(body, dict):
        return []
    return max((items_in(part) for part in body.values() if isinstance(part, list)), key=len, default=[])
