"""What moved in a live collection between two readings of it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from conformance.jsontext import Json
from conformance.spec.contract import Contract
from conformance.spec.values import identities, key


@frozen
class Movement:
    """Items that are not the same in two readings, by identity."""

    added: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    reordered: frozenset[str] = frozenset()
    """Those of the changed ones that may stand elsewhere now."""

    @property
    def aside(self) -> frozenset[str]:
        """The items that no relation is judged by."""
        return self.added | self.gone | self.changed

    @property
    def pushed_back(self) -> int:
        """How many items newcomers may have pushed from the end of a page to the next one, to be listed twice."""
        return len(self.added | self.reordered)

    @property
    def drawn_up(self) -> int:
        """How many items may have moved up to a page that was already read, to be listed never."""
        return len(self.gone | self.reordered)

    def __or__(self, other: Movement) -> Movement:
        return Movement(
            self.added | other.added,
            self.gone | other.gone,
            self.changed | other.changed,
            self.reordered | other.reordered,
        )


STILL = Movement()
MANY = 5
"""So many items do not all go at once: where none of them is left, identities do not last."""


def between(contract: Contract, before: Sequence[Json], after: Sequence[Json]) -> Movement:
    """What the second reading shows that the first did not, and the other way round; nothing where none is left."""
    old = dict(zip(identities(contract, before), before, strict=True))
    new = dict(zip(identities(contract, after), after, strict=True))
    if len(old) >= MANY and not old.keys() & new.keys():
        return STILL
    changed = frozenset(name for name in old.keys() & new.keys() if old[name] != new[name])
    order = contract.order
    moved = changed if order is None else [name for name in changed if key(order, old[name]) != key(order, new[name])]
    return Movement(frozenset(new.keys() - old.keys()), frozenset(old.keys() - new.keys()), changed, frozenset(moved))
