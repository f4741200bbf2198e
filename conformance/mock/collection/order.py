"""The one stable order of every listing, documented or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from conformance.mock.collection.values import Comparable, Entry, Json, comparable
from conformance.pointer import MISSING, Pointer
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
        word = str(arguments.get(known.chosen_by, ""))
        places, descending = known.choices.get(word.lstrip("-") if known.signed else word), self.descending
        if places is None:
            places = self.by
        elif known.signed:
            descending = word.startswith("-")
        if known.parameter in arguments:
            descending = arguments[known.parameter] == "desc"
        return Order(tuple(dict.fromkeys((*places, contract.identity))), descending)

    def values(self, entry: Entry) -> list[Json]:
        """What a cursor must keep of an entry to go on after it."""
        found = [place.get(entry.value) for place in self.by]
        return [None if value is MISSING else value for value in found]

    def sort(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries in ascending order."""
        return sorted(entries, key=lambda entry: key(self.values(entry)))


def key(values: Sequence[Json]) -> list[Comparable]:
    """The sort key of the values that `Order.values` gives."""
    return [comparable(value) for value in values]
