"""What differs between two profiles of one operation, and what is only chance, or life."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import frozen

from conformance.learned.codes import NOTHING, SOMETHING, WIDTH, code
from conformance.learned.fields import Place, places
from conformance.learned.profile import Column, Magnitude, Profile, ends
from conformance.sentence import Sentence, said
from conformance.spec.contract import Contract
from conformance.spec.promises import Bond

FEW = 3
"""Items below which nothing can be told apart from chance."""
ALWAYS = 5
"""Items that make a habit: what all of them show is always there."""
THOUSANDFOLD = 2.7
"""Powers of ten: a thousand, with room for items that came and went."""
_OF_CHANGE = re.compile("updat|modif|chang", re.IGNORECASE)


@frozen
class Difference:
    """One place where two runs disagree."""

    place: str
    before: Sentence
    now: Sentence
    whose: str = ""
    """The code of an item that shows it; empty where all do."""


@frozen(slots=False)
class Comparison:
    """Two profiles of one operation."""

    contract: Contract
    before: Profile
    now: Profile

    @cached_property
    def places(self) -> list[Place]:
        """The documented places of which both runs know."""
        return [place for place in places(self.contract) if place.pointer in self.before.columns]

    def columns(self, place: Place) -> tuple[Column, Column]:
        """What both runs saw at a place."""
        return self.before.columns[place.pointer], self.now.columns[place.pointer]

    @cached_property
    def stayed(self) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
        """The codes by place, before and now, of the items that both runs saw."""
        both = self.before.rows.keys() & self.now.rows.keys()
        return {name: (_codes(self.before, name), _codes(self.now, name)) for name in sorted(both)}

    def otherwise_same(self, place: str) -> list[str]:
        """Items of both runs in which no value differs, but for what stands at `place` and what is there only once."""
        return [
            name
            for name, (old, new) in self.stayed.items()
            if all(
                new.get(other, NOTHING) in {value, NOTHING} or value == NOTHING
                for other, value in old.items()
                if other != place and not other.startswith(f"{place}/")
            )
        ]

    def gone(self) -> Iterator[Difference]:
        """Optional places with a value before and none now, although the items that had it are the same otherwise."""
        told: list[str] = []
        for place in self.places:
            old, new = self.columns(place)
            inside = any(place.pointer.startswith(f"{outer}/") for outer in told)
            if not old.shown or new.shown or not place.optional or inside:
                continue
            lost = [name for name in self.otherwise_same(place.pointer) if self._had(name, place.pointer)]
            if len(lost) >= FEW or self._was_habit(old):
                told.append(place.pointer)
                before = _share(place, old.shown, self.before.items)
                now = _share(place, "none", self.now.items)
                yield Difference(place.pointer, before, now, whose=next(iter(lost), ""))

    def _was_habit(self, old: Column) -> bool:
        """Whether all items showed it, in the states in which items are now."""
        return min(old.shown, self.now.items) >= ALWAYS and old.shown == self.before.items and self._same_states()

    def _had(self, name: str, place: str) -> bool:
        return self.stayed[name][0].get(place, NOTHING) != NOTHING

    def _same_states(self) -> bool:
        """Whether documented vocabularies tell that items are now in states in which items were before."""
        words = [(old.values.keys(), new.values.keys()) for old, new in map(self.columns, self.places)]
        return any(new for _, new in words) and all(new <= old for old, new in words)

    def retyped(self) -> Iterator[Difference]:
        """Places with a type that neither the documentation nor the earlier run knows, or with other types only."""
        for place in self.places:
            old, new = ({*column.types} - {"null"} for column in self.columns(place))
            strange = {kind for kind in new - old if kind not in place.kinds}
            other = not old & new and not {*old, *new} <= {"integer", "number"}
            if old and new and (strange or other):
                yield Difference(place.pointer, _listed(" or ", sorted(old)), _listed(" or ", sorted(new)))

    def rescaled(self) -> Iterator[Difference]:
        """Numbers that are a thousand times what they were, or a thousandth."""
        for place in self.places:
            old, new = (column.magnitude for column in self.columns(place))
            if old and new and self._is_rescaled(place, old, new):
                before, now = (_size(place, one) for one in (old, new))
                yield Difference(place.pointer, before, now)

    def _is_rescaled(self, place: Place, old: Magnitude, new: Magnitude) -> bool:
        """Whether all numbers moved: one item that keeps its number keeps the unit."""
        if min(old.count, new.count) < ALWAYS or abs(new.typical - old.typical) < THOUSANDFOLD:
            return False
        had = [name for name in self.stayed if self._had(name, place.pointer)]
        pairs = [[codes.get(place.pointer) for codes in self.stayed[name]] for name in had]
        kept = [name for name, (one, other) in zip(had, pairs, strict=True) if one == other != code(place, 0, name)]
        apart = new.least > old.greatest or new.greatest < old.least
        return not kept and (apart or len(had) >= ALWAYS)

    def reworded(self) -> Iterator[Difference]:
        """Vocabularies with a word that nobody knew, or without one that items had that are the same otherwise."""
        for place in self.places:
            old, new = (column.values for column in self.columns(place))
            gained = [word for word in new if word not in old and word not in place.values]
            lost = [word for word in old if word not in new and self._is_lost(place, word)]
            if old and new and (gained or lost):
                yield Difference(place.pointer, _listed(", ", old), _listed(", ", new))

    def _is_lost(self, place: Place, word: str) -> bool:
        """Whether items lost a word without any sign of a change, in operations that show when items change."""
        changes = [one.pointer for one in self.places if one.is_time and _OF_CHANGE.search(one.pointer)]
        lost = [
            name
            for name in self.otherwise_same(place.pointer)
            if self.stayed[name][0].get(place.pointer) == code(place, word, name)
            and any(self.stayed[name][0][change] not in {NOTHING, SOMETHING} for change in changes)
        ]
        return len(lost) >= FEW

    def settled(self) -> list[Place]:
        """The places that do not change any more when an item has ended.

        What comes after something else may still move (an update, an expiry), unless something else comes after it,
        or it is the end itself.
        """
        bonds = [known for known in self.contract.invariants if known.relation is Bond.AT_MOST]
        open_end = {place for known in bonds for place in known.right} - {known.left for known in bonds}
        return [place for place in self.places if place.pointer not in open_end - {*ends(self.contract)}]

    def unsettled(self) -> Iterator[Difference]:
        """Settled places that changed in items that had ended, but for what is told of all items anyway."""
        told = {one.place for found in (self.gone(), self.retyped(), self.rescaled(), self.reworded()) for one in found}
        told |= {place.pointer for place in self.places if not self.columns(place)[1].shown}
        ended = [name for name in self.stayed if name in self.before.finished]
        for place in self.settled():
            changed = [name for name in ended if self._changed(name, place)]
            if changed and not any(f"{place.pointer}/".startswith(f"{one}/") for one in told):
                yield self._unsettled(place, changed)

    def _changed(self, name: str, place: Place) -> bool:
        old, new = (codes.get(place.pointer, NOTHING) for codes in self.stayed[name])
        return old not in {NOTHING, SOMETHING} and new not in {old, SOMETHING}

    def _unsettled(self, place: Place, changed: list[str]) -> Difference:
        first = changed[0]
        end = self.before.finished[first]
        lost = self.stayed[first][1].get(place.pointer, NOTHING) == NOTHING
        before = said(
            "{place} as it was when the item had ended{end}", place=place.pointer, end=f" ({end})" if end else ""
        )
        after = self.now.finished.get(first, "")
        shown = f" ({after})" if after not in {"", end} and place.pointer in ends(self.contract) else ""
        others = f" (and in {len(changed) - 1} more that had ended)" if len(changed) > 1 else ""
        now = said("{what}{end}{others}", what="none" if lost else "another", end=shown, others=others)
        return Difference(place.pointer, before, now, whose=first)

    def vanished(self) -> list[str]:
        """Codes of identities that are listed no more."""
        return sorted(self.before.rows.keys() - self.now.rows.keys())

    def was(self, name: str, place: str) -> str:
        """The code of what an item of the earlier run had at a place."""
        return _codes(self.before, name).get(place, NOTHING)


def _codes(profile: Profile, name: str) -> dict[str, str]:
    row = profile.rows[name]
    parts = (row[start : start + WIDTH] for start in range(0, len(row), WIDTH))
    return dict(zip(profile.columns, parts, strict=False))


def _share(place: Place, shown: int | str, items: int) -> Sentence:
    return said("{place} in {shown} of {items} items", place=place.pointer, shown=shown, items=items)


def _listed(between: str, words: Iterable[str]) -> Sentence:
    return said("{words}", words=between.join(words))


def _size(place: Place, seen: Magnitude) -> Sentence:
    unit = seen.unit if place.is_time else ""
    return said(
        "numbers of about 10^{power} in {count} items{unit}",
        power=f"{seen.typical:g}",
        count=seen.count,
        unit=f", as Unix time in {unit}" if unit else "",
    )
