"""What is wrong with a value: every way in which it is not what its schema says."""

from __future__ import annotations

from collections.abc import Iterable

import jsonschema_rs
from attrs import frozen

from conformance.jsontext import Json
from conformance.pointer import Pointer
from conformance.spec.checker import is_undecided

LARGEST_PAGE = 2_000
"""Items, beyond which every error of each is more than anybody reads."""


@frozen
class Violation:
    """One way in which a value is not what its schema says."""

    instance: Pointer
    """Into the value."""
    keyword: str
    message: str
    missing: str = ""
    """The name that is absent, where the keyword is `required`."""
    undecided: bool = False
    """Whether a pattern was given up, so that nothing is known to be wrong."""


def violations(checker: jsonschema_rs.Validator, value: Json) -> list[Violation]:
    """The errors of a value, not only the first; of one larger than any page the first alone."""
    return [
        Violation(
            Pointer.of(*error.instance_path),
            str(error.schema_path[-1]),
            error.message,
            str(getattr(error.kind, "property", "")),
            is_undecided(error),
        )
        for error in _errors(checker, value)
    ]


def _errors(checker: jsonschema_rs.Validator, value: Json) -> Iterable[jsonschema_rs.ValidationError]:
    lists = (part for part in (value, *(value.values() if isinstance(value, dict) else ())) if isinstance(part, list))
    if max(map(len, lists), default=0) <= LARGEST_PAGE:
        return checker.iter_errors(value)
    try:
        checker.validate(value)
    except jsonschema_rs.ValidationError as error:
        return [error]
    return []


def general(place: str) -> Pointer:
    """A place in a value with `*` for every index, so that one drift of fifty items is one drift."""
    return Pointer.of(*("*" if step.isdecimal() else step for step in Pointer(place).tokens))
