"""Which entries of a collection a request asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conformance.mock.answers.request import Refused
from conformance.mock.collection.dataset import Dataset
from conformance.mock.collection.matches import matcher
from conformance.mock.collection.values import Entry, Json
from conformance.pointer import MISSING
from conformance.spec.asked import named_in, part_for
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation


def asked_of(contract: Contract, known: Filter, arguments: Mapping[str, Json], default: Json = None) -> Json:
    """What a request asks of a filter; None where it asks nothing of it."""
    value = arguments.get(known.parameter, default)
    if value is None or not any(one.expression for one in contract.filters if one.parameter == known.parameter):
        return value
    if not known.expression:
        return part_for(contract, known, str(value))
    named = named_in(contract, known, str(value))
    return None if named is MISSING else named


def check_expressions(contract: Contract, arguments: Mapping[str, Json]) -> None:
    """Refuse a text that is of no documented expression."""
    for name in {one.parameter for one in contract.filters if one.expression} & arguments.keys():
        rivals = [one for one in contract.filters if one.parameter == name]
        if all(asked_of(contract, one, arguments) is None for one in rivals):
            raise Refused("invalid-parameter", f"{name} cannot be read", parameter=name)


class Selection:
    """Owners, filters, and what counts where a request does not say."""

    def __init__(self, contract: Contract, dataset: Dataset, entries: Sequence[Entry]) -> None:
        self.contract = contract
        self.dataset = dataset
        self._sorted = entries
        schemas = {one.name: one.schema for one in contract.parameters}
        self._ordinary = {name: schema["default"] for name, schema in schemas.items() if "default" in schema}
        compared = [one for one in contract.filters if one.relation is not Relation.CONTAINS]
        self._defaults = {one.parameter: schemas[one.parameter].get("default") for one in compared}
        self._neutral = {one.parameter for one in contract.filters if self._selects_nothing(one)}
        """Filters whose default is a word for everything, as no item has it, where the contract names no such word."""

    def matching(self, arguments: Mapping[str, Json]) -> list[Entry]:
        """The entries of the owners and by the filters that a request names, in ascending order."""
        return self._matching(arguments, self._in_scope(arguments))

    def visible(self, arguments: Mapping[str, Json]) -> Sequence[Entry]:
        """The collection itself: its scope and what is hidden from it count, filters do not."""
        flags = [known.parameter for known in self.contract.filters if known.hides]
        return self._matching({name: arguments[name] for name in flags if name in arguments}, self._in_scope(arguments))

    def _in_scope(self, arguments: Mapping[str, Json]) -> Sequence[Entry]:
        """The entries of the owners that the request names; refuses an unknown one where that is documented."""
        entries = self._sorted
        for name, values in self.dataset.known.items():
            if name in arguments:
                owner = next((names[0] for names in values if arguments[name] in names), None)
                if owner is None and self.contract.refusal(f"unknown-{name}"):
                    raise Refused(f"unknown-{name}", f"{name} is not known", parameter=name)
                entries = [entry for entry in entries if entry.owners[name] == owner]
        return entries

    def _matching(self, arguments: Mapping[str, Json], entries: Sequence[Entry]) -> list[Entry]:
        check_expressions(self.contract, arguments)
        found = list(entries)
        for known in self.contract.filters:
            flag = known.relation is Relation.NULL_UNLESS_TRUE
            if known.parameter in self.dataset.known or not self._is_met(known, arguments):
                continue
            default = self._defaults.get(known.parameter)
            value = asked_of(self.contract, known, arguments, default)
            if flag or (value is not None and not (value == default and known.parameter in self._neutral)):
                found = list(filter(matcher(known, value), found))
        return found

    def _is_met(self, known: Filter, arguments: Mapping[str, Json]) -> bool:
        """Whether a filter has what it requires; refuses one that has not, where that is documented."""
        given = arguments.get(known.requires, self._ordinary.get(known.requires))
        met = not known.requires or (given is not None and known.needed in (None, given))
        if not met and known.parameter in arguments and self.contract.refusal(f"unmet-{known.parameter}"):
            message = f"{known.parameter} is only valid with another {known.requires}"
            raise Refused(f"unmet-{known.parameter}", message, parameter=known.parameter)
        return met

    def _selects_nothing(self, known: Filter) -> bool:
        default = self._defaults.get(known.parameter) if known.any is None else None
        exact = known.relation in (Relation.EQUALS, Relation.IN) and default is not None
        return exact and not any(map(matcher(known, default), self.dataset.entries))
