"""The findings of a record by cause: under the one that explains them stand those that it explains."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from conformance.record.exit_code import counts, threshold
from conformance.record.levels import ORDER
from conformance.record.types import Finding, Operation, Record


@frozen
class Cause:
    """The finding that explains others, and those; a finding alone explains itself."""

    operation: Operation = field(repr=False)
    head: Finding
    others: list[Finding]

    @property
    def findings(self) -> list[Finding]:
        """All of them, the explaining one first."""
        return [self.head, *self.others]

    @property
    def known(self) -> bool:
        """Whether all of it is known drift."""
        return all(one.known for one in self.findings)

    @property
    def level(self) -> str:
        """The highest level of its findings, of the new ones where there are any."""
        new = [one for one in self.findings if not one.known] or self.findings
        return max((str(one.level) for one in new), key=ORDER.index)

    def fails(self, record: Record) -> bool:
        """Whether it is drift that fails the run."""
        return any(counts(one, threshold(record)) for one in self.findings)


def causes_of(operation: Operation) -> list[Cause]:
    """The causes of an operation for a reader: new before known, errors before notes, else as they were found."""
    ids = {one.id for one in operation.findings}
    groups: dict[str, list[Finding]] = {}
    for one in operation.findings:
        groups.setdefault(one.cause if one.cause in ids else one.id, []).append(one)
    made = [_cause(operation, head, group) for head, group in groups.items()]
    return sorted(made, key=lambda one: (one.known, -ORDER.index(one.level)))


def _cause(operation: Operation, head: str, group: list[Finding]) -> Cause:
    first = next((one for one in group if one.id == head), group[0])
    return Cause(operation, first, [one for one in group if one is not first])


def causes(record: Record) -> list[Cause]:
    """The causes of all operations, the gravest first."""
    every: Iterator[Cause] = (one for operation in record.operations for one in causes_of(operation))
    return sorted(every, key=lambda one: (one.known, -ORDER.index(one.level)))
