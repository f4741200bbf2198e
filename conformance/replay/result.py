"""From the sum of what a recording showed to the result that reports are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conformance.checks.base import Check
from conformance.record.recording import Line, Recording, Unreadable
from conformance.replay.relations.judgement import believed
from conformance.replay.tally import Found, Tally
from conformance.result import Outcome, Result
from conformance.spec.contract import Contract


def result_of(contract: Contract, checks: Sequence[Check], tally: Tally, *, seconds: float) -> Result:
    """The result of one operation; `requests` counts the recorded exchanges, of which none was sent again."""
    found = _believed(tally)
    return Result(
        contract=contract,
        requests=tally.exchanges,
        seconds=seconds,
        outcomes=tuple(_outcome(contract, check, tally, found.values()) for check in checks),
        findings=tuple((one.finding, one.count) for _, one in sorted(found.items(), key=_place)),
    )


def _place(named: tuple[str, Found]) -> tuple[str, str]:
    name, found = named
    return found.finding.check, name


def _believed(tally: Tally) -> dict[str, Found]:
    return {
        name: found
        for name, found in tally.found.items()
        if believed(found.finding.check, tally.looks[found.finding.check], tally.broken[found.finding.check])
    }


def _outcome(contract: Contract, check: Check, tally: Tally, found: Iterable[Found]) -> Outcome:
    why = check.needs(contract)
    if why:
        return Outcome(check.id, "skipped", why)
    if any(one.finding.check == check.id for one in found):
        return Outcome(check.id, "drifted")
    looks, broken = tally.looks[check.id], tally.broken[check.id]
    if broken:
        return Outcome(check.id, "skipped", f"broken in {broken} of {looks} looks, as a collection that moves may do")
    if looks:
        return Outcome(check.id, "held")
    return Outcome(check.id, "skipped", _unseen(check, tally))


def _unseen(check: Check, tally: Tally) -> str:
    if check.of_exchange is not None:
        return f"none of {tally.exchanges} recorded answers showed what it tests"
    if check.recorded:
        return f"the {tally.exchanges} recorded exchanges hold nothing to compare"
    return "it sends requests of its own, and a replay sends none"


def recording(tally: Tally, files: Iterable[str]) -> Recording:
    """What was read, for the record."""
    first = [Line(file=file, line=line, why=why) for file, line, why in tally.unreadable]
    return Recording(
        files=list(files),
        entries=tally.lines,
        exchanges=tally.exchanges,
        ignored=dict(sorted(tally.ignored.items())),
        unreadable=Unreadable(count=tally.unreadable_count, first=first),
    )
