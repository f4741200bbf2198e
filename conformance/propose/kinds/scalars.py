"""What a schema of one text or number must also allow: values, times without a zone, other bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs
from attrs import frozen

from conformance.jsontext import Json
from conformance.pointer import Pointer
from conformance.propose.edits.edit import Edit
from conformance.propose.edits.places import asked_with
from conformance.propose.kinds.inference import time_pattern
from conformance.propose.seen import Seen
from conformance.spec.schema import Schema

MOST_NEW = 10
_VOCABULARY = re.compile(r"[A-Za-z][A-Za-z_. -]{0,39}\d{0,2}")
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength")


@frozen
class Widening:
    """What makes one place of a body documented; `place` has `*` for every index."""

    place: Pointer
    keyword: str
    edits: tuple[Edit, ...]
    pointer: Pointer
    instead: str
    name: str = ""


def widened(seen: Seen, place: Pointer, schema: Schema, values: list[Json]) -> Iterator[Widening]:
    """The widenings for values that have the right type already."""
    said, target = schema.keywords, schema.place
    if "enum" in said and (new := list(dict.fromkeys(value for value in values if value not in said["enum"]))):
        edits, instead = _named(seen, schema, new)
        yield Widening(place, "enum", edits, target, instead)
    for keyword in ("format", "pattern"):
        if not _fits(said, keyword, values):
            yield _written(place, keyword, target, values)
    for keyword in _BOUNDS:
        if not _fits(said, keyword, values):
            yield Widening(place, keyword, (_bound(target, keyword, said, values),), target, f"{keyword} is another")


def _fits(schema: Mapping[str, Any], keyword: str, values: list[Json]) -> bool:
    if keyword not in schema:
        return True
    checker = jsonschema_rs.Draft202012Validator({keyword: schema[keyword]}, validate_formats=True)
    return all(checker.is_valid(value) for value in values)


def _named(seen: Seen, schema: Schema, new: list[Json]) -> tuple[tuple[Edit, ...], str]:
    """More values of an enumeration; only of items where it is also what a parameter takes and was not seen to take."""
    askers = asked_with(seen.contract, schema.place)
    enum = schema.place.below("enum")
    shared = bool(askers) and not seen.accepts(askers, new)
    words = [value for value in new if isinstance(value, str) and _VOCABULARY.fullmatch(value)]
    if len(new) > MOST_NEW or len(words) < len(new):
        opened = Edit("set", schema.reference, {"type": "string"}) if shared else Edit("drop", enum)
        return (opened,), "its values are not a closed list"
    told = f"{', '.join(words)} {'are values' if len(new) > 1 else 'is a value'} too"
    if not shared:
        return tuple(Edit("include", enum, value) for value in new), told
    before = dict(schema.given)
    kept = {key: before.pop(key) for key in ("description",) if key in before}
    both = {**kept, "anyOf": [before, {"type": "string", "enum": new}]}
    return (Edit("set", schema.reference, both),), f"{told}, though not of {' and '.join(askers)}"


def _written(place: Pointer, keyword: str, target: Pointer, values: list[Json]) -> Widening:
    """A text that is written otherwise: times keep a pattern, everything else becomes open."""
    pattern = time_pattern(value for value in values if isinstance(value, str))
    edits = [Edit("set", target.below("pattern"), pattern)] if pattern else []
    if keyword == "format" or not pattern:
        edits.append(Edit("drop", target.below(keyword)))
    instead = "its times are written otherwise" if pattern else f"it does not keep to its {keyword}"
    return Widening(place, keyword, tuple(edits), target, instead)


def _bound(target: Pointer, keyword: str, schema: Mapping[str, Any], values: list[Json]) -> Edit:
    """A bound that says the unit moves to the power of ten below what was seen; any other is withdrawn."""
    least = min((value for value in values if isinstance(value, int | float)), default=0)
    if keyword == "minimum" and schema["minimum"] > 0 and least >= 1:
        return Edit("set", target.below("minimum"), 10 ** (len(str(int(least))) - 1))
    return Edit("drop", target.below(keyword))
