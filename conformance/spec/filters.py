"""The filters of a contract, as a spec describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from conformance.pointer import TOP, Pointer
from conformance.spec.contract import Contract
from conformance.spec.openapi import Part
from conformance.spec.openapi_parts import Parameter
from conformance.spec.promised import promised
from conformance.spec.promises import Filter, Relation
from conformance.spec.schema import Schema

ANY = "any"
"""What a spec names in the place of fields where a text is searched for in all of them."""
_FLAG: Mapping[str, bool] = {"present": True, "absent": False}
"""What asks whether a field is present, where nothing else is said."""
_NARROW = frozenset({"enum", "const", "format"})


def filter_of(given: Part, place: Pointer, parameters: Sequence[Parameter]) -> Filter:
    """The filter that an entry describes."""
    wanted = given.get("requires", {})
    ((requires, needed),) = ({wanted: None} if isinstance(wanted, str) else wanted or {"": None}).items()
    every = given.get("any")
    usual = next((one.schema.get("default") for one in parameters if one.name == given["parameter"]), None)
    defaults = [known.schema.get("default") for known in parameters if known.name == requires]
    field, *others = _named(given["field"])
    return Filter(
        parameter=given["parameter"],
        field=field,
        others=tuple(others),
        anywhere=given["field"] == ANY,
        relation=Relation(given["relation"]),
        several=any(one.is_array for one in parameters if one.name == given["parameter"]),
        encoding=given.get("encoding", ""),
        conjunction=given.get("conjunction", ""),
        entries=_entries(given.get("entries")),
        requires=requires,
        needed=needed,
        stands_alone=not requires or (needed is not None and defaults == [needed]),
        any=every,
        usual=False if given["relation"] == Relation.NULL_UNLESS_TRUE else usual if usual != every else None,
        words=given.get("words", _FLAG) if given["relation"] == Relation.PRESENT else {},
        case=given.get("case", ""),
        bound_stated=given.get("bound") != "unstated",
        **promised(given, place),
    )


def _entries(given: Part | None) -> tuple[Pointer, Pointer] | None:
    return None if given is None else (Pointer(given["key"]), Pointer(given["value"]))


def _named(fields: str | list[str]) -> list[Pointer]:
    if fields == ANY:
        return [TOP]
    return [Pointer(one) for one in ([fields] if isinstance(fields, str) else fields)]


def with_searched_fields(contract: Contract) -> Contract:
    """The contract in which a filter by any field names those that surely hold text."""
    if not any(one.anywhere for one in contract.filters):
        return contract
    field, *others = free_texts(contract.item) or [TOP]
    filters = (evolve(one, field=field, others=tuple(others)) if one.anywhere else one for one in contract.filters)
    return evolve(contract, filters=tuple(filters))


def free_texts(item: Schema) -> list[Pointer]:
    """The fields of an item that hold a text of anyone's own: no word of a list, and none of a format."""
    members = {name: part for branch in item.branches for name, part in branch.members.items()}
    return [
        Pointer.of(name)
        for name, part in members.items()
        if "string" in part.types and not _NARROW & part.keywords.keys()
    ]
