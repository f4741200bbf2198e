"""The record is typed: `report.json` is what the types say, and says what they hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.record import types
from conformance.tests.report import records

SCHEMA = Path(types.__file__).with_name("report.schema.json")


def store() -> None:
    """Write the schema that the types have."""
    SCHEMA.write_text(json.dumps(types.schema(), indent=2) + "\n", encoding="utf-8")


def test_the_schema_is_that_of_the_types() -> None:
    """`report.schema.json` says what `record/types.py` says; `store` above writes it anew."""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == types.schema()


@pytest.mark.parametrize("make", [records.empty, records.clean, records.untold, records.varied, records.hostile])
def test_a_record_says_what_its_json_says(make: Any) -> None:
    """Read and written again, a report has every key that it had, with the same value."""
    given = make()

    assert _of(given, types.plain(types.typed(given))) == given


def test_keys_may_be_added() -> None:
    """A key that is not known yet is passed over, and where one with a default is absent it has that."""
    given = records.record(records.operation("one_sessions", records.finding(news=1)), news={"a": []})
    del given["operations"][0]["findings"][0]["reason"]

    (operation,) = types.typed(given).operations

    assert (operation.findings[0].reason, operation.findings[0].proposal) == ("", None)


def _of(stored: Any, made: Any) -> Any:
    if isinstance(stored, dict):
        return {key: _of(part, made[key]) for key, part in stored.items()}
    return [_of(*pair) for pair in zip(stored, made, strict=True)] if isinstance(stored, list) else made
