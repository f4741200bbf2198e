"""Which parameter may choose the fields that items have: `fields`, `select`, `_fields`."""

from __future__ import annotations

from collections.abc import Collection

from attrs import frozen

from conformance.draft.guessed import Guessed
from conformance.draft.places import resolved, types
from conformance.draft.source import TODO, Part, Source
from conformance.published.names import plain

CALLED = frozenset({"fields", "select", "selectfields", "includefields"})
LEFT_OUT = frozenset({"excludefields", "omitfields"})
"""Names of parameters that name what is left out, without case and punctuation as above."""


@frozen
class Projection:
    """What a draft says of a choice of fields."""

    parameter: str
    """Empty where none is found."""
    extension: Part
    guesses: tuple[Guessed, ...]


def projection(source: Source, taken: Collection[str]) -> Projection:
    """The first parameter that is called like a choice of fields, takes texts, and is no other guess."""
    for parameter in source.parameters:
        name = str(parameter["name"])
        if name not in taken and parameter.get("required") is not True and _takes_names(source, parameter):
            return _guessed(name)
    return Projection("", {}, ())


def _takes_names(source: Source, parameter: Part) -> bool:
    if plain(str(parameter["name"])) not in CALLED | LEFT_OUT:
        return False
    schema = resolved(source.schemas, parameter["schema"])
    if types(schema) == {"array"}:
        single = schema.get("items")
        return isinstance(single, dict) and types(resolved(source.schemas, single)) == {"string"}
    return types(schema) == {"string"} and not {"enum", "const", "format", "pattern"} & schema.keys()


def _guessed(name: str) -> Projection:
    omits: Part = {"omits": True} if plain(name) in LEFT_OUT else {}
    what = "all fields but the named ones" if omits else "the named fields alone, and which are always there"
    says = f"{TODO}with {name}, have items {what}?"
    return Projection(name, {"parameter": name, **omits, "says": says}, (Guessed("projection", name, "called so"),))
