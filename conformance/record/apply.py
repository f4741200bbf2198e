"""The changes of a report applied to the specs: all of them, or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from conformance import files
from conformance.errors import UsageError
from conformance.propose.edits.draft import Drafts
from conformance.propose.edits.edit import Edit
from conformance.propose.overlay import overlay
from conformance.record.types import Finding, Operation, Record
from conformance.spec.document import Document, did_you_mean
from conformance.spec.load import stems_in

AGAIN = "Run `conformance run` again with --report, and propose from the new report."


@frozen(kw_only=True)
class Applied:
    """One spec with the changes of a report, and from which findings they are."""

    path: Path
    before: str
    """What the file holds; empty where nothing changes."""
    text: str
    """What it would hold; empty as well."""
    diff: str
    findings: tuple[Finding, ...]
    taken: tuple[str, ...]
    """The ids of the findings whose change is in the text."""


def ensure_proposals(record: Record, path: Path) -> None:
    """Raise UsageError for a report that was made before there were proposals."""
    for operation in record.operations:
        if not operation.spec_sha256 or any(one.proposal is None for one in operation.findings):
            raise UsageError(f"{path}: {operation.stem}: the report holds no proposals", hint=AGAIN)


def applied(record: Record, directory: Path, wanted: Sequence[str]) -> list[Applied]:
    """Each spec with its changes; raises UsageError for an unknown finding, or where one change does not apply."""
    known = [finding.id for operation in record.operations for finding in operation.findings]
    for identity in wanted:
        if identity not in known:
            hint = did_you_mean(identity, known, kind="findings of the report")
            raise UsageError(f"no finding {identity!r} in the report", hint=hint)
    rows = [(operation, _chosen(operation, wanted)) for operation in record.operations]
    return [_one(operation, directory, findings) for operation, findings in rows if findings]


def _chosen(operation: Operation, wanted: Sequence[str]) -> list[Finding]:
    return [one for one in operation.findings if not wanted or one.id in wanted]


def _one(operation: Operation, directory: Path, findings: list[Finding]) -> Applied:
    path = directory / f"{operation.stem}.yaml"
    edits: list[Edit] = []
    taken = []
    for finding in findings:
        steps = [_edit(given, path) for given in finding.proposal.edits] if finding.proposal else []
        fresh = [step for step in steps[:-1] if step not in edits]  # the last is the note, once for each change
        edits += [*fresh, *steps[-1:]] if fresh else []
        taken += [finding.id] if steps else []
    _ensure_agreed(edits, path)
    if not edits:
        return Applied(path=path, before="", text="", diff="", findings=tuple(findings), taken=())
    drafts = _drafts(operation, path, taken)
    text, diff = drafts.draft(edits), drafts.diff(edits)
    return Applied(path=path, before=drafts.text, text=text, diff=diff, findings=tuple(findings), taken=tuple(taken))


def _drafts(operation: Operation, path: Path, taken: Sequence[str]) -> Drafts:
    if operation.stem not in stems_in(path.parent):
        raise UsageError(f"{path}: there is no such spec", hint="Name the directory of the specs with --specs.")
    try:
        drafts = Drafts(operation.stem, path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}", hint="Is it the spec of that run?") from None
    if drafts.digest != operation.spec_sha256:
        held = [one for one in taken if f"finding: {one}" in drafts.text]
        also = f"; it documents {', '.join(held)} already" if held else ""
        raise UsageError(f"{path}: is not the spec that the report was made with{also}", hint=AGAIN)
    return drafts


def _edit(given: Mapping[str, Any], path: Path) -> Edit:
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
    """Replace all specs that change, or none; raises UsageError where one cannot be written."""
    try:
        files.replace({one.path: one.text for one in made if one.diff})
    except OSError as error:
        raise files.unwritable(str(error.filename), error, hint="Nothing is changed.") from None


def overlays(made: Sequence[Applied], path: Path, *, version: str) -> dict[Path, str]:
    """The same changes as OpenAPI Overlays: at `path`, or where specs are several beside it, with their stems.

    The ending `.json` makes it JSON, any other one YAML. Raises UsageError where nothing changes.
    """
    changed = [one for one in made if one.diff]
    if not changed:
        raise UsageError(f"--overlay {path}: there is no change to write", hint="`conformance propose` says why.")
    several = len(changed) > 1
    return {
        path.with_name(f"{path.stem}.{one.path.stem}{path.suffix}") if several else path: _rendered(
            _overlay(one, version), path
        )
        for one in changed
    }


def _overlay(one: Applied, version: str) -> dict[str, Any]:
    before, after = (Document.parse(text, name=str(one.path)).content for text in (one.before, one.text))
    title = f"{one.path.stem}: what was seen ({', '.join(one.taken)})"
    return overlay(before, after, title=title, version=version, extends=one.path.name)


def _rendered(content: dict[str, Any], path: Path) -> str:
    if path.suffix == ".json":
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)
    return text
