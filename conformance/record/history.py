"""Which promise held since when: what a watch remembers beyond the reports that it keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypedDict

import msgspec

from conformance import files
from conformance.errors import UsageError
from conformance.record.types import Operation, Outcome, Record


class Since(TypedDict):
    """How a check ends, and since when it has ended so."""

    word: str
    since: str


History = dict[str, dict[str, Since]]
"""By stem and check."""
_HINT = "`conformance watch` writes it; delete it to begin anew."


def remembered(path: Path) -> History:
    """The history in a file, none where there is no file; raises UsageError for what is no history."""
    given = files.read_json(path, hint=_HINT) if path.is_file() else {}
    try:
        return msgspec.convert(given, History)
    except msgspec.ValidationError as error:
        raise UsageError(f"{path}: is no history: {error}", hint=_HINT) from None


def updated(history: Mapping[str, Mapping[str, Since]], record: Record) -> History:
    """The history after one more run; a check that could not tell leaves what was known of it."""
    made: History = {stem: dict(checks) for stem, checks in history.items()}
    for operation in record.operations:
        known = made.setdefault(operation.stem, {})
        for check, word in _words(operation):
            if known.get(check, Since(word="", since=""))["word"] != word:
                known[check] = Since(word=word, since=record.started)
    return made


def _words(operation: Operation) -> Iterator[tuple[str, str]]:
    for outcome in operation.outcomes:
        if outcome.outcome not in {"skipped", "errored"}:
            yield outcome.check, _word(operation, outcome)


def _word(operation: Operation, outcome: Outcome) -> str:
    levels = {one.level for one in operation.findings if one.check == outcome.check and not one.known}
    return "news" if outcome.outcome == "drifted" and levels == {"note"} else outcome.outcome
