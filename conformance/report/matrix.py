"""A record as a matrix: operations down, families of checks across, in each cell how the checks ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import field, frozen

from conformance.record.exit_code import counts, threshold
from conformance.record.levels import ORDER
from conformance.record.types import Finding, Operation, Outcome, Record
from conformance.report.words import OUTCOMES

TELLING = ("drifted", "errored", "news", "known", "held", "skipped")
"""Which word a cell shows, the most telling first."""
ANY = "checks"
"""The one family of a record that does not name any."""


@frozen
class Cell:
    """How the checks of one family ended on one operation."""

    family: str
    counts: Mapping[str, int]
    findings: Sequence[Finding] = field(repr=False)

    @property
    def outcome(self) -> str:
        """The most telling outcome; empty where no check of the family ran."""
        return next((outcome for outcome in TELLING if self.counts.get(outcome)), "")

    @property
    def level(self) -> str:
        """The highest level of the new findings; empty where there is none."""
        levels = [finding.level for finding in self.findings if not finding.known]
        return max(levels, key=ORDER.index, default="")

    @property
    def words(self) -> str:
        """All outcomes with their numbers: `1 drifted, 7 held`."""
        return ", ".join(f"{self.counts[one]} {one}" for one in TELLING if self.counts.get(one)) or "no check"


def families(record: Record) -> list[str]:
    """The families of all checks, in the order of the record."""
    return list(dict.fromkeys(_family(one) for operation in record.operations for one in operation.outcomes))


def cells(record: Record, operation: Operation, names: Sequence[str]) -> list[Cell]:
    """The cells of one operation's row."""
    family = {outcome.check: _family(outcome) for outcome in operation.outcomes}
    counts = {name: Counter[str]() for name in names}
    for outcome in operation.outcomes:
        counts[_family(outcome)][ended(record, operation, outcome)] += 1
    found = {name: [one for one in operation.findings if family.get(one.check) == name] for name in names}
    return [Cell(name, dict(counts[name]), found[name]) for name in names]


def totals(record: Record, operation: Operation) -> dict[str, int]:
    """How many checks of an operation ended in each way."""
    counts = Counter(ended(record, operation, outcome) for outcome in operation.outcomes)
    return {word: counts[word] for word in OUTCOMES}


def ended(record: Record, operation: Operation, outcome: Outcome) -> str:
    """How a check ended, in a word: `news` where it found notes alone, which contradict no promise and fail no run."""
    new = [one for one in operation.findings if one.check == outcome.check and not one.known]
    is_news = all(one.level == "note" and not counts(one, threshold(record)) for one in new)
    return "news" if outcome.outcome == "drifted" and new and is_news else outcome.outcome


def _family(outcome: Outcome) -> str:
    return outcome.family or ANY
