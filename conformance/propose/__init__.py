"""From a finding to the smallest change of its spec, or to a bug report where no change can express it."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from conformance import checks
from conformance.errors import ConformanceError
from conformance.finding import Finding
from conformance.propose.bug_report import bug_report
from conformance.propose.case import Case, Told
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


@frozen(kw_only=True)
class Proposal:
    """The difference of the spec, or why there is none and the report to send instead."""

    diff: str = ""
    why: str = ""
    bug_report: str = ""
    edits: tuple[Edit, ...] = ()
    """What the difference does."""


def proposal(finding: Finding, seen: Seen, drafts: Drafts, told: Told) -> Proposal:
    """What is proposed for one finding."""
    case = Case(finding, seen, told)
    if not finding.witness:
        return Proposal(why=NO_ANSWER)
    change = next((found for kind in KINDS if (found := kind(case)) is not None), None)
    if change is None:
        return _none(case, checks.named(finding.check).no_proposal)
    edits = (*change.edits, _deviation(case, change))
    try:
        return Proposal(diff=drafts.diff(edits), edits=edits)
    except ConformanceError as error:
        return _none(case, f"A change was tried, and cannot be made: {error}. {error.hint}")


def _none(case: Case, why: str) -> Proposal:
    is_known = case.finding.check == "lifecycle-current"
    return Proposal(why=why, bug_report="" if is_known else bug_report(case))


def _deviation(case: Case, change: Change) -> Edit:
    noted = {
        "pointer": str(change.pointer),
        "says": change.says,
        "instead": change.instead,
        "date": case.seen.day,
        "finding": case.told.id,
    }
    return Edit("include", case.extension.below("deviations"), noted)
