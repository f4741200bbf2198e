"""The relations between the exchanges of one block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conformance.checks import named
from conformance.checks.access_existence import SIGNALS
from conformance.exchange import Exchange
from conformance.replay.quick.sheets import Sheet, Sheets
from conformance.replay.recording.entries import Recorded
from conformance.replay.relations.along_walk import along
from conformance.replay.relations.filters import complete, sound
from conformance.replay.relations.judgement import Judgement
from conformance.replay.relations.repeats import Readings
from conformance.replay.relations.visit import RecordedVisit, judged
from conformance.replay.relations.walks import Step, Walks
from conformance.spec.contract import Contract

_SIGNALS = frozenset(name.encode() for name in SIGNALS)


class Relations:
    """Judges what was recorded of one operation."""

    def __init__(self, contract: Contract, sheets: Sheets) -> None:
        self.contract = contract
        self._walks = Walks(contract, sheets)

    def step(self, recorded: Recorded, sheet: Sheet | None) -> Step | None:
        """The page in an exchange, from its sheet; None where it holds none."""
        return self._walks.step(recorded, sheet)

    def judge(self, own: Sequence[Step], others: Sequence[Recorded], ahead: Iterable[Recorded]) -> Judgement:
        """What the pages of a block show, and its other exchanges, with those after it in which its walks go on."""
        judgement = Judgement(self.contract)
        readings = Readings(self.contract, judgement)
        for step in sorted(own, key=lambda step: step.recorded.started):
            readings.take(step)
            if self._walks.split(step.exchange.query)[1] is None:
                sound(self.contract, step, judgement)
        walks = self._walks.found(own, [*others, *ahead])
        for walk in walks:
            along(self.contract, walk, judgement)
        complete(self.contract, walks, judgement)
        self._lifecycle(own, judgement)
        return judgement

    def _lifecycle(self, own: Sequence[Step], judgement: Judgement) -> None:
        """Judge what announces the end of the operation; one page tells where none does."""
        announcing = [step for step in own if _announces(step.exchange)]
        for step in announcing or own[:1]:
            visit = RecordedVisit(self.contract, [step.page])
            judgement.note("lifecycle-current", judged(named("lifecycle-current").of_visit, visit))


def _announces(exchange: Exchange) -> bool:
    """Whether a header says that the operation ends."""
    return any(name.lower() in _SIGNALS for name, _ in exchange.headers.raw)
