"""A schema that is inferred holds names and kinds, and never a value."""

from __future__ import annotations

import pytest

from conformance.propose.kinds.inference import inferred, time_pattern


def test_inferred_schemas_hold_no_value() -> None:
    """Types, fields and times are inferred; texts, and names that look like data, are not written down."""
    secrets = [{"name": f"customer-{one}", "at": "2026-05-06T12:00:00Z", "n": one} for one in range(3)]
    labels = [{"cus_83d5a7": "a", "x": "b"}, {"cus_91b2c3": "c"}]

    assert inferred(secrets) == {
        "type": "object",
        "required": ["at", "n", "name"],
        "properties": {
            "name": {"type": "string"},
            "at": {"type": "string", "format": "date-time"},
            "n": {"type": "integer"},
        },
    }
    assert inferred(labels) == {"type": "object", "additionalProperties": True}
    assert "customer" not in repr(inferred([secrets, labels]))


@pytest.mark.parametrize(
    ("texts", "matches", "refuses"),
    [
        (["2026-05-06T12:00:00.1"], "2026-01-01T00:00:00", "2026-01-01T00:00:00Z"),
        (["2026-05-06 12:00:00Z", "2026-05-06 12:00:00"], "2026-05-06 12:00:00+02:00", "2026-05-06T12:00:00"),
        (["yesterday"], "", ""),
    ],
)
def test_times_keep_a_pattern(texts: list[str], matches: str, refuses: str) -> None:
    """The pattern is that of all times seen; what is no time has none."""
    import re  # noqa: PLC0415 - used here alone

    pattern = time_pattern(texts)

    assert bool(re.fullmatch(pattern, matches))
    assert not pattern or not re.fullmatch(pattern, refuses)
