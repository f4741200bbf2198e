"""Which parameters may be filters, and what of a page may count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from conformance.draft.filter import Filter
from conformance.draft.guessed import Guessed
from conformance.draft.places import Place, places, resolved, types
from conformance.draft.presence import presence
from conformance.draft.search import search
from conformance.draft.source import TODO, Part, Source
from conformance.published.names import plain

COUNTERS: Mapping[str, str] = {
    "count": "page",
    "total": "collection",
    "totalcount": "collection",
    "totalitems": "collection",
    "totalresults": "collection",
}
BOUNDS: Mapping[str, str] = {
    "gte": "at-least",
    "lte": "at-most",
    "gt": "after",
    "lt": "before",
    "after": "after",
    "before": "before",
    "min": "at-least",
    "max": "at-most",
}
WORDS: Mapping[str, str] = {
    "equals": "equals it",
    "in": "is one of its values",
    "not": "is another, or none of several",
    "at-least": "is at least it",
    "at-most": "is at most it",
    "after": "is after it",
    "before": "is before it",
}
_BEHIND = re.compile(r"(.+?)[_\[.-]*(gte|lte|gt|lt|after|before|min|max)\]?", re.IGNORECASE)
_BEFORE = re.compile(r"(min|max)(?:imum)?(?:[_.-]|(?=[A-Z]))(.+)")
_LEFT_OUT = re.compile(r"(?:exclude[sd]?|not)(?:[_.-]|(?=[A-Z]))(.+)")
_LEFT_OUT_BEHIND = re.compile(r"(.+?)(?:__|\[)(?:not_?in|nin|not|ne|exclude)\]?", re.IGNORECASE)
_WRAPPED = re.compile(r"(?:filter|where|query)[\[.](.+?)\]?", re.IGNORECASE)


def filters(source: Source, item: Part, taken: Sequence[str]) -> Iterator[Filter]:
    """Parameters that are named like a field and take its type or ask whether it is there, and texts to search for."""
    fields = list(places(source.schemas, item, depth=1))
    for parameter in source.parameters:
        name, schema = str(parameter["name"]), resolved(source.schemas, parameter["schema"])
        if name in taken:
            continue
        found = _contains(parameter, schema, fields) or _compares(name, schema, fields)
        found = found or presence(name, schema, fields) or search(name, schema, fields)
        if found is not None:
            yield found


def _contains(parameter: Part, schema: Part, fields: Sequence[Place]) -> Filter | None:
    """A text that holds pairs which an object of free pairs must have."""
    name = str(parameter["name"])
    field = next((one for one in fields if "object" in one.types and one.plain == plain(name)), None)
    if field is None or types(schema) - {"null", "string"} or schema.keys() & {"enum", "format", "pattern"}:
        return None
    encoding = (
        "json"
        if "json" in f"{parameter.get('description', '')}{schema.get('contentMediaType', '')}".lower()
        else "form"
    )
    says = f"{TODO}with {name}, are only items listed whose {field.pointer} has the pairs? How are they written?"
    extension = {"parameter": name, "field": field.pointer, "relation": "contains", "encoding": encoding, "says": says}
    return Filter(extension, Guessed("filter", name, f"called like the pairs at {field.pointer}"))


def _compares(name: str, schema: Part, fields: Sequence[Place]) -> Filter | None:
    """A value, or several, with which a field is compared."""
    several = "array" in types(schema)
    element = schema.get("items", {}) if several else schema
    for way, relation in _names(name):
        field = next((one for one in fields if one.plain == way), None)
        unfit = several and relation not in {"equals", "not"}
        if field is None or not _comparable(element, field, relation) or unfit:
            continue
        relation = "in" if several and relation == "equals" else relation  # noqa: PLW2901 - the field is one of them
        says = f"{TODO}with {name}, are only items listed whose {field.pointer} {WORDS[relation]}?"
        extension = {"parameter": name, "field": field.pointer, "relation": relation, "says": says}
        return Filter(extension, Guessed("filter", name, f"called like {field.pointer}"))
    return None


def _names(name: str) -> Iterator[tuple[str, str]]:
    """What a field may be called that a parameter of a name filters, and how it is compared."""
    wrapped = _WRAPPED.fullmatch(name)
    name = wrapped[1] if wrapped else name
    yield plain(name), "equals"
    for ending, one in (("ies", "y"), ("es", ""), ("s", "")):
        if plain(name).endswith(ending):
            yield plain(name).removesuffix(ending) + one, "equals"
    left_out = _LEFT_OUT.fullmatch(name) or _LEFT_OUT_BEHIND.fullmatch(name)
    if left_out:
        yield from ((way, "not") for way, relation in _names(left_out[1]) if relation == "equals")
    behind, before = _BEHIND.fullmatch(name), _BEFORE.fullmatch(name)
    for bound, field in (
        (behind[2], behind[1]) if behind else ("", ""),
        (before[1], before[2]) if before else ("", ""),
    ):
        for end in ("", "at", "s", "time") if bound else ():
            yield plain(field) + end, BOUNDS[bound.lower()]


def _comparable(parameter: Part, field: Place, relation: str) -> bool:
    """Whether values of a parameter can be those of a field; a query's text may stand for a number or a time."""
    asked, held = types(parameter) - {"null"}, field.types - {"null"}
    if {"object", "array"} & (asked | held):
        return False
    if relation not in {"equals", "not"} and held and not held & {"integer", "number", "string"}:
        return False
    if relation != "equals" and {_is_time(parameter), _is_time(field.schema)} == {True, False}:
        return False
    numbers = frozenset({"integer", "number"})
    alike = asked & held or (asked <= numbers and held <= numbers)
    return not asked or not held or bool(alike)


def _is_time(schema: Part) -> bool | None:
    """Whether values are times, by their format; None where nothing is said."""
    return str(schema["format"]) in {"date", "date-time"} if "format" in schema else None


def counters(source: Source, items_at: str | None, *, pages: bool) -> Iterator[tuple[Part, Guessed]]:
    """Numbers of the page that may count; a total can be seen only where pages lead on."""
    for place in places(source.schemas, source.page, depth=3):
        inside = bool(items_at) and place.pointer.startswith(f"{items_at}")
        counts = COUNTERS.get(place.plain, "")
        if counts and (counts == "page" or pages) and place.types - {"null"} == {"integer"} and not inside:
            says = f"{TODO}what does {place.pointer} count: page, collection or matching?"
            extension = {"value": f"$response.body#{place.pointer}", "counts": counts, "says": says}
            yield extension, Guessed("counter", f"{place.pointer} of the {counts}", "called so")
