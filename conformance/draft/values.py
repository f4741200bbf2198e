"""Values for what is filtered and for what every request must carry."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.draft.filter import Filter
from conformance.draft.guess import Guess
from conformance.draft.places import types
from conformance.draft.sample import Sampler
from conformance.draft.source import TODO, Part
from conformance.jsontext import Json
from conformance.pointer import Pointer
from conformance.published.names import plain

SPECIAL = frozenset({"all", "any", "both", "none", "default", "*"})
"""Words that a parameter takes and that are no value of the field that it filters."""
WORDS = ("abcd", "bcde", "cdef")


def varied(guess: Guess, sampler: Sampler) -> Iterator[tuple[str, list[Json]]]:
    """A field that is filtered, and values for it that its schema and the filter's parameter allow."""
    properties = guess.resolve(guess.items.schema).get("properties", {})
    asked = carried(guess, sampler)
    for one in guess.filters:
        place, name = one.extension["field"], one.extension["parameter"]
        if place == guess.identity.at or isinstance(place, list):
            continue
        schema = properties.get(Pointer(place).tokens[-1], {})
        first = [asked[name]] if name in asked and one.extension["relation"] == "equals" else []
        values = [*first, *(value for value in _of_filter(guess, sampler, one, schema) if value not in first)]
        good = [value for value in values if sampler.is_good(schema, value)]
        if len(good) > 1 or (first and good):
            yield place, good


def _of_filter(guess: Guess, sampler: Sampler, one: Filter, schema: Part) -> list[Json]:
    """Values that a filter tells apart: those that it lists, or a few of the field's type."""
    held = guess.resolve(schema)
    if one.extension["relation"] == "present":
        return [sampler.value(schema), None]
    if one.extension["relation"] not in {"equals", "in"} or held.get("enum"):
        return list(held.get("enum", ()))
    parameter = next(known for known in guess.source.parameters if known["name"] == one.extension["parameter"])
    asked = guess.resolve(parameter["schema"])
    asked = guess.resolve(asked.get("items", {})) if "array" in types(asked) else asked
    listed = [value for value in asked.get("enum", ()) if value is not None and plain(str(value)) not in SPECIAL]
    if listed or held.get("pattern") or held.get("format") or "string" not in types(held):
        return listed
    return [word[: held.get("maxLength", len(word))] for word in WORDS]


def carried(guess: Guess, sampler: Sampler) -> Part:
    """A value for each parameter that every request must carry; a question where none can be invented."""
    source = guess.source
    required = [one for one in (*source.elsewhere, *source.parameters) if one.get("required") is True]
    return {str(one["name"]): _for_all(guess, sampler, one) for one in required}


def _for_all(guess: Guess, sampler: Sampler, parameter: Part) -> object:
    schema = guess.resolve(parameter["schema"])
    if "array" in types(schema):
        return [_alone(sampler, schema.get("items", {}))]
    field = next(
        (one.extension["field"] for one in guess.filters if one.extension["parameter"] == parameter["name"]), ""
    )
    held = guess.resolve(guess.items.schema).get("properties", {}).get(str(field).removeprefix("/"), {})
    listed = [value for value in schema.get("enum", ()) if value is not None and sampler.is_good(held, value)]
    return listed[0] if listed else _alone(sampler, parameter["schema"])


def _alone(sampler: Sampler, schema: Part) -> object:
    value = sampler.value(schema)
    return value if isinstance(value, str | int | float) else f"{TODO}a value that the API knows"
