"""The lines of a recording that holds several operations, each with the operation that it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from attrs import evolve, field, frozen

from conformance.replay.recording.belongs import OTHER_METHOD, OTHER_PLACE, Matching
from conformance.replay.recording.blocks import Block, Lines
from conformance.replay.recording.entries import UNREADABLE, why_unreadable
from conformance.replay.recording.lines import Entry, read

AMBIGUOUS = "of several operations; name the one that is meant"
_BLANK = b"\n"


@frozen
class Shares:
    """A block as each operation has it, with blank lines where others' were, so that every line keeps its number."""

    blocks: Mapping[str, Block]
    ignored: Counter[str] = field(factory=Counter)
    """Why lines belong to none, to how many."""
    unreadable: tuple[tuple[int, str], ...] = ()


class Sorter:
    """Tells of every entry whose it is."""

    def __init__(self, matchings: Mapping[str, Matching]) -> None:
        self._matchings = matchings

    def shares(self, block: Block) -> Shares:
        """The block, shared out."""
        ignored: Counter[str] = Counter()
        unreadable: list[tuple[int, str]] = []
        own = [self._owners(line, ignored, unreadable, number) for number, line in enumerate(block.own, block.first)]
        ahead = [self._owners(line, Counter(), [], 0) for line in block.ahead]
        blocks = {
            stem: evolve(block, own=_of(stem, block.own, own), ahead=_of(stem, block.ahead, ahead), broken="")
            for stem in self._matchings
        }
        return Shares(blocks, ignored, tuple(unreadable))

    def _owners(
        self, line: bytes, ignored: Counter[str], unreadable: list[tuple[int, str]], number: int
    ) -> frozenset[str]:
        if line.isspace():
            return frozenset()
        try:
            found = self._of_entry(read(line))
        except UNREADABLE as error:
            unreadable.append((number, why_unreadable(line, error)))
            return frozenset()
        if isinstance(found, str):
            ignored[found] += 1
            return frozenset()
        return found

    def _of_entry(self, entry: Entry) -> frozenset[str] | str:
        """The operations that an entry belongs to; why, where it belongs to none."""
        why = {stem: matching.why_not(entry) for stem, matching in self._matchings.items()}
        found = {stem: self._matchings[stem] for stem, reason in why.items() if not reason}
        if not found:
            reasons = [reason for reason in why.values() if reason not in {OTHER_METHOD, OTHER_PLACE}]
            return (reasons or list(why.values()))[0]
        at_home = {stem for stem, matching in found.items() if matching.is_at_home(entry)}
        longest = max(len(matching.contract.path) for matching in found.values())
        nearest = at_home or {stem for stem, matching in found.items() if len(matching.contract.path) == longest}
        return frozenset(nearest) if at_home or len(nearest) == 1 else AMBIGUOUS


def _of(stem: str, lines: Lines, owners: list[frozenset[str]]) -> Lines:
    return tuple(line if stem in owner else _BLANK for line, owner in zip(lines, owners, strict=True))
