"""What one block of a recording shows of one operation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.replay.quick.suspects import SINGLE, Spotless
from conformance.replay.recording.belongs import Matching
from conformance.replay.recording.blocks import Block
from conformance.replay.recording.entries import Entries, Recorded
from conformance.replay.recording.secrets import Exchanges
from conformance.replay.relations.block import Relations
from conformance.replay.relations.walks import Step
from conformance.replay.tally import MOST_SHOWN, Tally, Unreadable, each_once
from conformance.spec.contract import Contract


class Examiner:
    """Looks at blocks, one by one; what it knows of the contract is made once."""

    def __init__(self, contract: Contract, *, checks: Iterable[str], servers: Sequence[str] = ()) -> None:
        self.contract = contract
        self.checks = frozenset(checks)
        self._single = [check for name, check in SINGLE.items() if name in self.checks and not check.needs(contract)]
        self.matching = Matching(contract, servers)
        self._exchanges = Exchanges(contract)
        self._spotless = Spotless(contract)
        self._relations = Relations(contract, self._spotless.sheets)

    def tally(self, block: Block) -> Tally:
        """Everything that a block shows."""
        entries = Entries(self.matching, self._exchanges)
        own = list(entries.read(block.own, block.first))
        sheets = self._spotless.sheets.of_all([recorded.exchange for recorded in own])
        steps = [self._relations.step(recorded, sheet) for recorded, sheet in zip(own, sheets, strict=True)]
        alone = list(self._found(own, steps))
        ahead = Entries(self.matching, self._exchanges).read(block.ahead, block.first + len(block.own))
        others = [recorded for recorded, step in zip(own, steps, strict=True) if step is None]
        related = self._relations.judge([step for step in steps if step], others, ahead)
        kept = [finding for finding in related.findings if finding.check in self.checks]
        unreadable = unread(block, entries.unreadable)
        return Tally(
            lines=len(block.own),
            exchanges=len(own),
            ignored=entries.ignored,
            unreadable=unreadable[:MOST_SHOWN],
            unreadable_count=len(unreadable),
            looks=self._looks(own, steps) + related.looks,
            broken=related.broken,
            found=each_once(self.contract.stem, [*alone, *kept]),
        )

    def _found(self, own: Sequence[Recorded], steps: Sequence[Step | None]) -> Iterator[Finding]:
        for recorded, step in zip(own, steps, strict=True):
            suspects = self._spotless.among(recorded.exchange, step.sheet if step else None)
            for check in self._single if suspects else ():
                if check.id in suspects and check.sees(self.contract, recorded.exchange):
                    yield from check.in_exchange(self.contract, recorded.exchange)

    def _looks(self, own: Sequence[Recorded], steps: Sequence[Step | None]) -> Counter[str]:
        """Which checks saw what they test; one exchange of each kind tells."""
        kinds: dict[Any, Exchange] = {}
        for recorded, step in zip(own, steps, strict=True):
            kinds.setdefault(self._spotless.kind(recorded.exchange, step), recorded.exchange)
        return Counter(
            check.id for check in self._single if any(check.sees(self.contract, one) for one in kinds.values())
        )


def unread(block: Block, lines: Iterable[tuple[int, str]]) -> tuple[Unreadable, ...]:
    """The lines of a block that say nothing, by file and number, and where the file breaks off."""
    broken = [(block.first + len(block.own), f"the file breaks off: {block.broken}")] if block.broken else []
    return tuple((block.file, number, why) for number, why in (*lines, *broken))
