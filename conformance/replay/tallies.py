"""What parts of a recording showed of several operations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_

from attrs import evolve, field, frozen

from conformance.replay.tally import Tally


@frozen
class Tallies:
    """What a part of a recording showed of each operation; it adds up as a tally does."""

    rest: Tally = field(factory=Tally)
    """All lines, and those that belong to none."""
    each: Mapping[str, Tally] = field(factory=dict)

    def __or__(self, other: Tallies) -> Tallies:
        stems = sorted({*self.each, *other.each})
        each = {stem: self.each.get(stem, Tally()) | other.each.get(stem, Tally()) for stem in stems}
        return Tallies(self.rest | other.rest, each)

    @property
    def whole(self) -> Tally:
        """What was read of the recording, without what it showed."""
        total = reduce(or_, self.each.values(), self.rest)
        return evolve(total, lines=self.rest.lines, found={})
