"""The ledger of known drift: what is accepted for now, by whom the reason is given, and since when."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from conformance.errors import UsageError

DEFAULT = Path(__file__).parents[1] / "known_drift.toml"
KEYS = {"operation", "check", "place", "reason", "since", "link"}
REQUIRED = ("operation", "check", "reason", "since")


@frozen
class Entry:
    """One known drift; `operation` is a stem, `place` a part of the finding's pointer or actual."""

    line: int
    operation: str
    check: str
    place: str
    reason: str
    since: str
    link: str

    def matches(self, stem: str, check: str, places: Iterable[str]) -> bool:
        """Whether a finding is the drift that this entry knows."""
        return (self.operation, self.check) == (stem, check) and any(self.place in place for place in places)

    def __str__(self) -> str:
        return f"{self.operation} {self.check}" + (f" {self.place}" if self.place else "")


@frozen
class Ledger:
    """All entries of one file."""

    file: str
    entries: Sequence[Entry] = field(factory=tuple)


def load(path: Path, stems: Iterable[str], checks: Iterable[str]) -> Ledger:
    """Read the ledger; an absent file is an empty one. Raises UsageError with `file:line` for a bad entry."""
    if not path.is_file():
        return Ledger(path.name)
    text = path.read_text(encoding="utf-8")
    try:
        tables = tomllib.loads(text).get("drift", [])
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: {error}", hint="The ledger is TOML: one [[drift]] table for each entry.") from None
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[drift]]"]
    known = {"operation": set(stems), "check": set(checks)}
    return Ledger(str(path), [_entry(path, line, table, known) for line, table in zip(lines, tables, strict=True)])


def _entry(path: Path, line: int, table: dict[str, Any], known: dict[str, set[str]]) -> Entry:
    for key in REQUIRED:
        if not str(table.get(key, "")).strip():
            raise UsageError(
                f"{path}:{line}: known drift without {key}", hint=f"Every entry has {', '.join(REQUIRED)}."
            )
    for key in table.keys() - KEYS:
        raise UsageError(f"{path}:{line}: unknown key {key!r}", hint=f"Keys: {', '.join(sorted(KEYS))}.")
    for key, values in known.items():
        if table[key] not in values:
            raise UsageError(f"{path}:{line}: no {key} {table[key]!r}", hint=f"Known: {', '.join(sorted(values))}.")
    return Entry(line, **{key: str(table.get(key, "")) for key in sorted(KEYS)})
