"""What several runs together never met, as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conformance.record.types import Operation, Record, Unseen
from conformance.record.unseen import together
from conformance.report.sheet import Cell, Sheet, Table
from conformance.report.words import by_kind, counted


def coverage(records: Sequence[Record]) -> Sheet:
    """For each operation what it documents and none of the records showed."""
    runs: dict[str, list[Operation]] = {}
    for record in records:
        for operation in record.operations:
            if operation.unseen is not None:
                runs.setdefault(operation.stem, []).append(operation)
    left = {stem: together([one.unseen or [] for one in every]) for stem, every in runs.items()}
    total = sum(map(len, left.values()))
    lead = f"{counted(len(records), 'run')} of {counted(len(runs), 'operation')}: {total:,} documented, and never seen"
    tables = [_table(every, left[stem]) for stem, every in runs.items()]
    return Sheet(title="Documented, not seen", lead=lead, state="errored" if total else "held", tables=tables)


def _table(runs: Sequence[Operation], left: Sequence[Unseen]) -> Table:
    first = runs[0]
    items = max((int((one.profile or {}).get("items", 0)) for one in runs), default=0)
    seen = f"{counted(sum(one.requests for one in runs), 'request')}, at most {counted(items, 'item')} in one run"
    rows = [
        [Cell(kind), Cell(one.name), Cell(f"{first.spec}:{one.line}")]
        for kind, names in _kinds(left).items()
        for one in names
    ]
    note = f"{seen}; everything that is documented was seen" if not rows else seen
    return Table(first.stem, ("kind", "what", "in the spec"), rows, note, path=first.operation)


def _kinds(left: Sequence[Unseen]) -> Mapping[str, list[Unseen]]:
    return {kind: names for kind, names in by_kind(left).items() if names}
