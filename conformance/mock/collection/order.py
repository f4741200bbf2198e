"""The one stable order of every listing, documented or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import total_ordering

from attrs import frozen

from conformance.mock.collection.values import Comparable, Entry, Json, comparable
from conformance.pointer import MISSING, Pointer
from conformance.spec import order as documented
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation

_UPPER = (Relation.BEFORE, Relation.AT_MOST)
_RANGES = (*_UPPER, Relation.AFTER, Relation.AT_LEAST)


def boundary(contract: Contract) -> Filter | None:
    """The filter whose parameter also leads to the next page, as a timestamp does."""
    if contract.paging is None:
        return None
    parameter = contract.paging.parameter
    found = (known for known in contract.filters if known.parameter == parameter and known.relation in _RANGES)
    return next(found, None)


@frozen
class Order:
    """The places that sort, the identity last so that no two items are equal, and the usual direction."""

    by: tuple[Pointer, ...]
    descending: bool
    against: frozenset[Pointer] = frozenset()
    """Those of the places that run the other way."""

    @classmethod
    def of(cls, contract: Contract) -> Order:
        """The documented order; else the one that a timestamp cursor needs; else by identity."""
        if contract.order is not None:
            places, descending = contract.order.by, contract.order.direction == "desc"
        elif (known := boundary(contract)) is not None:
            places, descending = (known.field,), known.relation in _UPPER
        else:
            places, descending = (), False
        return cls(tuple(dict.fromkeys((*places, contract.identity))), descending)

    def asked(self, contract: Contract, arguments: Mapping[str, Json]) -> Order:
        """The order that arguments choose, by what they name and in the direction that they name."""
        known = contract.order
        if known is None:
            return self
        ways = _listed(arguments, known.parameter)
        wanted = _wanted(known, arguments, ways)
        if wanted:
            return _together(wanted, contract.identity)
        return Order(self.by, ways[0] == "desc") if ways and not known.requires else self

    def values(self, entry: Entry) -> list[Json]:
        """What a cursor must keep of an entry to go on after it."""
        found = [place.get(entry.value) for place in self.by]
        return [None if value is MISSING else value for value in found]

    def sort(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries in ascending order, but for what runs the other way."""
        return sorted(entries, key=lambda entry: self.key(self.values(entry)))

    def key(self, values: Sequence[Json]) -> list[Comparable | Turned]:
        """The sort key of the values that `values` gives."""
        keys = [comparable(value) for value in values]
        if not self.against:
            return [*keys]
        return [Turned(key) if place in self.against else key for place, key in zip(self.by, keys, strict=True)]


@total_ordering
@frozen(order=False)
class Turned:
    """What sorts the other way round."""

    key: Comparable

    def __lt__(self, other: Turned) -> bool:
        return other.key < self.key


def _together(wanted: Sequence[tuple[Sequence[Pointer], bool]], identity: Pointer) -> Order:
    """By the first place of each that is wanted, in its own direction; what then ties by their other places."""
    firsts = [places[0] for places, _ in wanted]
    falling = dict(reversed([(places[0], down) for places, down in wanted]))
    rest = [place for places, _ in wanted for place in places[1:]]
    against = frozenset(place for place, down in falling.items() if down is not wanted[0][1])
    return Order(tuple(dict.fromkeys((*firsts, *rest, identity))), wanted[0][1], against)


def _wanted(
    known: documented.Order, arguments: Mapping[str, Json], ways: Sequence[str]
) -> list[tuple[Sequence[Pointer], bool]]:
    """What is to sort, and whether each descends; nothing where a word is not known."""
    falls = known.descending_by in arguments
    read = [_read(known, text) for text in _listed(arguments, known.descending_by if falls else known.chosen_by)]
    if any(word not in known.choices for word, _ in read):
        return []
    told = [way == "desc" for way in (ways if known.each_turned else list(ways) * len(read))]
    downs = [True for _ in read] if falls else [*told, *(down for _, down in read[len(told) :])]
    return [(known.choices[word], down) for (word, _), down in zip(read, downs, strict=False)]


def _read(known: documented.Order, text: str) -> tuple[str, bool]:
    """The word in a text, and whether it descends where no other parameter says so."""
    if known.signed:
        return text.lstrip("-"), text.startswith("-")
    if known.suffix is None:
        return text, known.direction == "desc" and not known.descending_by
    for behind, down in ((known.suffix.desc, True), (known.suffix.asc, False)):
        if behind and text.endswith(known.suffix.separator + behind):
            return text[: -len(known.suffix.separator + behind)], down
    return text, known.suffix.bare == "desc"


def _listed(arguments: Mapping[str, Json], name: str) -> list[str]:
    """The texts that a parameter is given."""
    given = arguments.get(name, [])
    return [str(one) for one in (given if isinstance(given, list) else [given])]
