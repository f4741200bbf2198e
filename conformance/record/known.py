"""The ledger of known drift: what is accepted for now, by whom the reason is given, and since when."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from conformance import files
from conformance.errors import UsageError
from conformance.record.toml_lines import line_of, table_lines
from conformance.spec.document import did_you_mean

DEFAULT = Path(__file__).parents[1] / "known_drift.toml"
ARRAY = "drift"
KEYS = {"operation", "check", "finding", "place", "reason", "since", "until", "link"}
REQUIRED = ("operation", "check", "reason", "since")
_HINT = "The ledger is TOML: one [[drift]] table for each entry."


@frozen
class Entry:
    """One known drift; `operation` is a stem, `finding` an id, `place` a part of the finding's pointer or actual."""

    line: int
    operation: str
    check: str
    place: str
    reason: str
    since: str
    link: str
    finding: str = ""
    until: str = ""
    """The last day on which it is accepted, as an ISO date; empty where none is said."""

    def matches(self, stem: str, check: str, identity: str, places: Iterable[str]) -> bool:
        """Whether a finding is the drift that this entry knows."""
        is_it = self.finding in {"", identity} and any(self.place in place for place in places)
        return (self.operation, self.check) == (stem, check) and is_it

    def is_over(self, day: str) -> bool:
        """Whether its last day is before an ISO date."""
        return bool(self.until) and self.until < day

    def __str__(self) -> str:
        return " ".join(filter(None, (self.operation, self.check, self.finding, self.place)))


@frozen
class Ledger:
    """All entries of one file."""

    file: str
    entries: Sequence[Entry] = field(factory=tuple)
    day: str = field(factory=lambda: dt.datetime.now(dt.UTC).date().isoformat())
    """The day on which it is read, as an ISO date."""


def entry(parts: Mapping[str, str]) -> str:
    """One entry as a ledger writes it; what is empty is left out."""
    return "\n[[drift]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in parts.items() if value)


def load(path: Path | None, stems: Iterable[str], checks: Iterable[str]) -> Ledger:
    """Read the ledger at a path; our own without one, which may be absent.

    Raises UsageError with `file:line` for what no ledger can say.
    """
    if path is None and not DEFAULT.is_file():
        return Ledger(DEFAULT.name)
    path = path or DEFAULT
    text = files.read(path, hint="--ledger names a file that is there.")
    tables = _tables(path, text)
    known = {"operation": set(stems), "check": set(checks)}
    entries = zip(table_lines(text, ARRAY), tables, strict=True)
    return Ledger(str(path), [_entry(f"{path}:{line}", line, table, known) for line, table in entries])


def _tables(path: Path, text: str) -> list[dict[str, Any]]:
    content = files.parse_toml(text, name=str(path), hint=_HINT)
    for key in content.keys() - {ARRAY}:
        raise UsageError(f"{path}:{line_of(text, key)}: unknown table {key!r}", hint=_HINT)
    tables = content.get(ARRAY, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{path}:{line_of(text, ARRAY)}: {ARRAY!r} is no array of tables", hint=_HINT)
    return tables


def _entry(where: str, line: int, table: dict[str, Any], known: Mapping[str, Collection[str]]) -> Entry:
    for key in REQUIRED:
        if not str(table.get(key, "")).strip():
            raise UsageError(f"{where}: known drift without {key}", hint=f"Every entry has {', '.join(REQUIRED)}.")
    for key, value in table.items():
        if key not in KEYS:
            raise UsageError(f"{where}: unknown key {key!r}", hint=did_you_mean(key, KEYS, kind="keys"))
        if not isinstance(value, (str, dt.date) if key in {"since", "until"} else str):
            raise UsageError(f"{where}: {key} is {value!r}, which is no text", hint="Put it in quotes.")
    until = str(table.get("until", ""))
    if until and not _is_day(until):
        raise UsageError(f"{where}: until is {until!r}, which is no date", hint="Write it as 2027-01-31.")
    for key, values in known.items():
        if table[key] not in values:
            hint = did_you_mean(table[key], values, kind=f"{key}s")
            raise UsageError(f"{where}: no {key} {table[key]!r}", hint=hint)
    return Entry(line, **{key: str(table.get(key, "")) for key in sorted(KEYS)})


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
