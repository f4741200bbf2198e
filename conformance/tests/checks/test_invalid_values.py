"""Texts that no reading of a parameter's schema allows: sent to see whether they are refused."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.refusal import ABSENT_NAME, invalid_values

LETTERS = "a" * 4
SCHEMAS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "an integer or null": ({"type": ["integer", "null"], "minimum": 1, "maximum": 9}, {"abc", "0", "10"}),
    "an integer or a number": ({"type": ["integer", "number"]}, {"abc"}),
    "an integer or a text": ({"type": ["integer", "string"], "minimum": 1, "maxLength": 3}, set()),
    "listed values of two types": ({"type": ["integer", "string"], "enum": ["a", 1]}, {ABSENT_NAME}),
    "a flag or null": ({"type": ["boolean", "null"]}, {"maybe"}),
    "a short text or null": ({"type": ["string", "null"], "maxLength": 3}, {LETTERS}),
    "a time or null": ({"type": ["string", "null"], "format": "date-time"}, {"yesterday"}),
    "an array of integers": ({"type": "array", "items": {"type": "integer"}}, {"abc"}),
    "anything": ({}, set()),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_only_what_every_type_rules_out_is_wrong(name: str) -> None:
    """A text that one of several types allows may be taken."""
    schema, expected = SCHEMAS[name]

    assert {bad.text for bad in invalid_values(schema)} == expected
