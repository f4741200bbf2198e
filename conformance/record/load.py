"""A record read back from `report.json`: whole and of this format, or an error that says where it is not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema_rs

from conformance import files
from conformance.errors import UsageError
from conformance.pointer import Pointer
from conformance.record.types import Record, typed

MAKE = "`conformance run --report out.json` makes a report."


def load(path: Path) -> Record:
    """The record in a file; raises UsageError where it cannot be read or is no report."""
    return typed(read(path))


def read(path: Path) -> Mapping[str, Any]:
    """The JSON of a report, with keys that are not known here; raises UsageError as `load` does."""
    record = files.read_json(path, hint=MAKE)
    if not isinstance(record, dict) or "operations" not in record:
        raise UsageError(f"{path}: is JSON, but no report", hint=MAKE)
    if record.get("format") != 1:
        raise UsageError(f"{path}: has the format {record.get('format')!r}", hint="This program reads format 1.")
    for error in _validator().iter_errors(record):
        where = Pointer.of(*error.instance_path) or "the whole report"
        raise UsageError(f"{path}: at {where}: {error.message[:200]}", hint=f"The report was changed by hand? {MAKE}")
    return record


@cache
def _validator() -> jsonschema_rs.Validator:
    schema = resources.files("conformance.record").joinpath("report.schema.json").read_text(encoding="utf-8")
    return jsonschema_rs.validator_for(json.loads(schema), validate_formats=True)
