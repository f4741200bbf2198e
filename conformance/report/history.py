"""A watch as a page: which promise holds since when, and what each run found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conformance.record.exit_code import COULD_NOT_TELL, DRIFT, reached
from conformance.record.history import History, Since
from conformance.record.types import Record
from conformance.report.causes import causes
from conformance.report.sheet import Cell, Sheet, Table
from conformance.report.words import headline, tally, verdict

_KINDS = {DRIFT: "drifted", COULD_NOT_TELL: "errored"}
_WORDS = {DRIFT: "drift", COULD_NOT_TELL: "could not tell"}
_WORST = ("drifted", "news", "known", "held")


def history(remembered: History, runs: Mapping[str, Record]) -> Sheet:
    """The page; `runs` are the records that are kept, by the address of their page, the latest last."""
    latest = list(runs.values())[-1]
    state = _KINDS.get(reached(latest), "held")
    lead = f"{verdict(latest)[1]} ({tally(latest)}) at {latest.target}, {_day(latest.started)}"
    tables = [Table(stem, ("check", "now", "since (UTC)"), _checks(checks)) for stem, checks in remembered.items()]
    found = [[Cell(headline(one.head))] for one in causes(latest) if not one.known]
    now = [Table("What drifts now", ("finding",), found)] if found else []
    return Sheet(title="What holds since when", lead=lead, state=state, tables=[*now, *tables, _runs(runs)])


def _checks(checks: Mapping[str, Since]) -> Sequence[Sequence[Cell]]:
    """What drifts first, then the latest change first."""
    rows = sorted(checks.items(), key=lambda one: one[1]["since"], reverse=True)
    rows.sort(key=lambda one: _WORST.index(one[1]["word"]))
    return [[Cell(check), Cell(one["word"], one["word"]), Cell(_day(one["since"]))] for check, one in rows]


def _runs(runs: Mapping[str, Record]) -> Table:
    rows = [
        [
            Cell(_day(record.started), href=href),
            Cell(_WORDS.get(reached(record), "held"), _KINDS.get(reached(record), "held")),
            Cell(tally(record)),
            Cell(f"{sum(one.requests for one in record.operations):,}"),
        ]
        for href, record in reversed(list(runs.items()))
    ]
    return Table("Runs that are kept", ("began (UTC)", "verdict", "causes", "requests"), rows)


def _day(started: str) -> str:
    return started[:16].replace("T", " ") if started.endswith("Z") else started
