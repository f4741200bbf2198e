"""Which server keeps what: implementations against families of checks, one table for each operation."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from conformance.record.types import Operation, Record
from conformance.report import matrix
from conformance.report.causes import Cause, causes_of
from conformance.report.sheet import Cell, Sheet, Table
from conformance.report.words import counted, headline

SUPPORTED, BROKEN, OPEN, NEWS = "supported", "broken", "ambiguous", "news"
UNTOLD, UNDOCUMENTED = "not told", "not documented"
MARKS = {SUPPORTED: "✓", BROKEN: "✗", OPEN: "!", NEWS: "·", UNTOLD: "?", UNDOCUMENTED: "-"}
KINDS = {
    SUPPORTED: "held",
    BROKEN: "drifted",
    OPEN: "errored",
    NEWS: "news",
    UNTOLD: "errored",
    UNDOCUMENTED: "skipped",
}


LEGEND = ", ".join(f"{mark} {word}" for word, mark in MARKS.items())


@frozen
class Run:
    """One operation of one implementation, with where its report is."""

    record: Record
    operation: Operation
    href: str

    @property
    def name(self) -> str:
        """The implementation, as it was named, or else where it was asked."""
        return self.record.implementation or self.record.target

    @property
    def date(self) -> str:
        """When it began."""
        return self.record.started

    @property
    def causes(self) -> list[Cause]:
        """What breaks, by cause."""
        return [one for one in causes_of(self.operation) if one.level == "error"]


def implementations(records: Sequence[tuple[str, Record]]) -> Sheet:
    """A table for each operation, the implementations that keep most first; records, each after where its page is."""
    runs = [Run(record, one, href) for href, record in records for one in record.operations]
    stems = sorted({run.operation.stem for run in runs})
    names = sorted({run.name for run in runs})
    lead = f"{counted(len(names), 'implementation')} of {counted(len(stems), 'operation')}: {', '.join(names)}"
    tables = [table for stem in stems for table in _tables([run for run in runs if run.operation.stem == stem])]
    newest = _newest(runs)
    state = "drifted" if any(run.causes for run in newest) else "held"
    return Sheet(title="Which server keeps what", lead=lead, state=state, tables=[_overview(newest, stems), *tables])


def _newest(runs: Sequence[Run]) -> list[Run]:
    """The latest run of each version of an implementation, those that break least first."""
    latest = {(one.name, one.record.version, one.operation.stem): one for one in sorted(runs, key=lambda one: one.date)}
    return sorted(latest.values(), key=lambda run: (len(run.causes), run.name, run.record.version))


def _overview(runs: Sequence[Run], stems: Sequence[str]) -> Table:
    servers: dict[tuple[str, str], dict[str, Run]] = {}
    for run in runs:
        servers.setdefault((run.name, run.record.version), {})[run.operation.stem] = run
    ordered = sorted(servers.items(), key=lambda one: (sum(len(run.causes) for run in one[1].values()), one[0]))
    rows = [
        [Cell(name), Cell(version), *(_whole(every.get(stem)) for stem in stems)] for (name, version), every in ordered
    ]
    return Table("All operations", ("implementation", "version", *stems), rows)


def _whole(run: Run | None) -> Cell:
    if run is None:
        return Cell("not checked", "skipped")
    if run.causes:
        return Cell(f"{len(run.causes)} broken", "drifted", run.href)
    told = all(outcome.outcome != "errored" for outcome in run.operation.outcomes)
    is_open = any(cause.level == "warning" for cause in causes_of(run.operation))
    word = OPEN if is_open else SUPPORTED if told else UNTOLD
    return Cell(word, KINDS[word], run.href)


def _tables(runs: Sequence[Run]) -> list[Table]:
    ordered = _newest(runs)
    families = list(dict.fromkeys(name for run in ordered for name in matrix.families(run.record)))
    columns = ("implementation", "version", "date", *families)
    rows = [[*_who(run), *(_cell(run, family) for family in families)] for run in ordered]
    first = ordered[0].operation
    broken = [
        [Cell(run.name), Cell(run.record.version), Cell(headline(cause.head), href=_finding(run, cause))]
        for run in ordered
        for cause in run.causes
    ]
    found = Table(f"{first.stem}: what is broken", ("implementation", "version", "finding"), broken)
    again = [[Cell(run.name), Cell(run.record.version), Cell(_command(run))] for run in ordered]
    return [
        Table(first.stem, columns, rows, LEGEND, path=first.operation),
        *([found] if broken else []),
        Table(f"{first.stem}: how to see it again", ("implementation", "version", "command"), again),
    ]


def _who(run: Run) -> list[Cell]:
    return [Cell(run.name, href=run.href), Cell(run.record.version), Cell(run.date[:10])]


def _finding(run: Run, cause: Cause) -> str:
    return f"{run.href}#finding-{cause.head.id}" if run.href else ""


def _cell(run: Run, family: str) -> Cell:
    names = matrix.families(run.record)
    cell = next((one for one in matrix.cells(run.record, run.operation, names) if one.family == family), None)
    if cell is None:
        return Cell(UNDOCUMENTED, KINDS[UNDOCUMENTED], mark=MARKS[UNDOCUMENTED])
    word = _word(cell)
    first = next((one for one in cell.findings if one.level == "error"), next(iter(cell.findings), None))
    href = f"{run.href}#finding-{first.id}" if run.href and first and word in {BROKEN, OPEN, NEWS} else ""
    return Cell(word, KINDS[word], href, cell.words, MARKS[word])


def _word(cell: matrix.Cell) -> str:
    if any(one.level == "error" for one in cell.findings):
        return BROKEN
    if cell.counts.get("errored"):
        return UNTOLD
    if cell.counts.get("drifted"):
        return OPEN
    if cell.outcome == "news":
        return NEWS
    return SUPPORTED if cell.counts.get("held") else UNDOCUMENTED


def _command(run: Run) -> str:
    """The run itself; the embedded mock is asked again with what it was told."""
    words = run.operation.start.rpartition("; ")[2].removesuffix(" &").split(" ")
    if words[:2] == ["conformance", "mock"]:
        return " ".join(["conformance run", run.operation.stem, *words[5:]])
    return f"conformance run {run.operation.stem} --target {run.record.target} --seed {run.record.seed}"
