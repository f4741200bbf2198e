"""The formats of reports, by the ending of a file's name; what a format needs is imported when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import import_module

from conformance.record.types import Record, plain

FORMATS: Mapping[str, tuple[str, str]] = {
    ".json": ("formats", "as_json"),
    ".html": ("page", "as_html"),
    ".xml": ("junit", "as_junit"),
    ".sarif": ("sarif", "as_sarif"),
    ".md": ("markdown", "as_markdown"),
}
"""Ending to module of this package and function in it."""


def rendered(record: Record, ending: str) -> str:
    """The record in the format of an ending; KeyError for an unknown one."""
    module, function = FORMATS[ending]
    made: Callable[[Record], str] = getattr(import_module(f"conformance.report.{module}"), function)
    return made(record)


def as_json(record: Record) -> str:
    """The record itself."""
    return dumped(plain(record))


def dumped(given: object) -> str:
    """JSON as reports have it."""
    return json.dumps(given, indent=2, ensure_ascii=False) + "\n"
