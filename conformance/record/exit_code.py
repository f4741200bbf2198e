"""What a record says as an exit code."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, structs

from conformance.finding import LEVELS, Level
from conformance.record.types import Finding, Operation, Record

HELD: Literal[0] = 0
DRIFT: Literal[1] = 1
USAGE: Literal[2] = 2
COULD_NOT_TELL: Literal[3] = 3
CHECKED = frozenset({"held", "drifted", "known"})


def exit_code(record: Record, *, fail_on: Level) -> Literal[0, 1, 3]:
    """0 all held, 1 drift or a ledger line that no longer holds, 3 could not tell; drift outweighs not knowing."""
    if record.ledger or any(counts(finding, fail_on) for finding in findings(record)):
        return DRIFT
    return COULD_NOT_TELL if unknown(record) else HELD


def sealed(record: Record, *, fail_on: Level) -> Record:
    """The record with its verdict: `fail_on` and `exit`, so that no report reaches another one."""
    return structs.replace(record, fail_on=fail_on, exit=exit_code(record, fail_on=fail_on))


def threshold(record: Record) -> Level:
    """The least level that counts as drift; an error where the record does not say."""
    return Level.ERROR if record.fail_on is UNSET else record.fail_on


def reached(record: Record) -> int:
    """The verdict that a record holds; of one without it, the verdict that `run` would give."""
    return exit_code(record, fail_on=threshold(record)) if record.exit is UNSET else record.exit


def findings(record: Record) -> list[Finding]:
    """All findings of a record."""
    return [finding for operation in record.operations for finding in operation.findings]


def counts(finding: Finding, fail_on: Level) -> bool:
    """Whether a finding is new drift of the level that matters, or above."""
    return not finding.known and LEVELS.index(finding.level) >= LEVELS.index(fail_on)


def unknown(record: Record) -> bool:
    """Whether there is an operation of which this run cannot tell whether it drifted."""
    return not record.operations or any(map(_unknown, record.operations))


def _unknown(operation: Operation) -> bool:
    ended = {outcome.outcome for outcome in operation.outcomes}
    return "errored" in ended or not ended & CHECKED or bool(unchecked(operation))


def unchecked(operation: Operation) -> list[str]:
    """The checks that were not made because the budget of requests ran out."""
    return operation.unchecked
