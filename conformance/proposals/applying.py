"""The changes of a report applied to the specs: all of them, or nothing."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from conformance.document import did_you_mean
from conformance.errors import UsageError
from conformance.proposals.drafts import Drafts
from conformance.proposals.edit import Edit

AGAIN = "Run `conformance run` again with --report, and propose from the new report."


@frozen(kw_only=True)
class Applied:
    """One spec with the changes of a report: what its file would hold, and from which findings."""

    path: Path
    text: str
    diff: str
    findings: tuple[dict[str, Any], ...]
    taken: tuple[str, ...]
    """The ids of the findings whose change is in the text."""


def read_report(path: Path) -> dict[str, Any]:
    """The record in a file; raises UsageError where it is none, or was made before there were proposals."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}", hint="Is the name right?") from None
    except ValueError as error:
        raise UsageError(f"{path}: is not JSON: {error}", hint="Give the file of `--report NAME.json`.") from None
    operations = record.get("operations") if isinstance(record, dict) and record.get("format") == 1 else None
    if not isinstance(operations, list):
        raise UsageError(f"{path}: is no report of format 1", hint="Give the file of `--report NAME.json`.")
    found: dict[str, Any] = record
    for operation in operations:
        if "spec_sha256" not in operation or any("proposal" not in one for one in operation["findings"]):
            raise UsageError(f"{path}: {operation.get('stem')}: the report holds no proposals", hint=AGAIN)
    return found


def applied(record: dict[str, Any], directory: Path, wanted: Sequence[str]) -> list[Applied]:
    """Each spec with its changes; raises UsageError for an unknown finding, or where one change does not apply."""
    known = [finding["id"] for operation in record["operations"] for finding in operation["findings"]]
    for identity in wanted:
        if identity not in known:
            hint = did_you_mean(identity, known, kind="findings of the report")
            raise UsageError(f"no finding {identity!r} in the report", hint=hint)
    return [_one(operation, directory, set(wanted)) for operation in record["operations"] if operation["findings"]]


def _one(operation: dict[str, Any], directory: Path, wanted: set[str]) -> Applied:
    path = directory / f"{operation['stem']}.yaml"
    drafts = _drafts(operation, path)
    findings = [one for one in operation["findings"] if not wanted or one["id"] in wanted]
    edits: list[Edit] = []
    taken = []
    for finding in findings:
        steps = [_edit(given, path) for given in finding["proposal"]["edits"]]
        fresh = [step for step in steps[:-1] if step not in edits]  # the last is the note, once for each change
        edits += [*fresh, *steps[-1:]] if fresh else []
        taken += [finding["id"]] if steps else []
    _ensure_agreed(edits, path)
    text = drafts.draft(edits) if edits else drafts.text
    diff = drafts.diff(edits) if edits else ""
    return Applied(path=path, text=text, diff=diff, findings=tuple(findings), taken=tuple(taken))


def _drafts(operation: dict[str, Any], path: Path) -> Drafts:
    try:
        drafts = Drafts(operation["stem"], path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}", hint="Name its directory with --specs.") from None
    if drafts.digest != operation["spec_sha256"]:
        raise UsageError(f"{path}: is not the spec that the report was made with", hint=AGAIN)
    return drafts


def _edit(given: Any, path: Path) -> Edit:  # noqa: ANN401 - JSON
    try:
        return Edit.from_json(given)
    except (ValueError, AttributeError):
        raise UsageError(f"{path}: the report proposes {given!r}, which is no edit", hint=AGAIN) from None


def _ensure_agreed(edits: Sequence[Edit], path: Path) -> None:
    """Two findings that want the same place otherwise cannot both be documented in one step."""
    settled: dict[str, Edit] = {}
    for edit in edits:
        if edit.op in {"set", "drop"} and settled.setdefault(edit.pointer, edit) != edit:
            hint = "Choose one of them with --finding, regenerate, and run again."
            raise UsageError(f"{path}: two findings change {edit.pointer} in different ways", hint=hint)


def write(made: Sequence[Applied]) -> None:
    """Replace all specs that change; each is whole in a file beside it before the first is replaced."""
    ready: list[tuple[Path, Path]] = []
    try:
        for one in made:
            ready += [(_beside(one), one.path)] if one.diff else []
        for temporary, path in ready:
            temporary.replace(path)
    except OSError as error:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)
        raise UsageError(f"{error.filename}: cannot be written: {error.strerror}", hint="Nothing is changed.") from None


def _beside(one: Applied) -> Path:
    with tempfile.NamedTemporaryFile("wb", dir=one.path.parent, prefix=f".{one.path.name}.", delete=False) as file:
        file.write(one.text.encode())
    temporary = Path(file.name)
    temporary.chmod(one.path.stat().st_mode & 0o777)
    return temporary
