"""From a finding to the smallest change of its spec, or to a bug report where no change can express it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from conformance import checks
from conformance.errors import ConformanceError
from conformance.finding import Finding
from conformance.propose.bug_report import bug_report
from conformance.propose.case import Case
from conformance.propose.edits.draft import Drafts
from conformance.propose.edits.edit import Change, Edit
from conformance.propose.kinds import bounds, envelope, fields, promises, renames, statuses
from conformance.propose.seen import Seen

KINDS: tuple[Callable[[Case], Change | None], ...] = (
    renames.change,
    envelope.change,
    fields.change,
    statuses.change,
    bounds.change,
    promises.change,
)
NO_ANSWER = "A change is proposed from what a server answers: run against it, and propose from that report."


def proposal(finding: Finding, seen: Seen, drafts: Drafts, shown: Mapping[str, Any]) -> dict[str, Any]:
    """The key `proposal` of a finding in a report; `shown` is the finding as the report has it.

    `diff` of the spec, or `why` there is none and the `bug_report` to send instead; `edits` are what the diff does.
    """
    case = Case(finding, seen)
    if not finding.witness:
        return {"diff": "", "why": NO_ANSWER, "bug_report": "", "edits": []}
    change = next((found for kind in KINDS if (found := kind(case)) is not None), None)
    if change is not None:
        edits = [*change.edits, _deviation(case, change, shown["id"])]
        try:
            return {"diff": drafts.diff(edits), "why": "", "bug_report": "", "edits": [one.as_json() for one in edits]}
        except ConformanceError as error:
            return _none(case, shown, f"A change was tried, and cannot be made: {error}. {error.hint}")
    return _none(case, shown, checks.named(finding.check).no_proposal)


def _none(case: Case, shown: Mapping[str, Any], reason: str) -> dict[str, Any]:
    is_known = case.finding.check == "lifecycle-current"
    return {"diff": "", "why": reason, "bug_report": "" if is_known else bug_report(case, shown), "edits": []}


def _deviation(case: Case, change: Change, identity: str) -> Edit:
    noted = {
        "pointer": change.pointer,
        "says": change.says,
        "instead": change.instead,
        "date": case.seen.day,
        "finding": identity,
    }
    return Edit("include", f"{case.extension}/deviations", noted)
