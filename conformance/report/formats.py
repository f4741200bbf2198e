"""The formats of reports, by the ending of a file's name; what a format needs is imported when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

FORMATS: Mapping[str, tuple[str, str]] = {
    ".json": ("formats", "as_json"),
    ".html": ("page", "as_html"),
    ".xml": ("junit", "as_junit"),
    ".sarif": ("sarif", "as_sarif"),
    ".md": ("markdown", "as_markdown"),
}
"""Ending to module of this package and function in it."""


def rendered(record: Mapping[str, Any], ending: str) -> str:
    """The record in the format of an ending; KeyError for an unknown one."""
    module, function = FORMATS[ending]
    made: Callable[[Mapping[str, Any]], str] = getattr(import_module(f"conformance.report.{module}"), function)
    return made(record)


def as_json(record: Mapping[str, Any]) -> str:
    """The record itself."""
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"
