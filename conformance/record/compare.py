"""Two records compared: which drift is new, which is gone, which is still there, and what cannot be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import field, frozen

from conformance.finding import Level
from conformance.record.exit_code import COULD_NOT_TELL, DRIFT, HELD, counts, unknown
from conformance.record.types import Finding, Operation, Outcome, Record

Key = tuple[str, str]
"""Stem and id of a finding, or stem and id of a check."""


@frozen
class Difference:
    """One finding of two records, with its operation; `why` says why it cannot be told to be gone."""

    operation: Operation = field(repr=False)
    finding: Finding = field(repr=False)
    why: str = ""


@frozen(kw_only=True)
class Comparison:
    """What became of every finding between two records."""

    new: list[Difference]
    still: list[Difference]
    gone: list[Difference]
    untold: list[Difference]
    """Found before, and their check gave no verdict now."""
    unchecked: list[tuple[str, str, str]]
    """Checks that gave a verdict before and give none now: stem, check, why."""
    blind: bool
    """Whether the new record cannot tell of some operation."""

    def exit_code(self, fail_on: Level) -> int:
        """1 for new drift of that level that is not known, 3 where the new record cannot tell, else 0."""
        if any(counts(one.finding, fail_on) for one in self.new):
            return DRIFT
        return COULD_NOT_TELL if self.blind else HELD


def compare(old: Record, new: Record) -> Comparison:
    """Compare two records by the ids of their findings, which stay the same for the same drift."""
    before, after = dict(_findings(old)), dict(_findings(new))
    ended = dict(_outcomes(new))
    lost = {key: _no_verdict(ended, one) for key, one in before.items() if key not in after}
    return Comparison(
        new=[one for key, one in after.items() if key not in before],
        still=[one for key, one in after.items() if key in before],
        gone=[before[key] for key, why in lost.items() if not why],
        untold=[Difference(before[key].operation, before[key].finding, why) for key, why in lost.items() if why],
        unchecked=[
            (*key, _why(ended.get(key))) for key, one in _outcomes(old) if _told(one) and not _told(ended.get(key))
        ],
        blind=unknown(new),
    )


def _findings(record: Record) -> Iterator[tuple[Key, Difference]]:
    for operation in record.operations:
        for finding in operation.findings:
            yield (operation.stem, finding.id), Difference(operation, finding)


def _outcomes(record: Record) -> Iterator[tuple[Key, Outcome]]:
    for operation in record.operations:
        for outcome in operation.outcomes:
            yield (operation.stem, outcome.check), outcome


def _no_verdict(ended: Mapping[Key, Outcome], one: Difference) -> str:
    """Why a finding that is not seen any more is not known to be gone; empty where it is."""
    outcome = ended.get((one.operation.stem, one.finding.check))
    return "" if _told(outcome) else _why(outcome)


def _told(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.outcome not in {"skipped", "errored"}


def _why(outcome: Outcome | None) -> str:
    return f"{outcome.outcome}: {outcome.reason}" if outcome else "not run"
