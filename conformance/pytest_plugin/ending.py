"""How one check of a record ended, for pytest: as the terminal shows it."""

from __future__ import annotations

import io

from attrs import frozen
from rich.console import Console

from conformance.finding import Level
from conformance.record.exit_code import counts
from conformance.record.types import Finding, Operation, Record
from conformance.report.printable import printable
from conformance.report.text import show_finding
from conformance.report.words import headline


@frozen(kw_only=True)
class Ending:
    """An outcome, what to say about it, and the ids of its findings."""

    outcome: str
    """`drifted` only where a finding is new and grave enough; else as the record says."""
    text: str
    ids: tuple[str, ...] = ()


def tell(record: Record, check: str, fail_on: Level) -> Ending:
    """How a check ended in the record of one operation."""
    (operation,) = record.operations
    outcome = next(one for one in operation.outcomes if one.check == check)
    found = [finding for finding in operation.findings if finding.check == check]
    if not found:
        return Ending(outcome=outcome.outcome, text=outcome.reason)
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    text = "\n".join([printable(f"{headline(found[0])}{more}"), *(_shown(operation, finding) for finding in found)])
    return Ending(outcome=_outcome(found, fail_on), text=text, ids=tuple(finding.id for finding in found))


def _outcome(found: list[Finding], fail_on: Level) -> str:
    if any(counts(finding, fail_on) for finding in found):
        return "drifted"
    return "known" if all(finding.known for finding in found) else "held"


def _shown(operation: Operation, finding: Finding) -> str:
    console = Console(file=io.StringIO(), highlight=False, color_system=None, width=120)
    with console.capture() as captured:
        show_finding(console, operation, finding)
    return captured.get().strip("\n")
