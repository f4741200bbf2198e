"""Whether one type of msgspec takes all that another takes, so that a body need not be read by both."""

from __future__ import annotations

from msgspec import inspect

_LITERALS: dict[type, inspect.Type] = {str: inspect.StrType(), int: inspect.IntType(), type(None): inspect.NoneType()}
_PLAIN = (inspect.StrType, inspect.IntType, inspect.FloatType, inspect.BoolType, inspect.NoneType)


def covers(theirs: type, ours: type) -> bool:
    """Whether a body that is of our type is plainly of theirs."""
    return _covers(inspect.type_info(theirs), inspect.type_info(ours))


def _covers(theirs: inspect.Type, ours: inspect.Type) -> bool:
    if isinstance(ours, inspect.UnionType):
        return all(_covers(theirs, one) for one in ours.types)
    if isinstance(ours, inspect.LiteralType):
        return all(_covers(theirs, _LITERALS[type(value)]) for value in ours.values)
    if isinstance(theirs, inspect.UnionType):
        return any(_covers(one, ours) for one in theirs.types)
    return isinstance(theirs, inspect.AnyType) or _covers_single(theirs, ours)


def _covers_single(theirs: inspect.Type, ours: inspect.Type) -> bool:
    match theirs, ours:
        case inspect.StructType(), inspect.StructType():
            return _covers_members(theirs, ours)
        case inspect.ListType(min_length=None, max_length=None), inspect.ListType():
            return _covers(theirs.item_type, ours.item_type)
        case inspect.DictType(min_length=None, max_length=None), inspect.DictType():
            return _covers(theirs.key_type, ours.key_type) and _covers(theirs.value_type, ours.value_type)
    return isinstance(ours, _PLAIN) and theirs == type(ours)()


def _covers_members(theirs: inspect.StructType, ours: inspect.StructType) -> bool:
    known = {member.encode_name: member for member in theirs.fields}
    given = {member.encode_name: member for member in ours.fields}
    return (
        not theirs.array_like
        and theirs.tag is None
        and all(name in known and _covers(known[name].type, one.type) for name, one in given.items())
        and all(name in given and given[name].required for name, one in known.items() if one.required)
    )
