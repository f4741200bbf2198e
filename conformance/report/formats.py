"""A record written to files; the ending of the name chooses the format."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from conformance.errors import UsageError
from conformance.report.junit import as_junit
from conformance.report.markdown import as_markdown
from conformance.report.page import as_html
from conformance.report.sarif import as_sarif
from conformance.spec.document import did_you_mean

Format = Callable[[Mapping[str, Any]], str]


def as_json(record: Mapping[str, Any]) -> str:
    """The record itself."""
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


FORMATS: Mapping[str, Format] = {
    ".json": as_json,
    ".html": as_html,
    ".xml": as_junit,
    ".sarif": as_sarif,
    ".md": as_markdown,
}


def format_of(path: Path) -> Format:
    """The format that a name's ending chooses; raises UsageError for an unknown one."""
    if path.suffix not in FORMATS:
        hint = did_you_mean(path.suffix, FORMATS, kind="endings")
        raise UsageError(f"--report {path}: no report format has the ending {path.suffix!r}", hint=hint)
    if not path.parent.is_dir():
        raise UsageError(f"--report {path}: the directory {path.parent} does not exist", hint="Create it first.")
    return FORMATS[path.suffix]


def write(record: Mapping[str, Any], path: Path) -> None:
    """Write the record whole or not at all; raises UsageError where the place cannot be written."""
    text = format_of(path)(record)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        unfinished.write_text(text, encoding="utf-8", errors="backslashreplace")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise UsageError(
            f"--report {path}: cannot be written: {error.strerror}", hint="Choose another place."
        ) from None
